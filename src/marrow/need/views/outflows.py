"""Who left, before and after a capability came; the people of an area or of a hospital."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.catalogue.access import item_for
from marrow.need import access, actions, queries
from marrow.need.columns import COLUMNS
from marrow.need.forms import CatchmentForm, OutflowForm, WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest

TELLERS = ("recipient", "office")


def of_hospital(organisation: UUID) -> str:
    return reverse("need:hospital", args=[organisation])


def of_area(code: str) -> str:
    return reverse("need:area", args=[code])


@require_safe
@gate(*access.READERS)
def item(request: MarrowRequest, code: str, catalogued: str) -> HttpResponse:
    """An item in an area: who left each year, when locals could, what that saved."""
    row, about = access.area_to_read(request.viewer, code), item_for(catalogued)
    today = timezone.localdate()
    story = queries.story_of(row, about, today)
    page = {
        "area": row, "item": about, "story": story,
        "most": max((y.left.patients for y in story.years if y.left), default=0),
        "may_tell": access.office_of_area(request.viewer, row),
    }  # fmt: skip
    return render(request, "need/item.html", page)


@require_safe
@gate(*access.READERS)
def hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """What a hospital needs, whom it referred away, whom it serves."""
    row = access.hospital_to_read(request.viewer, organisation)
    known = queries.known_of_all([row, row.area] if row.area else [row])
    page = {
        "hospital": row, "needs": queries.needs_at(row), "rows": queries.referred_by(row),
        "known": known[row.pk], "around": known.get(row.area_id) if row.area_id else None,
        "may_tell": access.may_speak(request.viewer, row),
        "confirms": access.speaks_for(request.viewer, row),
        "ways": queries.ways_of(request.viewer, row, timezone.localdate()),
    }  # fmt: skip
    return render(request, "need/hospital.html", page)


@require_safe
@gate(*access.READERS)
def area(request: MarrowRequest, code: str) -> HttpResponse:
    """Who left an area, as it was told of the whole; the people who live there."""
    row = access.area_to_read(request.viewer, code)
    told = queries.told_of_area(row)
    stayed = queries.stayed_in(told, row)
    page = {
        "area": row, "rows": [r for r in told if r not in stayed], "stayed": stayed,
        "known": queries.known_of(row),
        "may_tell": access.office_of_area(request.viewer, row),
        "savings": queries.savings_of(row, timezone.localdate()),
    }  # fmt: skip
    return render(request, "need/area.html", page)


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def tell_of_hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_tell_of(request.viewer, organisation)
    form = OutflowForm(request.POST or None, initial=_begun(request), near=row.area_id)

    def act() -> HttpResponse:
        actions.tell_outflow(
            outflow=form.outflow(), organisation=row.pk, by=request.viewer, at=timezone.now()
        )
        return kept(request, of_hospital(row.pk))

    return keep(request, form, act, _shown(of_hospital(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def tell_of_area(request: MarrowRequest, code: str) -> HttpResponse:
    row = access.area_to_tell_of(request.viewer, code)
    form = OutflowForm(request.POST or None, initial=_begun(request), near=row.pk)

    def act() -> HttpResponse:
        actions.tell_outflow(
            outflow=form.outflow(), code=row.code, by=request.viewer, at=timezone.now()
        )
        return kept(request, of_area(row.code))

    return keep(request, form, act, _shown(of_area(row.code), str(row)))


def _begun(request: MarrowRequest) -> dict[str, object]:
    """The item that the address names, where it names one."""
    key = request.GET.get("item", "")
    return {"item": item_for(key)} if key else {}


def _shown(back: str, name: str) -> Shown:
    lede = _("A month or a year that is over, and one destination. What is unknown stays empty.")
    return Shown(_("Tell who left"), back, name, lede)


@require_safe
@gate(*access.READERS)
def outflow(request: MarrowRequest, outflow: UUID) -> HttpResponse:
    """One figure: what it says, who told it, what was told before."""
    row = access.outflow_for(request.viewer, outflow)
    hospital = row.organisation
    may = (
        access.may_speak(request.viewer, hospital)
        if hospital
        else access.office_of_area(request.viewer, row.area)
    )
    page = {
        "row": row, "before": queries.told_before(row), "may_tell": may and row.current,
        "stayed": queries.stayed_in([row], row.area),
    }  # fmt: skip
    return render(request, "need/outflow.html", page)


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def correct(request: MarrowRequest, outflow: UUID) -> HttpResponse:
    row = access.outflow_to_correct(request.viewer, outflow)
    form = OutflowForm(request.POST or None, row=row, near=row.area_id)

    def act() -> HttpResponse:
        new = actions.correct_outflow(
            outflow=row.pk, told=form.outflow(), by=request.viewer, at=timezone.now()
        )
        return kept(request, reverse("need:outflow", args=[new.pk]))

    back = reverse("need:outflow", args=[row.pk])
    lede = _("What was told before stays in the history.")
    return keep(request, form, act, Shown(_("Correct this figure"), back, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def take_back(request: MarrowRequest, outflow: UUID) -> HttpResponse:
    row = access.outflow_to_correct(request.viewer, outflow)
    form, back = WhyForm(request.POST or None), reverse("need:outflow", args=[row.pk])

    def act() -> HttpResponse:
        actions.take_back_outflow(
            outflow=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    lede = _("Then it is unknown how many left, not none.")
    return keep(request, form, act, Shown(_("Take this figure back"), back, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def people_of_hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_tell_of(request.viewer, organisation)
    form, back = CatchmentForm(request.POST or None), of_hospital(row.pk)

    def act() -> HttpResponse:
        actions.tell_catchment(
            catchment=form.catchment(), source=form.told_by(), organisation=row.pk,
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(_("Tell of the people it serves"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def people_of_area(request: MarrowRequest, code: str) -> HttpResponse:
    row = access.area_to_tell_of(request.viewer, code)
    form, back = CatchmentForm(request.POST or None), of_area(row.code)

    def act() -> HttpResponse:
        actions.tell_catchment(
            catchment=form.catchment(), source=form.told_by(), code=row.code, by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(_("Tell of the people who live there"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def take_back_people(request: MarrowRequest, catchment: UUID) -> HttpResponse:
    row = access.catchment_to_correct(request.viewer, catchment)
    form = WhyForm(request.POST or None)
    back = of_hospital(row.organisation_id) if row.organisation_id else of_area(row.area.code)  # type: ignore[union-attr]

    def act() -> HttpResponse:
        actions.take_back_catchment(
            catchment=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Take this figure back"), back, str(row)))


@require_safe
@gate(*TELLERS)
def template(request: MarrowRequest, ending: str) -> HttpResponseBase:
    """An empty table with the columns that an import reads."""
    return table_file(ending, "patients-who-left", [str(c.label) for c in COLUMNS], [])
