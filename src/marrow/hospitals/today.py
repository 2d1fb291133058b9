"""What hospitals put on *Today*: requests that wait for the office, answers for the hospital."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.hospitals import queries
from marrow.ui.waiting import Waiting, hand_in

NAMED = 4  # requests that have a line each; the rest are counted


@hand_in
def to_answer(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    found = queries.waiting_for_answer(viewer)
    for row in found[:NAMED]:
        yield Waiting(
            what=_("%(hospital)s asks: %(what)s") % {"hospital": row.organisation, "what": row},
            why=_("Nobody has answered yet."), by=row.needed_by, act=_("Answer"),
            href=reverse("hospitals:answer", args=[row.pk]),
        )  # fmt: skip
    if (more := len(found) - NAMED) > 0:
        told = ngettext("%(count)s more request waits.", "%(count)s more requests wait.", more)
        yield Waiting(
            what=told % {"count": more}, why=_("Of the hospitals where your teams serve."),
            href=reverse("hospitals:asked"),
        )  # fmt: skip


@hand_in
def answers(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    for row in queries.answered_to(viewer):
        page = reverse("desk:hospital", args=[row.organisation_id])
        yield Waiting(
            what=_("Your request is answered: %s") % row, why=row.said("answer")[:200],
            href=f"{page}#asked", act=_("Read and close"),
        )  # fmt: skip
