"""Correcting an entry of agreement work on a form of its own, and taking it back with a reason."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from marrow.agreements import access, actions, queries
from marrow.agreements.forms import FORMS, WhyForm, begun_with, change_of
from marrow.agreements.views.work import to_work
from marrow.core.refusals import Unseen
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _entry(request: MarrowRequest, part: str, entry: UUID) -> queries.Entry:
    if part not in FORMS:
        raise Unseen(_("There is no such page."))
    return access.entry_to_keep(request.viewer, queries.ENTRIES[part], entry)


def _back(row: queries.Entry, part: str, *, gone: bool = False) -> str:
    """Where an entry stands, or stood."""
    if part == "task" or (part == "sheet" and not gone):
        return reverse("agreements:sheet", args=[getattr(row, "sheet_id", row.pk)])
    if part == "taken" or (part == "lesson" and not gone):
        return reverse("agreements:lesson", args=[getattr(row, "lesson_id", row.pk)])
    return f"{to_work(access.owner_of(row).key)}#{part}"


@require_http_methods(["GET", "POST"])
@gate("office")
def change(request: MarrowRequest, entry_kind: str, entry: UUID) -> HttpResponse:
    row, kind = _entry(request, entry_kind, entry), FORMS[entry_kind]
    form = change_of(kind)(
        request.POST or None, programme=access.owner_of(row), initial=begun_with(row, kind)
    )

    def act() -> HttpResponse:
        actions.mend_entry(
            model=type(row), entry=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, _back(row, entry_kind))

    title = pgettext("an entry of agreement work", "Correct the entry")
    return keep(request, form, act, Shown(title, _back(row, entry_kind), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def take_back(request: MarrowRequest, entry_kind: str, entry: UUID) -> HttpResponse:
    row = _entry(request, entry_kind, entry)
    form = WhyForm(request.POST or None)

    def act() -> HttpResponse:
        actions.take_back_entry(
            model=type(row), entry=row.pk, by=request.viewer, at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return kept(request, _back(row, entry_kind, gone=True))

    title = pgettext("an entry of agreement work", "Take the entry back")
    lede = _("It leaves every page. The history keeps what it said, and why it was taken back.")
    return keep(request, form, act, Shown(title, _back(row, entry_kind), str(row), lede, title))
