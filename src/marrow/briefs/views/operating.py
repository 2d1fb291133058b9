"""A mission's operating list: its page, its lines, its checks, its papers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.briefs import access, actions, papers
from marrow.briefs.forms import CheckForm, OperatedForm, ScreenedForm
from marrow.briefs.queries import operating as queries
from marrow.briefs.rules.operating import DUE
from marrow.core.refusals import Unseen
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.books import pdf_file
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _home(mission: UUID) -> str:
    return reverse("briefs:list", args=[mission])


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def operating(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """The list with its figures; `show` leaves the rows behind one of them."""
    viewer, today = request.viewer, timezone.localdate()
    row = access.list_for(viewer, mission)
    lines = queries.lines(row, today)
    show = request.GET.get("show", "")
    page = {
        "mission": row, "rates": queries.rates_of(lines, today), "show": show,
        "late": sum(line.late for line in lines), "all": len(lines),
        "lines": queries.only(lines, show, today)[:400],
        "may_list": access.lists(viewer, row), "may_check": access.checks(viewer, row),
    }  # fmt: skip
    return render(request, "briefs/list.html", page)


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def list_file(request: MarrowRequest, mission: UUID, ending: str) -> HttpResponseBase:
    row, today = access.list_for(request.viewer, mission), timezone.localdate()
    if ending == "pdf":
        return pdf_file(papers.list_pdf(row, today), "operating-list")
    rows = queries.table(queries.lines(row, today))
    return table_file(ending, "operating-list", queries.header(), rows)


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "office")
def put(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_list(request.viewer, mission)
    form = ScreenedForm(
        request.POST or None, places=queries.places_of(row),
        initial={"screened_on": timezone.localdate()},
    )  # fmt: skip

    def act() -> HttpResponse:
        actions.put_on_list(
            mission=row.pk, organisation=form.cleaned_data["organisation"],
            screened=form.screened(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _home(row.pk))

    lede = _(
        "The next number is given here. Write it on the patient’s own card: no name stands here."
    )
    shown = Shown(_("Put a patient on the list"), _home(row.pk), _("Operating list"), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "office")
def operated(request: MarrowRequest, screened: UUID) -> HttpResponse:
    row = access.screened_to_list(request.viewer, screened)
    form = OperatedForm(
        request.POST or None, recorded=queries.recorded_for(row),
        initial={"held_on": timezone.localdate()},
    )  # fmt: skip

    def act() -> HttpResponse:
        actions.operate_on(
            screened=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _home(row.mission_id))

    lede = _("It becomes a record of what the team did, or is the one that stands there already.")
    title = pgettext("operating list", "%s: operated") % row
    shown = Shown(title, _home(row.mission_id), _("Operating list"), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "recipient", "head", "office")
def check(request: MarrowRequest, screened: UUID, check: str) -> HttpResponse:
    """How somebody was on day 1 or in week 6."""
    row = access.screened_to_check(request.viewer, screened)
    if check not in DUE:
        raise Unseen(_("There is no such page."))
    form = CheckForm(request.POST or None, initial={"on": timezone.localdate()})

    def act() -> HttpResponse:
        actions.tell_check(
            screened=row.pk, check=check, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _home(row.mission_id))

    words = {
        "DAY_1": pgettext("operating list", "%s: seen on day 1"),
        "WEEK_6": pgettext("operating list", "%s: seen in week 6"),
    }
    lede = _("The outcome stands in the record of the operation too.")
    shown = Shown(words[check] % row, _home(row.mission_id), _("Operating list"), lede)
    return keep(request, form, act, shown)


@require_POST
@gate("member", "leader", "office")
def void(request: MarrowRequest, screened: UUID) -> HttpResponse:
    row = actions.void_screened(
        screened=screened, reason=request.POST.get("reason", ""), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return kept(request, _home(row.mission_id))
