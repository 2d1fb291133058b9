"""Accounts and the roles that hold today."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from marrow.accounts.access import may_manage_accounts
from marrow.accounts.models import Account, RoleGrant
from marrow.accounts.scopes import SCOPES
from marrow.core.refusals import Unseen
from marrow.core.viewer import PUBLIC, Grant, Viewer


def viewer_of(account: AbstractBaseUser | AnonymousUser, via: str = "page") -> Viewer:
    """The viewer that an account is now; a disabled account is nobody."""
    if not isinstance(account, Account) or not account.is_active:
        return PUBLIC
    held = RoleGrant.objects.filter(account=account, revoked_at=None)
    grants = tuple(Grant(g.role, g.scope, g.thing) for g in held)
    return Viewer(account.pk, str(account), grants, via)


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Who they are, for history pages."""
    return {a.pk: str(a) for a in Account.objects.filter(pk__in=set(people))}


def accounts() -> list[tuple[Account, list[RoleGrant]]]:
    """Every account with the roles that it holds now, by name."""
    held: dict[object, list[RoleGrant]] = {}
    grants = list(RoleGrant.objects.filter(revoked_at=None).order_by("role"))
    for code, scope in SCOPES.items():
        mine = [g for g in grants if g.scope == code and g.thing]
        names = scope.names([g.thing for g in mine if g.thing])
        for grant in mine:
            grant.thing_name = names.get(grant.thing) if grant.thing else ""  # type: ignore[attr-defined]
    for grant in grants:
        held.setdefault(grant.account_id, []).append(grant)
    return [(a, held.get(a.pk, [])) for a in Account.objects.order_by("last_name", "username")]


def account_for(viewer: Viewer, account: UUID) -> Account:
    """The account, for those who manage accounts."""
    may_manage_accounts(viewer)
    row = Account.objects.filter(pk=account).first()
    if row is None:
        raise Unseen(_("There is no such account."))
    return row


def demo_account(username: str) -> Account:
    """One of the demonstration's invented people."""
    row = Account.objects.filter(username=username, invented=True, is_active=True).first()
    if row is None:
        raise Unseen(_("There is no such door."))
    return row
