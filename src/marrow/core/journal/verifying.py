"""`marrow journal verify`: finds any altered, dropped, added or reordered operation.

The chain of seals proves what is between the first operation and the last seal; the counter's seal
that no tail was cut off; each line's own seal that it was written through the journal. That nobody
put a whole older copy back, only heads show that were kept outside the database (`heads.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from marrow.core.journal.sealing import counter_mac, page_mac
from marrow.core.journal.stored import Line, counter, sealed_lines, seals, unreadable
from marrow.core.journal.unsealed import named, unsealed
from marrow.core.models import Operation, Seal


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal at one moment; kept outside, it shows a tail that was cut off.

    `count` is how many operations there were in all, with those that had no number yet.
    """

    number: int
    mac: str
    count: int = 0
    on: str = ""

    def __str__(self) -> str:
        return f"{self.on} {self.number}:{self.mac} {self.count}".strip()

    @classmethod
    def read(cls, text: str) -> Head:
        """`number:mac`, or `day number:mac count`; raises ValueError."""
        words = text.split()
        on, end, count = words if len(words) == 3 else ("", *words, "0")
        number, colon, mac = end.partition(":")
        if not colon:
            raise ValueError(text)
        return cls(int(number), mac, int(count), on)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is empty when every byte is as it was sealed; `waiting` are not yet numbered."""

    operations: int
    seals: int
    waiting: int
    broken: tuple[str, ...]


def head(on: str = "") -> Head:
    """Where the journal ends now; `on` is the day that stands with it."""
    last = Seal.objects.order_by("-last").first()
    count = Operation.objects.count()
    return Head(last.last, last.mac, count, on) if last else Head(0, "", count, on)


def verify(*heads: Head) -> Verdict:
    """Walk the whole chain; `heads` are ends that were exported earlier. Writes nothing."""
    broken: list[str] = []
    macs: dict[int, str] = {}
    kept = {h.number for h in heads}
    before, expected, walked = "", 1, 0
    for told in seals():
        walked += 1
        try:
            first, last, mac = int(told[0]), int(told[1]), told[2]
        except ValueError:
            broken.append(f"the seal {told[0]}–{told[1]} cannot be read")
            continue
        broken += _faults(first, last, mac, expected, before)
        if last in kept:
            macs[last] = mac
        before, expected = mac, last + 1
    broken += _missing_heads(heads, macs)
    broken += _loose_ends(expected - 1, before)
    broken += _numbers_taken_away(sure=bool(broken))
    broken += unsealed()
    waiting = Operation.objects.filter(feed=None).count()
    return Verdict(expected - 1, walked, waiting, tuple(broken))


def _faults(first: int, last: int, mac: str, expected: int, before: str) -> list[str]:
    page = f"operations {first}–{last}"
    if first != expected:
        return [f"{page}: the seal before ends at {expected - 1}"]
    lines = sealed_lines(first, last)
    if len(lines) != last - first + 1:
        return [f"{page}: {last - first + 1} were sealed, {len(lines)} are there"]
    if page_mac(before, lines) != mac:
        return [f"{page}: a byte was altered, or their order", *_unreadable(first, last, lines)]
    return []


def _unreadable(first: int, last: int, lines: list[Line]) -> list[str]:
    """Operations of an altered page that no longer can be read at all, named."""
    found = unreadable(first, last)
    return [f"operation {number} cannot be read" for number in found[: len(lines)]]


def _missing_heads(heads: tuple[Head, ...], macs: dict[int, str]) -> list[str]:
    wanted: dict[int, set[str]] = defaultdict(set)
    for one in heads:
        if one.number:
            wanted[one.number].add(one.mac)
    missing = [n for n in sorted(wanted) if n not in macs]
    broken = [f"the exported head {number} is missing" for number in missing]
    broken += [
        f"the seal at {number} is not the one that was exported"
        for number in sorted(macs)
        if wanted[number] - {macs[number]}
    ]
    most = max(heads, key=lambda h: h.count, default=Head(0, ""))
    if (there := Operation.objects.count()) < most.count:
        broken.append(f"{most.count} operations were there {most.on}, {there} are")
    return broken


def _loose_ends(last: int, last_seal: str) -> list[str]:
    given, mac = counter()
    beyond = Operation.objects.filter(feed__gt=last).count()
    ends = [f"{beyond} operations are numbered beyond the last seal"] if beyond else []
    if given != str(last):
        ends.append(f"{given} numbers were given, the last seal ends at {last}")
    elif last and mac != counter_mac(given, last_seal):
        ends.append(f"that {given} is the last number was not sealed: a tail may be cut off")
    return ends


def _numbers_taken_away(*, sure: bool) -> list[str]:
    """Operations without a number below one that has one.

    On SQLite there is one writer at a time, so this cannot come about by itself. On PostgreSQL a
    transaction that began early may commit late and wait for its number a moment: there it is told
    only beside another fault, such as the page that it is missing from.
    """
    if connection.vendor == "postgresql" and not sure:
        return []
    top = Operation.objects.exclude(feed=None).aggregate(top=Max("id"))["top"] or 0
    ids = (
        Operation.objects.filter(feed=None, id__lt=top).order_by("id").values_list("id", flat=True)
    )
    if not ids:
        return []
    return [f"{len(ids)} operations below the last one have no number (id {named(list(ids))})"]
