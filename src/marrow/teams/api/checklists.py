"""Checklists before a departure: a programme's list, and each one's own."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from marrow.programmes.access import may_change, programme_for
from marrow.teams import access, actions, plain
from marrow.teams.api.seats import router
from marrow.teams.forms import TickForm
from marrow.teams.models import Step
from marrow.teams.models.checklists import Owner
from marrow.teams.rules.checklists import MOST_DAYS, Listed
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Page, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by


class ListedStepOut(Schema):
    """`days_before` are counted back from the first day of a seat."""

    step: str
    owner: str
    days_before: int
    required: bool


class ListOut(Schema):
    programme: str
    steps: list[ListedStepOut]


class ItemOut(Schema):
    """`state` is OPEN, OVERDUE, DONE or WAIVED today; `due_on` of null: the day is not known."""

    id: UUID
    assignment: UUID
    person: UUID
    step: str
    owner: str
    required: bool
    due_on: dt.date | None
    done_on: dt.date | None
    waived_on: dt.date | None
    reason: str
    note: str
    evidence: UUID | None
    state: str


class GivenOut(Schema):
    added: int


class ListedStepIn(Body):
    step: Step
    owner: Owner
    days_before: Annotated[int, Field(ge=0, le=MOST_DAYS)]
    required: bool = False


class ListIn(Body):
    """All that is asked; a step that is not sent is asked no longer."""

    steps: Annotated[list[ListedStepIn], Field(max_length=len(Step))]


class TickIn(Body):
    """`evidence` is a credential on the person's record."""

    on: dt.date
    note: Annotated[str, text(200)] = ""
    evidence: UUID | None = None


@router.get("/programmes/{key}/checklist", auth=by("office"), response=ListOut)
def get_programme_checklist(request: ApiRequest, key: str) -> HttpResponse:
    """What a programme asks of each before a departure."""
    may_change(request.viewer, programme_for(key))
    return read(request, plain.programme_list(key))


@router.put("/programmes/{key}/checklist", auth=by("office"), response=ListOut)
def keep_programme_checklist(request: ApiRequest, key: str, told: ListIn) -> HttpResponse:
    """Keep what a programme asks; it counts for who is selected from now on."""
    may_change(request.viewer, programme_for(key))
    steps = [Listed(s.step.value, s.owner.value, s.days_before, s.required) for s in told.steps]
    with unless_changed(request, lambda: plain.programme_list(key)):
        actions.keep_list(programme=key, steps=steps, by=request.viewer, at=timezone.now())
    return done(plain.programme_list(key))


@router.get("/teams/{uuid:mission}/checklists", auth=by("signed-in"), response=Page[ItemOut])
def list_checklist_items(request: ApiRequest, mission: UUID) -> HttpResponse:
    """What each still has to do, or has done, of those whom this caller sees."""
    rows = plain.checklists(request.viewer, mission, timezone.localdate())
    return read(request, {"items": rows, "next": None})


@router.post("/teams/{uuid:mission}/checklists", auth=by("office"), response={201: GivenOut})
def give_checklists(request: ApiRequest, mission: UUID) -> HttpResponse:
    """Give those who were selected already what the programme's list asks of them."""
    count = actions.give_lists(mission=mission, by=request.viewer, at=timezone.now())
    return made({"added": count})


@router.get("/checklist-items/{uuid:item}", auth=by("signed-in"), response=ItemOut)
def get_checklist_item(request: ApiRequest, item: UUID) -> HttpResponse:
    row = access.item_for(request.viewer, item)
    return read(request, plain.item_told(row, timezone.localdate()))


@router.post("/checklist-items/{uuid:item}/tick", auth=by("signed-in"), response=ItemOut)
def tick_item(request: ApiRequest, item: UUID, told: TickIn) -> HttpResponse:
    """Say that an item is done, on which day, and by which paper."""
    row, today = access.item_to_tick(request.viewer, item), timezone.localdate()
    form = filled(lambda data: TickForm(data, item=row, today=today), told)
    ticked = actions.tick(item=item, by=request.viewer, at=timezone.now(), **form.told())
    return done(plain.item_told(ticked, today))


@router.post("/checklist-items/{uuid:item}/reopen", auth=by("signed-in"), response=ItemOut)
def reopen_item(request: ApiRequest, item: UUID) -> HttpResponse:
    """Open an item again that was ticked off or let be by mistake."""
    row = actions.reopen_item(item=item, by=request.viewer, at=timezone.now())
    return done(plain.item_told(row, timezone.localdate()))


@router.post("/checklist-items/{uuid:item}/waiver", auth=by("office"), response=ItemOut)
def waive_item(request: ApiRequest, item: UUID, told: Why) -> HttpResponse:
    """Let an item be for one person, and say why: the team may then leave without it."""
    row = actions.waive(item=item, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.item_told(row, timezone.localdate()))
