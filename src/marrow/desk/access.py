"""Who may take a change back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.core.journal.undoing import UndoPlan
from marrow.core.refusals import NotAllowed
from marrow.core.subjects import may_change_all
from marrow.core.viewer import Viewer


def may_undo(viewer: Viewer, plan: UndoPlan) -> Viewer:
    """Who may change every record that the undo would touch."""
    touched = {(r.model, r.record) for r in plan.reverts} | {*plan.removes, *plan.restores}
    if viewer.signed_in and may_change_all(viewer, touched):
        return viewer
    raise NotAllowed(_("Only who may change these records can take this change back."))
