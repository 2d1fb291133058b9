"""Where somebody wishes to go or refuses to, and with whom they are a couple."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from marrow.directory.access import area_for
from marrow.people import access, actions, plain
from marrow.people.access import KEEPERS
from marrow.people.api.people import router
from marrow.programmes.access import series_for
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, text
from marrow.ui.rest.gates import ApiRequest, by


class WishOut(Schema):
    """`area` is a place's code, with all that lies in it."""

    id: UUID
    kind: str
    area: str | None
    series: UUID | None
    points: int
    said_on: dt.date


class CoupleOut(Schema):
    """TOGETHER: in the same team, or neither; APART: never away at the same time."""

    id: UUID
    other: UUID
    rule: str
    told_on: dt.date


class WishesOut(Schema):
    wishes: list[WishOut]
    couples: list[CoupleOut]


class WishIn(Body):
    """A place by its code, or a series; a refusal is of a place. `points`: how much, 1 to 3."""

    kind: Literal["PREFERS", "REFUSES"]
    area: Annotated[str, text(20)] = ""
    series: UUID | None = None
    points: Annotated[int, Field(ge=1, le=3)] = 1


class CoupleIn(Body):
    other: UUID
    rule: Literal["TOGETHER", "APART"]


@router.get("/people/{uuid:person}/wishes", auth=by("signed-in"), response=WishesOut)
def get_wishes(request: ApiRequest, person: UUID) -> HttpResponse:
    """Wishes, refusals and couples: for the person, their unit and their office."""
    return read(request, plain.wishes(request.viewer, person))


@router.post("/people/{uuid:person}/wishes", auth=by("signed-in"), response={201: WishesOut})
def say_wish(request: ApiRequest, person: UUID, told: WishIn) -> HttpResponse:
    """Say where somebody wishes to go or refuses to; of the same thing, the last word counts."""
    actions.say_wish(
        person=person, kind=told.kind, points=told.points, by=request.viewer, at=timezone.now(),
        area=area_for(told.area) if told.area else None,
        series=series_for(told.series) if told.series else None,
    )  # fmt: skip
    return made(plain.wishes(request.viewer, person))


@router.post("/wishes/{uuid:wish}/end", auth=by("signed-in"), response=WishesOut)
def end_wish(request: ApiRequest, wish: UUID) -> HttpResponse:
    """Take back a wish or refusal."""
    row = actions.end_wish(wish=wish, by=request.viewer, at=timezone.now())
    return done(plain.wishes(request.viewer, row.person_id))


@router.post("/people/{uuid:person}/couples", auth=by(*KEEPERS), response={201: WishesOut})
def tell_couple(request: ApiRequest, person: UUID, told: CoupleIn) -> HttpResponse:
    """Say with whom somebody is a couple, and whether they go together."""
    actions.tell_couple(
        person=person, other=told.other, rule=told.rule, by=request.viewer, at=timezone.now()
    )
    return made(plain.wishes(request.viewer, person))


@router.post("/couples/{uuid:couple}/end", auth=by(*KEEPERS), response=WishesOut)
def end_couple(request: ApiRequest, couple: UUID) -> HttpResponse:
    """Take back who is a couple."""
    row = actions.end_couple(couple=couple, by=request.viewer, at=timezone.now())
    whose = row.one if access.keeps(request.viewer, row.one) else row.other
    return done(plain.wishes(request.viewer, whose.pk))
