"""Where a fact comes from, the documents, the doubts, and files on their way in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marrow.core.refusals import Refused
from marrow.sources import access, actions, queries
from marrow.sources.waiting import BY_ITS_ROOM
from marrow.ui.gates import gate
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest, asked_from, asked_number


def _frame(request: MarrowRequest) -> str:
    return "ui/office.html" if request.viewer.signed_in else "ui/public.html"


@require_safe
@gate("public")
def told(request: MarrowRequest, about: UUID, field: str) -> HttpResponse:
    """Every telling of one field of one record: words, document, date read."""
    page = queries.told_page(request.viewer, about, field)
    return render(request, "sources/told.html", {"page_frame": _frame(request), **page})


@require_POST
@gate("office")
def strike(request: MarrowRequest, fact: UUID) -> HttpResponse:
    """Strike out one telling that is wrong; the page of its field comes back."""
    reason = request.POST.get("reason", "")
    row = actions.strike_fact(fact=fact, reason=reason, by=request.viewer, at=timezone.now())
    messages.success(request, _("Struck out. Its words stay here, and its history says why."))
    return redirect("sources:told", row.about, row.field)


@require_safe
@gate("public")
def documents(request: MarrowRequest) -> HttpResponse:
    page = {"page_frame": _frame(request), "documents": queries.documents()}
    return render(request, "sources/documents.html", page)


@require_safe
@gate("office", "unit", "head", "recipient", "leader", "member")
def pick(request: MarrowRequest) -> HttpResponse:
    """Titles to choose from, while one is typed."""
    typed = request.GET.get(request.GET.get("field", ""), "")[:80]
    titles = queries.document_titles(request.viewer, typed) if typed.strip() else []
    return render(request, "ui/options.html", {"options": titles})


@require_safe
@gate("public")
def document(request: MarrowRequest, document: UUID) -> HttpResponse:
    page = queries.document_page(request.viewer, document, asked_number(request))
    return render(request, "sources/document.html", {"page_frame": _frame(request), **page})


@require_safe
@gate("office", "auditor")
def findings(request: MarrowRequest) -> HttpResponse:
    state = request.GET.get("state", "OPEN")
    code = request.GET.get("code", "")
    here = asked_number(request)
    count = queries.findings_count(request.viewer, state=state, code=code)
    page = {
        "findings": queries.findings(request.viewer, state=state, code=code, page=here),
        "codes": queries.code_lines(request.viewer, state),
        "count": count,
        "state": state,
        "code": code,
        "here": here,
        "more": here * queries.PAGE < count,
        "may_decide": request.viewer.holds("office"),
    }
    return render(request, "sources/findings.html", page)


@require_safe
@gate("office", "auditor")
def findings_table(request: MarrowRequest, ending: str) -> HttpResponseBase:
    """The findings of a state as a file."""
    header = [_("Finding"), _("About"), _("State"), _("Words"), _("Document"), _("Reason")]
    state, code = request.GET.get("state", "OPEN"), request.GET.get("code", "")
    rows = queries.finding_rows(request.viewer, state, code)
    return table_file(ending, "findings", header, rows)


@require_POST
@gate("office")
def decide(request: MarrowRequest, finding: UUID, decision: str) -> HttpResponse:
    """Accept or dismiss with one click; htmx swaps the card, without it the list comes back."""
    act = actions.accept_finding if decision == "accept" else actions.dismiss_finding
    status, refusal = 200, ""
    try:
        act(
            finding=finding,
            by=request.viewer,
            at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        if refused.status != Refused.status or not request.htmx:
            raise
        status, refusal = refused.status, str(refused.message)
    if request.htmx:
        page = {
            "f": queries.finding_for(request.viewer, finding),
            "refusal": refusal,
            "may_decide": True,
            "open_count": queries.findings_count(request.viewer),
            **_counted_again(request),
        }
        return render(request, "sources/decided.html", page, status=status)
    messages.success(request, _("Decided. The history of the finding keeps who and when."))
    return redirect("sources:findings")


def _counted_again(request: MarrowRequest) -> dict[str, object]:
    """The heading of the list of findings, where the decision was made in it."""
    path, asked = asked_from(request)
    if path != reverse("sources:findings"):
        return {}
    state, code = asked.get("state", "OPEN"), asked.get("code", "")
    count = queries.findings_count(request.viewer, state=state, code=code)
    codes = queries.code_lines(request.viewer, state)
    return {"again": True, "state": state, "code": code, "count": count, "codes": codes}


@require_safe
@gate("signed-in")
def work(request: MarrowRequest, item: UUID) -> HttpResponse:
    """One work item: what waits, where to act on it, and the button that says it is done."""
    row = access.work_item_for(request.viewer, item)
    if row.code in BY_ITS_ROOM:
        return redirect(queries.work_shown(row).href)
    page = {"row": row, "work": queries.work_shown(row), "day": timezone.localdate()}
    return render(request, "sources/work.html", page)


@require_POST
@gate("signed-in")
def finish(request: MarrowRequest, item: UUID) -> HttpResponse:
    actions.finish_work(item=item, by=request.viewer, at=timezone.now())
    messages.success(request, _("Done. It waits for nobody any more."))
    return redirect("desk:today")
