"""A phone as the field app is one: keeps, sends, reads; it remembers what it showed as saved."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from marrow.sync.rules import chained

Send = Callable[[bytes, str], bytes]  # a packed body and a token; the answer, unpacked


class Cut(Exception):
    """The link broke, before or after the server took it: nobody knows."""


@dataclass(slots=True)
class Device:
    """One installation after another of one phone; `shown` is what its owner was told is saved."""

    inst: str
    token: str
    enrol: Callable[[], tuple[str, str]] | None = None
    lines: list[bytes] = field(default_factory=list)
    hashes: list[str] = field(default_factory=lambda: [""])
    acked: int = 0
    shown: list[bytes] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    epoch: str = ""
    records: dict[str, Any] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    lost: int = 0
    at_once: int = 25
    most: int = 65_536  # bytes read in one answer

    def keep(self, told: dict[str, Any]) -> UUID:
        """Keep a line; when this ends it is shown as saved."""
        record = told.setdefault("r", str(uuid4()))
        line = json.dumps({"q": len(self.lines) + 1, **told}, separators=(",", ":")).encode()
        self.lines.append(line)
        self.hashes.append(chained(self.hashes[-1], line))
        self.shown.append(line)
        return UUID(record)

    def visits(self, mission: object, count: int = 3) -> UUID:
        data = {"mission": str(mission), "held_on": "2026-11-20", "count": count}
        return self.keep({"t": "visits", "k": "create", "d": data})

    def body(self, wall: str | None = None) -> bytes:
        first = self.acked + 1
        head: dict[str, Any] = {
            "v": 1, "inst": self.inst, "from": first, "prev": self.hashes[self.acked], "app": "t",
            "held": self.acked, "epoch": self.epoch, "cur": self.cursors, "max": self.most,
        }  # fmt: skip
        if wall:
            head["wall"] = wall
        lines = self.lines[self.acked : self.acked + self.at_once]
        return b"\n".join([json.dumps(head).encode(), *lines])

    def sync(self, send: Send, wall: str | None = None) -> bool:
        """One round trip; True when there is nothing left to send or to read. Raises Cut."""
        answer = send(gzip.compress(self.body(wall)), self.token)
        head, *lines = [json.loads(line) for line in answer.splitlines()]
        if head["fork"] or not self._ours(head):
            self._go_on_anew()
            return False
        before = self.acked
        self.lost += head.get("lost", False)
        self.acked = min(head["ack"], len(self.lines))
        for note in head["notes"]:
            self.states[note["q"]] = note["st"]
        self.epoch = head["epoch"]
        more = self._read(lines)
        return self.acked == len(self.lines) and self.acked >= before and not more

    def all(self, send: Send, rounds: int = 400) -> None:
        """Until all is sent and read, however often the link breaks."""
        for _n in range(rounds):
            try:
                if self.sync(send):
                    return
            except Cut:
                continue
        raise AssertionError("it never ended")

    def _ours(self, head: dict[str, Any]) -> bool:
        ack = int(head["ack"])
        return ack <= len(self.lines) and bool(self.hashes[ack] == head["h"])

    def _go_on_anew(self) -> None:
        """Another has sent under our numbers: a new installation, each line names what it was."""
        assert self.enrol, "a fork that nobody expected"
        old, lines, hashes = self.inst, self.lines, self.hashes
        self.inst, self.token = self.enrol()
        self.lines, self.hashes, self.acked, shown = [], [""], 0, self.shown
        for q, line in enumerate(lines, start=1):
            told = json.loads(line)
            told.pop("q")
            told.setdefault("o", {"inst": old, "q": q, "h": hashes[q]})
            self.keep(told)
        self.shown = [line for line in shown if line not in lines] + self.lines

    def _read(self, lines: list[dict[str, Any]]) -> bool:
        scope, more = "", False
        for line in lines:
            if "list" in line:
                self.cursors[f"list:{line['list']}"] = line["to"]
            elif "r" in line:
                self.records[line["r"]], self.scopes[line["r"]] = line.get("d"), scope
            else:
                scope = line["sc"]
                more = more or bool(line.get("more"))
                if line.get("whole") or line.get("left"):
                    for record in [r for r, s in self.scopes.items() if s == scope]:
                        del self.records[record], self.scopes[record]
                if line.get("left"):
                    del self.cursors[scope]
                elif "to" in line:
                    self.cursors[scope] = line["to"]
        return more
