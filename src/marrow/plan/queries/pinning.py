"""What stands against a pin before the planner is asked: the rules of one person and one seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.plan.models import PlannedSeat
from marrow.plan.queries.problem import breaks, problem_of
from marrow.plan.queries.unfit import unfit_words
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Pin

#: rules that another time of the team, or of the person, may settle
PASSING = frozenset({"is_available", "has_rested", "has_clearance"})


@dataclass(frozen=True, slots=True)
class Against:
    """In words: what keeps somebody from a seat, and whether that is `outright`, whatever the
    time."""

    words: list[str]
    outright: bool


def against_pin(row: PlannedSeat, person: UUID, viewer: Viewer, on: dt.date) -> Against:
    """By the records of a day, were it pinned. Of a seat that the plan plans round, nothing."""
    problem = problem_of(row.team.scenario, viewer, on, also=person).problem
    if row.code not in {s.id for s in problem.seats}:
        return Against([], outright=False)
    pins = (
        *(p for p in problem.pins if p.seat != row.code),
        Pin(seat=row.code, person=str(person)),
    )
    problem = problem.model_copy(update={"pins": pins})
    broken = Rules(problem).broken(str(person), row.code)
    if not broken:
        return Against([], outright=False)
    words = unfit_words(viewer, breaks(problem, row.code, str(person)))
    return Against(words, outright=not PASSING.issuperset(broken))
