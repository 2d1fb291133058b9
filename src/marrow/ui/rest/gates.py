"""The lock of an operation: which roles may knock, as `ui.gates` says it for pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from marrow.core.refusals import NotAllowed
from marrow.core.viewer import PUBLIC, ROLES, Viewer
from marrow.ui.gates import ANYBODY, SIGNED_IN
from marrow.ui.requests import MarrowRequest
from marrow.ui.rest import pace
from marrow.ui.rest.problems import BadToken, NoToken

READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, found once by the accounts' middleware from the token alone, never from a cookie.

    `key` tells callers apart; `bad` is a token that opens nothing, `reads_only` one that changes
    nothing.
    """

    viewer: Viewer = PUBLIC
    key: str = ""
    bad: bool = False
    reads_only: bool = False


class ApiRequest(MarrowRequest):
    caller: Caller


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`. Made by `by(…)`."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        super().__init__()
        self.gate = roles

    def __call__(self, request: HttpRequest) -> Caller:
        caller: Caller = getattr(request, "caller", Caller())
        pace.take(caller.key or _address(request))
        if caller.bad:
            raise BadToken(_("It is unknown, ended or expired. Make another under Settings."))
        if ANYBODY in self.gate and request.method in READING:
            return caller
        if not caller.viewer.signed_in:
            raise NoToken(_("Send the header “Authorization: Bearer …” with an access token."))
        if SIGNED_IN not in self.gate and not caller.viewer.holds(*self.gate):
            raise NotAllowed(_("Your role does not open this."))
        if caller.reads_only and request.method not in READING:
            raise NotAllowed(_("This token only reads. Make one that also changes."))
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # pragma: no cover
        raise NotImplementedError  # `__call__` decides


def by(*roles: str) -> Bearer:
    """The lock of an operation, for its `auth`: `public` is everybody, `signed-in` every token."""
    unknown = set(roles) - set(ROLES) - {SIGNED_IN}
    if unknown or not roles:
        raise ValueError(f"A lock needs known roles, not {sorted(unknown)}.")
    return Bearer(roles)


def _address(request: HttpRequest) -> str:
    """Where a caller without a token calls from; a proxy that we trust tells it."""
    told = request.headers.get("X-Forwarded-For", "")
    if told and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return told.rsplit(",", 1)[-1].strip()[:60]
    return str(request.META.get("REMOTE_ADDR", ""))
