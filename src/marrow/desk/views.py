"""Today, the history of a record, the journal, and taking a change back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.core.journal.undoing import undo
from marrow.core.subjects import SUBJECTS, record_for
from marrow.desk import access, queries
from marrow.sources.queries import open_work, work_count
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("signed-in")
def today(request: MarrowRequest) -> HttpResponse:
    work = open_work(request.viewer)
    waiting = queries.waiting(request.viewer)
    page = {
        "work": work,
        "waiting": waiting,
        "count": work_count(request.viewer) + len(waiting),
        "day": timezone.localdate(),
    }
    return render(request, "desk/today.html", page)


@require_safe
@gate("signed-in")
def history(request: MarrowRequest, model: str, record: UUID) -> HttpResponse:
    row = record_for(request.viewer, model, record)
    page = {
        "row": row,
        "subject": SUBJECTS[model],
        "href": SUBJECTS[model].address(row),
        "told": queries.history(model, record),
    }
    return render(request, "desk/history.html", page)


@require_safe
@gate("office", "auditor", "admin")
def journal(request: MarrowRequest) -> HttpResponse:
    start = request.GET.get("before", "")
    told, older = queries.journal_page(before=int(start) if start.isdigit() else None)
    return render(request, "desk/journal.html", {"told": told, "older": older})


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def take_back(request: MarrowRequest, act: UUID) -> HttpResponse:
    shown = queries.undo_shown(act)
    access.may_undo(request.viewer, shown.plan, shown.author)
    if request.method == "POST" and shown.plan.possible:
        note = request.POST.get("note", "")[:300]
        undo(act=act, by=request.viewer, at=timezone.now(), note=note)
        messages.success(request, _("The change was taken back. The history keeps both."))
        return redirect("desk:today")
    status = 409 if request.method == "POST" else 200
    return render(request, "desk/undo.html", {"shown": shown}, status=status)
