"""The ten roles in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marrow.core.viewer import Viewer
from marrow.core.words import listing

ROLE_NAMES = {
    "public": _("public"),
    "member": _("team member"),
    "leader": _("team leader"),
    "recipient": _("recipient hospital"),
    "head": _("department head"),
    "specialist": _("remote specialist"),
    "unit": _("sending unit"),
    "office": _("programme office"),
    "auditor": _("auditor"),
    "admin": _("administrator"),
}


def role_names(viewer: Viewer) -> str:
    """The viewer's roles, each once, in words."""
    held = dict.fromkeys(g.role for g in viewer.grants)
    return listing().join(str(ROLE_NAMES[role]) for role in held)
