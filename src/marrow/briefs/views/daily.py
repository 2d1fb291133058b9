"""The daily report of the WHO's minimum data set, out of the day's records."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marrow.briefs import access, papers
from marrow.briefs.queries import daily as queries
from marrow.briefs.queries.operating import places_of
from marrow.briefs.rules import mds
from marrow.core.words import in_tongue
from marrow.ui.gates import gate
from marrow.ui.papers.books import pdf_file
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _asked(request: MarrowRequest, mission: UUID) -> queries.Sheet:
    """The sheet of the day and place in the address; else today's, of all places."""
    row = access.team_for(request.viewer, mission)
    try:
        day = dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = timezone.localdate()
    wanted = request.GET.get("place", "")
    place = next((p for p in places_of(row) if str(p.pk) == wanted), None)
    return queries.sheet_of(row, place, day)


@require_safe
@gate("signed-in")
def daily(request: MarrowRequest, mission: UUID) -> HttpResponse:
    sheet = _asked(request, mission)
    page = {
        "mission": sheet.mission, "sheet": sheet, "places": places_of(sheet.mission),
        "groups": [
            (
                in_tongue(mds.GROUPS[group]), any(r.code in mds.HALVED for r in rows),
                [(r, in_tongue(r.words)) for r in rows],
            )
            for group, rows in sheet.by_group()
        ],
        "before": sheet.day - dt.timedelta(days=1), "after": sheet.day + dt.timedelta(days=1),
    }  # fmt: skip
    return render(request, "briefs/daily.html", page)


@require_safe
@gate("signed-in")
def daily_file(request: MarrowRequest, mission: UUID, ending: str) -> HttpResponseBase:
    """The sheet as CSV, XLSX or PDF, without what goes by a restricted pathway."""
    sheet = _asked(request, mission)
    name = f"daily-{sheet.day.isoformat()}"
    if ending == "pdf":
        return pdf_file(papers.daily_pdf(sheet), name)
    return table_file(ending, name, queries.header(), queries.table(sheet))
