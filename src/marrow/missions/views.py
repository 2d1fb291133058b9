"""The office keeps missions: enters batches and trips, changes them, adds their parts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marrow.core.refusals import Unseen
from marrow.missions import access, actions, queries
from marrow.missions.forms import (
    OF_MISSION,
    OF_PROGRAMME,
    BatchForm,
    ChangeDonationForm,
    ChangeHonourForm,
    ChangeMissionForm,
    ChangeSiteForm,
    ChangeUnitForm,
    TripForm,
    WhichHospitalForm,
)
from marrow.programmes.access import may_change, programme_for, series_for
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _to_mission(mission: UUID) -> str:
    return reverse("archive:mission", args=[mission])


def _hangs_on(row: Any, page: str, name: str) -> tuple[str, str]:
    """The page of what an honour or a donation hangs on and its name; else that of all of them."""
    if row.mission:
        return _to_mission(row.mission.pk), str(row.mission)
    if row.programme:
        return reverse("archive:programme", args=[row.programme.key]), str(row.programme)
    return page, name


@require_http_methods(["GET", "POST"])
@gate("office")
def batch(request: MarrowRequest, series: UUID) -> HttpResponse:
    """Enter a numbered batch of a series."""
    row = series_for(series)
    access.may_enter_batch(request.viewer, row)
    form = BatchForm(request.POST or None, initial={"number": queries.next_number(row)})

    def act() -> HttpResponse:
        made = actions.enter_batch(
            series=row, number=form.cleaned_data["number"], source=form.told_by(),
            by=request.viewer, at=timezone.now(), **form.told(),
        )  # fmt: skip
        return kept(request, _to_mission(made.pk))

    back = reverse("archive:series", args=[row.pk])
    return keep(request, form, act, Shown(_("Enter a batch"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def trip(request: MarrowRequest, key: str) -> HttpResponse:
    """Enter a mission outside any series."""
    row = programme_for(key)
    may_change(request.viewer, row)
    form = TripForm(request.POST or None)

    def act() -> HttpResponse:
        made = actions.enter_trip(
            programme=row, kind=form.cleaned_data["kind"], names=form.names(),
            source=form.told_by(), by=request.viewer, at=timezone.now(), **form.told(),
        )  # fmt: skip
        return kept(request, _to_mission(made.pk))

    back = reverse("archive:programme", args=[key])
    return keep(request, form, act, Shown(_("Enter a mission"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_for(mission)
    access.may_change_mission(request.viewer, row)
    columns = (c for c in ChangeMissionForm.COLUMNS if c != "sender")
    initial = {c: getattr(row, c) for c in columns}
    initial["sender"] = row.sender.code if row.sender else ""
    form = ChangeMissionForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        actions.change_batch(
            mission=row.pk,
            source=form.told_by(),
            by=request.viewer,
            at=timezone.now(),
            **form.told(),
        )  # fmt: skip
        return kept(request, _to_mission(row.pk))

    return keep(request, form, act, Shown(_("Change the batch"), _to_mission(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def add(request: MarrowRequest, mission: UUID, part: str) -> HttpResponse:
    """Add a place of work, a sending unit, an honour or a donation to a mission."""
    row = access.mission_for(mission)
    access.may_change_mission(request.viewer, row)
    if part not in OF_MISSION:
        raise Unseen(_("There is no such page."))
    form = OF_MISSION[part](request.POST or None)

    def act() -> HttpResponse:
        actions.add_to_mission(
            programme=row.programme, mission=row, rows=form.rows(row.programme, row),
            told=form.told(), source=form.told_by(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _to_mission(row.pk))

    return keep(request, form, act, Shown(str(form.heading), _to_mission(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def which(request: MarrowRequest, site: UUID) -> HttpResponse:
    """Say which hospital a place of work is."""
    row = access.site_for(site)
    access.may_change_mission(request.viewer, row.mission)
    form = WhichHospitalForm(request.POST or None)
    back = _to_mission(row.mission_id)

    def act() -> HttpResponse:
        actions.place_site(
            site=row.pk, organisation=form.cleaned_data["organisation"], source=form.told_by(),
            by=request.viewer, at=timezone.now(), from_on=form.cleaned_data["from_on"],
        )  # fmt: skip
        return kept(request, back)

    lede = _("A record names it “%s”.") % row
    shown = Shown(_("Which hospital is this?"), back, str(row.mission), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def change_site(request: MarrowRequest, site: UUID) -> HttpResponse:
    row = access.site_for(site)
    access.may_change_mission(request.viewer, row.mission)
    form = ChangeSiteForm.over(row, request.POST or None)
    back = _to_mission(row.mission_id)

    def act() -> HttpResponse:
        actions.change_site(
            site=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, str(row.mission), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_unit(request: MarrowRequest, unit: UUID) -> HttpResponse:
    row = access.unit_for(unit)
    access.may_change_mission(request.viewer, row.mission)
    form = ChangeUnitForm.over(row, request.POST or None)
    back = _to_mission(row.mission_id)

    def act() -> HttpResponse:
        actions.change_unit(
            unit=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, str(row.mission), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_honour(request: MarrowRequest, honour: UUID) -> HttpResponse:
    row = access.honour_for(honour)
    access.may_change_honour(request.viewer, row)
    form = ChangeHonourForm.over(row, request.POST or None)
    back, belongs = _hangs_on(row, reverse("archive:honours"), _("Honours"))

    def act() -> HttpResponse:
        actions.change_honour(
            honour=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, belongs, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_donation(request: MarrowRequest, donation: UUID) -> HttpResponse:
    row = access.donation_for(donation)
    access.may_change_donation(request.viewer, row)
    form = ChangeDonationForm.over(row, request.POST or None)
    back, belongs = _hangs_on(row, reverse("archive:figures"), _("Donations and buildings"))

    def act() -> HttpResponse:
        actions.change_donation(
            donation=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, belongs, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def remember(request: MarrowRequest, key: str, part: str) -> HttpResponse:
    """Add an honour, a donation or the fallen to a programme as a whole."""
    row = programme_for(key)
    may_change(request.viewer, row)
    if part not in OF_PROGRAMME:
        raise Unseen(_("There is no such page."))
    form = OF_PROGRAMME[part](request.POST or None)
    back = reverse("archive:programme", args=[key])

    def act() -> HttpResponse:
        actions.add_to_mission(
            programme=row, mission=None, rows=form.rows(row, None), told=form.told(),
            source=form.told_by(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, str(row)))
