"""Changing what hangs on a mission: places of work, units, honours, donations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from marrow.missions import access, actions, plain
from marrow.missions.api.missions import (
    DonationOut,
    HonourOut,
    MissionPartsOut,
    Persons,
    SiteIn,
    router,
)
from marrow.missions.forms import (
    ChangeDonationForm,
    ChangeHonourForm,
    ChangeSiteForm,
    ChangeUnitForm,
)
from marrow.ui.rest.answers import done, read, unless_changed
from marrow.ui.rest.bodies import Code, Names, Place, Sourced, Told, filled_over
from marrow.ui.rest.gates import ApiRequest, by


class SitePatch(SiteIn):
    """Only the fields that are sent are changed."""


class UnitPatch(Sourced):
    organisation: UUID | None = None
    persons: Persons | None = None


class HonourPatch(Sourced):
    names: Names | None = None
    body: Names | None = None
    to: Code = ""
    count: Persons | None = None
    given_on: Told = ""


class DonationPatch(Sourced):
    names: Names | None = None
    kind: Code = ""
    area: Place = ""
    given_on: Told = ""


@router.patch("/sites/{uuid:site}", auth=by("office"), response=MissionPartsOut)
def change_site(request: ApiRequest, site: UUID, told: SitePatch) -> HttpResponse:
    """Change what is known of a place of work: only the fields that are sent."""
    row = access.site_for(site)
    access.may_change_mission(request.viewer, row.mission)
    form = filled_over(lambda data: ChangeSiteForm.over(row, data), told)
    with unless_changed(request, lambda: plain.parts_of(row.mission_id)):
        actions.change_site(
            site=site, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.parts_of(row.mission_id))


@router.patch("/units/{uuid:unit}", auth=by("office"), response=MissionPartsOut)
def change_unit(request: ApiRequest, unit: UUID, told: UnitPatch) -> HttpResponse:
    """Change a unit that gave people: only the fields that are sent."""
    row = access.unit_for(unit)
    access.may_change_mission(request.viewer, row.mission)
    form = filled_over(lambda data: ChangeUnitForm.over(row, data), told)
    with unless_changed(request, lambda: plain.parts_of(row.mission_id)):
        actions.change_unit(
            unit=unit, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.parts_of(row.mission_id))


@router.patch("/honours/{uuid:honour}", auth=by("office"), response=HonourOut)
def change_honour(request: ApiRequest, honour: UUID, told: HonourPatch) -> HttpResponse:
    """Change an honour: only the fields that are sent."""
    row = access.honour_for(honour)
    access.may_change_honour(request.viewer, row)
    form = filled_over(lambda data: ChangeHonourForm.over(row, data), told)
    with unless_changed(request, lambda: plain.honour(honour)):
        actions.change_honour(
            honour=honour, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.honour(honour))


@router.patch("/donations/{uuid:donation}", auth=by("office"), response=DonationOut)
def change_donation(request: ApiRequest, donation: UUID, told: DonationPatch) -> HttpResponse:
    """Change a donation or building: only the fields that are sent."""
    row = access.donation_for(donation)
    access.may_change_donation(request.viewer, row)
    form = filled_over(lambda data: ChangeDonationForm.over(row, data), told)
    with unless_changed(request, lambda: plain.donation(donation)):
        actions.change_donation(
            donation=donation, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.donation(donation))


@router.get("/honours/{uuid:honour}", auth=by("public"), response=HonourOut)
def get_honour(request: ApiRequest, honour: UUID) -> HttpResponse:
    return read(request, plain.honour(access.honour_for(honour).pk))


@router.get("/donations/{uuid:donation}", auth=by("public"), response=DonationOut)
def get_donation(request: ApiRequest, donation: UUID) -> HttpResponse:
    return read(request, plain.donation(access.donation_for(donation).pk))
