"""What hospitals ask for and what is broken there: the office's list, and the hospital's forms."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.hospitals import access, actions, queries
from marrow.hospitals.forms import AnswerForm, AskForm, BrokenForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _home(organisation: UUID) -> str:
    return reverse("desk:hospital", args=[organisation])


@require_safe
@gate("office", "auditor")
def asked(request: MarrowRequest) -> HttpResponse:
    """All that hospitals asked for, and what is broken there."""
    page = {
        "asked": queries.asked(request.viewer), "broken": queries.broken(request.viewer),
        "answers": request.viewer.holds("office"),
    }  # fmt: skip
    return render(request, "hospitals/asked.html", page)


@require_http_methods(["GET", "POST"])
@gate("recipient", "head")
def ask(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_ask_for(request.viewer, organisation)
    form = AskForm(request.POST or None)

    def act() -> HttpResponse:
        actions.ask_for(
            organisation=row.pk, request=form.request(), by=request.viewer, at=timezone.now()
        )
        return kept(request, _home(row.pk))

    lede = _("The programme office reads it and answers here.")
    return keep(request, form, act, Shown(_("Ask for something"), _home(row.pk), str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("recipient", "head")
def broken(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_report_for(request.viewer, organisation)
    form = BrokenForm(request.POST or None, hospital=row)

    def act() -> HttpResponse:
        actions.report_broken(
            organisation=row.pk, report=form.report(), machine=form.machine(),
            since=form.cleaned_data["broken_since"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _home(row.pk))

    lede = _("What needs it counts as not ready until it works again.")
    shown = Shown(_("Tell of broken equipment"), _home(row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def answer(request: MarrowRequest, request_id: UUID) -> HttpResponse:
    row = access.request_to_answer(request.viewer, request_id)
    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    back = reverse("hospitals:asked")

    def act() -> HttpResponse:
        actions.answer_request(
            request=row.pk, answer=form.cleaned_data["answer"], by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    shown = Shown(_("Answer the hospital"), back, _("What hospitals ask for"), row.said("text"))
    return keep(request, form, act, shown)


@require_POST
@gate("recipient")
def close(request: MarrowRequest, request_id: UUID) -> HttpResponse:
    row = access.request_to_close(request.viewer, request_id)
    actions.close_request(request=row.pk, by=request.viewer, at=timezone.now())
    return kept(request, _home(row.organisation_id))
