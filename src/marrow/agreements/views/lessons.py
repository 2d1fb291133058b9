"""What everybody may read: what a service holds by and brings, lessons that others take over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.agreements import access, actions, queries
from marrow.agreements.forms import TakeForm
from marrow.programmes.access import changes, programme_for
from marrow.programmes.queries import motto_of
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _frame(request: MarrowRequest) -> str:
    return "ui/office.html" if request.viewer.signed_in else "ui/public.html"


@require_safe
@gate("public")
def service(request: MarrowRequest, key: str) -> HttpResponse:
    """What a programme holds by, what each side gains, firsts, lessons."""
    row = programme_for(key)
    gains, firsts = queries.gains_of(row), queries.firsts_of(row)
    tenets = queries.tenets_of(row)
    worded = [g for _to, found in gains for g in found]
    achieved = [f for _side, found in firsts for f in found]
    page = {
        "page_frame": _frame(request), "programme": row, "gains": gains, "firsts": firsts,
        "tenets": tenets, "motto": motto_of(row),
        "lessons": queries.lessons_of(request.viewer, row),
        "told": queries.sources_of([*worded, *achieved, *tenets]),
    }  # fmt: skip
    return render(request, "agreements/service.html", page)


@require_safe
@gate("public")
def lessons(request: MarrowRequest) -> HttpResponse:
    page = {
        "page_frame": _frame(request),
        "lessons": queries.all_lessons(request.viewer, request.GET.get("kind", "")),
    }
    return render(request, "agreements/lessons.html", page)


@require_safe
@gate("public")
def lesson(request: MarrowRequest, lesson: UUID) -> HttpResponse:
    row = access.lesson_for(request.viewer, lesson)
    reuses = queries.reuses_of(row)
    page = {
        "page_frame": _frame(request), "lesson": row, "reuses": reuses,
        "may_take": bool(queries.takers_of(request.viewer, row)),
        "sees_work": access.sees(request.viewer, row.programme),
        "may_keep": changes(request.viewer, row.programme),
        "mine": {r.pk for r in reuses if changes(request.viewer, r.programme)},
    }  # fmt: skip
    return render(request, "agreements/lesson.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def take(request: MarrowRequest, lesson: UUID) -> HttpResponse:
    """One of the office's own programmes takes it over."""
    row = access.lesson_for(request.viewer, lesson)
    takers = queries.takers_of(request.viewer, row)
    form = TakeForm(request.POST or None, takers=takers)
    back = reverse("agreements:lesson", args=[row.pk])

    def act() -> HttpResponse:
        actions.take_over(lesson=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, back)

    return keep(request, form, act, Shown(_("Take it over"), back, str(row)))
