"""What missions put on *Today*: teams of which nobody told for half a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from marrow.core.viewer import Viewer
from marrow.missions.queries import silent_missions, yearly_waiting
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def silent(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not viewer.holds("office"):
        return
    why = _("It was away when a source last told of it. Since then unknown: find out.")
    for mission in silent_missions(viewer, today):
        told = {"name": mission, "day": mission.status_as_of}
        what = _("%(name)s: no news since %(day)s.") % told
        href = reverse("missions:change", args=[mission.pk])
        yield Waiting(what=what, why=why, href=href, act=_("Say how it is"))


@hand_in
def yearly(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    for programme in yearly_waiting(viewer, today):
        told = {"name": programme, "year": today.year}
        yield Waiting(
            what=_("%(name)s: no mission of %(year)s is entered.") % told,
            why=_("It recurs every year."),
            href=reverse("missions:trip", args=[programme.key]), act=_("Enter a mission"),
        )  # fmt: skip
