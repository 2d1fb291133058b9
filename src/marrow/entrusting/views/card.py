"""The rows behind a counted figure of a target card."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marrow.agreements.access import work_for
from marrow.core.refusals import Unseen
from marrow.entrusting import queries
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office", "recipient", "head", "auditor")
def rows(request: MarrowRequest, key: str, figure: str) -> HttpResponse:
    """Each row that a figure counts, with hospital and day; of one partnership where named."""
    programme = work_for(request.viewer, key)
    if figure not in queries.FIGURES:
        raise Unseen(_("There is no such page."))
    chosen = request.GET.get("partnership", "")
    page = {
        "programme": programme, "figure": figure,
        "rows": queries.rows_of(request.viewer, programme, figure, chosen),
    }  # fmt: skip
    return render(request, "entrusting/card.html", page)
