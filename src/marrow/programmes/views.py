"""The office keeps programmes: founds and changes them, opens series, adds their parts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marrow.core.refusals import Unseen
from marrow.programmes import access, actions, queries
from marrow.programmes.forms import (
    PARTS,
    ChangeAgreementForm,
    ChangeEventForm,
    ChangeProgrammeForm,
    ChangeSeriesForm,
    InterruptionForm,
    ProgrammeForm,
    RestForm,
    SeriesForm,
)
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _to_programme(key: str) -> str:
    return reverse("archive:programme", args=[key])


@require_http_methods(["GET", "POST"])
@gate("office")
def found(request: MarrowRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)

    def act() -> HttpResponse:
        told = form.cleaned_data
        row = actions.found_programme(
            kind=told["kind"], names=form.names(), sender=told["sender"],
            started_on=told["started_on"], source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to_programme(row.key))

    shown = Shown(_("Found a programme"), reverse("archive:programmes"), _("Programmes"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def change(request: MarrowRequest, key: str) -> HttpResponse:
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    initial = {
        **{f"name_{t}": text for t, text in row.names.items()},
        "sender": row.sender.code if row.sender else "", "authority": row.authority_id or "",
        "status": row.status, "started_on": row.started_on, "ended_on": row.ended_on,
    }  # fmt: skip
    form = ChangeProgrammeForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        actions.change_programme(
            key=key, told=form.told(), source=form.told_by(), by=request.viewer, at=timezone.now()
        )
        return kept(request, _to_programme(key))

    return keep(request, form, act, Shown(_("Change the programme"), _to_programme(key), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def rest(request: MarrowRequest, key: str) -> HttpResponse:
    """For how long people stay at home between two missions of this programme."""
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    form = RestForm(request.POST or None, initial={"months": row.rest_months})

    def act() -> HttpResponse:
        actions.set_rest(
            key=key, months=form.cleaned_data["months"], by=request.viewer, at=timezone.now()
        )
        return kept(request, _to_programme(key))

    lede = _("Who fits a seat of this programme is judged by it.")
    shown = Shown(_("Rest between two missions"), _to_programme(key), str(row), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def series(request: MarrowRequest, key: str) -> HttpResponse:
    """Open a series of numbered batches."""
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    form = SeriesForm(request.POST or None)

    def act() -> HttpResponse:
        told, recipient = form.cleaned_data, form.recipient()
        made = actions.open_series(
            programme=row, recipient=recipient, names=queries.series_names(row, recipient),
            track=told["track"], since=told["since"], source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, reverse("archive:series", args=[made.pk]))

    return keep(request, form, act, Shown(_("Open a series"), _to_programme(key), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def add(request: MarrowRequest, key: str, part: str) -> HttpResponse:
    """Add an agreement, a partnership, a meeting, …"""
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    if part not in PARTS:
        raise Unseen(_("There is no such page."))
    form = PARTS[part](request.POST or None)

    def act() -> HttpResponse:
        actions.add_to_programme(
            programme=row, rows=form.rows(row), told=form.told(), source=form.told_by(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to_programme(key))

    return keep(request, form, act, Shown(str(form.heading), _to_programme(key), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_series(request: MarrowRequest, series: UUID) -> HttpResponse:
    row = access.series_for(series)
    access.may_change(request.viewer, row.programme)
    form = ChangeSeriesForm.over(row, request.POST or None)
    back = reverse("archive:series", args=[row.pk])

    def act() -> HttpResponse:
        actions.change_series(
            series=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, str(row.programme), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_agreement(request: MarrowRequest, agreement: UUID) -> HttpResponse:
    row = access.agreement_for(agreement)
    access.may_change(request.viewer, row.programme)
    form = ChangeAgreementForm.over(row, request.POST or None)
    back = _to_programme(row.programme.key)

    def act() -> HttpResponse:
        actions.change_agreement(
            agreement=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, str(row.programme), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_event(request: MarrowRequest, event: UUID) -> HttpResponse:
    row = access.event_for(event)
    access.may_change(request.viewer, row.programme)
    form = ChangeEventForm.over(row, request.POST or None)
    back = _to_programme(row.programme.key) if row.programme else reverse("archive:timeline")

    def act() -> HttpResponse:
        actions.change_event(
            event=row.pk, told=form.told(), speakers=form.spoken(), source=form.told_by(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    belongs = str(row.programme or _("Timeline"))
    return keep(request, form, act, Shown(str(form.heading), back, belongs, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def pause(request: MarrowRequest, series: UUID) -> HttpResponse:
    """Say that a series stopped, or was sent again."""
    row = access.series_for(series)
    access.may_change(request.viewer, row.programme)
    form = InterruptionForm(request.POST or None)
    address = reverse("archive:series", args=[row.pk])

    def act() -> HttpResponse:
        actions.add_to_programme(
            programme=row.programme, rows=form.rows(row), told=form.told(), source=form.told_by(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, address)

    return keep(request, form, act, Shown(_("Record a pause"), address, str(row)))
