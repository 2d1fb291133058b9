"""What a token may be: how long it lives, which roles it may carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

MOST_DAYS = 365
MOST_TOKENS = 20  # open ones of one person
MARK = "mrw_"  # so that a token that was lost in a text can be found
NEVER_CARRIED = frozenset({"admin"})  # accounts and roles are kept by a person who is there


def fault_of(name: str, days: int, asked: Iterable[str], held: Iterable[str]) -> str:
    """Why this token cannot be: '' when it can."""
    if not name.strip():
        return "NAME"
    if not 1 <= days <= MOST_DAYS:
        return "DAYS"
    if set(asked) - carried(held):
        return "ROLES"
    return ""


def carried(held: Iterable[str]) -> set[str]:
    """The roles that a token may carry, of those that its person holds."""
    return set(held) - NEVER_CARRIED


def state_of(
    at: dt.datetime, expires_at: dt.datetime, ended_at: dt.datetime | None, *, same_password: bool
) -> str:
    """OPEN, or why it opens nothing any more."""
    if ended_at is not None:
        return "ENDED"
    if expires_at <= at:
        return "EXPIRED"
    return "OPEN" if same_password else "PASSWORD"
