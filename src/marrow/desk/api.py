"""The history of a record and taking a change back, through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from marrow.core.journal.undoing import undo
from marrow.core.subjects import record_for
from marrow.core.words import TONGUES
from marrow.desk import access, actions, plain, queries
from marrow.ui.rest.answers import done, read
from marrow.ui.rest.bodies import About, Body, Page, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, Part, about, page, part_of
from marrow.ui.rest.problems import problem

router = Router(tags=["journal"])


class ChangeOut(Schema):
    """One column in words; what is sealed is only told to have changed."""

    column: str
    before: str | None
    after: str | None
    sealed: bool


class LineOut(Schema):
    """One operation of the journal; `act` is what an undo takes back."""

    act: UUID
    number: int | None
    action: str
    kind: str
    by: UUID | None
    who: str
    at: dt.datetime
    via: str
    note: str
    changes: list[ChangeOut]
    undone: bool
    can_undo: bool


class RevertOut(ChangeOut):
    record: UUID
    name: str


class BlockerOut(Schema):
    act: UUID
    action: str
    who: str
    at: dt.datetime


class UndoOut(Schema):
    """What an undo would do, and the later acts that stand in its way."""

    act: UUID
    possible: bool
    refusal: str
    reverts: list[RevertOut]
    removes: list[About]
    restores: list[About]
    blockers: list[BlockerOut]


class UndoIn(Body):
    note: Annotated[str, text(300)] = ""


@router.get("/records/{model}/{uuid:record}/history", auth=by("signed-in"), response=Page[LineOut])
def list_history(request: ApiRequest, window: InPages, model: str, record: UUID) -> HttpResponse:
    """What happened to a record that the caller may see, the newest first."""
    record_for(request.viewer, model, record)
    rows = plain.operations_of(model, record)
    part = part_of(rows, window, ("-id",), about(request))
    return read(
        request, page(request, Part(plain.history_told(request.viewer, part.rows), part.after))
    )


class WordsIn(Body):
    """Words of one column in other languages; '' takes them away."""

    column: Annotated[str, text(60)]
    en: Annotated[str | None, text(2000)] = None
    zh: Annotated[str | None, text(2000)] = None
    fr: Annotated[str | None, text(2000)] = None


class WordsOut(Schema):
    """Of each column, what is said of it beside the words as they were first written."""

    id: UUID
    tongues: dict[str, dict[str, str]]


@router.post("/records/{model}/{uuid:record}/words", auth=by("signed-in"), response=WordsOut)
def say_also(request: ApiRequest, model: str, record: UUID, told: WordsIn) -> HttpResponse:
    """Say a record's words in other languages; the first words stay."""
    said = {code: words for code in TONGUES if (words := getattr(told, code)) is not None}
    row = actions.say_also(
        label=model, record=record, also={told.column: said}, by=request.viewer, at=timezone.now()
    )
    return done({"id": row.pk, "tongues": row.tongues})


@router.get("/acts/{uuid:act}/undo", auth=by("signed-in"), response=UndoOut)
def look_at_undo(request: ApiRequest, act: UUID) -> HttpResponse:
    """What would go back, for those who may change every record that it touches."""
    shown = queries.undo_shown(act)
    access.may_undo(request.viewer, shown.plan)
    return read(request, plain.undo_told(shown))


@router.post("/acts/{uuid:act}/undo", auth=by("signed-in"), response=UndoOut)
def take_back(request: ApiRequest, act: UUID, told: UndoIn) -> HttpResponse:
    """Take a change back, as an act of its own; 409 while later changes stand on it."""
    shown = queries.undo_shown(act)
    access.may_undo(request.viewer, shown.plan)
    before = plain.undo_told(shown)
    if not shown.plan.possible:
        return problem(409, "overtaken", queries.why_not(shown.plan))
    undo(act=act, by=request.viewer, at=timezone.now(), note=told.note)
    return done(before)
