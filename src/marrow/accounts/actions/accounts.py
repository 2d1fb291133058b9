"""Accounts and roles: open, give, take back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts import access
from marrow.accounts.models import Account, AccountMark, RoleGrant
from marrow.accounts.queries import account_for
from marrow.accounts.sessions import end_all
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import COUNTER, NEVER
from marrow.core.refusals import Refused, Unseen
from marrow.core.viewer import EVERYWHERE, Grant, Viewer
from marrow.core.words import Names

OPEN = Act("open_account", gettext_lazy("Opened an account"), undo=NEVER)
CLOSE = Act("close_account", gettext_lazy("Closed or opened an account"), undo=NEVER)
PASSWORD = Act("set_password", gettext_lazy("Gave a new password"), undo=NEVER)
GIVE_ROLE = Act("give_role", gettext_lazy("Gave a role"), undo=COUNTER, counter="revoke_role")
REVOKE_ROLE = Act(
    "revoke_role", gettext_lazy("Took a role back"), undo=COUNTER, counter="give_role"
)


def open_account(
    *,
    username: str,
    password: str,
    full_name: str,
    by: Viewer,
    at: dt.datetime,
    id: UUID | None = None,  # noqa: A002  the row's own id
    invented: bool = False,
    names: Names | None = None,
) -> Account:
    """Open an account. It can do nothing until a role is given. `names` are for those who read
    them in another language than `full_name` is written in."""
    access.may_manage_accounts(by)
    try:
        with journal(OPEN, by=by, at=at) as page:
            account = new_account(username, password, full_name, at, id)
            account.invented, account.names = invented, names or {}
            Account.objects.filter(pk=account.pk).update(invented=invented, names=account.names)
            page.save(AccountMark(account=account, what=AccountMark.What.OPENED))
    except IntegrityError as taken:
        raise Refused(_("This user name is taken. Choose another.")) from taken
    return account


def new_account(
    username: str,
    password: str,
    full_name: str,
    at: dt.datetime,
    id: UUID | None = None,  # noqa: A002  the row's own id
) -> Account:
    """The row itself; a user name that is taken is an IntegrityError."""
    if not username.strip() or not full_name.strip():
        raise Refused(_("An account needs a user name and a person's name."))
    return Account.objects.create_user(
        username=username.strip(), password=password, id=id or uuid4(),
        last_name=full_name.strip(), date_joined=at,
    )  # fmt: skip


def close_account(*, account: UUID, by: Viewer, at: dt.datetime) -> Account:
    """Let nobody sign in with it any more; its phones and sessions end with it."""
    row = account_for(by, account)
    if row.pk == by.person:
        raise Refused(_("You cannot close your own account; another administrator can."))
    return _set_active(row, AccountMark.What.CLOSED, by, at)


def reopen_account(*, account: UUID, by: Viewer, at: dt.datetime) -> Account:
    return _set_active(account_for(by, account), AccountMark.What.REOPENED, by, at)


def _set_active(row: Account, what: AccountMark.What, by: Viewer, at: dt.datetime) -> Account:
    row.is_active = what == AccountMark.What.REOPENED
    with journal(CLOSE, by=by, at=at) as page:
        Account.objects.filter(pk=row.pk).update(is_active=row.is_active)
        page.save(AccountMark(account=row, what=what))
    return row


def set_password(*, account: UUID, password: str, by: Viewer, at: dt.datetime) -> Account:
    """Give an account a new password; whoever is signed in with it must sign in again."""
    row = account_for(by, account)
    row.set_password(password)
    with journal(PASSWORD, by=by, at=at) as page:
        Account.objects.filter(pk=row.pk).update(password=row.password)
        page.save(AccountMark(account=row, what=AccountMark.What.PASSWORD))
        end_all(row.pk, at)
    return row


def give_role(
    *, account: Account, role: str, scope: str, thing: UUID | None, by: Viewer, at: dt.datetime
) -> RoleGrant:
    """Give one role within one scope; giving it again changes nothing."""
    access.may_manage_accounts(by)
    if role not in RoleGrant.Role.values or scope not in RoleGrant.Scope.values:
        raise Refused(_("There is no such role or scope."))
    if (scope == EVERYWHERE) != (thing is None):
        raise Refused(
            _("Give the id of a programme, organisation or area; leave it empty for everywhere.")
        )
    access.prove_limits([Grant(role, scope, thing)])
    held = RoleGrant.objects.filter(
        account=account, role=role, scope=scope, thing=thing, revoked_at=None
    ).first()
    if held:
        return held
    grant = RoleGrant(account=account, role=role, scope=scope, thing=thing)
    with journal(GIVE_ROLE, by=by, at=at) as j:
        j.save(grant)
    return grant


def revoke_role(*, grant: UUID, by: Viewer, at: dt.datetime) -> RoleGrant:
    """Take a role back, from now."""
    access.may_manage_accounts(by)
    row = RoleGrant.objects.filter(pk=grant, revoked_at=None).first()
    if row is None:
        raise Unseen(_("This role is not held."))
    if row.role == RoleGrant.Role.ADMIN and row.account_id == by.person:
        raise Refused(_("You cannot take your own administrator's role; another one can."))
    row.revoked_at = at
    with journal(REVOKE_ROLE, by=by, at=at) as j:
        j.save(row)
    return row


def choose_language(*, account: UUID, language: str) -> None:
    """Remember the language of a person; a matter of taste, not of the journal."""
    Account.objects.filter(pk=account).update(language=language)
