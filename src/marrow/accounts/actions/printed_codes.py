"""Codes on paper: an invitation, or a new password. The code itself is told once and never kept."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts import access
from marrow.accounts.actions.accounts import new_account
from marrow.accounts.models import Account, AccountMark, PrintedCode, RoleGrant
from marrow.accounts.queries import account_for, code_by_id, grants_of, invitation_for, viewer_by_id
from marrow.accounts.rules import fingerprint, new_code
from marrow.accounts.sessions import end_all
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import EVERYWHERE, OPERATOR, Grant, Viewer

INVITE = Act("invite_to_account", gettext_lazy("Invited somebody"), undo=NEVER)
WITHDRAW = Act("withdraw_code", gettext_lazy("Withdrew a printed code"), undo=NEVER)
ACCEPT = Act("accept_invitation", gettext_lazy("Accepted an invitation"), undo=NEVER)
PRINT_RESET = Act("print_reset", gettext_lazy("Printed a code for a new password"), undo=NEVER)
RESET = Act("reset_password", gettext_lazy("Chose a new password with a printed code"), undo=NEVER)
INVITED_FOR = dt.timedelta(days=30)
RESET_FOR = dt.timedelta(days=3)


def invite(
    *, full_name: str, grants: list[Grant], by: Viewer, at: dt.datetime
) -> tuple[PrintedCode, str]:
    """An invitation with the roles that it gives; the code is told to the caller alone."""
    access.may_invite(by, grants)
    if not full_name.strip() or not grants:
        raise Refused(_("An invitation names a person and at least one role."))
    if any((g.scope == EVERYWHERE) != (g.thing is None) for g in grants):
        raise Refused(_("Say what each role is limited to; nothing for everywhere."))
    access.prove_limits(grants)
    code = new_code()
    row = PrintedCode(
        kind=PrintedCode.Kind.INVITE, code_sha256=fingerprint(code), issued_by=by.person,
        grants=[[g.role, g.scope, str(g.thing) if g.thing else None] for g in grants],
        issued_at=at, expires_at=at + INVITED_FOR,
    )  # fmt: skip
    with journal(INVITE, by=by, at=at) as page:
        row.full_name = full_name.strip()
        page.save(row)
    return row, code


def print_reset(
    *, account: UUID, clears_factors: bool, by: Viewer, at: dt.datetime
) -> tuple[PrintedCode, str]:
    """A code with which the account's owner chooses a new password; older ones are withdrawn.

    Every session, token and phone of the account ends now, for who has a stolen one in hand must
    not go on until the paper arrives; with a lost device its passkeys and apps go too, and the old
    password opens nothing any more. An administrator's own account keeps all until the code is
    used: they sit before it.
    """
    owner = account_for(by, account)
    code = new_code()
    row = PrintedCode(
        kind=PrintedCode.Kind.RESET, account=owner, code_sha256=fingerprint(code),
        clears_factors=clears_factors, issued_by=by.person, issued_at=at,
        expires_at=at + RESET_FOR,
    )  # fmt: skip
    older = PrintedCode.objects.filter(
        kind=PrintedCode.Kind.RESET, account=owner, used_at=None, withdrawn_at=None
    )
    with journal(PRINT_RESET, by=by, at=at) as page:
        for one in older:
            one.withdrawn_at = at
            page.save(one)
        page.save(row)
        if owner.pk != by.person:
            end_all(owner.pk, at)
            if clears_factors:
                Account.objects.filter(pk=owner.pk).update(password=make_password(None))
                take_factors_away(page, owner)
    return row, code


def take_factors_away(page: Page, account: Account) -> None:
    """Passkeys and apps of a lost device, where there are any; a mark tells of it."""
    if Authenticator.objects.filter(user=account).delete()[0]:
        page.save(AccountMark(account=account, what=AccountMark.What.FACTOR_REMOVED))


def withdraw(*, invitation: UUID, by: Viewer, at: dt.datetime) -> PrintedCode:
    row = invitation_for(by, invitation)
    if row.used_at:
        raise Refused(_("This invitation was used already: close the account instead."))
    row.withdrawn_at = at
    with journal(WITHDRAW, by=by, at=at) as page:
        page.save(row)
    return row


def accept_invitation(*, code: UUID, username: str, password: str, at: dt.datetime) -> Account:
    """Open the account and give it the roles, if who invited may still give them."""
    try:
        with journal(ACCEPT, by=_giver(code, at), at=at) as page:
            row = code_by_id(code, at, PrintedCode.Kind.INVITE)
            account = new_account(username, password, row.full_name or "", at)
            row.used_at, row.account = at, account
            page.save(AccountMark(account=account, what=AccountMark.What.OPENED))
            page.save(row)
            for grant in grants_of(row):
                page.save(
                    RoleGrant(
                        account=account, role=grant.role, scope=grant.scope, thing=grant.thing
                    )
                )
    except IntegrityError as taken:
        raise Refused(_("This user name is taken. Choose another.")) from taken
    return account


def _giver(code: UUID, at: dt.datetime) -> Viewer:
    """Who invited: the roles are given in their name, and only while they could give them."""
    row = code_by_id(code, at, PrintedCode.Kind.INVITE)
    giver = OPERATOR if row.issued_by == OPERATOR.person else viewer_by_id(row.issued_by)
    try:
        return access.may_invite(giver, grants_of(row))
    except NotAllowed as denied:
        raise Refused(
            _("Who invited you may no longer do so. Ask for a new invitation.")
        ) from denied


def choose_new_password(*, code: UUID, password: str, at: dt.datetime) -> Account:
    """Set it, end every session, token and phone of the account, and take lost passkeys away where
    that was said.
    """
    row = code_by_id(code, at, PrintedCode.Kind.RESET)
    account = row.account
    if account is None or not account.is_active:
        raise Refused(_("This account is closed. Ask an administrator."))
    account.set_password(password)
    by = Viewer(account.pk, str(account))
    with journal(RESET, by=by, at=at) as page:
        row = code_by_id(code, at, PrintedCode.Kind.RESET)
        Account.objects.filter(pk=account.pk).update(password=account.password)
        row.used_at = at
        page.save(row)
        page.save(AccountMark(account=account, what=AccountMark.What.RESET))
        if row.clears_factors:
            take_factors_away(page, account)
        end_all(account.pk, at)
    return account
