"""What the journal does not take back of a plan: what an action would not change either."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.journal.columns import read
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.plan.actions.scenarios import changeable
from marrow.plan.models import (
    Budget,
    Happening,
    Pin,
    Placing,
    PlannedSeat,
    PlannedTeam,
    Run,
    Scenario,
)

#: columns that a plan may have changed though it is published or put aside
BESIDE = frozenset({"aside_at", "aside_by", "aside_reason", "tongues"})


def why_a_plan_stays(lines: list[Operation]) -> str:
    """Why changes of a plan are not taken back: it is published or put aside, or the planner has
    worked on it as it was changed."""
    for line in lines:
        row = None if changed_by(line).keys() <= BESIDE else _plan_of(line)
        if row is None:
            continue
        try:
            changeable(row)
        except Refused as held:
            return str(held)
        if _was_solved(row, line):
            return _(
                "The planner has worked on this plan since. Change it on its own page instead."
            )
    return ""


def _plan_of(line: Operation) -> Scenario | None:
    """Records that are gone are of the plan for which they were written."""
    kind, _colon, plan = line.scope.partition(":")
    return Scenario.objects.filter(pk=UUID(plan)).first() if kind == "plan" else None


def _was_solved(row: Scenario, line: Operation) -> bool:
    """Whether the answer that stands, or one that is looked for, is of the plan as changed: taken
    back, the plan would pass for the one that was solved."""
    _before, after = changed_by(line).get("changed_at", (None, None))
    if line.kind != Operation.SET or after is None:
        return False
    # a take-back writes the day of before: what was solved since then is not of it
    since = max(line.at, read(Scenario._meta.get_field("changed_at"), after))
    runs = Run.objects.filter(scenario=row, judged="", asked_at__gte=since)
    return bool(row.solved_at and row.solved_at >= since) or runs.exists()


for model in (Scenario, PlannedTeam, PlannedSeat, Placing, Pin, Budget, Happening):
    HELD_AS_IT_STANDS.setdefault(model._meta.label_lower, []).append(why_a_plan_stays)
