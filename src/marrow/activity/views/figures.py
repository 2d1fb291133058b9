"""Figures of a hospital and of a team: months × kinds, what is missing, the rows behind each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.activity import access, actions
from marrow.activity.queries import figures, naming, reports, rows
from marrow.activity.queries.figures import Of
from marrow.activity.rules.kinds import KINDS
from marrow.core.words import in_tongue
from marrow.ui.gates import gate
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest

BASES = ("REPORTED", "ADJUSTED")


def _grid(request: MarrowRequest, of: Of) -> dict[str, Any]:
    """The figures of one year, as both pages show them."""
    years = figures.years_of(of)
    year = rows.year_of(request.GET.get("year", ""), years, timezone.localdate())
    asked = request.GET.get("basis", "")
    basis = asked if asked in BASES else BASES[0]
    lines = figures.lines_of(of, year, basis)
    return {
        "years": years[:40], "year": year, "basis": basis, "lines": lines,
        "differing": [(line, month, cell) for line in lines for month, cell in line.differing],
        "contested": figures.contested_of(of, year),
        "by_group": figures.parts_of(of, year, "group", basis),
        "by_specialty": figures.parts_of(of, year, "specialty", basis),
    }  # fmt: skip


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def index(request: MarrowRequest) -> HttpResponse:
    """The hospitals of which something was told, with what is missing and what waits."""
    asked = request.GET.get("page", "")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
    found, pages = reports.places(request.viewer, timezone.localdate(), number)
    page = {
        "places": found, "number": number, "pages": pages,
        "to_review": reports.to_review(request.viewer).count(),
        "to_approve": reports.to_approve(request.viewer).count(),
        "brings_in": request.viewer.holds("office"),
        "names_words": request.viewer.holds("office"),
    }  # fmt: skip
    return render(request, "activity/index.html", page)


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def place(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.place_for(request.viewer, organisation)
    page = _grid(request, Of(organisation=row.pk))
    page |= {
        "place": row, "teams": reports.teams_at(row),
        "units": reports.units_of(page["year"], timezone.localdate(), row),
        "unnamed": figures.unnamed_of(row.pk, page["year"], page["basis"]),
        "writes": access.writes(request.viewer, row.pk, None)
        or bool(reports.missions_at(request.viewer, row)),
    }  # fmt: skip
    return render(request, "activity/place.html", page)


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def team_months(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.team_for(request.viewer, mission)
    page = _grid(request, Of(mission=row.pk))
    units = reports.units_of(page["year"], timezone.localdate(), mission=row)
    may = request.viewer.holds("member", "leader", "office")
    page |= {
        "mission": row,
        "units": units,
        "may_enter": may and access.enters(request.viewer, row),
        "hears": access.hears(request.viewer, row),
    }
    return render(request, "activity/team.html", page)


def _rows(request: MarrowRequest, of: Of, told: dict[str, Any]) -> HttpResponse:
    kind = request.GET.get("kind", "")
    years = figures.years_of(of)
    year = rows.year_of(request.GET.get("year", ""), years, timezone.localdate())
    month = rows.month_of(request.GET.get("month", ""))
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    page = {
        "kind": in_tongue(KINDS[kind]) if kind in KINDS else kind, "year": year, "month": month,
        "rows": rows.rows_of(of, kind, year, month, number), **told,
    }  # fmt: skip
    return render(request, "activity/rows.html", page)


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def place_rows(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.place_for(request.viewer, organisation)
    voids = access.writes(request.viewer, row.pk, None)
    return _rows(request, Of(organisation=row.pk), {"place": row, "voids": voids})


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def team_rows(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.team_for(request.viewer, mission)
    voids = access.records_for(request.viewer, row)
    return _rows(request, Of(mission=row.pk), {"mission": row, "voids": voids})


def _table(request: MarrowRequest, of: Of, ending: str) -> HttpResponseBase:
    years = figures.years_of(of)
    year = rows.year_of(request.GET.get("year", ""), years, timezone.localdate())
    return table_file(ending, f"activity-{year}", rows.header(), rows.table(of, year))


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def place_table(request: MarrowRequest, organisation: UUID, ending: str) -> HttpResponseBase:
    row = access.place_for(request.viewer, organisation)
    return _table(request, Of(organisation=row.pk), ending)


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def team_table(request: MarrowRequest, mission: UUID, ending: str) -> HttpResponseBase:
    row = access.team_for(request.viewer, mission)
    return _table(request, Of(mission=row.pk), ending)


@require_http_methods(["GET", "POST"])
@gate("office")
def words(request: MarrowRequest) -> HttpResponse:
    """What sources count under words of their own, and which of our kinds each is."""
    if request.method == "POST":
        for named in naming.indicators(request.viewer):
            row = named.indicator
            kind, decided = _said_of(request, row.pk)
            if kind is not None and (decided or kind != row.kind):
                _say(request, row.pk, kind)
        return redirect("activity:words")
    kinds = [(code, in_tongue(names)) for code, names in KINDS.items()]
    page = {"rows": naming.indicators(request.viewer), "kinds": kinds}
    return render(request, "activity/words.html", page)


def _said_of(request: MarrowRequest, indicator: UUID) -> tuple[str | None, bool]:
    """The kind that was told of these words, and whether by the button beside what is asked."""
    pressed, _sign, kind = request.POST.get("decide", "").partition(" ")
    if pressed == str(indicator):
        return kind, True
    return request.POST.get(f"kind-{indicator}"), False


def _say(request: MarrowRequest, indicator: UUID, kind: str) -> None:
    row = actions.say_what_it_is(
        indicator=indicator, kind=kind, by=request.viewer, at=timezone.now()
    )
    if row.asked_by:
        why = _("It is asked for: a second person of an office confirms it here.")
        messages.info(request, f"{naming.told_of_months(row)} {why}")
