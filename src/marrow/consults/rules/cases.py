"""What an asker tells of a case, in clear, on its way to be sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MOST_PHOTOS = 8  # of a case


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as it is told; `sex` may be ''."""

    reference: str
    age: str
    sex: str
    story: str
    question: str
    specialty: str
    priority: str
    consent_by: str
    consent_how: str
    consent_on: dt.date


def consent_is_missing(case: Case) -> bool:
    """Nobody's consent is taken alone where life is in danger, and is asked for later then."""
    without = case.consent_by == "NOBODY"
    return without != (case.consent_how == "LATER") or (without and case.priority != "EMERGENCY")
