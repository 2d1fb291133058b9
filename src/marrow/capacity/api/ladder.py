"""What hospitals can do, their machines, and care without leaving, through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field

from marrow.capacity import access, actions, plain, queries
from marrow.capacity.forms import CasesForm, MachineForm, StepForm
from marrow.catalogue.access import item_for
from marrow.core.journal.columns import EARLIEST, LATEST
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["capacity"])
PROPOSE = ("head", "member", "leader", "office")
SIGN = (*PROPOSE, "specialist")
EQUIP = (*PROPOSE, "recipient")
READ = (*SIGN, "recipient", "unit", "auditor", "admin")


class StepSignatureOut(Schema):
    side: str
    signed_at: dt.datetime


class EvidenceOut(Schema):
    id: UUID
    cases: int
    from_on: dt.date
    until_on: dt.date
    how: str
    deed: UUID | None
    void_reason: str


class StepOut(Schema):
    """A level from 0 to 5 that a hospital reached for an item; `before` null is unknown.
    `declined_side`: for which side somebody said that it was not so; '' where nobody did."""

    id: UUID
    organisation: UUID
    item: UUID
    level: int
    before: int | None
    on: dt.date
    reason: str
    ended_why: str
    ended_at: dt.datetime | None
    declined_side: str
    department: UUID | None
    mission: UUID | None
    state: str
    proposed_at: dt.datetime
    held_at: dt.datetime | None
    signatures: list[StepSignatureOut]
    evidence: list[EvidenceOut]


class MachineChangeOut(Schema):
    id: UUID
    equipment: UUID
    state: str
    on: dt.date
    words: str
    told_at: dt.datetime


class MachineOut(Schema):
    """`state` is what the last change says: WORKS, DOWN or GONE, and since when; null is not told
    yet. `changes` come with the first one first."""

    id: UUID
    organisation: UUID
    machine: str
    label: str
    received_on: dt.date | None
    installed_on: dt.date | None
    state: str | None
    since: dt.date | None
    changes: list[MachineChangeOut]


class ExpectedOut(Schema):
    """`from_on` null: always; `until_on`: the first day on which it no longer should."""

    id: UUID
    key: str
    organisation: UUID
    from_on: dt.date | None
    until_on: dt.date | None


class ItemCare(Schema):
    item: str
    care: str
    left: int | None


class CareOut(Schema):
    """BY_LOCALS, WITH_VISITORS, MUST_LEAVE or NOT_ASSESSED for each item of a list; beside it how
    many patients left for it in the year before, null where that is unknown. `left` is the sum of
    what is known, `left_unknown` of how many items it is not."""

    key: str
    area: str
    on: dt.date
    known_by: dt.datetime | None
    counts: dict[str, int]
    left: int | None
    left_unknown: int
    items: list[ItemCare]


class StepFilters(Schema):
    organisation: UUID | None = None
    state: Code = ""


class MachineFilters(Schema):
    organisation: UUID | None = None


def readable(moment: dt.datetime) -> dt.datetime:
    """A moment that every clock of the world can tell; ValueError else."""
    if EARLIEST <= moment.date() <= LATEST:
        return moment
    raise ValueError("no moment between 1800 and 2200")


class Moment(Schema):
    on: Annotated[dt.date, Field(ge=EARLIEST, le=LATEST)] | None = None
    known_by: Annotated[dt.datetime, AfterValidator(readable)] | None = None


class Asked(Moment):
    """`area`: the code of a place within the list's area; '' is the whole. `severity` and
    `specialty`: of the list only these items, and the counts are of these."""

    area: Annotated[str, text(20)] = ""
    severity: Literal["", "MINOR", "MODERATE", "SERIOUS"] = ""
    specialty: Annotated[str, text(24)] = ""


class StepIn(Body):
    item: Annotated[str, text(60, 1)]
    level: int
    on: dt.date
    cases: int | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    how: Annotated[str, text(200)] = ""
    reason: Annotated[str, text(300)] = ""
    department: UUID | None = None
    deeds: list[UUID] = []


class CasesIn(Body):
    """Cases in words, records of what was done (`deeds`), or both."""

    cases: int | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    how: Annotated[str, text(200)] = ""
    deeds: list[UUID] = []


class EndIn(Body):
    reason: Annotated[str, text(300, 1)]


class StepWordsIn(Body):
    """The words that are to stand; null leaves what stands."""

    reason: Annotated[str, text(300, 1)] | None = None
    ended_why: Annotated[str, text(300, 1)] | None = None


class MachineIn(Body):
    label: Annotated[str, text(160, 1)]
    machine: Annotated[str, text(40)] = ""
    received_on: dt.date | None = None
    installed_on: dt.date | None = None


class MachineChangeIn(Body):
    state: Code
    on: dt.date
    words: Annotated[str, text(300)] = ""


class ExpectIn(Body):
    """`on`: since which day; null is today."""

    organisation: UUID
    on: dt.date | None = None


@router.get("/care/{str:listing}", auth=by(*READ), response=CareOut)
def get_care(request: ApiRequest, listing: str, asked: Query[Asked]) -> HttpResponse:
    """Care without leaving of a list, on a day, as known by a moment (now, where none is told), in
    its area or in one part of it; all of its items, or those of a severity or a specialty.

    What will be so is not known: of a day to come today is answered, and `on` says so.
    """
    today = timezone.localdate()
    on = min(asked.on or today, today)
    chosen = queries.Chosen(asked.specialty, severity=asked.severity)
    return read(request, plain.care(listing, on, asked.known_by, asked.area, chosen))


@router.post("/care/{str:listing}/expected", auth=by("office"), response={201: ExpectedOut})
def expect_hospital(request: ApiRequest, listing: str, told: ExpectIn) -> HttpResponse:
    """Name a hospital that should have what the list holds."""
    row = actions.expect_hospital(
        key=listing, organisation=told.organisation, on=told.on, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.expected_told(row), f"/api/v1/care/{listing}")


@router.post(
    "/care/{str:listing}/expected/{uuid:organisation}/end",
    auth=by("office"),
    response=ExpectedOut,
)
def expect_no_longer(request: ApiRequest, listing: str, organisation: UUID) -> HttpResponse:
    """From today on a hospital no longer should have what the list holds."""
    row = actions.expect_no_longer(
        key=listing, organisation=organisation, by=request.viewer, at=timezone.now()
    )
    return done(plain.expected_told(row))


@router.get("/steps", auth=by(*READ), response=Page[StepOut])
def list_steps(request: ApiRequest, window: InPages, chosen: Query[StepFilters]) -> HttpResponse:
    """Steps on the ladder; `state`: PROPOSED, HOLDS, DROPPED, VOID."""
    rows = plain.steps(chosen.organisation, chosen.state).prefetch_related("signatures", "evidence")
    part = part_of(rows, window, ("-proposed_at", "-id"), about(request))
    return read(request, page(request, part, plain.step_told))


@router.get("/steps/{uuid:rung}", auth=by(*READ), response=StepOut)
def get_step(request: ApiRequest, rung: UUID) -> HttpResponse:
    return read(request, plain.step(rung))


@router.post("/organisations/{uuid:organisation}/steps", auth=by(*PROPOSE), response={201: StepOut})
def propose_step(request: ApiRequest, organisation: UUID, told: StepIn) -> HttpResponse:
    """Propose a step: up with the cases that show it, down with its reason."""
    hospital = access.hospital_to_propose_for(request.viewer, organisation)
    item, today = item_for(told.item), timezone.localdate()
    form = filled(lambda data: StepForm(data, item=item, hospital=hospital, today=today), told)
    row = actions.propose_step(
        organisation=organisation, step=form.step(), evidence=form.evidence(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.step_told(row), f"/api/v1/steps/{row.pk}")


@router.post("/steps/{uuid:rung}/sign/{str:side}", auth=by(*SIGN), response=StepOut)
def sign_step(request: ApiRequest, rung: UUID, side: str) -> HttpResponse:
    """Sign for one side: HEAD, VISITOR, REMOTE, OFFICE."""
    row = actions.sign_step(step=rung, side=side, by=request.viewer, at=timezone.now())
    return done(plain.step_told(row))


@router.post("/steps/{uuid:rung}/decline/{str:side}", auth=by(*SIGN), response=StepOut)
def decline_step(request: ApiRequest, rung: UUID, side: str, told: EndIn) -> HttpResponse:
    """Say as one who would sign for a side that it was not so: the step is dropped."""
    row = actions.decline_step(
        step=rung, side=side, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.step_told(row))


@router.post("/steps/{uuid:rung}/drop", auth=by("head", "office"), response=StepOut)
def drop_step(request: ApiRequest, rung: UUID, told: EndIn) -> HttpResponse:
    """Drop a step that still waits."""
    row = actions.drop_step(step=rung, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.step_told(row))


@router.post("/steps/{uuid:rung}/void", auth=by("head", "office"), response=StepOut)
def void_step(request: ApiRequest, rung: UUID, told: EndIn) -> HttpResponse:
    """Take a signed step back that was a mistake."""
    row = actions.void_step(step=rung, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.step_told(row))


@router.post("/steps/{uuid:rung}/evidence", auth=by("head", "office"), response=StepOut)
def show_step_anew(request: ApiRequest, rung: UUID, told: CasesIn) -> HttpResponse:
    """Record new cases of a signed step of which nothing that showed it counts any more."""
    row = access.step_to_drop(request.viewer, rung)
    form = filled(lambda data: CasesForm(data, item=row.item, hospital=row.organisation), told)
    row = actions.show_step_anew(
        step=rung, evidence=form.evidence(), by=request.viewer, at=timezone.now()
    )
    return done(plain.step_told(row))


@router.post("/steps/{uuid:rung}/words", auth=by(*SIGN), response=StepOut)
def reword_step(request: ApiRequest, rung: UUID, told: StepWordsIn) -> HttpResponse:
    """Put the words of a step right, be it signed: its level and its day stay."""
    words = told.model_dump(exclude_none=True)
    row = actions.reword_step(step=rung, told=words, by=request.viewer, at=timezone.now())
    return done(plain.step_told(row))


@router.post("/evidence/{uuid:evidence}/void", auth=by("head", "office"), response=EvidenceOut)
def void_evidence(request: ApiRequest, evidence: UUID, told: EndIn) -> HttpResponse:
    """Take back what was told as evidence of a step."""
    row = actions.void_evidence(
        evidence=evidence, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.evidence_told(row))


@router.get("/machines", auth=by(*READ), response=Page[MachineOut])
def list_machines(
    request: ApiRequest, window: InPages, chosen: Query[MachineFilters]
) -> HttpResponse:
    """Machines, whether each works today, and how that came."""
    rows = plain.machines(chosen.organisation)
    part = part_of(rows, window, ("label", "id"), about(request))
    return read(request, page(request, part, plain.machine_told))


@router.post(
    "/organisations/{uuid:organisation}/machines", auth=by(*EQUIP), response={201: MachineOut}
)
def receive_machine(request: ApiRequest, organisation: UUID, told: MachineIn) -> HttpResponse:
    """Enter a machine of a hospital."""
    access.hospital_to_equip(request.viewer, organisation)
    row = actions.receive_machine(
        organisation=organisation, machine=filled(MachineForm, told).entered(),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.machine_told(row), f"/api/v1/machines?organisation={organisation}")


@router.post(
    "/machines/{uuid:equipment}/changes", auth=by(*EQUIP), response={201: MachineChangeOut}
)
def tell_of_machine(request: ApiRequest, equipment: UUID, told: MachineChangeIn) -> HttpResponse:
    """Say that a machine works, is down or gone."""
    row = actions.tell_of_machine(
        equipment=equipment, state=told.state, on=told.on, words=told.words, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(
        plain.change_told(row), f"/api/v1/machines?organisation={row.equipment.organisation_id}"
    )
