"""Months' briefs: of all teams, of one team, one brief, its paper."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.briefs import access, actions, papers
from marrow.briefs.forms import BriefForm
from marrow.briefs.queries import briefing
from marrow.core.refusals import Unseen
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.books import pdf_file
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office", "leader", "member", "auditor")
def index(request: MarrowRequest) -> HttpResponse:
    """The teams on post by month: which briefs are there, which are waited for."""
    teams = briefing.teams(request.viewer, timezone.localdate())[:60]
    return render(request, "briefs/index.html", {"teams": teams})


@require_safe
@gate("signed-in")
def team(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.team_for(request.viewer, mission)
    page = {
        "mission": row, "months": briefing.months(request.viewer, row, timezone.localdate()),
        "may_write": access.writes(request.viewer, row),
    }  # fmt: skip
    return render(request, "briefs/team.html", page)


def _month(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Unseen(_("There is no such page.")) from None


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def write(request: MarrowRequest, mission: UUID, month: str) -> HttpResponse:
    """The leader's own words, and up to three photographs; the figures stand by themselves."""
    row, first = access.team_to_brief(request.viewer, mission), _month(month)
    months = briefing.months(request.viewer, row, timezone.localdate())
    found = next((m for m in months if m.month == first), None)
    if found is None:
        raise Unseen(_("The team was not on post in this month."))
    held = found.brief
    shown = [str(p.pk) for p in briefing.chosen(held)] if held else []
    form = BriefForm(
        request.POST or None, texts=held.texts if held else {}, initial={"pictures": shown},
        photographs=briefing.photographs(row, first), lines=briefing.lines_now(row, first),
    )  # fmt: skip

    def act() -> HttpResponse:
        made = actions.write_brief(
            mission=row.pk, month=first, texts=form.texts(),
            pictures=form.cleaned_data.get("pictures", ()), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, reverse("briefs:brief", args=[made.pk]))

    back = reverse("briefs:team", args=[row.pk])
    lede = _(
        "What mattered, what is hard, what you need. Write in one language or in several: each"
        " paper takes its own. No patient’s name."
    )
    title = _("Monthly brief %s") % month
    shown_as = Shown(title, back, str(row), lede, template="briefs/write.html")
    return keep(request, form, act, shown_as)


@require_safe
@gate("signed-in")
def brief(request: MarrowRequest, brief: UUID) -> HttpResponse:
    row = access.brief_for(request.viewer, brief)
    names = dict(settings.LANGUAGES)
    page = {
        "brief": row, "mission": row.mission, "shown": briefing.shown(row),
        "texts": [(code, names.get(code, code), text) for code, text in row.texts.items()],
        "may_write": access.writes(request.viewer, row.mission), "languages": settings.LANGUAGES,
    }  # fmt: skip
    return render(request, "briefs/brief.html", page)


@require_POST
@gate("signed-in")
def send(request: MarrowRequest, brief: UUID) -> HttpResponse:
    row = actions.send_brief(brief=brief, by=request.viewer, at=timezone.now())
    messages.success(request, _("Sent. It stays as it is now."))
    return redirect("briefs:brief", brief=row.pk)


@require_safe
@gate("signed-in")
def paper(request: MarrowRequest, brief: UUID, language: str) -> HttpResponse:
    """The brief as PDF, in one of the languages."""
    row = access.brief_for(request.viewer, brief)
    if language not in dict(settings.LANGUAGES):
        raise Unseen(_("There is no such page."))
    return pdf_file(papers.brief_pdf(row, language), f"brief-{row}-{language}")
