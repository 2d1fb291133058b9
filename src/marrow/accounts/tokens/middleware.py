"""Who calls the API: found at each call from the token alone. No cookie counts, none is made."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from marrow.accounts.models import Token
from marrow.accounts.tokens.queries import holder_of
from marrow.ui.rest.gates import Caller
from marrow.ui.rest.middleware import ROOT


class TokenMiddleware:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ROOT):
            caller = _caller(request.headers.get("Authorization", ""))
            request.caller = caller  # type: ignore[attr-defined]
            request.viewer = caller.viewer  # type: ignore[attr-defined]
        return self.answer(request)


def _caller(told: str) -> Caller:
    kind, _space, secret = told.partition(" ")
    if not told:
        return Caller()
    held = holder_of(secret.strip(), timezone.now()) if kind.lower() == "bearer" else None
    if held is None:
        return Caller(bad=True)
    viewer, token = held
    return Caller(viewer, str(viewer.person), reads_only=token.scope != Token.Scope.WRITE)
