"""Whether the answer of the planner that stands in a plan is still of what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marrow.plan.models import Placing, PlannedSeat, Run, Scenario
from marrow.teams.models import Assignment

TurnedDown = Mapping[UUID, list[str]]
OVERTAKEN = _(
    "The plan was changed since this answer was asked for, so it cannot be taken. Solve the plan"
    " again, or mend it."
)


def turned_down_in(plans: Iterable[Scenario]) -> TurnedDown:
    """By plan, the seats whose person was turned down for them, or withdrew, since they were put
    there."""
    rows = PlannedSeat.objects.filter(
        team__scenario__in=[row.pk for row in plans],
        seat__assignments__person=F("placing__person"),
        seat__assignments__state__in=Assignment.TURNED_DOWN,
    )  # fmt: skip
    found = defaultdict[UUID, list[str]](list)
    for plan, code in rows.order_by("code").values_list("team__scenario", "code").distinct():
        found[plan].append(code)
    return found


def is_stale(scenario: Scenario, turned_down: TurnedDown | None = None) -> bool:
    """Whether the answer that stands is no longer of what is asked; `turned_down` where its seats
    are known already."""
    return scenario.pk in stale_of([scenario], turned_down)


def stale_of(plans: Iterable[Scenario], turned_down: TurnedDown | None = None) -> set[UUID]:
    """Those of some plans that were changed since they were solved, or in which somebody stands who
    does not come."""
    solved = [row for row in plans if row.solved_at]
    changed = {row.pk for row in solved if row.solved_at and row.changed_at > row.solved_at}
    rest = [row for row in solved if row.pk not in changed]
    if rest and turned_down is None:
        turned_down = turned_down_in(rest)
    return changed | {row.pk for row in rest if (turned_down or {}).get(row.pk)}


def is_overtaken(run: Run) -> bool:
    """Whether the plan was changed after an answer that waits was asked for: what it tells beside
    the plan as it stands is no longer so, and it is not taken. The first one is all the same: while
    nobody stands in a seat there is nothing else to be mended."""
    waits = run.state == Run.State.DONE and not run.judged
    if not waits or run.scenario.changed_at <= run.asked_at:
        return False
    return Placing.objects.filter(seat__team__scenario=run.scenario_id).exists()
