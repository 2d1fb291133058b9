"""Who may make tokens, and whose they are."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.accounts.models import Account, Token
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer


def may_hold_tokens(viewer: Viewer) -> UUID:
    """The person, who is there: a token makes no tokens."""
    if viewer.person and viewer.via == "page":
        return viewer.person
    raise NotAllowed(_("Sign in on the page to make or end access tokens."))


def token_for(viewer: Viewer, token: UUID) -> Token:
    person = may_hold_tokens(viewer)
    row = Token.objects.filter(pk=token, account=person).first()
    if row is None:
        raise Unseen(_("There is no such token, or it is not yours."))
    return row


def hashed(text: str) -> str:
    """What is kept of a secret that nobody can guess."""
    return hashlib.sha256(text.encode()).hexdigest()


def password_mark(account: Account) -> str:
    """Changes when the password does; tells nothing of either."""
    return hashed(f"marrow token:{account.password}")
