"""What logbooks and firsts ask of a person: their sign-off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.core.words import semicolon
from marrow.entrusting import queries
from marrow.ui.waiting import Waiting, hand_in

NAMED = 3


@hand_in
def cases(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """One line for all cases that wait for this person."""
    if not viewer.holds("head", "member", "leader", "recipient"):
        return
    found = queries.cases_to_confirm(viewer)
    if not found:
        return
    told = ngettext(
        "%(count)s case of a logbook waits for your sign-off.",
        "%(count)s cases of logbooks wait for your sign-off.",
        len(found),
    )
    names = semicolon().join(str(row) for row in found[:NAMED])
    yield Waiting(
        what=told % {"count": len(found)}, why=names + (" …" if len(found) > NAMED else ""),
        href=reverse("entrusting:to-confirm"), act=_("Look and sign"),
    )  # fmt: skip


@hand_in
def firsts(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not viewer.holds("head", "unit"):
        return
    for row in queries.firsts_to_decide(viewer)[:NAMED]:
        yield Waiting(
            what=_("A first waits for your word: %s") % row, why=row.get_by_whom_display(),
            href=reverse("entrusting:first", args=[row.pk]), act=_("Look and sign"),
        )  # fmt: skip
