"""The planner at work: in the worker, with progress, until it is done or stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marrow.accounts.queries import viewer_by_id
from marrow.core.jobs import Lease, enqueue, given_up, handles, waits
from marrow.core.refusals import Refused
from marrow.plan.actions.solving import EXPLAIN, JOB, MEND, MEND_WIDER, accept_solution
from marrow.plan.models import Placing, Run, Scenario
from marrow.plan.queries.filled import filled_seats
from marrow.plan.queries.handed import handovers_since
from marrow.plan.queries.problem import Asked, problem_of
from marrow.plan.queries.staying import stays_by
from marrow.plan.queries.why import as_json, deep, heaviest_first, is_explained, reasons
from marrow.plan.rules.checker import counted, rules_broken
from marrow.plan.rules.claims import CENT
from marrow.plan.rules.engine.explain import gained
from marrow.plan.rules.engine.mend import Mended, Unsound, mend
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.solve import Impossible, Progress, solve
from marrow.plan.rules.limits import Taken
from marrow.plan.rules.problem import Plan, Problem, Seated
from marrow.plan.rules.reading import problem_from
from marrow.plan.rules.said import Said
from marrow.plan.rules.sense import sense_of
from marrow.plan.rules.teams import handovers, links, reliefs

TELL_EVERY = 0.5  # seconds
WORK = 60  # blocks
SLICE = 60.0  # seconds after which explaining makes way for other work


@handles(JOB)
def solve_plan(lease: Lease) -> None:
    """Runs again after a crash from the beginning; an answer that is there stays."""
    if (run := _open(lease)) is None:
        return
    watch = _Watch(lease, run)

    def best(asked: Asked) -> Plan:
        return solve(
            asked.problem, before=_standing(run, asked), work=WORK, should_stop=watch.should_stop,
            progress=watch.progress,
        )  # fmt: skip

    if (found := _found(run, best)) is None:
        return
    asked, plan = found
    problem = asked.problem
    told = plan.model_dump(mode="json", by_alias=True)
    seated = plan.assignments
    if better := _stands_better(run, asked, plan):
        seated, told = better, told | _counted(problem, better, plan)
    _answer(run, asked, seated, told)
    _take_the_first(run)


def _stands_better(run: Run, asked: Asked, plan: Plan) -> tuple[Seated, ...]:
    """The plan that stands, mended where it breaks a rule by now, if what was found is worth no
    more: nobody changes seats for nothing, nor for what the planner had when it was stopped."""
    problem, stood = asked.problem, _standing(run, asked)
    if stood and rules_broken(problem, stood):
        stood = _least_mended(problem, stood)
    return stood if stood and sum(counted(problem, stood)) >= plan.value - CENT else ()


def _least_mended(problem: Problem, stood: tuple[Seated, ...]) -> tuple[Seated, ...]:
    """What stands less what broke, with the seats that it lost filled again; nothing where it
    cannot be mended."""
    try:
        return mend(problem, stood).assignments
    except (Impossible, Unsound):
        return ()


def _counted(problem: Problem, stood: tuple[Seated, ...], found: Plan) -> dict[str, Any]:
    """The figures of a plan that is not the solver's own, beside what the solver proved."""
    tiers = counted(problem, stood)
    value = sum(tiers)
    bound, critical = max(found.bound, value), _critical(problem)
    covered = len(critical & {one.seat for one in stood})
    return {
        "value": value, "points_by_tier": list(tiers), "bound": bound,
        "gap": (bound - value) / max(1.0, abs(bound)),
        "critical": {
            "seats": len(critical), "covered": covered,
            "at_most": max(covered, found.critical.at_most),
        },
    }  # fmt: skip


def _critical(problem: Problem) -> set[str]:
    return {s.id for s in problem.seats if s.weight == "critical"}


def _standing(run: Run, asked: Asked) -> tuple[Seated, ...]:
    """Who stands in the seats of a plan, but for those that are planned round."""
    places = Placing.objects.filter(seat__team__scenario=run.scenario)
    rows = places.order_by("seat__code").values_list("seat__code", "person")
    return tuple(Seated(seat=s, person=str(p)) for s, p in rows if s not in asked.fixed)


@handles(MEND)
def mend_plan(lease: Lease) -> None:
    """The smallest change to the plan that stands; how far that is from the best is not reckoned,
    so that it comes in seconds."""
    _mend(lease, wider=False)


@handles(MEND_WIDER)
def mend_plan_wider(lease: Lease) -> None:
    """The same beyond the teams and people around what happened, which takes longer."""
    _mend(lease, wider=True)


def _mend(lease: Lease, *, wider: bool) -> None:
    if (run := _open(lease)) is None:
        return
    began = time.monotonic()

    def smallest(asked: Asked) -> Mended:
        return _mended(run, asked, _standing(run, asked), wider=wider)

    if (found := _found(run, smallest)) is None:
        return
    asked, mended = found
    seconds = time.monotonic() - began
    _set(run, progress={"stage": mended.step, "seconds": seconds, "value": mended.value})
    critical = _critical(asked.problem)
    covered = len(critical & {one.seat for one in mended.assignments})
    told = {
        "value": mended.value, "points_by_tier": mended.tiers, "bound": None, "gap": None,
        "critical": {"seats": len(critical), "covered": covered}, "stopped_because": "mended",
        "open": mended.open, "wider": mended.widest,
    }  # fmt: skip
    _answer(run, asked, mended.assignments, told)


MOST_EMPTY = 40  # seats that a mending tries to fill where nothing was lost


def _mended(run: Run, asked: Asked, before: tuple[Seated, ...], *, wider: bool) -> Mended:
    """Where nothing was lost, the records may let somebody into a seat that is empty: the smallest
    change that fills it is taken."""
    problem, new = asked.problem, _new_since(run, asked)
    mended = mend(problem, before, new, wider=wider)
    held = {one.seat for one in before} | {pin.seat for pin in problem.pins}
    empty = [s.id for s in problem.seats if s.id not in held]
    if mended.moved or mended.open or not 0 < len(empty) <= MOST_EMPTY:
        return mended
    filled = mend(problem, before, [*new, *empty], wider=wider)
    return filled if filled.moved else mended


@handles(EXPLAIN)
def explain_plan(lease: Lease) -> None:
    """Seat by seat what another person would cost and what would fill it, the heaviest empty seats
    first. It makes way for whatever is solved, between two seats, and after a while for all other
    work, and goes on later; whatever is no longer looked at it leaves."""
    run = Run.objects.select_related("scenario").get(pk=UUID(lease.key))
    if not _is_wanted(run) or ("gained" in (run.plan or {}) and is_explained(run.why)):
        _explain_what_stands(run)
        return
    until = time.monotonic() + SLICE
    if _anything_to_solve():
        enqueue(EXPLAIN, key=lease.key, at=timezone.now())
        return
    problem, plan = problem_from(run.problem), run.plan or {}
    known = {s.id for s in problem.seats}
    seated = [Seated(**one) for one in plan["assignments"] if one["seat"] in known]
    standing, why, taken = Standing.of(problem, seated), dict(run.why), _taken(run)
    compared = plan.get("gained") or asdict(gained(standing))
    for seat in heaviest_first(standing, why):
        if not _is_wanted(run):
            break
        if time.monotonic() > until or _anything_to_solve():
            enqueue(EXPLAIN, key=lease.key, at=timezone.now())
            break
        lease.keep()
        why[seat] = why[seat] | deep(standing, seat, taken)
    Run.objects.filter(pk=run.pk).update(why=why, plan=plan | {"gained": compared})
    if is_explained(why) or not _is_wanted(run):
        _explain_what_stands(run)


def _is_wanted(run: Run) -> bool:
    """Whether anybody looks at the reasons of an answer: it stands or waits to be judged, and no
    newer one is being found, after which what stands is explained further."""
    rows = Run.objects.filter(scenario=run.scenario_id)
    newer = rows.filter(asked_at__gt=run.asked_at)
    if run.state != Run.State.DONE or newer.filter(state__in=Run.OPEN).exists():
        return False
    if Scenario.objects.filter(pk=run.scenario_id, run=run.pk).exists():
        return True
    return rows.filter(pk=run.pk, judged="").exists() and not newer.exists()


def _anything_to_solve() -> bool:
    return waits((JOB, MEND, MEND_WIDER), at=timezone.now())


def _explain_what_stands(run: Run) -> None:
    """After another run of its plan the answer that stands is explained further."""
    at = Scenario.objects.filter(pk=run.scenario_id).exclude(run=run.pk).values("run")
    for stands in Run.objects.filter(pk__in=at).only("why"):
        if not is_explained(stands.why):
            enqueue(EXPLAIN, key=str(stands.pk), at=timezone.now())


def _taken(run: Run) -> Taken:
    """Who is away today without this plan: what is told of a limit names them."""
    on = run.asked_at.date()
    return problem_of(run.scenario, viewer_by_id(run.asked_by), on).taken


def _new_since(run: Run, asked: Asked) -> list[str]:
    """The seats that came into a plan since the answer that stands."""
    if run.scenario.run is None:
        return []
    before = Run.objects.filter(pk=run.scenario.run).exclude(problem="").first()
    if before is None:
        return []
    known = {s.id for s in problem_from(before.problem).seats}
    return [s.id for s in asked.problem.seats if s.id not in known]


def _open(lease: Lease) -> Run | None:
    run = Run.objects.select_related("scenario").get(pk=UUID(lease.key))
    return run if run.state in Run.OPEN else None


#: faults of pins that go beyond a limit: a person set them, and takes them away
OF_PINS = tuple(
    f"pinned_beyond{what}_{kind}" for what in ("", "_asked", "_selected")
    for kind in ("department", "organisation", "department_of", "organisation_of")
)  # fmt: skip
Found = TypeVar("Found", Plan, Mended)


def _found(run: Run, find: Callable[[Asked], Found]) -> tuple[Asked, Found] | None:
    """What is found for the problem of a run; None where it cannot be planned, which is told.
    Whoever is only asked is let go where no plan keeps them: those alone whom the planner names, if
    it names some."""
    asked = problem_of(run.scenario, viewer_by_id(run.asked_by), run.asked_at.date())
    while True:
        faults = _written(run, asked)
        try:
            if not faults:
                return asked, find(asked)
        except Impossible as impossible:
            faults = list(impossible.faults)
        less = asked.letting_go(_pinned_seats(faults))
        if less == asked or any(f.code in OF_PINS for f in faults):
            _end(run, Run.State.REFUSED, faults=[as_json(f) for f in faults])
            _explain_what_stands(run)
            return None
        asked = less


def _pinned_seats(faults: Iterable[Said]) -> set[str]:
    """The seats of the pins that faults name."""
    told = [f.names.get("pins", ()) for f in faults]
    return {pin.split(" → ")[0] for pins in told if isinstance(pins, tuple) for pin in pins}


def _written(run: Run, asked: Asked) -> list[Said]:
    """Write the problem down with its run; what makes no sense in it."""
    problem, sense = asked.problem, sense_of(asked.problem, asked.taken)
    _set(
        run, state=Run.State.RUNNING, problem=problem.written(), seats=len(problem.seats),
        people=len(problem.people), warnings=[as_json(w) for w in sense.warnings],
    )  # fmt: skip
    return sense.faults


def _answer(run: Run, asked: Asked, plan: Iterable[Seated], told: dict[str, Any]) -> None:
    """The answer with those whose seats are theirs already; its reasons follow as the worker comes
    to them."""
    seated = {one.seat: one.person for one in plan}
    why = reasons(asked.problem, seated)
    seated |= {code: str(pk) for code, pk in asked.fixed.items()}
    told["assignments"] = [{"seat": s, "person": p} for s, p in sorted(seated.items())]
    told["links"] = _links(asked.problem, seated)
    told["handovers"] = handovers_since(run.scenario, asked, seated)
    told["stays"] = stays_by(run.scenario, seated)
    told["before"] = _as_it_stands(run, asked)
    with transaction.atomic():
        _end(run, Run.State.DONE, plan=told, why=why)
        enqueue(EXPLAIN, key=str(run.pk), at=timezone.now())


def _as_it_stands(run: Run, asked: Asked) -> dict[str, Any] | None:
    """The figures of the plan as it stands, reckoned by the problem of this run: what is published
    by now, and without who does not come. None where nobody stands in a seat."""
    rows = filled_seats().filter(team__scenario=run.scenario).order_by("code")
    seated = {code: str(person) for code, person in rows.values_list("code", "placing__person")}
    if not Placing.objects.filter(seat__team__scenario=run.scenario).exists():
        return None
    problem, critical = asked.problem, _critical(asked.problem)
    free = tuple(Seated(seat=s, person=p) for s, p in seated.items() if s not in asked.fixed)
    tiers = counted(problem, free)
    return {
        "value": sum(tiers), "points_by_tier": list(tiers), "seats": len(problem.seats),
        "filled": len(seated), "links": _links(problem, seated),
        "critical": {"seats": len(critical), "covered": len(critical & seated.keys())},
        "stays": stays_by(run.scenario, seated),
    }  # fmt: skip


def _links(problem: Problem, seated: dict[str, str]) -> list[int]:
    """Handovers in which both are on post together: how many, of how many that could be."""
    could_be = [*links(problem), *reliefs(problem)]
    return [len(handovers(problem, seated)), len(could_be)]


def _take_the_first(run: Run) -> None:
    """A plan that has no answer yet takes this one; afterwards a person looks at the difference."""
    if Placing.objects.filter(seat__team__scenario=run.scenario).exists():
        return
    try:
        accept_solution(run=run.pk, by=viewer_by_id(run.asked_by), at=timezone.now())
    except Refused:  # it was published or judged meanwhile: the answer stays to be looked at
        return


@given_up(JOB)
@given_up(MEND)
@given_up(MEND_WIDER)
def say_so(lease: Lease) -> None:
    rows = Run.objects.filter(pk=UUID(lease.key), state__in=Run.OPEN)
    rows.update(state=Run.State.FAILED, ended_at=timezone.now())
    for run in Run.objects.filter(pk=UUID(lease.key)):
        _explain_what_stands(run)


def _set(run: Run, **told: Any) -> None:
    Run.objects.filter(pk=run.pk, state__in=Run.OPEN).update(**told)


def _end(run: Run, state: str, **told: Any) -> None:
    _set(run, state=state, ended_at=timezone.now(), **told)


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
