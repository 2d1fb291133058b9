"""Changing what is known of a programme's rest, a series, an agreement, an event."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from marrow.programmes import access, actions, plain
from marrow.programmes.api.programmes import (
    AgreementOut,
    EventOut,
    OneSeriesOut,
    ProgrammeOut,
    SpeakerIn,
    router,
    spoken,
)
from marrow.programmes.forms import ChangeAgreementForm, ChangeEventForm, ChangeSeriesForm
from marrow.programmes.rules import MOST_REST
from marrow.ui.rest.answers import done, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Line, Names, Sourced, Told, filled_over, lines
from marrow.ui.rest.gates import ApiRequest, by


class RestIn(Body):
    """Months at home between two missions; null: no rule of its own."""

    months: Annotated[int, Field(ge=0, le=MOST_REST)] | None


class SeriesPatch(Sourced):
    names: Names | None = None
    since: Told | None = None


class AgreementPatch(Sourced):
    """`parties`, where they are sent, are all of them."""

    names: Names | None = None
    signed_on: Told | None = None
    starts_on: Told | None = None
    ends_on: Told | None = None
    parties: Annotated[list[Line], Field(max_length=50)] | None = None


class EventPatch(Sourced):
    """`speakers`, where they are sent, are all of them."""

    names: Names | None = None
    kind: Code | None = None
    held_on: Told | None = None
    place: Names | None = None
    speakers: Annotated[list[SpeakerIn], Field(max_length=50)] | None = None


@router.put("/programmes/{key}/rest", auth=by("office"), response=ProgrammeOut)
def set_rest(request: ApiRequest, key: str, told: RestIn) -> HttpResponse:
    """Set for how long people stay at home between two missions of this programme."""
    access.may_change(request.viewer, access.programme_for(key))
    with unless_changed(request, lambda: plain.programme(key)):
        actions.set_rest(key=key, months=told.months, by=request.viewer, at=timezone.now())
    return done(plain.programme(key))


@router.patch("/series/{uuid:series}", auth=by("office"), response=OneSeriesOut)
def change_series(request: ApiRequest, series: UUID, told: SeriesPatch) -> HttpResponse:
    """Change what a series is called and since when it runs: only the fields that are sent."""
    row = access.series_for(series)
    access.may_change(request.viewer, row.programme)
    form = filled_over(lambda data: ChangeSeriesForm.over(row, data), told)
    with unless_changed(request, lambda: plain.one_series(series)):
        actions.change_series(
            series=series, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.one_series(series))


@router.get("/agreements/{uuid:agreement}", auth=by("public"), response=AgreementOut)
def get_agreement(request: ApiRequest, agreement: UUID) -> HttpResponse:
    return read(request, plain.agreement(agreement))


@router.patch("/agreements/{uuid:agreement}", auth=by("office"), response=AgreementOut)
def change_agreement(request: ApiRequest, agreement: UUID, told: AgreementPatch) -> HttpResponse:
    """Change an agreement: only the fields that are sent."""
    row = access.agreement_for(agreement)
    access.may_change(request.viewer, row.programme)
    more = {} if told.parties is None else {"parties": lines(told.parties)}
    form = filled_over(lambda data: ChangeAgreementForm.over(row, data), told, **more)
    with unless_changed(request, lambda: plain.agreement(agreement)):
        actions.change_agreement(
            agreement=agreement, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.agreement(agreement))


@router.get("/events/{uuid:event}", auth=by("public"), response=EventOut)
def get_event(request: ApiRequest, event: UUID) -> HttpResponse:
    return read(request, plain.event(event))


@router.patch("/events/{uuid:event}", auth=by("office"), response=EventOut)
def change_event(request: ApiRequest, event: UUID, told: EventPatch) -> HttpResponse:
    """Change a meeting or event: only the fields that are sent."""
    row = access.event_for(event)
    access.may_change(request.viewer, row.programme)
    more = {} if told.speakers is None else {"speakers": spoken(told.speakers)}
    form = filled_over(lambda data: ChangeEventForm.over(row, data), told, **more)
    with unless_changed(request, lambda: plain.event(event)):
        actions.change_event(
            event=event, told=form.told(), speakers=form.spoken(), source=form.told_by(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
    return done(plain.event(event))
