"""`marrow journal verify`: finds any altered, dropped, added or reordered operation."""

from __future__ import annotations

from dataclasses import dataclass

from marrow.core.journal.sequencer import lines_between, page_mac
from marrow.core.models import FeedCounter, Operation, Seal


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal at one moment; kept outside, it shows a tail that was cut off."""

    number: int
    mac: str

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"

    @classmethod
    def read(cls, text: str) -> Head:
        number, _, mac = text.strip().partition(":")
        return cls(int(number), mac)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is empty when every byte is as it was sealed; `waiting` are not yet numbered."""

    operations: int
    seals: int
    waiting: int
    broken: tuple[str, ...]


def head() -> Head:
    last = Seal.objects.order_by("-last").first()
    return Head(last.last, last.mac) if last else Head(0, "")


def verify(*heads: Head) -> Verdict:
    """Walk the whole chain; `heads` are ends that were exported earlier."""
    broken: list[str] = []
    before, expected = "", 1
    known = {h.number: h.mac for h in heads if h.number}
    for seal in Seal.objects.order_by("first").iterator():
        lines = lines_between(seal.first, seal.last)
        broken += _faults(seal, lines, expected, before)
        if seal.last in known and known.pop(seal.last) != seal.mac:
            broken.append(f"the seal at {seal.last} is not the one that was exported")
        before, expected = seal.mac, seal.last + 1
    broken += [f"the exported head {number} is missing" for number in known]
    broken += _loose_ends(expected - 1)
    waiting = Operation.objects.filter(feed=None).count()
    return Verdict(expected - 1, Seal.objects.count(), waiting, tuple(broken))


def _faults(seal: Seal, lines: list[tuple[object, ...]], expected: int, before: str) -> list[str]:
    page = f"operations {seal.first}–{seal.last}"
    if seal.first != expected:
        return [f"{page}: the seal before ends at {expected - 1}"]
    if len(lines) != seal.last - seal.first + 1:
        return [f"{page}: {seal.last - seal.first + 1} were sealed, {len(lines)} are there"]
    if page_mac(before, lines) != seal.mac:
        return [f"{page}: a byte was altered, or their order"]
    return []


def _loose_ends(last: int) -> list[str]:
    counter = FeedCounter.objects.filter(id=1).values_list("number", flat=True).first() or 0
    beyond = Operation.objects.filter(feed__gt=last).count()
    ends = [f"{beyond} operations are numbered beyond the last seal"] if beyond else []
    if counter != last:
        ends.append(f"{counter} numbers were given, the last seal ends at {last}")
    return ends
