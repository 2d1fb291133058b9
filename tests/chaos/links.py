"""Links as they are: requests and answers dropped, doubled, late, out of order, cut short."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from django.test import Client

from tests.chaos.devices import Cut


def post(packed: bytes, token: str) -> tuple[int, bytes]:
    """One request as it arrives."""
    headers = {"Authorization": f"Marrow {token}", "Content-Encoding": "gzip"}
    answer = Client(headers=headers).post("/sync/v1", packed, content_type="application/x-ndjson")
    return answer.status_code, answer.content


def send(packed: bytes, token: str) -> bytes:
    """Over a link that never fails."""
    status, told = post(packed, token)
    assert status == 200, told
    return told


@dataclass(slots=True)
class Link:
    """Each hundred: 12 requests lost, 15 answers lost after the commit, 8 doubled, 7 replayed from
    before, 8 cut short on the way."""

    dice: random.Random
    old: list[tuple[bytes, str]] = field(default_factory=list)

    def send(self, packed: bytes, token: str) -> bytes:
        chance = self.dice.random()
        if chance < 0.12:
            raise Cut("the request was lost")
        if chance < 0.20:
            status, _told = post(packed[: self.dice.randrange(len(packed))], token)
            assert status == 400
            raise Cut("the request was cut short")
        if self.old and chance < 0.27:
            post(*self.dice.choice(self.old))
        if chance < 0.35:
            post(packed, token)
        told = send(packed, token)
        self.old.append((packed, token))
        if self.dice.random() < 0.15:
            raise Cut("the answer was lost")
        return told
