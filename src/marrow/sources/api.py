"""Documents, facts, findings and work through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from marrow.sources import actions, plain
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import About, Body, Code, Page, Reason, Told, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, Part, about, page, part_of

router = Router(tags=["sources"])


class DocumentOut(Schema):
    id: UUID
    key: str
    kind: str
    title: str
    language: str
    publisher: str
    chain: str
    address: str
    published_on: str
    read_on: dt.date


class QuoteOut(Schema):
    id: UUID
    text: str
    place: str


class QuotedOut(Schema):
    text: str
    place: str
    document: UUID


class FactOut(Schema):
    """One value that a source tells; `standing` says whether the record shows it."""

    id: UUID
    field: str
    value: str
    number: float | None
    unit: str
    precision: str
    incomplete: bool
    scope: str
    period: str
    as_of: str
    derived: str
    standing: str
    quote: QuotedOut


class FindingOut(Schema):
    """A doubt; `sentence` is in the reader's language, `effect` what accepting does."""

    id: UUID
    code: str
    state: str
    sentence: str
    about: About
    field: str
    effect: dict[str, Any]
    raised_at: dt.datetime
    decided_at: dt.datetime | None
    reason: str
    quotes: list[QuotedOut]


class WorkOut(Schema):
    id: UUID
    code: str
    sentence: str
    about: About
    name: str
    role: str
    due_on: dt.date | None
    opened_at: dt.datetime
    done_at: dt.datetime | None


class DocumentFilters(Schema):
    kind: Code = ""
    title: Annotated[str, text(80)] = ""


class FindingFilters(Schema):
    state: Literal["", "OPEN", "ACCEPTED", "DISMISSED"] = "OPEN"
    code: Annotated[str, text(40)] = ""


class DocumentIn(Body):
    """The same key is the same document: it is kept once."""

    key: Annotated[str, text(120, 1)]
    kind: Literal["NEWS", "DATASET", "REGISTER", "PAPER"]
    title: Annotated[str, text(400, 1)]
    language: Annotated[str, text(8)] = ""
    publisher: Annotated[str, text(200)] = ""
    chain: Annotated[str, text(300)] = ""
    address: Annotated[str, text(500)] = ""
    published_on: Told = ""
    read_on: dt.date | None = None


@router.get("/documents", auth=by("public"), response=Page[DocumentOut])
def list_documents(
    request: ApiRequest, window: InPages, chosen: Query[DocumentFilters]
) -> HttpResponse:
    part = part_of(plain.documents(**chosen.dict()), window, ("key",), about(request))
    return read(request, page(request, part))


@router.get("/documents/{uuid:document}", auth=by("public"), response=DocumentOut)
def get_document(request: ApiRequest, document: UUID) -> HttpResponse:
    return read(request, plain.document(document))


@router.get("/documents/{uuid:document}/quotes", auth=by("public"), response=Page[QuoteOut])
def list_quotes(request: ApiRequest, window: InPages, document: UUID) -> HttpResponse:
    """The clauses that were taken from a document, by their place in it."""
    order = ("place", "text", "id")
    return read(
        request, page(request, part_of(plain.quotes(document), window, order, about(request)))
    )


@router.post("/documents", auth=by("office"), response={201: DocumentOut})
def keep_document(request: ApiRequest, told: DocumentIn) -> HttpResponse:
    row = actions.keep_document(**told.dict(), by=request.viewer, at=timezone.now())
    return made(plain.document(row.pk), f"/api/v1/documents/{row.pk}")


@router.get("/records/{model}/{uuid:record}/facts", auth=by("public"), response=Page[FactOut])
def list_facts(request: ApiRequest, window: InPages, model: str, record: UUID) -> HttpResponse:
    """Every telling of every field of one record, with its words (`missions.mission`, …)."""
    rows = plain.facts(request.viewer, model, record)
    part = part_of(rows, window, ("field", "id"), about(request))
    return read(request, page(request, part, plain.fact_told))


@router.get("/findings", auth=by("office", "auditor"), response=Page[FindingOut])
def list_findings(
    request: ApiRequest, window: InPages, chosen: Query[FindingFilters]
) -> HttpResponse:
    """The doubts that this caller may decide (an auditor reads all), the oldest first."""
    rows = plain.findings(request.viewer, **chosen.dict())
    part = part_of(rows, window, ("raised_at", "id"), about(request))
    return read(request, page(request, Part(plain.findings_told(part.rows), part.after)))


@router.post("/facts/{uuid:fact}/strike", auth=by("office"), response=FactOut)
def strike_fact(request: ApiRequest, fact: UUID, told: Reason) -> HttpResponse:
    """Say that what a source tells is wrong: its words stay, the record loses the value."""
    row = actions.strike_fact(fact=fact, reason=told.reason, by=request.viewer, at=timezone.now())
    rows = plain.facts(request.viewer, row.about_model, row.about)
    return done(plain.fact_told(rows.get(pk=row.pk)))


@router.get("/findings/{uuid:finding}", auth=by("office", "auditor"), response=FindingOut)
def get_finding(request: ApiRequest, finding: UUID) -> HttpResponse:
    return read(request, plain.finding(request.viewer, finding))


@router.post("/findings/{uuid:finding}/accept", auth=by("office"), response=FindingOut)
def accept_finding(request: ApiRequest, finding: UUID, told: Reason) -> HttpResponse:
    """Say that the doubt is right; where it proposes a value, the record takes it."""
    actions.accept_finding(
        finding=finding, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.finding(request.viewer, finding))


@router.post("/findings/{uuid:finding}/dismiss", auth=by("office"), response=FindingOut)
def dismiss_finding(request: ApiRequest, finding: UUID, told: Reason) -> HttpResponse:
    """Say that the doubt is none; the record stays as it is."""
    actions.dismiss_finding(
        finding=finding, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.finding(request.viewer, finding))


@router.get("/work-items", auth=by("signed-in"), response=Page[WorkOut])
def list_work(request: ApiRequest, window: InPages) -> HttpResponse:
    """What waits for the caller's roles, the oldest first."""
    part = part_of(plain.work(request.viewer), window, ("opened_at", "id"), about(request))
    return read(request, page(request, Part(plain.work_told(part.rows), part.after)))


@router.post("/work-items/{uuid:item}/finish", auth=by("signed-in"), response=WorkOut)
def finish_work(request: ApiRequest, item: UUID) -> HttpResponse:
    row = actions.finish_work(item=item, by=request.viewer, at=timezone.now())
    return done(plain.work_told([row])[0])
