"""The planner is asked, runs in the worker, can be stopped; its answer is taken or left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.jobs import enqueue
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.plan import access
from marrow.plan.actions.scenarios import changeable, prove_not_aside, scope, to_change
from marrow.plan.models import Placing, PlannedSeat, Run, Scenario
from marrow.plan.queries.difference import figures_told
from marrow.plan.queries.staleness import OVERTAKEN, is_overtaken

ACCEPT = Act("accept_solution", gettext_lazy("Took the planner’s answer into a plan"))
JOB, MEND, EXPLAIN = "solve_plan", "mend_plan", "explain_plan"
MEND_WIDER = "mend_plan_wider"
ACCEPTED, LEFT = "ACCEPTED", "LEFT"


def ask_to_solve(
    *, scenario: UUID, by: Viewer, at: dt.datetime, mends: bool = False, wider: bool = False
) -> Run:
    """Ask the planner for the best plan, or (`mends`) for the smallest change to the one that
    stands, looked for around what happened or (`wider`) beyond. While it is at work nobody else
    can ask. It is asked after all that was told, in the same moment too."""
    row = to_change(by, scenario)
    if by.person is None:
        raise Refused(_("Sign in first."))
    if mends and not Placing.objects.filter(seat__team__scenario=row).exists():
        raise Refused(_("Nobody stands in a seat yet. Let the planner solve it first."))
    run = Run(
        id=uuid4(), scenario=row, state=Run.State.WAITING, asked_by=by.person,
        asked_at=max(at, row.changed_at),
    )  # fmt: skip
    try:
        with transaction.atomic():
            Run.objects.filter(scenario=row, judged="").exclude(state__in=Run.OPEN).update(
                judged=LEFT
            )
            Run.objects.bulk_create([run])
            job = MEND_WIDER if mends and wider else MEND if mends else JOB
            enqueue(job, key=str(run.pk), at=at)
    except IntegrityError as runs:
        raise Overtaken(_("The planner is at work on this plan already.")) from runs
    return run


def stop_solving(*, run: UUID, by: Viewer, at: dt.datetime) -> Run:
    """Stop the planner; the best plan so far is kept for you to look at."""
    row = access.run_to_judge(by, run)
    if not Run.objects.filter(pk=row.pk, state__in=Run.OPEN).update(stopping=True):
        raise Refused(_("The planner has ended already."))
    return row


def leave_solution(*, run: UUID, by: Viewer, at: dt.datetime) -> Run:
    """Leave the planner's answer aside: the plan stays as it is. Refused in a plan put aside, which
    is kept with all that it has."""
    row = access.run_to_judge(by, run)
    prove_not_aside(row.scenario)
    Run.objects.filter(pk=row.pk, judged="").update(judged=LEFT)
    return row


def accept_solution(*, run: UUID, by: Viewer, at: dt.datetime) -> Scenario:
    """Take the planner's answer: its people stand in the seats of the plan. Refused where the plan
    was changed since: nobody could see what comes of it."""
    row = access.run_to_judge(by, run)
    scenario = changeable(row.scenario)
    if row.state != Run.State.DONE or not row.plan:
        raise Refused(_("There is no answer to take."))
    if row.judged:
        raise Overtaken(_("This answer was judged already."))
    with transaction.atomic():
        if not Run.objects.filter(pk=row.pk, judged="").update(judged=ACCEPTED):
            raise Overtaken(_("This answer was judged already."))
        _prove_of_now(row)
        with journal(ACCEPT, by=by, at=at, scope=scope(scenario)) as page:
            _place(page, scenario, row.plan)
            scenario.state, scenario.solved_at = Scenario.State.SOLVED, row.asked_at
            scenario.run, scenario.figures = row.pk, figures_told(row)
            page.save(scenario)
    return scenario


def _prove_of_now(run: Run) -> None:
    run.scenario.refresh_from_db(fields=["changed_at"])
    if is_overtaken(run):
        raise Overtaken(OVERTAKEN)


def _place(page: Page, scenario: Scenario, plan: Mapping[str, Any]) -> None:
    wanted = {one["seat"]: UUID(one["person"]) for one in plan["assignments"]}
    seats = PlannedSeat.objects.filter(team__scenario=scenario).select_related("placing")
    for seat in seats:
        held, person = getattr(seat, "placing", None), wanted.get(seat.code)
        if held and person is None:
            page.remove(held)
        elif held and person and held.person_id != person:
            held.person_id = person
            page.save(held)
        elif held is None and person:
            page.save(Placing(id=uuid4(), seat=seat, person_id=person))
