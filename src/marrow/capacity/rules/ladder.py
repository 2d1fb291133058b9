"""The ladder of what an organisation can do, and who must sign a step on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

REFERRED_AWAY, VISITOR_DOES, JOINT, SUPERVISED, INDEPENDENT, TEACHES = range(6)
LEVELS = range(6)
ALONE = INDEPENDENT  # from here on locals need nobody beside them

#: who may sign: the visiting expert, one from afar, the local head, the programme office
VISITOR, REMOTE, HEAD, OFFICE = "VISITOR", "REMOTE", "HEAD", "OFFICE"


@dataclass(frozen=True, slots=True)
class Step:
    """A level that one organisation reached for one item, since when, and which step it is:
    of two steps of one day the later signed one holds."""

    level: int
    on: date
    order: int = 0


def level_on(steps: Sequence[Step], day: date) -> int | None:
    """The level that holds on a day; None where nobody assessed it by then."""
    begun = [s for s in steps if s.on <= day]
    return sorted(begun, key=lambda s: (s.on, s.order))[-1].level if begun else None


def rises_without(steps: Sequence[Step], gone: Step) -> bool:
    """Whether the level of any day is higher without one of these steps than with it. Where nobody
    would have assessed it any more, it is not."""
    left = [s for s in steps if s != gone]
    days = {s.on for s in steps if s.on >= gone.on}
    return any((level_on(left, day) or 0) > (level_on(steps, day) or 0) for day in days)


def lacks_of_step(
    before: int | None, after: int, signed: Collection[str], *, evidence: int, reason: str
) -> list[str]:
    """What a step still needs, as codes: EVIDENCE, REASON, or who must sign (HEAD, EXPERT, ONE).

    A step up needs evidence and two signatures: the local head's, and the visiting expert's or
    that of one from afar. A step down needs one, the head's or the office's, and its reason. The
    first assessment of what is referred away is no step up: it needs the head's or the office's.
    """
    if after > (before or REFERRED_AWAY):
        lacks = [] if evidence else ["EVIDENCE"]
        lacks += [] if HEAD in signed else ["HEAD"]
        return lacks + ([] if {VISITOR, REMOTE} & set(signed) else ["EXPERT"])
    lacks = [] if reason.strip() or before is None else ["REASON"]
    return lacks + ([] if {HEAD, OFFICE} & set(signed) else ["ONE"])
