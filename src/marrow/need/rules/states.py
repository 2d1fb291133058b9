"""The states of a need, and which one the measure proposes next. A person decides, never this."""

from __future__ import annotations

from datetime import date, timedelta

from marrow.capacity.rules.care import Care

IDENTIFIED, VALIDATED, PLANNED = "IDENTIFIED", "VALIDATED", "PLANNED"
ADDRESSED, MET, SUSTAINED, DECLINED = "ADDRESSED", "MET", "SUSTAINED", "DECLINED"
#: what its hospital stands behind: a seat that answers one of these answers a need
CONFIRMED = (VALIDATED, PLANNED, ADDRESSED, MET, SUSTAINED)
UNANSWERED = (VALIDATED, PLANNED, ADDRESSED)
A_YEAR = timedelta(days=365)
LACKING = (Care.MUST_LEAVE, Care.WITH_VISITORS)


def lacks(care: Care) -> bool:
    """Whether an item is needed: what nobody assessed is not known to be lacking."""
    return care in LACKING


def proposed(state: str, care: Care, *, answered: bool, met_on: date | None, on: date) -> str:
    """The state that the measure speaks for; '' where it speaks for none.

    With visitors a planned need is addressed; by locals it is met; a year on, sustained. What
    fell back is open again.
    """
    if care is Care.BY_LOCALS:
        if state in UNANSWERED:
            return MET
        lasted = met_on is not None and on - met_on >= A_YEAR
        return SUSTAINED if state == MET and lasted else ""
    if care is Care.NOT_ASSESSED:
        return ""
    open_again = PLANNED if answered else VALIDATED
    if state in (MET, SUSTAINED):
        return open_again
    if state == PLANNED and care is Care.WITH_VISITORS:
        return ADDRESSED
    return open_again if state == ADDRESSED and care is Care.MUST_LEAVE else ""
