"""Who may open accounts and give roles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed
from marrow.core.viewer import Viewer


def may_manage_accounts(viewer: Viewer) -> Viewer:
    if viewer.holds("admin"):
        return viewer
    raise NotAllowed(_("Only an administrator opens accounts and gives roles."))
