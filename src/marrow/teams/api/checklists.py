"""Checklists before a departure: a programme's list, and each one's own."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from marrow.teams import access, actions, plain, queries
from marrow.teams.api.seats import router
from marrow.teams.forms import ListForm, TickForm
from marrow.teams.rules.checklists import MOST_DAYS, Listed
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Page, Why, filled, text
from marrow.ui.rest.faults import SENTENCES
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.problems import Invalid, fault


class ListedStepOut(Schema):
    """`days_before` are counted back from the first day of a seat."""

    step: str
    owner: str
    days_before: int
    required: bool


class ProgrammeListOut(Schema):
    programme: str
    steps: list[ListedStepOut]


class ChecklistItemOut(Schema):
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
    step: Code
    owner: Annotated[str, text(6, 1)]
    days_before: Annotated[int, Field(ge=0, le=MOST_DAYS)]
    required: bool = False


class ListIn(Body):
    """All that is asked; a step that is not sent is asked no longer."""

    steps: Annotated[list[ListedStepIn], Field(max_length=40)]


class TickIn(Body):
    """`evidence` is a credential on the person's record."""

    on: dt.date
    note: Annotated[str, text(200)] = ""
    evidence: UUID | None = None


@router.get("/programmes/{key}/checklist", auth=by("office"), response=ProgrammeListOut)
def get_programme_checklist(request: ApiRequest, key: str) -> HttpResponse:
    """What a programme asks of each before a departure."""
    access.programme_to_form(request.viewer, key)
    return read(request, plain.programme_list(key))


@router.put("/programmes/{key}/checklist", auth=by("office"), response=ProgrammeListOut)
def keep_programme_checklist(request: ApiRequest, key: str, told: ListIn) -> HttpResponse:
    """Keep what a programme asks; it counts for who is selected from now on."""
    access.programme_to_form(request.viewer, key)
    steps = _steps(told)
    with unless_changed(request, lambda: plain.programme_list(key)):
        actions.keep_list(programme=key, steps=steps, by=request.viewer, at=timezone.now())
    return done(plain.programme_list(key))


def _steps(told: ListIn) -> list[Listed]:
    """What is asked, through the form of the page; a step that there is not is refused."""
    known = dict(queries.step_choices())
    asked: dict[str, Any] = {}
    for one in told.steps:
        if one.step not in known:
            raise Invalid(
                [fault("steps", "enum", str(SENTENCES["enum"]) % {"expected": ", ".join(known)})]
            )
        asked[f"{one.step}_owner"], asked[f"{one.step}_days"] = one.owner, one.days_before
        asked[f"{one.step}_required"] = one.required
    return filled(lambda data: ListForm(data, begun={}), Body(), **asked).steps()


@router.get(
    "/teams/{uuid:mission}/checklists", auth=by("signed-in"), response=Page[ChecklistItemOut]
)
def list_checklist_items(request: ApiRequest, mission: UUID) -> HttpResponse:
    """What each still has to do, or has done, of those whom this caller sees."""
    rows = plain.checklists(request.viewer, mission, timezone.localdate())
    return read(request, {"items": rows, "next": None})


@router.post("/teams/{uuid:mission}/checklists", auth=by("office"), response={201: GivenOut})
def give_checklists(request: ApiRequest, mission: UUID) -> HttpResponse:
    """Give those who were selected already what the programme's list asks of them."""
    count = actions.give_lists(mission=mission, by=request.viewer, at=timezone.now())
    return made({"added": count})


@router.get("/checklist-items/{uuid:item}", auth=by("signed-in"), response=ChecklistItemOut)
def get_checklist_item(request: ApiRequest, item: UUID) -> HttpResponse:
    row = access.item_for(request.viewer, item)
    return read(request, plain.item_told(row, timezone.localdate()))


@router.post("/checklist-items/{uuid:item}/tick", auth=by("signed-in"), response=ChecklistItemOut)
def tick_item(request: ApiRequest, item: UUID, told: TickIn) -> HttpResponse:
    """Say that an item is done, on which day, and by which paper."""
    row, today = access.item_to_tick(request.viewer, item), timezone.localdate()
    form = filled(lambda data: TickForm(data, item=row, today=today), told)
    ticked = actions.tick(item=item, by=request.viewer, at=timezone.now(), **form.told())
    return done(plain.item_told(ticked, today))


@router.post("/checklist-items/{uuid:item}/reopen", auth=by("signed-in"), response=ChecklistItemOut)
def reopen_item(request: ApiRequest, item: UUID) -> HttpResponse:
    """Open an item again that was ticked off or let be by mistake."""
    row = actions.reopen_item(item=item, by=request.viewer, at=timezone.now())
    return done(plain.item_told(row, timezone.localdate()))


@router.post("/checklist-items/{uuid:item}/waiver", auth=by("office"), response=ChecklistItemOut)
def waive_item(request: ApiRequest, item: UUID, told: Why) -> HttpResponse:
    """Let an item be for one person, and say why: the team may then leave without it."""
    row = actions.waive(item=item, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.item_told(row, timezone.localdate()))
