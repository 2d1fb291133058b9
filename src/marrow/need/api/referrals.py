"""Ways of referral between houses, and how many came back, through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema

from marrow.need import access, actions, plain
from marrow.need.api.outflows import READ, TELL, PatientsLeftOut, router
from marrow.need.forms import EndWayForm, SentBackForm, WayForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, Told, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of


class SentBackOut(Schema):
    """In a year ("2025") or a month ("2025-03")."""

    period: str
    patients: int
    told_at: dt.datetime


class ReferralWayOut(Schema):
    """`told_side`: BELOW or ABOVE, the one of the two that told of it; `direction`: UP from the
    house below, or BACK to it; `specialty` '' is all; `last_year` null is unknown, never none."""

    id: UUID
    below: UUID
    above: UUID
    direction: str
    specialty: str
    how: str
    started_on: str
    stopped_on: str
    told_side: str
    sent_back: list[SentBackOut]
    last_year: PatientsLeftOut | None


class ReferralWayIn(Body):
    """`stands`: the other house is ABOVE or BELOW; `direction`: UP or BACK."""

    other: UUID
    stands: Code
    direction: Code
    specialty: Annotated[str, text(24)] = ""
    how: Annotated[str, text(300, 1)]
    started_on: Told = ""


class EndWayIn(Body):
    on: Told


class SentBackIn(Body):
    period: Annotated[str, text(7, 4)]
    patients: int


@router.get(
    "/organisations/{uuid:organisation}/referral-ways", auth=by(*READ),
    response=Page[ReferralWayOut],
)  # fmt: skip
def list_ways(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """How patients go between this house and those above and below it."""
    rows, today = plain.ways(request.viewer, organisation), timezone.localdate()
    part = part_of(rows, window, ("-told_at", "-id"), about(request))
    return read(request, page(request, part, lambda row: plain.way_told(row, today)))


@router.post(
    "/organisations/{uuid:organisation}/referral-ways", auth=by(*TELL),
    response={201: ReferralWayOut},
)  # fmt: skip
def open_way(request: ApiRequest, organisation: UUID, told: ReferralWayIn) -> HttpResponse:
    """Record a way of referral between this house and another."""
    access.hospital_to_tell_of(request.viewer, organisation)
    row = actions.open_way(
        organisation=organisation, way=filled(WayForm, told).way(organisation), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    address = f"/api/v1/organisations/{organisation}/referral-ways"
    return made(plain.way_told(row, timezone.localdate()), address)


@router.post("/referral-ways/{uuid:way}/end", auth=by(*TELL), response=ReferralWayOut)
def end_way(request: ApiRequest, way: UUID, told: EndWayIn) -> HttpResponse:
    """Say since when nobody goes this way any more."""
    access.way_to_keep(request.viewer, way)
    on = filled(EndWayForm, told).cleaned_data["on"]
    row = actions.end_way(way=way, on=on, by=request.viewer, at=timezone.now())
    return done(plain.way_told(row, timezone.localdate()))


@router.post("/referral-ways/{uuid:way}/sent-back", auth=by(*TELL), response=SentBackOut)
def tell_sent_back(request: ApiRequest, way: UUID, told: SentBackIn) -> HttpResponse:
    """Tell how many came back in a month or year that is over."""
    access.way_to_keep(request.viewer, way)
    row = actions.tell_sent_back(
        way=way, by=request.viewer, at=timezone.now(), **filled(SentBackForm, told).told()
    )
    return done(plain.sent_back_told(row))
