"""Plans: begun, copied, solved, judged, published."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.params.functions import Body as Given
from pydantic import Field

from marrow.plan import access, actions, plain
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Page, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["plan"])
READERS = ("office", "auditor")
Points = Annotated[float, Field(ge=0, le=1_000_000)]


class PlannedSeatOut(Schema):
    """`person` is who stands there by the planner's answer; `seat` the team's own, once open."""

    id: UUID
    code: str
    role: str
    specialty: str
    grade: str
    languages: dict[str, str]
    weight: str
    seat: UUID | None
    need: UUID | None
    person: UUID | None
    pinned: bool
    pinned_person: UUID | None


class PlanWarningOut(Schema):
    """What does not stand against publishing, but is to be looked at. `wholly_past`: the team did
    not leave, and its whole time is past."""

    code: str
    team: UUID
    words: str


class PlannedTeamOut(Schema):
    id: UUID
    code: str
    series: UUID | None
    number: int | None
    mission: UUID | None
    title: str
    kind: str
    recipient: UUID | None
    from_on: dt.date
    until_on: dt.date
    overlap_days: int
    minimum: int
    hats: list[str]
    language: str
    monthly_cost: float | None
    seats: list[PlannedSeatOut]
    warnings: list[PlanWarningOut]


class HappeningOut(Schema):
    """What a plan reckons with: OUT, LATE (from a day on), CAP (so many more or fewer). `why` is a
    code, `reason` words as they were written."""

    id: UUID
    kind: str
    person: UUID | None
    unit: UUID | None
    people: int | None
    from_on: dt.date | None
    why: str
    reason: str


class ScenarioOut(Schema):
    """`figures` are of the answer that stands: value, bound, gap, tiers, critical seats, and in
    `stays` care without leaving on the planned roster: items that can be treated a month on average
    `with` the plan's people and `without` (null: unknown). `book` is
    the workbook by which the plan goes instead of the records alone; '' there is none. `aside_at`:
    when it was put aside; null where it is not."""

    id: UUID
    name: str
    from_on: dt.date
    until_on: dt.date
    seed: int
    weights: dict[str, float]
    state: str
    copied_from: UUID | None
    made_at: dt.datetime
    changed_at: dt.datetime
    solved_at: dt.datetime | None
    run: UUID | None
    figures: dict[str, Any]
    published_at: dt.datetime | None
    book: str
    aside_at: dt.datetime | None
    aside_reason: str


class ScenarioPageOut(ScenarioOut):
    """`last_run` is the state of the last run, '' without one. REFUSED: the planner found that the
    plan cannot be, and an answer that still stands is older."""

    last_run: str
    teams: list[PlannedTeamOut]
    happenings: list[HappeningOut]


class AwayOut(Schema):
    """Somebody who counts for a limit; `person` is null of whom is not for your eyes. `until_on` is
    the first day after; null is not known. `by_plan`: sent by this plan, and `team` is the code of
    the seat."""

    person: UUID | None
    team: str
    from_on: dt.date | None
    until_on: dt.date | None
    by_plan: bool


class UnfitOut(Schema):
    """What stands against publishing: a code with what it names, and a sentence; of a limit that
    the plan goes beyond, who is `away` then."""

    code: str
    names: dict[str, Any]
    words: str
    away: list[AwayOut]


class ToAskOut(Schema):
    seat: UUID
    code: str
    person: UUID


class GoneOut(Schema):
    """Somebody on the way to a seat, or selected for it."""

    assignment: UUID
    seat: UUID
    person: UUID
    state: str


class MovedTeamOut(Schema):
    team: UUID
    code: str
    from_before: dt.date
    until_before: dt.date
    from_on: dt.date
    until_on: dt.date


class ChangedSeatOut(Schema):
    """`columns` of the team's seat that get another value; `holder` has the seat."""

    seat: UUID
    code: str
    columns: list[str]
    holder: UUID | None


class PublicationOut(Schema):
    """What publishing does by the records of today. `unfit` is why it is refused; `stays` hold
    seats that the plan no longer has, and keep them; `still_asked` are on the way into seats that
    the plan leaves empty."""

    unfit: list[UnfitOut]
    warnings: list[PlanWarningOut]
    entered: list[UUID]
    asked: list[ToAskOut]
    withdrawn: list[GoneOut]
    stays: list[GoneOut]
    still_asked: list[GoneOut]
    moved: list[MovedTeamOut]
    changed: list[ChangedSeatOut]


class PlanRunOut(Schema):
    """A run of the planner. `plan` is in the planner's own format, `why` by a seat's code.
    `overtaken`: the plan was changed since this answer was asked for, so it is not taken, and
    `before` and `handovers` are left out of `plan`."""

    id: UUID
    scenario: UUID
    state: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    progress: dict[str, Any]
    seats: int | None
    people: int | None
    judged: str
    overtaken: bool
    faults: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    plan: dict[str, Any] | None
    why: dict[str, Any]


class PlanIn(Body):
    name: Annotated[str, text(120, 1)]
    series: Annotated[list[UUID], Field(min_length=1, max_length=400)]
    from_on: dt.date
    until_on: dt.date


class PlanFilters(Schema):
    aside: bool = False  # those that are put aside, instead of the others


class PlanAsideIn(Body):
    reason: Annotated[str, text(300, 1)]


class PlanCopyIn(Body):
    name: Annotated[str, text(120, 1)]


class PlanChangeIn(Body):
    """`weights` are points by gain; what is not named is as usual."""

    name: Annotated[str, text(120, 1)] | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    weights: dict[str, Points] | None = None


class PlanRunIn(Body):
    """Without a body the best plan is asked for."""

    mend: bool = False
    wider: bool = False


ASKED_PLAINLY: PlanRunIn = Given(PlanRunIn())


@router.get("/plans", auth=by(*READERS), response=Page[ScenarioOut])
def list_plans(request: ApiRequest, window: InPages, chosen: Query[PlanFilters]) -> HttpResponse:
    """Plans, the latest first; with `aside` those that are put aside, else the others."""
    rows = plain.plans(request.viewer, chosen.aside)
    part = part_of(rows, window, ("-made_at", "-id"), about(request))
    return read(request, page(request, part, plain.plan_told))


@router.get("/plans/{uuid:scenario}", auth=by(*READERS), response=ScenarioPageOut)
def get_plan(request: ApiRequest, scenario: UUID) -> HttpResponse:
    """A plan with its teams and seats, who stands in them, and what it reckons with."""
    return read(request, plain.plan(request.viewer, scenario, timezone.localdate()))


@router.post("/plans", auth=by("office"), response={201: ScenarioOut})
def make_plan(request: ApiRequest, told: PlanIn) -> HttpResponse:
    """Begin a plan of the teams that form and of the next batches of these series."""
    row = actions.make_plan(by=request.viewer, at=timezone.now(), **told.model_dump())
    return made(plain.plan_told(row), f"/api/v1/plans/{row.pk}")


@router.post("/plans/{uuid:scenario}/copies", auth=by("office"), response={201: ScenarioOut})
def copy_plan(request: ApiRequest, scenario: UUID, told: PlanCopyIn) -> HttpResponse:
    row = actions.copy_plan(scenario=scenario, name=told.name, by=request.viewer, at=timezone.now())
    return made(plain.plan_told(row), f"/api/v1/plans/{row.pk}")


@router.put("/plans/{uuid:scenario}/aside", auth=by("office"), response=ScenarioOut)
def put_plan_aside(request: ApiRequest, scenario: UUID, told: PlanAsideIn) -> HttpResponse:
    """Put a plan aside that is not published, or in whose place another one stands."""
    row = actions.put_plan_aside(
        scenario=scenario, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.plan_told(row))


@router.delete("/plans/{uuid:scenario}/aside", auth=by("office"), response={204: None})
def take_plan_back(request: ApiRequest, scenario: UUID) -> HttpResponse:
    """Take a plan back that was put aside."""
    actions.take_plan_back(scenario=scenario, by=request.viewer, at=timezone.now())
    return HttpResponse(status=204)


@router.patch("/plans/{uuid:scenario}", auth=by("office"), response=ScenarioPageOut)
def change_plan(request: ApiRequest, scenario: UUID, told: PlanChangeIn) -> HttpResponse:
    """Change a plan's name, time, seed or weights."""
    viewer = request.viewer
    access.scenario_to_plan(viewer, scenario)
    changed = {n: v for n, v in told.model_dump(exclude_unset=True).items() if v is not None}
    with unless_changed(request, lambda: plain.plan(viewer, scenario, timezone.localdate())):
        actions.change_plan(scenario=scenario, told=changed, by=viewer, at=timezone.now())
    return done(plain.plan(viewer, scenario, timezone.localdate()))


@router.post("/plans/{uuid:scenario}/runs", auth=by("office"), response={201: PlanRunOut})
def ask_to_solve(
    request: ApiRequest, scenario: UUID, told: PlanRunIn = ASKED_PLAINLY
) -> HttpResponse:
    """Ask the planner for the best plan, or with `mend` for the smallest change to the one that
    stands, with `wider` looked for farther away; it works in the background."""
    row = actions.ask_to_solve(
        scenario=scenario, by=request.viewer, at=timezone.now(), mends=told.mend, wider=told.wider
    )
    return made(plain.run_told(row), f"/api/v1/plan-runs/{row.pk}")


@router.get("/plans/{uuid:scenario}/publication", auth=by("office"), response=PublicationOut)
def get_publication(request: ApiRequest, scenario: UUID) -> HttpResponse:
    """What publishing the plan would do today: who is asked and withdrawn, what changes, and who no
    longer fits."""
    return read(request, plain.publication(request.viewer, scenario, timezone.localdate()))


@router.post("/plans/{uuid:scenario}/publish", auth=by("office"), response=ScenarioPageOut)
def publish_plan(request: ApiRequest, scenario: UUID) -> HttpResponse:
    """Enter the teams, open their seats and ask the people; change teams that form already and
    withdraw who is no longer sent. Refused with their names where people no longer fit."""
    published = actions.publish_plan(scenario=scenario, by=request.viewer, at=timezone.now())
    return done(plain.plan(request.viewer, published.plan.pk, timezone.localdate()))


@router.get("/plan-runs/{uuid:run}", auth=by(*READERS), response=PlanRunOut)
def get_plan_run(request: ApiRequest, run: UUID) -> HttpResponse:
    """How far the planner is, or what came of it."""
    return read(request, plain.run(request.viewer, run))


@router.post("/plan-runs/{uuid:run}/stop", auth=by("office"), response=PlanRunOut)
def stop_solving(request: ApiRequest, run: UUID) -> HttpResponse:
    """Stop the planner; the best plan so far is kept."""
    actions.stop_solving(run=run, by=request.viewer, at=timezone.now())
    return done(plain.run(request.viewer, run))


@router.post("/plan-runs/{uuid:run}/accept", auth=by("office"), response=ScenarioPageOut)
def accept_solution(request: ApiRequest, run: UUID) -> HttpResponse:
    """Take the planner's answer into the plan. Refused where the plan was changed since it was
    asked for."""
    row = actions.accept_solution(run=run, by=request.viewer, at=timezone.now())
    return done(plain.plan(request.viewer, row.pk, timezone.localdate()))


@router.post("/plan-runs/{uuid:run}/leave", auth=by("office"), response=PlanRunOut)
def leave_solution(request: ApiRequest, run: UUID) -> HttpResponse:
    """Leave the planner's answer aside."""
    actions.leave_solution(run=run, by=request.viewer, at=timezone.now())
    return done(plain.run(request.viewer, run))
