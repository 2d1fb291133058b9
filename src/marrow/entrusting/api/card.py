"""The target card counted from rows, through the API."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Schema

from marrow.entrusting import plain
from marrow.entrusting.api.logbook import router
from marrow.ui.rest.answers import read
from marrow.ui.rest.gates import ApiRequest, by


class CardFiguresOut(Schema):
    """Null is unknown: nothing of this kind is recorded there."""

    specialties: int | None
    platforms: int | None
    people: int | None
    grades: int | None
    firsts: int | None
    systems: int | None


class CardOut(Schema):
    """Of one partnership; the first, with `partnership` null, is of the whole programme."""

    partnership: UUID | None
    recipient: UUID | None
    starts_on: str
    ends_on: str
    figures: CardFiguresOut


class CardsOut(Schema):
    key: str
    cards: list[CardOut]


@router.get(
    "/programmes/{key}/target-cards", auth=by("office", "recipient", "head", "auditor"),
    response=CardsOut,
)  # fmt: skip
def list_cards(request: ApiRequest, key: str) -> HttpResponse:
    """What partner hospitals reached within their partnership, as rows count it."""
    return read(request, plain.cards(request.viewer, key))
