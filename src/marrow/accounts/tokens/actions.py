"""Making a token and ending it. Its secret is told once."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts.models import Account, Token
from marrow.accounts.tokens import access
from marrow.accounts.tokens.rules import MARK, MOST_TOKENS, fault_of
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

MAKE = Act("make_token", gettext_lazy("Made an access token"), undo=NEVER)
END = Act("end_token", gettext_lazy("Ended an access token"), undo=NEVER)
FAULTS = {
    "NAME": gettext_lazy("Give the token a name that says what it is for."),
    "DAYS": gettext_lazy("A token lives from 1 to 365 days."),
    "ROLES": gettext_lazy("A token carries roles that you hold, never the administrator's."),
}


def make_token(
    *, name: str, scope: str, roles: Sequence[str], days: int, by: Viewer, at: dt.datetime
) -> tuple[Token, str]:
    """Returns the token and its secret, which nobody can read again."""
    person = access.may_hold_tokens(by)
    if fault := fault_of(name, days, roles, {g.role for g in by.grants}):
        raise Refused(FAULTS[fault])
    if scope not in Token.Scope.values:
        raise Refused(_("A token reads, or reads and changes."))
    if (
        Token.objects.filter(account=person, ended_at=None, expires_at__gt=at).count()
        >= MOST_TOKENS
    ):
        raise Refused(_("You have twenty open tokens. End those that you do not need."))
    account = Account.objects.get(pk=person)
    secret = MARK + secrets.token_urlsafe(32)
    row = Token(
        account=account, name=name.strip()[:60], scope=scope, roles=sorted(set(roles)),
        sha256=access.hashed(secret), password_sha256=access.password_mark(account), made_at=at,
        expires_at=at + dt.timedelta(days=days),
    )  # fmt: skip
    with journal(MAKE, by=by, at=at, scope=f"person:{person}") as page:
        page.save(row)
    return row, secret


def end_token(*, token: UUID, by: Viewer, at: dt.datetime) -> Token:
    """From now on it opens nothing."""
    row = access.token_for(by, token)
    if row.ended_at is not None:
        raise Refused(_("This token is ended already."))
    row.ended_at = at
    with journal(END, by=by, at=at, scope=f"person:{row.account_id}") as page:
        page.save(row)
    return row
