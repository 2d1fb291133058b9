"""The health check of a partnership: both sides side by side, and each one's own form."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.agreements import access, actions, queries
from marrow.agreements.forms import SIDES, CheckForm
from marrow.agreements.views.work import READERS
from marrow.core.refusals import Unseen
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate(*READERS)
def health(request: MarrowRequest, partnership: UUID) -> HttpResponse:
    row = access.partnership_for(request.viewer, partnership)
    year = timezone.localdate().year
    given = queries.gave(row, year)
    mine = [s for s in access.sides_of(request.viewer, row) if s not in given]
    page = {
        "partnership": row, "years": queries.years_of(row), "year": year,
        "to_give": [(side, SIDES[side]) for side in mine],
        "sees_work": access.sees(request.viewer, row.programme),
    }  # fmt: skip
    return render(request, "agreements/health.html", page)


@require_http_methods(["GET", "POST"])
@gate("office", "recipient")
def check(request: MarrowRequest, partnership: UUID, side: str) -> HttpResponse:
    """One side gives its health check of this year."""
    row = access.partnership_for(request.viewer, partnership)
    if side not in SIDES:
        raise Unseen(_("There is no such page."))
    access.may_check(request.viewer, row, side)
    form = CheckForm(request.POST or None)
    back = reverse("agreements:health", args=[row.pk])

    def act() -> HttpResponse:
        actions.give_check(
            partnership=row.pk, side=side, language=form.cleaned_data["language"],
            marks=form.marks(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    lede = _(
        "Nobody sees it before the other side has given its own. Once given, it is not taken back."
    )
    title = _("Health check %(year)s: %(side)s") % {
        "year": timezone.localdate().year, "side": SIDES[side],
    }  # fmt: skip
    return keep(request, form, act, Shown(title, back, str(row), lede, _("Give it")))
