"""Who may take a change back, and who sees the whole journal."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.journal.undoing import UndoPlan
from marrow.core.refusals import NotAllowed
from marrow.core.viewer import Viewer


def may_undo(viewer: Viewer, plan: UndoPlan, author: UUID | None) -> Viewer:
    """The person who made the change, or a programme office."""
    if viewer.signed_in and (viewer.person == author or viewer.holds("office")):
        return viewer
    raise NotAllowed(
        _("Only the person who made this change, or the programme office, can take it back.")
    )
