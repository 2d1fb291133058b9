"""Consults through the API. A change answers with nothing of the patient: the case is read by GET,
and each reading is noted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from marrow.consults import access, actions, plain, queries
from marrow.consults.forms import AssignForm, CaseForm, DeclineForm, TurnDownForm, WithdrawForm
from marrow.core.refusals import Unseen
from marrow.sync.rules.pictures import LARGEST
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Page, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["consults"])
ASKERS = access.ASKERS
IMAGE = {
    "responses": {
        200: {
            "description": "The photograph.",
            "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class CaseLineOut(Schema):
    """A case without anything of the patient."""

    id: UUID
    number: int
    organisation: UUID
    specialty: str
    priority: str
    state: str
    language: str
    asked_at: dt.datetime
    submitted_at: dt.datetime | None
    answer_by: dt.datetime | None
    assigned_to: UUID | None
    assigned_at: dt.datetime | None
    accepted_at: dt.datetime | None
    answered_at: dt.datetime | None
    closed_at: dt.datetime | None
    why: str


class PhotoOut(Schema):
    """A photograph, drawn anew without what a camera writes into it; `size` in bytes."""

    id: UUID
    place: int
    width: int
    height: int
    size: int
    added_at: dt.datetime


class OpinionLineOut(Schema):
    id: UUID
    version: int
    signer_name: str
    signed_at: dt.datetime
    sha256: str
    language: str


class OpinionOut(OpinionLineOut):
    """`holds`: its words are what was signed."""

    text: str
    holds: bool


class OutcomeOut(Schema):
    what: str
    why_not: str
    words: str
    told_at: dt.datetime


class CaseOut(CaseLineOut):
    """`erased`: the key of the case was destroyed, nothing of the patient can be read."""

    reference: str
    age: str
    sex: str
    story: str
    question: str
    erased: bool
    consent_by: str
    consent_how: str
    consent_on: dt.date
    photos: list[PhotoOut]
    opinions: list[OpinionOut]
    outcome: OutcomeOut | None


class SpecialistOut(Schema):
    specialist: UUID
    name: str


class CaseIn(Body):
    """Never a name, a telephone or an identity number."""

    priority: Code
    specialty: Annotated[str, text(24, 1)]
    age: Code
    sex: Code = ""
    reference: Annotated[str, text(40)] = ""
    story: Annotated[str, text(6000, 1)]
    question: Annotated[str, text(600, 1)]
    consent_by: Code
    consent_how: Code
    consent_on: dt.date


class WhyCodeIn(Body):
    why: Code


class TurnDownIn(Body):
    reason: Code


class AssignIn(Body):
    specialist: UUID


class OpinionIn(Body):
    text: Annotated[str, text(6000, 1)]


class OutcomeIn(Body):
    """`why_not` is asked where the advice could not be followed, and only then."""

    what: Code
    why_not: Code = ""
    words: Annotated[str, text(1000)] = ""


@router.get("/consults", auth=by(*ASKERS, "specialist"), response=Page[CaseLineOut])
def list_consults(request: ApiRequest, window: InPages) -> HttpResponse:
    """The cases that the caller or their hospital asked, or that they have; the latest first."""
    return _listed(request, window, plain.cases(request.viewer), ("-asked_at", "-id"))


@router.get("/consult-queue", auth=by("specialist"), response=Page[CaseLineOut])
def list_waiting_consults(request: ApiRequest, window: InPages) -> HttpResponse:
    """What waits for a specialist and that this one might take, the first to be answered first."""
    return _listed(request, window, plain.queue(request.viewer), ("answer_by", "id"))


@router.get("/consult-counts", auth=by("office", "auditor"), response=Page[CaseLineOut])
def list_counted_consults(request: ApiRequest, window: InPages) -> HttpResponse:
    """That cases are there, for an office or an auditor: since when, for which specialty."""
    return _listed(request, window, plain.counted(request.viewer), ("-asked_at", "-id"))


def _listed(
    request: ApiRequest, window: InPages, rows: plain.Rows, order: tuple[str, ...]
) -> HttpResponse:
    part = part_of(rows, window, order, about(request))
    return read(request, page(request, part, plain.case_told))


@router.get("/consults/{uuid:consult}", auth=by("signed-in"), response=CaseOut)
def get_consult(request: ApiRequest, consult: UUID) -> HttpResponse:
    """A case with all that is told of it; that it was read is noted."""
    row = access.case_for(request.viewer, consult)
    actions.note_reading(consult=row, by=request.viewer, at=timezone.now())
    return _private(read(request, plain.case(row, timezone.now())))


def _private(answer: HttpResponse) -> HttpResponse:
    """Nothing of a patient stays in anybody's store on the way."""
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@router.post(
    "/organisations/{uuid:organisation}/consults", auth=by(*ASKERS), response={201: CaseLineOut}
)
def ask_consult(request: ApiRequest, organisation: UUID, told: CaseIn) -> HttpResponse:
    """Begin a case for a hospital; it is sent by `send`, once photographs are there."""
    access.hospital_to_ask_for(request.viewer, organisation)
    form = filled(CaseForm, told)
    row = actions.ask(
        organisation=organisation, case=form.case(), by=request.viewer, at=timezone.now()
    )
    return made(plain.case_told(row), f"/api/v1/consults/{row.pk}")


@router.put("/consults/{uuid:consult}", auth=by(*ASKERS), response=CaseLineOut)
def change_case(request: ApiRequest, consult: UUID, told: CaseIn) -> HttpResponse:
    """Write a case anew before it is sent."""
    before, now = access.case_of_asker(request.viewer, consult), timezone.now()
    form = filled(CaseForm, told)
    with unless_changed(request, lambda: plain.case(before, now)):
        row = actions.change_case(consult=consult, case=form.case(), by=request.viewer, at=now)
    return done(plain.case_told(row))


@router.post("/consults/{uuid:consult}/photos", auth=by(*ASKERS), response={201: PhotoOut})
def add_photo(request: ApiRequest, consult: UUID, file: File[UploadedFile]) -> HttpResponse:
    """Add a photograph (JPEG, PNG or WebP, 10 MB at most) before the case is sent."""
    access.case_of_asker(request.viewer, consult)
    row = actions.add_photo(
        consult=consult, data=file.read(LARGEST + 1), by=request.viewer, at=timezone.now()
    )
    return made(plain.photo_told(row), f"/api/v1/consults/{consult}/photos/{row.pk}")


@router.get(
    "/consults/{uuid:consult}/photos/{uuid:photo}", auth=by("signed-in"), openapi_extra=IMAGE
)
def get_photo(request: ApiRequest, consult: UUID, photo: UUID) -> HttpResponse:
    """A photograph, for those who read the case; that it was opened is noted."""
    found = access.photo_for(request.viewer, consult, photo)
    data = queries.photo_bytes(found)
    if data is None:
        raise Unseen(_("There is no such photograph."))
    actions.note_reading(consult=found.consult, by=request.viewer, at=timezone.now(), photo=found)
    return _private(HttpResponse(data, content_type="image/jpeg"))


@router.delete(
    "/consults/{uuid:consult}/photos/{uuid:photo}", auth=by(*ASKERS), response=CaseLineOut
)
def remove_photo(request: ApiRequest, consult: UUID, photo: UUID) -> HttpResponse:
    """Take a photograph out before the case is sent; its bytes are gone."""
    actions.remove_photo(consult=consult, photo=photo, by=request.viewer, at=timezone.now())
    return done(plain.case_told(access.case_for(request.viewer, consult)))


@router.post("/consults/{uuid:consult}/send", auth=by(*ASKERS), response=CaseLineOut)
def send_consult(request: ApiRequest, consult: UUID) -> HttpResponse:
    """Send a case: from now on the clock of its priority runs, and nothing of it changes."""
    return done(
        plain.case_told(actions.submit(consult=consult, by=request.viewer, at=timezone.now()))
    )


@router.post("/consults/{uuid:consult}/withdraw", auth=by(*ASKERS), response=CaseLineOut)
def withdraw_consult(request: ApiRequest, consult: UUID, told: WhyCodeIn) -> HttpResponse:
    """Say that it is asked no longer."""
    access.case_of_asker(request.viewer, consult)
    why = filled(WithdrawForm, told).cleaned_data["why"]
    row = actions.withdraw(consult=consult, why=why, by=request.viewer, at=timezone.now())
    return done(plain.case_told(row))


@router.post("/consults/{uuid:consult}/take", auth=by("specialist"), response=CaseLineOut)
def take_consult(request: ApiRequest, consult: UUID) -> HttpResponse:
    """Take a case that waits, or accept one that the office gave."""
    return done(
        plain.case_told(actions.take(consult=consult, by=request.viewer, at=timezone.now()))
    )


@router.post("/consults/{uuid:consult}/turn-down", auth=by("specialist"), response=CaseLineOut)
def turn_consult_down(request: ApiRequest, consult: UUID, told: TurnDownIn) -> HttpResponse:
    """Give a case back; it waits for another, and the clock goes on."""
    access.case_of_specialist(request.viewer, consult)
    reason = filled(TurnDownForm, told).cleaned_data["reason"]
    row = actions.turn_down(consult=consult, reason=reason, by=request.viewer, at=timezone.now())
    return done(plain.case_told(row))


@router.get(
    "/consults/{uuid:consult}/specialists", auth=by("office"), response=Page[SpecialistOut]
)  # fmt: skip
def list_specialists(request: ApiRequest, consult: UUID) -> HttpResponse:
    """Those who might answer, on one page."""
    row = access.case_to_allot(request.viewer, consult)
    return read(request, {"items": plain.specialists(row), "next": None})


@router.post("/consults/{uuid:consult}/assign", auth=by("office"), response=CaseLineOut)
def assign_consult(request: ApiRequest, consult: UUID, told: AssignIn) -> HttpResponse:
    """Give a case to one of those who might answer; they accept it or turn it down."""
    waits = access.case_to_allot(request.viewer, consult)
    filled(lambda data: AssignForm(data, consult=waits), told)
    row = actions.assign(
        consult=consult, specialist=told.specialist, by=request.viewer, at=timezone.now()
    )
    return done(plain.case_told(row))


@router.post("/consults/{uuid:consult}/decline", auth=by("office"), response=CaseLineOut)
def decline_consult(request: ApiRequest, consult: UUID, told: WhyCodeIn) -> HttpResponse:
    """Say that nobody can answer in time."""
    access.case_to_allot(request.viewer, consult)
    why = filled(DeclineForm, told).cleaned_data["why"]
    row = actions.decline(consult=consult, why=why, by=request.viewer, at=timezone.now())
    return done(plain.case_told(row))


@router.post(
    "/consults/{uuid:consult}/opinions", auth=by("specialist"), response={201: OpinionLineOut}
)
def sign_opinion(request: ApiRequest, consult: UUID, told: OpinionIn) -> HttpResponse:
    """Sign an opinion in one's own name, or an addition to it; nothing signed is changed."""
    row = actions.sign_opinion(
        consult=consult, text=told.text, by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return made(plain.opinion_told(row))


@router.post("/consults/{uuid:consult}/outcome", auth=by(*ASKERS), response=CaseLineOut)
def tell_outcome(request: ApiRequest, consult: UUID, told: OutcomeIn) -> HttpResponse:
    """Say what was done, or why the advice could not be followed; the case is closed."""
    actions.tell_outcome(consult=consult, by=request.viewer, at=timezone.now(), **told.dict())
    return done(plain.case_told(access.case_for(request.viewer, consult)))
