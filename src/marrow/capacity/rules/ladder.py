"""The ladder of what an organisation can do, and who must sign a step on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

REFERRED_AWAY, VISITOR_DOES, JOINT, SUPERVISED, INDEPENDENT, TEACHES = range(6)
LEVELS = range(6)
ALONE = INDEPENDENT  # from here on locals need nobody beside them

#: who may sign: the visiting expert, one from afar, the local head, the programme office
VISITOR, REMOTE, HEAD, OFFICE = "VISITOR", "REMOTE", "HEAD", "OFFICE"


@dataclass(frozen=True, slots=True)
class Step:
    """A level that one organisation reached for one item.

    `on` is the day since when it holds; `known_at` the moment when it was recorded, `void_at`
    that when it was taken back, if it was: so that one may ask what was known then.
    """

    level: int
    on: date
    known_at: datetime
    void_at: datetime | None = None

    def is_known(self, moment: datetime) -> bool:
        return self.known_at <= moment and (self.void_at is None or self.void_at > moment)


def level_on(steps: Sequence[Step], day: date, moment: datetime) -> int | None:
    """The level that holds on a day, as known at a moment; None where nobody assessed it yet.
    Of two steps of one day the one that was recorded later holds.
    """
    known = [s for s in steps if s.on <= day and s.is_known(moment)]
    return max(known, key=lambda s: (s.on, s.known_at)).level if known else None


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
