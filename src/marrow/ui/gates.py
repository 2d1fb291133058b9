"""The lock on each door: which roles may knock. What they may do behind it, actions prove."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed
from marrow.core.viewer import PUBLIC, ROLES
from marrow.ui.slips.late import late, to_sign_in
from marrow.ui.slips.once import once

View = Callable[..., HttpResponseBase]
ANYBODY = "public"
SIGNED_IN = "signed-in"


def gate(*roles: str) -> Callable[[View], View]:
    """Open the view to these roles: `public` is everybody, `signed-in` everybody with an account.

    A stranger who asks for a page is sent to sign in, and what they sent is kept for its writer; a
    colleague without the role is refused (403). A form that is sent twice is done once. The names
    stay on the view as `.gate`, where the door test finds them.
    """
    unknown = set(roles) - set(ROLES) - {SIGNED_IN}
    if unknown or not roles:
        raise ValueError(f"A gate needs known roles, not {sorted(unknown)}.")

    def lock(view: View) -> View:
        @wraps(view)
        def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            viewer = getattr(request, "viewer", PUBLIC)
            if ANYBODY in roles:
                return view(request, *args, **kwargs)
            if answer := late(request):
                return answer
            if not viewer.signed_in:
                return to_sign_in(request)
            if SIGNED_IN not in roles and not viewer.holds(*roles):
                raise NotAllowed(_("Your role does not open this page."))
            return once(request, lambda: view(request, *args, **kwargs))

        behind.gate = roles  # type: ignore[attr-defined]
        return behind

    return lock
