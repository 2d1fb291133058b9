"""Who signs in, and which of the ten roles they hold, within which scope."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marrow.accounts.tokens.models import Token
from marrow.core.fields import NamesField
from marrow.core.models import Record
from marrow.core.secrets import Secret
from marrow.core.words import tongue

__all__ = ["Account", "AccountMark", "RoleGrant", "Token"]


class Account(AbstractUser):
    """A person who signs in. Kept outside the journal: it holds secrets and personal data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=8, blank=True)
    invented = models.BooleanField(default=False)
    names = NamesField()  # where somebody is called otherwise in another language

    def __str__(self) -> str:
        return self.names.get(tongue()) or self.get_full_name() or self.username


class AccountMark(Record):
    """What happened to an account, for the journal: opened, closed, new password, staff mode …"""

    class What(models.TextChoices):
        OPENED = "OPENED", _("opened")
        CLOSED = "CLOSED", _("closed for signing in")
        REOPENED = "REOPENED", _("opened again")
        PASSWORD = "PASSWORD", _("given a new password")
        RESET = "RESET", _("password chosen anew with a printed code")
        FACTOR_ADDED = "FACTOR_ADDED", _("passkey or app added")
        FACTOR_REMOVED = "FACTOR_REMOVED", _("passkey or app removed")
        STAFF_ON = "STAFF_ON", _("entered staff mode")
        STAFF_OFF = "STAFF_OFF", _("left staff mode")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="marks")
    what = models.CharField(max_length=16, choices=What.choices)

    def __str__(self) -> str:
        return str(self.get_what_display())


class PrintedCode(Record):
    """A code on paper, for one use: it opens an account with its roles, or a new password."""

    class Kind(models.TextChoices):
        INVITE = "INVITE", _("invitation")
        RESET = "RESET", _("new password")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    #: whose password it is; of an invitation the account that came of it
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="printed_codes"
    )
    sealed_name = models.TextField(blank=True)
    full_name = Secret("sealed_name")
    #: what an invitation gives: [role, scope, id or null] each
    grants = models.JSONField(default=list)
    code_sha256 = models.CharField(max_length=64, unique=True)
    clears_factors = models.BooleanField(default=False)
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.get_kind_display())


class RoleGrant(Record):
    """One role given to one person within one scope, from a day, until a day."""

    class Role(models.TextChoices):
        MEMBER = "member", _("team member")
        LEADER = "leader", _("team leader")
        RECIPIENT = "recipient", _("recipient hospital")
        HEAD = "head", _("department head")
        SPECIALIST = "specialist", _("remote specialist")
        UNIT = "unit", _("sending unit")
        OFFICE = "office", _("programme office")
        AUDITOR = "auditor", _("auditor")
        ADMIN = "admin", _("administrator")

    class Scope(models.TextChoices):
        EVERYWHERE = "everywhere", _("everywhere")
        PROGRAMME = "programme", _("programme")
        ORGANISATION = "organisation", _("organisation")
        AREA = "area", _("area")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    scope = models.CharField(max_length=12, choices=Scope.choices)
    thing = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account"], name="grant_held", condition=Q(revoked_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}"
