"""The sessions of an account: where it is signed in, when it was last seen there, and their end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext as _

from marrow.accounts.devices import device_called
from marrow.core.refusals import Unseen
from marrow.ui.slips.unsent import note_in_session

SEEN_EVERY = 5 * 60  # seconds between two notes of "last seen": reading must not write each time
SEEN = "seen_at"
#: what ends with all sessions of an account: each is called inside the same transaction
ENDS_TOO: list[Callable[[UUID, dt.datetime], object]] = []


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as its owner sees it."""

    id: int
    device: str
    since: dt.datetime
    seen: dt.datetime
    here: bool


def note_seen(request: HttpRequest, now: float) -> None:
    """Keep when and from what this session was last seen."""
    before = request.session.get(SEEN, 0)
    if now - before < SEEN_EVERY:
        return
    request.session[SEEN] = now
    if not (before and _seen_again(request, now)):
        UserSession.objects.create_from_request(request)  # new here, or from elsewhere


def _seen_again(request: HttpRequest, now: float) -> bool:
    """Note it by one question, where the session is known from the same place and browser."""
    same = UserSession.objects.filter(
        session_key=request.session.session_key, user_id=request.user.pk,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip
    return bool(same.update(last_seen_at=dt.datetime.fromtimestamp(now, dt.UTC)))


def note_unsent(sender: object, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Whoever comes back finds what they wrote when their session had ended."""
    note_in_session(request, user.pk)


def sessions_of(account: UUID, key: str | None) -> list[Shown]:
    """Those that still hold, the one of this browser first."""
    rows = [row for row in _rows(account) if not row.purge()]
    shown = [
        Shown(row.pk, device_called(row.user_agent), row.created_at, row.last_seen_at,
              row.session_key == key)
        for row in rows
    ]  # fmt: skip
    return sorted(shown, key=lambda s: (not s.here, -s.seen.timestamp()))


def end(account: UUID, session: int) -> None:
    """End one of one's own."""
    row = _rows(account).filter(pk=session).first()
    if row is None:
        raise Unseen(_("There is no such session."))
    row.end()


def end_others(account: UUID, key: str | None) -> None:
    for row in _rows(account).exclude(session_key=key):
        row.end()


def end_all(account: UUID, at: dt.datetime) -> None:
    """After a new password: whoever was signed in must sign in again, and what else opens ends."""
    for row in _rows(account):
        row.end()
    for other in ENDS_TOO:
        other(account, at)


def _rows(account: UUID):  # type: ignore[no-untyped-def]  # allauth has no types
    return UserSession.objects.filter(user_id=account)
