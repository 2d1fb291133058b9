"""Recognition through the API: certificates, ceremonies, names of the fallen."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from marrow.core.words import in_tongue
from marrow.recognition import access, actions, plain
from marrow.recognition.forms import CorrectNameForm, FamilyForm, RememberForm
from marrow.recognition.rules.lists import MOST
from marrow.recognition.rules.lists import Told as ToldLine
from marrow.sources.actions import Source as SourceTold
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import (
    Body,
    Code,
    Names,
    NamesOut,
    Page,
    Sourced,
    Told,
    Why,
    filled,
    filled_over,
    text,
)
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["recognition"])
READERS = ("office", "auditor")
OFFICE = by("office")


class ProofOut(Schema):
    """What a code proves; who withdrew it and why is not told."""

    number: str
    names: NamesOut
    mission_names: NamesOut
    started_on: dt.date | None
    ended_on: dt.date | None
    days: int | None
    issued_on: dt.date
    issuer: NamesOut
    withdrawn_on: dt.date | None


class CertificateOut(ProofOut):
    """A certificate as it was issued, with the code that proves it."""

    id: UUID
    assignment: UUID
    code: str
    signed_by: str
    signed_by_names: NamesOut
    languages: str
    reason: str


class CeremonyLineOut(Schema):
    id: UUID
    programme: str | None
    names: NamesOut
    kind: str
    held_on: str
    groups: int
    persons: int


class AgendaPointOut(Schema):
    at: str
    what: str
    who: str


class AgendaOut(Schema):
    items: list[AgendaPointOut]


class HonoureeOut(Schema):
    """A line of a ceremony's list, and whom it means, where that is known and may be read."""

    id: UUID
    kind: str
    rank: int
    name: str
    unit: str
    award: NamesOut
    mission: UUID | None
    person: UUID | None


class CeremonyOut(Schema):
    id: UUID
    programme: str | None
    names: NamesOut
    kind: str
    held_on: str
    agenda: list[AgendaPointOut]
    groups: list[HonoureeOut]
    persons: list[HonoureeOut]


class ConsentOut(Schema):
    id: UUID
    covers: str
    given_on: dt.date
    withdrawn_on: dt.date | None


class RememberedOut(Schema):
    id: UUID
    fallen: UUID
    fell_on: str


class KeptNameOut(RememberedOut):
    name: str
    words: str
    consents: list[ConsentOut]


class FallenNamesOut(Schema):
    fallen: UUID
    programme: str
    area: str | None
    persons: int
    remembered: list[KeptNameOut]


class IssueIn(Body):
    """`languages`: ALL, ZH, EN or FR. `signed_by_names` is the name of who signs as each language
    writes it; without, `signed_by` stands on every paper."""

    issuer: Names
    languages: Code = "ALL"
    issued_on: dt.date
    signed_by: Annotated[str, text(120)] = ""
    signed_by_names: Names | None = None

    def signer(self) -> dict[str, Any]:
        spelled = self.signed_by_names.told() if self.signed_by_names else {}
        return {"signed_by": self.signed_by or in_tongue(spelled), "signed_by_names": spelled}


class ListedIn(Body):
    name: Annotated[str, text(200, 1)]
    unit: Annotated[str, text(200)] = ""


class AwardIn(Body):
    """Lines of a list, and what the honour of all of them is called."""

    award: Names
    lines: Annotated[list[ListedIn], Field(min_length=1, max_length=MOST)]

    def awarded(self) -> actions.Awarded:
        lines = [ToldLine(one.name.strip(), one.unit.strip()) for one in self.lines]
        return actions.Awarded(lines, self.award.told())


class HonourListIn(Sourced):
    """Groups, persons or both; `body` is who gives the honours."""

    groups: AwardIn | None = None
    persons: AwardIn | None = None
    body: Names | None = None


class AgendaPointIn(Body):
    at: Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")] = ""
    what: Annotated[str, text(200, 1)]
    who: Annotated[str, text(200)] = ""


class AgendaIn(Body):
    items: Annotated[list[AgendaPointIn], Field(max_length=100)]


class FamilyIn(Body):
    """A family's consent: from whom, to what (NAME, NAME_AND_WORDS), on which paper."""

    family_name: Annotated[str, text(120, 1)]
    relation: Annotated[str, text(60, 1)]
    covers: Code
    given_on: dt.date
    paper: Annotated[str, text(200, 1)]


class RememberIn(FamilyIn):
    name: Annotated[str, text(200, 1)]
    fell_on: Told = ""
    words: Annotated[str, text(600)] = ""


class NamePatch(Body):
    """Only the fields that are sent are changed."""

    name: Annotated[str, text(200, 1)] | None = None
    fell_on: Told = ""
    words: Annotated[str, text(600)] = ""


@router.get("/certificates/{code}", auth=by("public"), response=ProofOut)
def prove_certificate(request: ApiRequest, code: str) -> HttpResponse:
    """What a code proves: the name, the mission, the days, who issued it, whether it holds."""
    return read(request, plain.proof(code[:40]))


@router.get(
    "/missions/{uuid:mission}/certificates", auth=by(*READERS), response=Page[CertificateOut]
)
def list_certificates(request: ApiRequest, window: InPages, mission: UUID) -> HttpResponse:
    """The certificates of a team by number, withdrawn ones too."""
    rows = plain.certificates(request.viewer, mission)
    part = part_of(rows, window, ("number",), about(request))
    return read(request, page(request, part, plain.certificate_told))


@router.post(
    "/missions/{uuid:mission}/certificates", auth=OFFICE, response={201: Page[CertificateOut]}
)
def issue_certificates(request: ApiRequest, mission: UUID, told: IssueIn) -> HttpResponse:
    """Give everybody who served and has none a certificate; answers with the new ones."""
    rows = actions.issue_certificates(
        mission=mission, issuer=told.issuer.told(), **told.signer(),
        languages=told.languages, issued_on=told.issued_on, by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made({"items": [plain.certificate_told(row) for row in rows], "next": None})


@router.get(
    "/issued-certificates/{uuid:certificate}", auth=by("signed-in"), response=CertificateOut
)
def get_certificate(request: ApiRequest, certificate: UUID) -> HttpResponse:
    """A certificate: for the person, their unit, the office, auditors."""
    return read(request, plain.certificate(request.viewer, certificate))


@router.post(
    "/issued-certificates/{uuid:certificate}/withdraw", auth=OFFICE, response=CertificateOut
)
def withdraw_certificate(request: ApiRequest, certificate: UUID, told: Why) -> HttpResponse:
    """Say that it no longer holds, and why; another can then be issued."""
    row = actions.withdraw_certificate(
        certificate=certificate, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.certificate_told(row))


@router.get("/ceremonies", auth=by(*READERS), response=Page[CeremonyLineOut])
def list_ceremonies(request: ApiRequest, window: InPages) -> HttpResponse:
    """Ceremonies, the latest first, with how many were honoured."""
    part = part_of(plain.ceremonies(request.viewer), window, ("-held_on", "-id"), about(request))
    return read(request, page(request, part, plain.ceremony_line))


@router.get("/ceremonies/{uuid:event}", auth=by(*READERS), response=CeremonyOut)
def get_ceremony(request: ApiRequest, event: UUID) -> HttpResponse:
    """The order of the day, and who was honoured."""
    return read(request, plain.ceremony(request.viewer, event))


@router.post("/ceremonies/{uuid:event}/honours", auth=OFFICE, response={201: CeremonyOut})
def honour_all(request: ApiRequest, event: UUID, told: HonourListIn) -> HttpResponse:
    """Honour all on a list in one act; a line that stands twice or is there adds nothing."""
    nobody = actions.Awarded([], {})
    source = told.source
    actions.honour_all(
        event=event, groups=told.groups.awarded() if told.groups else nobody,
        persons=told.persons.awarded() if told.persons else nobody,
        body=told.body.told() if told.body else {},
        source=SourceTold(source.title, source.words, source.published_on), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.ceremony(request.viewer, event))


@router.get("/ceremonies/{uuid:event}/agenda", auth=by(*READERS), response=AgendaOut)
def get_agenda(request: ApiRequest, event: UUID) -> HttpResponse:
    return read(request, plain.agenda(request.viewer, event))


@router.put("/ceremonies/{uuid:event}/agenda", auth=OFFICE, response=AgendaOut)
def keep_agenda(request: ApiRequest, event: UUID, told: AgendaIn) -> HttpResponse:
    """Keep the order of the day; what stood there gives way."""
    viewer = request.viewer
    access.event_to_keep(viewer, event)
    with unless_changed(request, lambda: plain.agenda(viewer, event)):
        actions.keep_agenda(
            event=event, items=[(one.at, one.what, one.who) for one in told.items], by=viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.agenda(viewer, event))


@router.get("/fallen-names", auth=OFFICE, response=Page[FallenNamesOut])
def list_fallen_names(request: ApiRequest) -> HttpResponse:
    """Every name that the caller's office keeps with a family's consent, on one page."""
    answer = read(request, {"items": plain.names(request.viewer), "next": None})
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@router.post("/fallen/{uuid:fallen}/names", auth=OFFICE, response={201: RememberedOut})
def remember_by_name(request: ApiRequest, fallen: UUID, told: RememberIn) -> HttpResponse:
    """Keep a name together with the consent that lets it be shown."""
    access.fallen_to_remember(request.viewer, fallen)
    form = filled(RememberForm, told)
    row = actions.remember(
        fallen=fallen, name=told.name, words=told.words, fell_on=told.fell_on,
        family=form.family(), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.remembered_told(row))


@router.patch("/remembered/{uuid:remembered}", auth=OFFICE, response=RememberedOut)
def correct_name(request: ApiRequest, remembered: UUID, told: NamePatch) -> HttpResponse:
    """Put right how a name, words or a day was written; the family's consent stays as it was."""
    row = access.remembered_to_keep(request.viewer, remembered)
    form = filled_over(lambda data: CorrectNameForm.over(row, data), told)
    with unless_changed(request, lambda: plain.remembered_told(row)):
        fresh = actions.correct_remembered(
            remembered=remembered, by=request.viewer, at=timezone.now(), **form.told()
        )
    return done(plain.remembered_told(fresh))


@router.post(
    "/remembered/{uuid:remembered}/consents", auth=OFFICE, response={201: ConsentOut}
)  # fmt: skip
def record_consent(request: ApiRequest, remembered: UUID, told: FamilyIn) -> HttpResponse:
    """Record a consent anew, after an earlier one was withdrawn, or in its stead."""
    access.remembered_to_keep(request.viewer, remembered)
    row = actions.record_consent(
        remembered=remembered, family=filled(FamilyForm, told).family(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.consent_told(row))


@router.post(
    "/remembered/{uuid:remembered}/withdraw-consent", auth=OFFICE, response=ConsentOut
)  # fmt: skip
def withdraw_consent(request: ApiRequest, remembered: UUID) -> HttpResponse:
    """The family wishes it no longer: from this moment the name is shown nowhere."""
    row = actions.withdraw_consent(
        remembered=remembered, by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return done(plain.consent_told(row))
