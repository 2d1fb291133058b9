"""Who is looking, found once a request and handed on as a plain value; and with a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from marrow.accounts.queries import has_second_factor, viewer_of
from marrow.accounts.sessions import note_seen
from marrow.accounts.staff import DOOR, UNTIL, leave, staff_until
from marrow.core.viewer import PUBLIC

Answer = Callable[[HttpRequest], HttpResponse]
#: what an administrator without a passkey or an app may still open
ON_THE_WAY = {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "account_logout", "language",
}  # fmt: skip


class ViewerMiddleware:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        viewer = viewer_of(account) if account.is_authenticated else PUBLIC
        request.viewer = viewer  # type: ignore[attr-defined]
        if viewer.signed_in:
            note_seen(request, time.time())
            if request.session.get(UNTIL):
                request.staff_until = staff_until(request)  # type: ignore[attr-defined]
                if not request.staff_until:  # type: ignore[attr-defined]
                    leave(request)
        return self.answer(request)


class SecondFactorMiddleware:
    """An administrator sets up a passkey or an app before anything else."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.holds("admin") and self._lacks(request, viewer.person):
            return redirect("mfa_index")
        return self.answer(request)

    def _lacks(self, request: HttpRequest, person: object) -> bool:
        if settings.DEMO and request.session.get(DOOR):
            return False
        if has_second_factor(person):  # type: ignore[arg-type]
            return False
        if request.path.startswith(settings.STATIC_URL):
            return False
        try:
            return resolve(request.path_info).url_name not in ON_THE_WAY
        except Resolver404:
            return True
