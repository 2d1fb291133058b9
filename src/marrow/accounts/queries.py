"""Accounts and the roles that hold today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from marrow.accounts.access import may_manage_accounts, may_see_accounts, may_see_invitations
from marrow.accounts.models import Account, PrintedCode, RoleGrant
from marrow.accounts.rules import fingerprint
from marrow.accounts.scopes import SCOPES
from marrow.core.refusals import Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import PUBLIC, Grant, Viewer

Row = TypeVar("Row", bound=Model)


def viewer_of(account: AbstractBaseUser | AnonymousUser, via: str = "page") -> Viewer:
    """The viewer that an account is now; a disabled account is nobody."""
    if not isinstance(account, Account) or not account.is_active:
        return PUBLIC
    held = RoleGrant.objects.filter(account=account, revoked_at=None)
    grants = tuple(Grant(*told) for told in held.values_list("role", "scope", "thing"))
    return Viewer(account.pk, str(account), grants, via)


def held_by(account: UUID) -> frozenset[str]:
    """The roles that an account holds now, whatever their limits."""
    held = RoleGrant.objects.filter(account=account, revoked_at=None)
    return frozenset(held.values_list("role", flat=True))


def is_open(account: UUID | None) -> bool:
    """Whether somebody can sign in with this account."""
    rows = Account.objects.filter(is_active=True)
    return account is not None and rows.filter(pk=account).exists()


@remembered
def _accounts(people: frozenset[UUID]) -> dict[UUID, Account]:
    return Account.objects.in_bulk(people)


def names_of(people: Iterable[UUID], among: Iterable[UUID] = ()) -> dict[UUID, str]:
    """Who they are, for history pages; `among` are all whom other parts of a page name too."""
    asked = set(people)
    rows = _accounts(frozenset({*asked, *among}))
    return {pk: str(rows[pk]) for pk in asked if pk in rows}


NAMED_BY = ("names", "first_name", "last_name", "username")


def with_name_of(rows: QuerySet[Row], column: str) -> QuerySet[Row]:
    """A few rows that name an account in a column, read together with how it is called."""
    account = Account.objects.filter(pk=OuterRef(column))
    parts: dict[str, Any] = {f"named_{c}": Subquery(account.values(c)) for c in NAMED_BY}
    found: QuerySet[Row] = rows.annotate(**parts)
    return found


def name_read_with(row: Any) -> str:
    """The name that came with a row; '' where it names nobody."""
    parts = {c: getattr(row, f"named_{c}") for c in NAMED_BY}
    return str(Account(**parts)) if parts["username"] else ""


def as_signed(
    signed: Iterable[tuple[UUID, str]], among: Iterable[UUID] = ()
) -> dict[tuple[UUID, str], str]:
    """Of accounts with the names under which they signed: the same name in the reader's language
    where the account has it in several; any other stays as it was signed. `among` are all whom
    other parts of a page name too."""
    told = set(signed)
    if not told:
        return {}
    rows = _accounts(frozenset({*(who for who, _name in told), *among}))
    return {
        (who, name): str(rows[who]) if who in rows and name in rows[who].names.values() else name
        for who, name in told
    }


def signed_names(signed: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], dict[str, str]]:
    """The same by language, for who keeps it and reads it later: empty where the account is not
    called as it was signed."""
    told = set(signed)
    rows = Account.objects.in_bulk({who for who, _name in told})
    called = {key: rows[key[0]].names if key[0] in rows else {} for key in told}
    return {key: dict(names) if key[1] in names.values() else {} for key, names in called.items()}


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


def account_called(username: str) -> UUID | None:
    """The account that signs in with this name."""
    row = Account.objects.filter(username__iexact=username, is_active=True).first()
    return row.pk if row else None


def viewer_by_id(account: UUID | None) -> Viewer:
    """The viewer that an account is now; nobody for one that is gone or closed."""
    row = Account.objects.filter(pk=account).first() if account else None
    return viewer_of(row) if row else PUBLIC


def has_second_factor(account: UUID) -> bool:
    kinds = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
    return bool(Authenticator.objects.filter(user_id=account, type__in=kinds).exists())


def invites(code: PrintedCode) -> bool:
    """Whether it opens an account; else it is for a new password."""
    return code.kind == PrintedCode.Kind.INVITE


def grants_of(code: PrintedCode) -> list[Grant]:
    """The roles that an invitation gives."""
    return [
        Grant(role, scope, UUID(thing) if thing else None) for role, scope, thing in code.grants
    ]


def code_in_hand(typed: str, at: dt.datetime) -> PrintedCode:
    """The code that somebody typed from paper; all that is wrong with it is told alike."""
    row = PrintedCode.objects.filter(code_sha256=fingerprint(typed)).first()
    return _holding(row, at)


def code_by_id(code: UUID, at: dt.datetime, kind: str = "") -> PrintedCode:
    """The same by its id, and of one kind where that is asked."""
    row = PrintedCode.objects.select_related("account").filter(pk=code).first()
    if row is not None and kind and row.kind != kind:
        row = None
    return _holding(row, at)


def _holding(row: PrintedCode | None, at: dt.datetime) -> PrintedCode:
    if row is None or row.used_at or row.withdrawn_at or row.expires_at <= at:
        raise Unseen(
            _("This code opens nothing: it was used, withdrawn, is too old, or was mistyped.")
        )
    return row


@dataclass(frozen=True, slots=True)
class GrantShown:
    """A role in words, with what it is limited to."""

    role: str
    scope: str
    thing: str


def grants_shown(grants: Iterable[Grant]) -> list[GrantShown]:
    """Roles in the reader's words."""
    roles, scopes = dict(RoleGrant.Role.choices), dict(RoleGrant.Scope.choices)
    shown = []
    for grant in grants:
        names = SCOPES[grant.scope].names([grant.thing]) if grant.thing else {}
        thing = names.get(grant.thing, "") if grant.thing else ""
        shown.append(GrantShown(str(roles[grant.role]), str(scopes[grant.scope]), thing))
    return shown


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation with its roles in words and who issued it."""

    row: PrintedCode
    grants: list[GrantShown]
    by: str
    open: bool


def invitations(viewer: Viewer, at: dt.datetime) -> list[Invitation]:
    """All for an administrator, an office its own; the newest first."""
    may_see_invitations(viewer)
    rows = PrintedCode.objects.filter(kind=PrintedCode.Kind.INVITE).select_related("account")
    if not viewer.holds("admin"):
        rows = rows.filter(issued_by=viewer.person)
    found = list(rows.order_by("-issued_at")[:200])
    who = names_of(row.issued_by for row in found if row.issued_by)
    return [
        Invitation(
            row, grants_shown(grants_of(row)), who.get(row.issued_by, "") if row.issued_by else "",
            not (row.used_at or row.withdrawn_at) and row.expires_at > at,
        )
        for row in found
    ]  # fmt: skip


def invitation_for(viewer: Viewer, invitation: UUID) -> PrintedCode:
    """An invitation that this viewer may withdraw."""
    may_see_invitations(viewer)
    row = PrintedCode.objects.filter(pk=invitation, kind=PrintedCode.Kind.INVITE).first()
    if row is None or not (viewer.holds("admin") or row.issued_by == viewer.person):
        raise Unseen(_("There is no such invitation."))
    return row


@dataclass(frozen=True, slots=True)
class Why:
    """Why an account may open a page or not: what the gate asks, what is held, as whom it looks."""

    who: str
    active: bool
    asks: tuple[str, ...]
    holds: list[GrantShown]
    opened_by: list[GrantShown]
    door_opens: bool
    seen: Viewer


def why(viewer: Viewer, username: str, asks: tuple[str, ...]) -> Why:
    """The gate's own question, put for another account (nobody for an empty user name)."""
    may_see_accounts(viewer)
    row = Account.objects.filter(username=username).first() if username else None
    if username and row is None:
        raise Unseen(_("There is no such account."))
    seen = viewer_of(row) if row else PUBLIC
    opening = [grant for grant in seen.grants if grant.role in asks]
    opens = "public" in asks or (seen.signed_in and ("signed-in" in asks or bool(opening)))
    return Why(
        str(row) if row else "", seen.signed_in, asks, grants_shown(seen.grants),
        grants_shown(opening), opens, seen,
    )  # fmt: skip
