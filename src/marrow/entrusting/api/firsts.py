"""The register of firsts."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema

from marrow.entrusting import access, actions, plain
from marrow.entrusting.api.logbook import router
from marrow.entrusting.forms import FirstForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, Place, Source, Told, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

PROPOSE = ("head", "recipient", "member", "leader", "office", "unit")


class FirstTimeOut(Schema):
    """`side`: LOCAL or SENDER; `by_whom`: LOCALS, TOGETHER, VISITORS; `within` is the code of the
    place of which it was the first, "" the house's own; `state`: PROPOSED, CONFIRMED, DECLINED."""

    id: UUID
    organisation: UUID
    item: str
    side: str
    within: str
    happened_on: str
    by_whom: str
    evidence: str
    mission: UUID | None
    step: UUID | None
    state: str
    proposed_at: dt.datetime
    decided_at: dt.datetime | None
    reason: str


class FirstTimeIn(Body):
    item: Annotated[str, text(60, 1)]
    side: Code
    within: Place = ""
    happened_on: Told = ""
    by_whom: Code
    evidence: Annotated[str, text(300, 1)]
    source: Source | None = None


@router.get("/firsts", auth=by("signed-in"), response=Page[FirstTimeOut])
def list_firsts(request: ApiRequest, window: InPages) -> HttpResponse:
    """What heads confirmed, and what waits in one's own house."""
    part = part_of(plain.firsts(request.viewer), window, ("-proposed_at", "-id"), about(request))
    return read(request, page(request, part, plain.first_told))


@router.post(
    "/organisations/{uuid:organisation}/firsts", auth=by(*PROPOSE), response={201: FirstTimeOut}
)
def propose_first(request: ApiRequest, organisation: UUID, told: FirstTimeIn) -> HttpResponse:
    """Propose that a house did something for the first time."""
    row = access.house_to_propose_for(request.viewer, organisation)
    form = filled(FirstForm, told)
    first = actions.propose_first(
        organisation=row.pk, first=form.first(), source=form.paper(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.first_told(first), "/api/v1/firsts")


@router.post("/firsts/{uuid:first}/confirm", auth=by("head", "unit"), response=FirstTimeOut)
def confirm_first(request: ApiRequest, first: UUID) -> HttpResponse:
    """A head of the house says that it was so."""
    row = actions.confirm_first(first=first, by=request.viewer, at=timezone.now())
    return done(plain.first_told(row))


@router.post("/firsts/{uuid:first}/decline", auth=by("head", "unit"), response=FirstTimeOut)
def decline_first(request: ApiRequest, first: UUID, told: Why) -> HttpResponse:
    """A head of the house says that it was none."""
    row = actions.decline_first(
        first=first, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.first_told(row))
