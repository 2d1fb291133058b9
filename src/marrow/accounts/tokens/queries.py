"""Tokens as their owner sees them, and the viewer that a token is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marrow.accounts.models import Token
from marrow.accounts.queries import viewer_of
from marrow.accounts.tokens import access
from marrow.accounts.tokens.rules import carried, state_of
from marrow.core.viewer import Viewer
from marrow.core.words import listing
from marrow.ui.roles import ROLE_NAMES

STATES = {
    "OPEN": _("open"),
    "ENDED": _("ended"),
    "EXPIRED": _("expired"),
    "PASSWORD": _("ended by a new password"),
}


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A line of the owner's list."""

    row: Token
    roles: str
    state: str
    said: str

    @property
    def is_open(self) -> bool:
        return self.state == "OPEN"


def tokens_of(viewer: Viewer, at: dt.datetime) -> list[TokenShown]:
    """The viewer's own tokens, the newest first."""
    rows = Token.objects.filter(account=access.may_hold_tokens(viewer)).select_related("account")
    found = []
    for row in rows[:100]:
        state = _state(row, at)
        roles = listing().join(str(ROLE_NAMES.get(role, role)) for role in row.roles)
        found.append(TokenShown(row, roles, state, str(STATES[state])))
    return found


def roles_to_carry(viewer: Viewer) -> list[tuple[str, str]]:
    """The roles that a token of this viewer may carry, in words."""
    mine = carried(g.role for g in viewer.grants)
    return [(role, str(ROLE_NAMES[role])) for role in sorted(mine)]


def holder_of(secret: str, at: dt.datetime) -> tuple[Viewer, Token] | None:
    """Who a token speaks for at this moment, with what it carries; None when it opens nothing."""
    rows = Token.objects.filter(sha256=access.hashed(secret)).select_related("account")
    row = next(iter(rows.order_by()), None)  # at most one: each call need not sort them
    if row is None or _state(row, at) != "OPEN":
        return None
    viewer = viewer_of(row.account, via="api")
    if not viewer.signed_in:
        return None
    mine = carried(g.role for g in viewer.grants)
    may = mine & set(row.roles) if row.roles else mine
    grants = tuple(g for g in viewer.grants if g.role in may)
    return Viewer(viewer.person, viewer.name, grants, viewer.via), row


def _state(row: Token, at: dt.datetime) -> str:
    same = row.password_sha256 == access.password_mark(row.account)
    return state_of(at, row.expires_at, row.ended_at, same_password=same)
