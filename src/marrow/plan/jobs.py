"""The planner at work: in the worker, with progress, until it is done or stopped."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from marrow.accounts.queries import viewer_by_id
from marrow.core.jobs import Lease, given_up, handles
from marrow.core.refusals import Refused
from marrow.plan.actions.solving import JOB, accept_solution
from marrow.plan.models import Placing, Run
from marrow.plan.queries.problem import problem_of
from marrow.plan.queries.why import reasons
from marrow.plan.rules.engine.solve import Impossible, Progress, solve
from marrow.plan.rules.problem import Problem
from marrow.plan.rules.said import Said
from marrow.plan.rules.sense import sense_of
from marrow.plan.rules.teams import links

TELL_EVERY = 0.5  # seconds
WORK = 60  # blocks


@handles(JOB)
def solve_plan(lease: Lease) -> None:
    """Runs again after a crash from the beginning; an answer that is there stays."""
    run = Run.objects.select_related("scenario").get(pk=UUID(lease.key))
    if run.state not in Run.OPEN:
        return
    asked = problem_of(run.scenario, viewer_by_id(run.asked_by), run.asked_at.date())
    problem = asked.problem
    sense = sense_of(problem)
    _set(
        run, state=Run.State.RUNNING, problem=problem.written(), seats=len(problem.seats),
        people=len(problem.people), warnings=[as_json(w) for w in sense.warnings],
    )  # fmt: skip
    if sense.faults:
        _end(run, Run.State.REFUSED, faults=[as_json(f) for f in sense.faults])
        return
    watch = _Watch(lease, run)
    try:
        plan = solve(problem, work=WORK, should_stop=watch.should_stop, progress=watch.progress)
    except Impossible as impossible:
        _end(run, Run.State.REFUSED, faults=[as_json(f) for f in impossible.faults])
        return
    seated = {one.seat: one.person for one in plan.assignments}
    seated |= {code: str(pk) for code, pk in asked.fixed.items()}
    told = plan.model_dump(mode="json", by_alias=True)
    told["assignments"] = [{"seat": s, "person": p} for s, p in sorted(seated.items())]
    told["links"] = _links(problem, seated)
    _end(run, Run.State.DONE, plan=told, why=reasons(problem, plan))
    _take_the_first(run)


def _links(problem: Problem, seated: dict[str, str]) -> list[int]:
    """Handovers in which both are on post together: how many, of how many that could be."""
    found = links(problem)
    return [sum(one.before in seated and one.after in seated for one in found), len(found)]


def _take_the_first(run: Run) -> None:
    """A plan that has no answer yet takes this one; afterwards a person looks at the difference."""
    if Placing.objects.filter(seat__team__scenario=run.scenario).exists():
        return
    try:
        accept_solution(run=run.pk, by=viewer_by_id(run.asked_by), at=timezone.now())
    except Refused:  # it was published or judged meanwhile: the answer stays to be looked at
        return


@given_up(JOB)
def say_so(lease: Lease) -> None:
    rows = Run.objects.filter(pk=UUID(lease.key), state__in=Run.OPEN)
    rows.update(state=Run.State.FAILED, ended_at=timezone.now())


def _set(run: Run, **told: Any) -> None:
    Run.objects.filter(pk=run.pk, state__in=Run.OPEN).update(**told)


def _end(run: Run, state: str, **told: Any) -> None:
    _set(run, state=state, ended_at=timezone.now(), **told)


def as_json(told: Said) -> dict[str, Any]:
    """A message of the planner as it is kept: its code and what it names."""
    names = {k: v.isoformat() if isinstance(v, date) else v for k, v in told.names.items()}
    return {"code": told.code, "names": names}


class _Watch:
    """Tells how far the run is, and whether somebody stopped it."""

    def __init__(self, lease: Lease, run: Run) -> None:
        self.lease, self.run = lease, run
        self.told_at, self.stopped = 0.0, False
        self.thread = threading.get_ident()  # a solver's own threads have no way to the database

    def progress(self, told: Progress) -> None:
        self._tell({k: v for k, v in asdict(told).items() if isinstance(v, (int, float, str))})

    def should_stop(self) -> bool:
        mine = threading.get_ident() == self.thread
        if mine and not self.stopped and time.monotonic() - self.told_at >= TELL_EVERY:
            self._tell({})
        return self.stopped

    def _tell(self, told: dict[str, Any]) -> None:
        self.told_at = time.monotonic()
        self.lease.keep()
        if told:
            _set(self.run, progress=told)
        mine = Run.objects.filter(pk=self.run.pk, stopping=True)
        self.stopped = self.stopped or mine.exists()
