"""The table of personal tokens."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marrow.core.models import Record


class Token(Record):
    """A program's key to the API in the name of one person, until a day. Only its hash is kept."""

    class Scope(models.TextChoices):
        READ = "READ", _("reads")
        WRITE = "WRITE", _("reads and changes")

    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=5, choices=Scope.choices)
    roles = models.JSONField(default=list)  # fewer roles than its person holds; [] is all
    sha256 = models.CharField(max_length=64, unique=True)
    password_sha256 = models.CharField(max_length=64)  # a new password ends what the old one made
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        app_label = "accounts"

    def __str__(self) -> str:
        return self.name
