"""`marrow account open|give|paper|list`: the first accounts, and the way back in."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.accounts.actions import give_role, open_account, print_reset
from marrow.accounts.forms import fitting
from marrow.accounts.models import Account, RoleGrant
from marrow.accounts.queries import accounts
from marrow.accounts.scopes import SCOPES
from marrow.core.refusals import Refused
from marrow.core.viewer import EVERYWHERE, OPERATOR


class Command(BaseCommand):
    help = "Open accounts, give roles, list both."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        opening = what.add_parser("open", help="open an account; the password is asked for")
        opening.add_argument("username")
        opening.add_argument("--name", required=True, help="the person's name")
        giving = what.add_parser("give", help="give a role")
        giving.add_argument("username")
        giving.add_argument("role", choices=RoleGrant.Role.values)
        giving.add_argument("--scope", choices=RoleGrant.Scope.values, default=EVERYWHERE)
        giving.add_argument("--for", dest="thing", default="", help="CN-BJ, beijing-teams, a name")
        paper = what.add_parser("paper", help="a code with which its owner chooses a new password")
        paper.add_argument("username")
        paper.add_argument(
            "--lost-device", action="store_true", help="passkeys and apps are removed with it"
        )
        what.add_parser("list", help="who signs in, with which roles")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            {"open": self._open, "give": self._give, "paper": self._paper, "list": self._list}[
                what
            ](options)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused

    def _open(self, options: dict[str, Any]) -> None:
        password = (
            getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        )
        try:
            fitting(password, options["username"])
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        row = open_account(
            username=options["username"], password=password, full_name=options["name"],
            by=OPERATOR, at=timezone.now(),
        )  # fmt: skip
        self.stdout.write(f"{row.username} can sign in, and do nothing until a role is given.")

    def _give(self, options: dict[str, Any]) -> None:
        account = self._account(options["username"])
        give_role(
            account=account, role=options["role"], scope=options["scope"],
            thing=self._thing(options["scope"], options["thing"]), by=OPERATOR, at=timezone.now(),
        )  # fmt: skip
        self.stdout.write(f"{account.username} is {options['role']} now.")

    def _paper(self, options: dict[str, Any]) -> None:
        account = self._account(options["username"])
        row, code = print_reset(
            account=account.pk, clears_factors=options["lost_device"], by=OPERATOR,
            at=timezone.now(),
        )  # fmt: skip
        self.stdout.write(
            f"{code}\n{account.username} types it under /code/, once, until"
            f" {row.expires_at:%Y-%m-%d %H:%M} UTC; it is told only now."
        )

    def _account(self, username: str) -> Account:
        account = Account.objects.filter(username=username).first()
        if account is None:
            raise CommandError(f"There is no account {username}.")
        return account

    def _thing(self, scope: str, typed: str) -> UUID | None:
        if scope == EVERYWHERE:
            return None
        found = SCOPES[scope].find(typed)
        if len(found) != 1:
            raise CommandError(f"--for must name one {scope}; {len(found)} are called {typed!r}.")
        return next(iter(found))

    def _list(self, _options: dict[str, Any]) -> None:
        for row, held in accounts():
            roles = ", ".join(f"{g.role} ({g.scope})" for g in held) or "no role"
            self.stdout.write(f"{row.username}: {row}, {roles}")
