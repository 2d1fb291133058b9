"""Bringing a file in: send it, say which column is which, look, start, watch, cancel."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.sources import access, actions
from marrow.sources.intake import queries
from marrow.sources.intake.kinds import KINDS
from marrow.ui.gates import gate
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate("office", "unit", "recipient")
def imports(request: MarrowRequest) -> HttpResponse:
    """The files that were sent, and a form for the next."""
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            error = _("Choose a file.")
        else:
            try:
                row = actions.receive_file(
                    kind=request.POST.get("kind", ""),
                    name=file.name or "",
                    parts=file.chunks(),
                    by=request.viewer,
                    at=timezone.now(),
                )
            except Refused as refused:
                if refused.status != Refused.status:
                    raise
                error = str(refused.message)
            else:
                return redirect("sources:intake", intake=row.pk)
    page = {
        "intakes": [(row, queries.state_of(row)) for row in queries.intakes(request.viewer)],
        "kinds": [k for k in KINDS.values() if access.brings_in(request.viewer, k)],
        "chosen": request.POST.get("kind", request.GET.get("kind", "")),
        "error": error,
    }
    return render(request, "sources/imports.html", page, status=422 if error else 200)


@require_safe
@gate("office", "unit", "recipient")
def intake(request: MarrowRequest, intake: UUID) -> HttpResponse:
    """One file, at whatever step it is."""
    shown = queries.intake_page(request.viewer, intake)
    page: dict[str, object] = {
        "shown": shown, "row": shown.row, "state": queries.state_of(shown.row),
        "may_decide": request.viewer.holds("office"),
    }  # fmt: skip
    if shown.row.state == "PREVIEWED":
        try:
            found = queries.preview_of(request.viewer, shown)
        except Refused as refused:
            page["error"] = str(refused.message)
        else:
            page |= {
                "preview": found,
                "previewed": queries.PREVIEWED if found.cut else 0,
                "counts": queries.counted_of(shown.kind, found.counts, found.problems),
                "nothing": bool(shown.kind.writes)
                and not found.cut
                and not any(found.counts.get(code) for code in shown.kind.writes),
                "problems": queries.said(shown.kind.problems, found.problems),
                "lines": queries.said_lines(shown.kind, found),
            }
    name = "sources/intake.html#progress" if request.htmx else "sources/intake.html"
    return render(request, name, page)


@require_safe
@gate("office", "unit", "recipient")
def problem_table(request: MarrowRequest, intake: UUID, ending: str) -> HttpResponseBase:
    """The rows that were not taken, and why, as a file to mend them by."""
    rows = queries.problem_rows(request.viewer, intake)
    return table_file(ending, "rows-not-taken", [_("Row"), _("Why")], rows)


@require_POST
@gate("office", "unit", "recipient")
def map_columns(request: MarrowRequest, intake: UUID) -> HttpResponse:
    shown = queries.intake_page(request.viewer, intake)
    mapping = {
        column.code: request.POST.get(f"column-{column.code}", "")
        for column, *_chosen in shown.columns
    }
    mapping |= {
        column.said: request.POST.get(f"all-{column.code}", "")
        for column, *_chosen in shown.columns
        if column.for_all
    }
    try:
        actions.map_columns(
            intake=intake,
            mapping=mapping,
            title=request.POST.get("title", ""),
            publisher=request.POST.get("publisher", ""),
            by=request.viewer,
        )
    except (NotAllowed, Unseen):
        raise
    except Refused as refused:
        page = {"shown": shown, "row": shown.row, "error": str(refused.message)}
        return render(request, "sources/intake.html", page, status=422)
    return redirect("sources:intake", intake=intake)


@require_POST
@gate("office", "unit", "recipient")
def start(request: MarrowRequest, intake: UUID) -> HttpResponse:
    actions.start_intake(intake=intake, by=request.viewer, at=timezone.now())
    return redirect("sources:intake", intake=intake)


@require_POST
@gate("office", "unit", "recipient")
def cancel(request: MarrowRequest, intake: UUID) -> HttpResponse:
    actions.cancel_intake(intake=intake, by=request.viewer, at=timezone.now())
    return redirect("sources:intake", intake=intake)
