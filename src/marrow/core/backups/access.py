"""Who takes, drills and reads of backups."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed
from marrow.core.viewer import Viewer


def may_keep_backups(viewer: Viewer) -> Viewer:
    if viewer.holds("admin"):
        return viewer
    raise NotAllowed(_("Only an administrator looks after backups."))
