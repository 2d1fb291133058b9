"""Places and organisations: search, pages, spellings, grades, merging."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import Overtaken, Refused
from marrow.directory import access, actions, queries
from marrow.directory import search as search_kinds
from marrow.directory.fields import proposal
from marrow.directory.forms import (
    AliasForm,
    DepartmentForm,
    GradeForm,
    OrganisationForm,
    PlacedForm,
    RenameForm,
    by_tongue,
)
from marrow.sources.forms import SourcedForm
from marrow.sources.queries import findings_about
from marrow.ui.forms import ChangeForm, Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest, asked_from, asked_number

#: fields whose sources stand beside what an organisation's page shows of them
SAID_ABOVE = ("names", "kind", "area_id", "place", "address", "lat", "lon")


def _frame(request: MarrowRequest) -> str:
    return "ui/office.html" if request.viewer.signed_in else "ui/public.html"


@require_safe
@gate("public")
def directory(request: MarrowRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:80]
    organisations, places = queries.directory_counts()
    page = {
        "page_frame": _frame(request),
        "typed": typed,
        "hits": queries.hits(typed, limit=20) if typed.strip() else [],
        "organisations": organisations,
        "places": places,
        "doubles": queries.doubles_count() if request.viewer.holds("office") else 0,
    }
    return render(request, "directory/directory.html", page)


@require_safe
@gate("public")
def search(request: MarrowRequest) -> HttpResponse:
    """Only the results, for search as you type."""
    typed = request.GET.get("q", "")[:80]
    page = {"typed": typed, "hits": queries.hits(typed, limit=20) if typed.strip() else []}
    return render(request, "directory/hits.html", page)


@require_safe
@gate("signed-in")
def pick_place(request: MarrowRequest) -> HttpResponse:
    return _pick(request, search_kinds.AREA)


@require_safe
@gate("signed-in")
def pick_organisation(request: MarrowRequest) -> HttpResponse:
    return _pick(request, search_kinds.ORGANISATION)


def _pick(request: MarrowRequest, kind: str) -> HttpResponse:
    """Proposals while a name is typed into the field that is named in the address."""
    typed = request.GET.get(request.GET.get("field", ""), "")[:80]
    found = queries.hits(typed, kind=kind, limit=10) if typed.strip() else []
    return render(request, "ui/options.html", {"options": [proposal(h) for h in found]})


@require_safe
@gate("public")
def area(request: MarrowRequest, code: str) -> HttpResponse:
    here = asked_number(request)
    kind = request.GET.get("kind", "")
    shown = queries.area_page(code, kind=kind, page=here)
    facts = queries.facts_of([shown.area.pk]).get(shown.area.pk, {})
    page = {
        "page_frame": _frame(request),
        "shown": shown,
        "facts": facts,
        "panels": panels(request, "directory.area", shown.area) if here == 1 else [],
        "here": here,
        "kind": kind,
    }
    return render(request, "directory/area.html", page)


@require_safe
@gate("signed-in")
def area_table(request: MarrowRequest, code: str, ending: str) -> HttpResponseBase:
    """The organisations of a place as a file."""
    rows = queries.organisations_in(code, kind=request.GET.get("kind", ""))
    header = [
        _("Name"), _("Kind"), _("Place"), _("Country"), _("Run by"), _("Latitude"), _("Longitude"),
        _("Page"),
    ]  # fmt: skip
    told = (
        [
            str(o), o.get_kind_display(), o.place, str(o.area or ""), o.owner_as_told, o.lat,
            o.lon, f"/directory/{o.pk}/",
        ]
        for o in rows.iterator(chunk_size=2000)
    )  # fmt: skip
    return table_file(ending, f"organisations-{code}", header, told)


@require_safe
@gate("public")
def organisation(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    shown = queries.organisation_page(organisation)
    told = (shown.row, *shown.grades, *shown.departments, *shown.aliases)
    facts = queries.facts_of([row.pk for row in told])
    page: dict[str, Any] = {
        "page_frame": _frame(request),
        "shown": shown,
        "facts": facts,
        "today": timezone.localdate().isoformat(),
        "mine": facts.get(shown.row.pk, {}),
        "placed": SAID_ABOVE,
        "panels": panels(request, "directory.organisation", shown.row),
        "may_keep": request.viewer.holds("office"),
        "findings": findings_about(request.viewer, {shown.row.pk}),
        "may_decide": request.viewer.holds("office"),
    }
    return render(request, "directory/organisation.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def enter(request: MarrowRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.enter_organisation(
                kind=form.cleaned_data["kind"],
                names=form.names(),
                area=form.cleaned_data["area"],
                source=form.told_by(),
                by=request.viewer,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return redirect("directory:organisation", organisation=row.pk)
    status = 422 if form.errors else 200
    return render(request, "directory/enter.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@gate("office")
def change(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """One page for the small changes: names, a spelling, a grade, a department."""
    row = access.organisation_for(organisation)
    named = by_tongue("name", row.names)
    what = request.POST.get("what", "")
    made: dict[str, type[SourcedForm]] = {
        "names": RenameForm, "alias": AliasForm, "grade": GradeForm, "department": DepartmentForm,
    }  # fmt: skip
    forms = {
        key: make(
            request.POST if key == what else None,
            initial=named if key == "names" else None,
            auto_id=f"id_{key}_%s",
        )
        for key, make in made.items()
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    form = forms.get(what)
    if form and form.is_valid():
        if isinstance(form, ChangeForm) and form.overtaken():
            status = Overtaken.status
        else:
            try:
                _change(request, organisation, form)
            except Refused as refused:
                form.add_error(None, str(refused.message))
                status = refused.status
            else:
                return kept(request, reverse("directory:organisation", args=[organisation]))
    page = {"row": row, **{f"{key}_form": form for key, form in forms.items()}}
    return render(request, "directory/change.html", page, status=status)


def _change(request: MarrowRequest, organisation: UUID, form: SourcedForm) -> None:
    told: dict[str, Any] = {"organisation": organisation, "source": form.told_by()}
    told |= {"by": request.viewer, "at": timezone.now()}
    said = form.cleaned_data
    if isinstance(form, AliasForm):
        actions.add_alias(text=said["text"], language=said["language"], **told)
    elif isinstance(form, GradeForm):
        actions.grade_organisation(grade=said["grade"], attained_on=said["attained_on"], **told)
    elif isinstance(form, DepartmentForm):
        actions.open_department(
            kind=said["kind"], names=form.names(), started_on=said["started_on"], **told
        )
    elif isinstance(form, RenameForm):
        actions.name_organisation(names=form.names(), **told)


@require_http_methods(["GET", "POST"])
@gate("office")
def place(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Change what an organisation is and where it lies."""
    row = access.organisation_for(organisation)
    initial = {c: getattr(row, c) for c in ("kind", "place", "address", "lat", "lon")}
    initial["area"] = row.area.code if row.area else ""
    form = PlacedForm(request.POST or None, initial=initial)
    back = reverse("directory:organisation", args=[row.pk])

    def act() -> HttpResponse:
        actions.change_organisation(
            organisation=row.pk, told=form.told(), source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(_("What it is and where it lies"), back, str(row)))


@require_safe
@gate("office", "auditor")
def doubles(request: MarrowRequest) -> HttpResponse:
    here, country = asked_number(request), request.GET.get("country", "")[:20]
    countries = queries.doubles_by_country()
    chosen = [c.count for c in countries if c.code == country]
    page = {
        "pairs": queries.likely_doubles(country=country, page=here),
        "count": chosen[0] if chosen else queries.doubles_count(),
        "countries": countries,
        "country": country if chosen else "",
        "here": here,
        "may_keep": request.viewer.holds("office"),
    }
    return render(request, "directory/doubles.html", page)


def _counted_again(request: MarrowRequest) -> dict[str, object]:
    """The heading of the list of likely doubles, where the decision was made in it."""
    path, asked = asked_from(request)
    if path != reverse("directory:doubles"):
        return {}
    country = asked.get("country", "")
    chosen = [c.count for c in queries.doubles_by_country() if c.code == country]
    count = (chosen[0] if chosen else 0) if country else queries.doubles_count()
    return {"again": True, "count": count}


def _decided(request: MarrowRequest, message: str) -> HttpResponse:
    if request.htmx:
        page = {"message": message, **_counted_again(request)}
        return render(request, "directory/decided.html", page)
    messages.success(request, message)
    return redirect(
        (request.POST.get("back") == "doubles" and "directory:doubles") or "directory:directory"
    )


@require_POST
@gate("office")
def merge(request: MarrowRequest, loser: UUID, winner: UUID) -> HttpResponse:
    actions.merge_organisations(loser=loser, winner=winner, by=request.viewer, at=timezone.now())
    return _decided(
        request, _("They are one now. Nothing was rewritten: they can be parted again.")
    )


@require_POST
@gate("office")
def unmerge(request: MarrowRequest, loser: UUID) -> HttpResponse:
    actions.unmerge_organisation(loser=loser, by=request.viewer, at=timezone.now())
    return _decided(request, _("They are two again. What was changed since the merge is kept."))


@require_POST
@gate("office")
def tell_apart(request: MarrowRequest, one: UUID, other: UUID) -> HttpResponse:
    actions.tell_apart(one=one, other=other, by=request.viewer, at=timezone.now())
    return _decided(request, _("They are two. This pair is not proposed again."))
