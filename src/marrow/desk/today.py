"""What the desk puts on *Today*: backups that nobody can rely on, jobs that were given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.backups.queries import last_drilled_at
from marrow.core.viewer import Viewer
from marrow.desk.queries import dead_jobs
from marrow.ui.waiting import Waiting, hand_in

STALE = dt.timedelta(days=8)  # a weekly drill that is a day late


@hand_in
def backups(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """For an administrator: no backup that was ever restored, or only an old one."""
    if not viewer.holds("admin"):
        return
    last = last_drilled_at(viewer)
    if last and today - last.date() <= STALE:
        return
    told = _("No backup can be relied on.")
    if last:
        told = _("The last backup that was drilled is of %(day)s.") % {"day": last.date()}
    why = _("A backup counts only once it was restored: take one, and drill it.")
    yield Waiting(what=told, why=why, href=reverse("desk:backups"))


@hand_in
def jobs(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    whole = viewer.holds("admin") or viewer.holds_everywhere("office")
    if not whole or not (count := len(dead_jobs())):
        return
    told = ngettext("%(count)s job was given up.", "%(count)s jobs were given up.", count)
    why = _("It failed five times. See why, put the cause right, and let it run again.")
    yield Waiting(what=told % {"count": count}, why=why, href=reverse("desk:jobs"))
