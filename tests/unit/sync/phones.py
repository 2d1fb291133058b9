"""A phone as the wire sees it: lines with numbers, chained, pushed in any way a link may do it."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http.response import HttpResponseBase
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.sync.actions import Answer, enrol, receive
from marrow.sync.models import Installation
from marrow.sync.rules import chained, read_batch
from tests.builders import NOW


class Phone:
    def __init__(self, account: Account, name: str = "") -> None:
        self.row, self.token = enrol(by=viewer_of(account), at=NOW, name=name)
        self.lines: list[bytes] = []

    def count(self, mission: UUID, count: Any = 3, record: UUID | None = None) -> UUID:
        """Keep a line that counts visits; returns the record's id."""
        record = record or uuid4()
        data = {"mission": str(mission), "held_on": "2026-11-20", "count": count}
        self.line({"r": str(record), "t": "visits", "k": "create", "d": data})
        return record

    def line(self, told: dict[str, Any]) -> None:
        self.lines.append(json.dumps({"q": len(self.lines) + 1, **told}).encode())

    def before(self, first: int) -> str:
        """The hash of the chain before this number."""
        hashed = ""
        for line in self.lines[: first - 1]:
            hashed = chained(hashed, line)
        return hashed

    def body(self, first: int = 1, lines: list[bytes] | None = None, **head: Any) -> bytes:
        told = {"v": 1, "inst": str(self.row.pk), "from": first, "prev": self.before(first)}
        text = json.dumps(told | {"app": "t"} | head).encode()
        return b"\n".join([text, *(self.lines[first - 1 :] if lines is None else lines)])

    def push(
        self, first: int = 1, lines: list[bytes] | None = None, *, at: datetime = NOW, **head: Any
    ) -> Answer:
        return receive(batch=read_batch(self.body(first, lines, **head)), at=at)

    def post(self, body: bytes, *, packed: bool = True, **headers: str) -> HttpResponseBase:
        """The same through the door, whose clock is real; what was pushed before is of `NOW`."""
        Installation.objects.filter(pk=self.row.pk, seen_at=NOW).update(seen_at=datetime.now(UTC))
        told = {"Authorization": f"Marrow {self.token}", "Content-Encoding": "gzip", **headers}
        if not packed:
            told["Content-Encoding"] = headers.get("Content-Encoding", "identity")
        return Client(headers=told).post(
            "/sync/v1", gzip.compress(body) if packed else body, content_type="application/x-ndjson"
        )

    @property
    def here(self) -> Installation:
        """The phone as the server knows it now."""
        return Installation.objects.get(pk=self.row.pk)
