"""Handovers through the API: written, handed in, signed by three sides, worked off."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.handovers import access, actions, plain, queries
from marrow.handovers.forms import LINE_FORMS, FollowUpForm, NextForm, PaperForm
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Page, Sourced, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["handovers"])
Side = Literal["OUTGOING", "INCOMING", "RECIPIENT"]
Part = Literal["patients", "trainee", "fault", "promise"]
AnyPart = Literal["patients", "trainee", "fault", "promise", "follow-up"]
Words = Annotated[str, text(300, 1)]


class HandoverLineOut(Schema):
    """What one mission leaves to the next, or to nobody with the reason."""

    id: UUID
    from_mission: UUID
    to_mission: UUID | None
    why_nobody: str
    none_of: list[str]
    state: str
    version: int
    begun_on: dt.date
    handed_in_on: dt.date | None
    completed_on: dt.date | None


class SettledOut(Schema):
    id: UUID
    settled_on: dt.date | None
    settled_how: str


class LeftOut(SettledOut):
    late: bool


class OpenPatientsOut(LeftOut):
    """How many and what they need, never who; a count of null is unknown."""

    count: int | None
    specialty: str
    needs: str
    due_on: dt.date | None


class TraineeOut(LeftOut):
    """`person` is null where there is none, or where the caller may not read who it is."""

    person: UUID | None
    described: str
    technique: str
    how_far: str
    next_step: str


class FaultOut(LeftOut):
    equipment: str
    broken: str
    who_waits: str
    due_on: dt.date | None


class PromiseOut(LeftOut):
    promised: str
    to_whom: str
    due_on: dt.date | None


class FollowUpOut(Schema):
    id: UUID
    topic: str
    person: UUID | None
    unit: UUID | None
    due_on: dt.date
    state: str
    held_on: dt.date | None
    outcome: str


class SignatureOut(Schema):
    """`sha256` is the fingerprint of what was signed; one that was withdrawn says when."""

    id: UUID
    side: str
    way: str
    signer_name: str
    signed_at: dt.datetime
    sha256: str
    version: int
    reason: str
    withdrawn_at: dt.datetime | None


class HandoverOut(HandoverLineOut):
    """`fingerprint` is what a signature is given for, as it stands now."""

    fingerprint: str
    signatures: list[SignatureOut]
    patients: list[OpenPatientsOut]
    trainees: list[TraineeOut]
    faults: list[FaultOut]
    promises: list[PromiseOut]
    follow_ups: list[FollowUpOut]


class HandoverFilters(Schema):
    mission: UUID | None = None


class NextIn(Body):
    """The mission that follows, or why none does."""

    to_mission: UUID | None = None
    why_nobody: Annotated[str, text(300)] = ""


class OpenPatientsIn(Body):
    """A count that is not known is left out. Never a name."""

    needs: Words
    count: Annotated[int, Field(ge=1, le=9999)] | None = None
    specialty: Annotated[str, text(24)] = ""
    due_on: dt.date | None = None


class TraineeIn(Body):
    """A person of the hospital, or a description without a name."""

    technique: Annotated[str, text(160, 1)]
    how_far: Code
    next_step: Words
    person: UUID | None = None
    described: Annotated[str, text(160)] = ""


class FaultIn(Body):
    equipment: Annotated[str, text(160, 1)]
    broken: Words
    who_waits: Annotated[str, text(200)] = ""
    due_on: dt.date | None = None


class PromiseIn(Body):
    promised: Words
    to_whom: Annotated[str, text(200, 1)]
    due_on: dt.date | None = None


class FollowUpsIn(Body):
    """`end_on` left out is the end of the mission, where it is known, else today."""

    topic: Annotated[str, text(200, 1)]
    months: Annotated[list[int], Field(min_length=1, max_length=12)]
    person: UUID | None = None
    unit: UUID | None = None
    end_on: dt.date | None = None


class HandInIn(Body):
    """`none_of`: the parts of which one looked, and there is nothing."""

    none_of: Annotated[list[AnyPart], Field(max_length=5)] = []


class SignIn(Body):
    """`seen` is the fingerprint that was read."""

    seen: Annotated[str, text(64, 1)]


class PaperIn(Sourced):
    signer_name: Annotated[str, text(160, 1)]
    reason: Words


class SettledIn(Body):
    how: Words
    on: dt.date


class FollowUpEndIn(Body):
    done: bool
    outcome: Words
    on: dt.date


def _told(request: ApiRequest, handover: UUID) -> plain.Told:
    return plain.handover(request.viewer, handover, timezone.localdate())


@router.get("/handovers", auth=by("signed-in"), response=Page[HandoverLineOut])
def list_handovers(
    request: ApiRequest, window: InPages, chosen: Query[HandoverFilters]
) -> HttpResponse:
    """Those that the caller writes, signs or works off, the latest first."""
    rows = plain.handovers(request.viewer, chosen.mission)
    part = part_of(rows, window, ("-begun_on", "-id"), about(request))
    return read(request, page(request, part, plain.handover_told))


@router.get("/handovers/{uuid:handover}", auth=by("signed-in"), response=HandoverOut)
def get_handover(request: ApiRequest, handover: UUID) -> HttpResponse:
    return read(request, _told(request, handover))


@router.post("/missions/{uuid:mission}/handover", auth=by("signed-in"), response={201: HandoverOut})
def begin_handover(request: ApiRequest, mission: UUID, told: NextIn) -> HttpResponse:
    """Begin the handover of a mission: to the next one, or to nobody with the reason."""
    left = access.mission_to_hand_over(request.viewer, mission)
    form = filled(lambda data: NextForm(data, mission=left), told)
    row = actions.begin_handover(
        mission=mission, by=request.viewer, at=timezone.now(), **form.told()
    )
    return made(_told(request, row.pk), f"/api/v1/handovers/{row.pk}")


@router.put("/handovers/{uuid:handover}/next", auth=by("signed-in"), response=HandoverOut)
def name_next(request: ApiRequest, handover: UUID, told: NextIn) -> HttpResponse:
    """Say which mission follows, or why none does."""
    row = access.handover_to_write(request.viewer, handover)
    form = filled(lambda data: NextForm(data, mission=row.from_mission), told)
    with unless_changed(request, lambda: _told(request, handover)):
        actions.name_next(handover=handover, by=request.viewer, at=timezone.now(), **form.told())
    return done(_told(request, handover))


def _add(request: ApiRequest, handover: UUID, part: Part, told: Body) -> HttpResponse:
    row = access.handover_to_write(request.viewer, handover)
    form = filled(lambda data: LINE_FORMS[part](data, viewer=request.viewer, handover=row), told)
    actions.add_line(
        handover=handover, line=form.line(), by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return made(_told(request, handover))


@router.post(
    "/handovers/{uuid:handover}/patients", auth=by("signed-in"), response={201: HandoverOut}
)  # fmt: skip
def add_open_patients(request: ApiRequest, handover: UUID, told: OpenPatientsIn) -> HttpResponse:
    """Patients who still need something: how many, and what; never who."""
    return _add(request, handover, "patients", told)


@router.post(
    "/handovers/{uuid:handover}/trainees", auth=by("signed-in"), response={201: HandoverOut}
)  # fmt: skip
def add_trainee(request: ApiRequest, handover: UUID, told: TraineeIn) -> HttpResponse:
    """Somebody who is being trained: in what, how far they are, what comes next."""
    return _add(request, handover, "trainee", told)


@router.post(
    "/handovers/{uuid:handover}/faults", auth=by("signed-in"), response={201: HandoverOut}
)  # fmt: skip
def add_fault(request: ApiRequest, handover: UUID, told: FaultIn) -> HttpResponse:
    """Equipment that does not work."""
    return _add(request, handover, "fault", told)


@router.post(
    "/handovers/{uuid:handover}/promises", auth=by("signed-in"), response={201: HandoverOut}
)  # fmt: skip
def add_promise(request: ApiRequest, handover: UUID, told: PromiseIn) -> HttpResponse:
    """What was promised, to whom, until when."""
    return _add(request, handover, "promise", told)


@router.post(
    "/handovers/{uuid:handover}/follow-ups", auth=by("signed-in"), response={201: HandoverOut}
)  # fmt: skip
def plan_follow_ups(request: ApiRequest, handover: UUID, told: FollowUpsIn) -> HttpResponse:
    """Plan support after the end: what, by whom, after how many months."""
    row = access.handover_to_write(request.viewer, handover)
    end_on = told.end_on or queries.end_of(row.from_mission) or timezone.localdate()
    form = filled(
        lambda data: FollowUpForm(data, handover=row, end_on=end_on), told, end_on=end_on
    )  # fmt: skip
    actions.plan_follow_ups(
        handover=handover, by=request.viewer, at=timezone.now(), **form.told()
    )  # fmt: skip
    return made(_told(request, handover))


@router.delete(
    "/handovers/{uuid:handover}/lines/{part}/{uuid:line}", auth=by("signed-in"),
    response=HandoverOut,
)  # fmt: skip
def remove_line(request: ApiRequest, handover: UUID, part: AnyPart, line: UUID) -> HttpResponse:
    """Take a line or a planned follow-up out again, before it is handed in."""
    actions.remove_line(
        handover=handover, part=part, line=line, by=request.viewer, at=timezone.now()
    )
    return done(_told(request, handover))


@router.post("/handovers/{uuid:handover}/hand-in", auth=by("signed-in"), response=HandoverOut)
def hand_in(request: ApiRequest, handover: UUID, told: HandInIn) -> HttpResponse:
    """Hand it in to be signed: its lines are frozen."""
    actions.hand_in(
        handover=handover, none_of=told.none_of, by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return done(_told(request, handover))


@router.post("/handovers/{uuid:handover}/take-back", auth=by("signed-in"), response=HandoverOut)
def take_handover_back(request: ApiRequest, handover: UUID, told: Why) -> HttpResponse:
    """Take it back to change it: signatures that are there are withdrawn."""
    actions.take_back(
        handover=handover, reason=told.reason, by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return done(_told(request, handover))


@router.post(
    "/handovers/{uuid:handover}/signatures/{side}", auth=by("signed-in"),
    response={201: SignatureOut},
)  # fmt: skip
def sign_handover(request: ApiRequest, handover: UUID, side: Side, told: SignIn) -> HttpResponse:
    """Sign for one's own side what one read: `seen` is its fingerprint."""
    row = actions.sign(
        handover=handover, side=side, seen=told.seen, by=request.viewer, at=timezone.now()
    )
    return made(plain.signature_told(row))


@router.post(
    "/handovers/{uuid:handover}/papers/{side}", auth=by("office"), response={201: SignatureOut}
)
def record_handover_paper(
    request: ApiRequest, handover: UUID, side: Side, told: PaperIn
) -> HttpResponse:
    """Record a signed paper, where a side has no account."""
    access.handover_to_record_paper(request.viewer, handover)
    form = filled(PaperForm, told)
    row = actions.record_paper(
        handover=handover, side=side, signer_name=form.cleaned_data["signer_name"],
        reason=form.cleaned_data["reason"], source=form.told_by(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.signature_told(row))


@router.post("/left/{part}/{uuid:line}/settle", auth=by("signed-in"), response=SettledOut)
def settle_line(request: ApiRequest, part: Part, line: UUID, told: SettledIn) -> HttpResponse:
    """Say how something that was left is settled."""
    row = actions.settle_line(
        part=part, line=line, how=told.how, on=told.on, by=request.viewer, at=timezone.now()
    )
    return done(plain.settled_told(row))


@router.post("/follow-ups/{uuid:follow_up}/outcome", auth=by("signed-in"), response=FollowUpOut)
def tell_follow_up(request: ApiRequest, follow_up: UUID, told: FollowUpEndIn) -> HttpResponse:
    """Say what came of a follow-up, or why it did not take place."""
    row = actions.tell_follow_up(
        follow_up=follow_up, by=request.viewer, at=timezone.now(), **told.dict()
    )
    return done(plain.follow_up_told(row))
