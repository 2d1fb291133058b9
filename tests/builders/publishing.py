"""A plan is published, solved again and copied, by the office of a `Planning` world."""

from __future__ import annotations

import datetime as dt

from marrow.plan import actions
from marrow.plan.models import PlannedSeat, Scenario
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW
from tests.builders.planning import Planning


def publish(world: Planning, plan: Scenario | None = None, at: dt.datetime = NOW) -> Scenario:
    row = plan or world.plan
    return actions.publish_plan(scenario=row.pk, by=world.office, at=at).plan


def taken(world: Planning, plan: Scenario, at: dt.datetime) -> Scenario:
    run = world.run(plan, at)
    assert run.state == "DONE", (run.state, run.faults)
    if not run.judged:
        actions.accept_solution(run=run.pk, by=world.office, at=at)
    return Scenario.objects.get(pk=plan.pk)


def copied(world: Planning, at: dt.datetime, plan: Scenario | None = None) -> Scenario:
    row = plan or world.plan
    return actions.copy_plan(scenario=row.pk, name="Mended", by=world.office, at=at)


def seat_of(plan: Scenario, code: str) -> PlannedSeat:
    return PlannedSeat.objects.get(team__scenario=plan, code=code)


def states(seat: Seat | None) -> dict[str, str]:
    rows = Assignment.objects.filter(seat=seat).select_related("person")
    return {str(a.person): a.state for a in rows}
