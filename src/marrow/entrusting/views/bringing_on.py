"""How a hospital's people were brought on: pairs, studies, bases, what went down a level."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.entrusting import access, actions, queries
from marrow.entrusting.forms import (
    BaseForm,
    ChannelForm,
    EndBaseForm,
    EndPairForm,
    EndStudyForm,
    HandDownForm,
    PairForm,
    StudyForm,
    TalentForm,
)
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _home(organisation: UUID) -> str:
    return reverse("entrusting:brought-on", args=[organisation])


def _kept(
    request: MarrowRequest, form: Form, act: Callable[[], object], *, home: str, title: str,
    back: str, lede: str = "",
) -> HttpResponse:  # fmt: skip
    def done() -> HttpResponse:
        act()
        return kept(request, home)

    return keep(request, form, done, Shown(title, home, back, lede))


@require_safe
@gate(*access.READERS)
def brought_on(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Apprentices, those who studied away, bases, what came down and what went down."""
    row = access.hospital_for(request.viewer, organisation)
    page = {
        "hospital": row, "found": queries.brought_on_at(row),
        "may_keep": access.keeps(request.viewer, row.pk),
    }  # fmt: skip
    return render(request, "entrusting/brought_on.html", page)


@require_safe
@gate("unit", *access.READERS)
def hosted(request: MarrowRequest) -> HttpResponse:
    """Who came to learn in another house, by the house that took them in."""
    page = {"houses": queries.hosted_for(request.viewer)}
    return render(request, "entrusting/hosted.html", page)


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def pair(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_keep(request.viewer, organisation)
    form = PairForm(request.POST or None, hospital=row, today=timezone.localdate())
    return _kept(
        request, form,
        lambda: actions.pair_up(
            organisation=row.pk, pair=form.pair(), items=form.cleaned_data["items"],
            agreement=form.agreement(), by=request.viewer, at=timezone.now(),
        ),
        home=_home(row.pk), title=_("Pair a teacher with an apprentice"), back=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def end_pair(request: MarrowRequest, pair_of_two: UUID) -> HttpResponse:
    row = access.pair_to_keep(request.viewer, pair_of_two)
    form = EndPairForm(request.POST or None, initial={"on": timezone.localdate()})
    return _kept(
        request, form,
        lambda: actions.end_pair(
            pair=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        ),
        home=_home(row.organisation_id), title=_("What came of it"), back=str(row.organisation),
        lede=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def study(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_keep(request.viewer, organisation)
    form = StudyForm(request.POST or None, hospital=row, today=timezone.localdate())
    return _kept(
        request, form,
        lambda: actions.send_to_study(
            organisation=row.pk, study=form.study(), by=request.viewer, at=timezone.now()
        ),
        home=_home(row.pk), title=_("Somebody goes to study"), back=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def end_study(request: MarrowRequest, study: UUID) -> HttpResponse:
    row = access.study_to_keep(request.viewer, study)
    begun = {"state": row.state, "on": row.ended_on, "now_does": row.now_does}
    form = EndStudyForm(request.POST or None, initial=begun)
    return _kept(
        request, form,
        lambda: actions.end_study(
            study=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        ),
        home=_home(row.organisation_id), title=_("What came of the study"),
        back=str(row.organisation), lede=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def talent(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_keep(request.viewer, organisation)
    form = TalentForm(request.POST or None, hospital=row, today=timezone.localdate())
    return _kept(
        request, form,
        lambda: actions.name_talent(
            organisation=row.pk, talent=form.talent(), by=request.viewer, at=timezone.now()
        ),
        home=_home(row.pk), title=_("Record somebody’s grade"), back=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def base(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_keep(request.viewer, organisation)
    form = BaseForm(request.POST or None)
    return _kept(
        request, form,
        lambda: actions.name_base(
            organisation=row.pk, base=form.base(), by=request.viewer, at=timezone.now()
        ),
        home=_home(row.pk), title=_("Record a training base"), back=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def end_base(request: MarrowRequest, base: UUID) -> HttpResponse:
    row = access.base_to_keep(request.viewer, base)
    form = EndBaseForm(request.POST or None)
    return _kept(
        request, form,
        lambda: actions.end_base(
            base=row.pk, on=form.cleaned_data["on"], by=request.viewer, at=timezone.now()
        ),
        home=_home(row.organisation_id), title=_("A training base ends"),
        back=str(row.organisation), lede=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def channel(request: MarrowRequest, base: UUID) -> HttpResponse:
    row = access.base_to_keep(request.viewer, base)
    form = ChannelForm(request.POST or None)
    return _kept(
        request, form,
        lambda: actions.open_channel(
            base=row.pk, channel=form.channel(), by=request.viewer, at=timezone.now()
        ),
        home=_home(row.organisation_id), title=_("Open a green channel"),
        back=str(row.organisation), lede=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def close_channel(request: MarrowRequest, channel: UUID) -> HttpResponse:
    row = access.channel_to_keep(request.viewer, channel)
    form = EndBaseForm(request.POST or None)
    return _kept(
        request, form,
        lambda: actions.close_channel(
            channel=row.pk, on=form.cleaned_data["on"], by=request.viewer, at=timezone.now()
        ),
        home=_home(row.base.organisation_id), title=_("A green channel closes"),
        back=str(row.base.organisation), lede=str(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def hand_down(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_keep(request.viewer, organisation)
    form = HandDownForm(request.POST or None, hospital=row, today=timezone.localdate())
    return _kept(
        request, form,
        lambda: actions.hand_down(
            organisation=row.pk, taker=form.cleaned_data["taker"], down=form.down(),
            by=request.viewer, at=timezone.now(),
        ),
        home=_home(row.pk), title=_("Record what was handed down"), back=str(row),
    )  # fmt: skip
