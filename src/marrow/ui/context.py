"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from marrow.core.viewer import PUBLIC
from marrow.ui.rail import rail
from marrow.ui.roles import role_names
from marrow.ui.slips.unsent import box


def frame(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the rail and the languages; the rail is worked out only where it is drawn."""
    viewer = getattr(request, "viewer", PUBLIC)
    return {
        "viewer": viewer,
        "viewer_roles": role_names(viewer),
        "viewer_role_codes": {g.role for g in viewer.grants},
        "rail": SimpleLazyObject(lambda: rail(viewer, request.path)),
        "unsent": SimpleLazyObject(lambda: box(request)),
        "demo_mode": settings.DEMO,
        "tongues": settings.LANGUAGES,
    }
