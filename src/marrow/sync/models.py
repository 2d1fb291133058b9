"""The phone's envelope: installations and what each sent, byte for byte."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """One app on one phone, of one person; its counter has no gaps and its hashes are chained."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    name = models.CharField(max_length=80, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)  # the phone keeps the token
    last_q = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=32, blank=True)
    app = models.CharField(max_length=20, blank=True)
    skew_seconds = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField()
    forked_at = models.DateTimeField(null=True)  # another copy of it sent under its numbers
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Receipt(models.Model):
    """One intent as it arrived: exact bytes, hash, and what became of it."""

    class Outcome(models.TextChoices):
        NEW = "NEW", _("new")
        IDENTICAL = "IDENTICAL", _("identical")
        MERGED = "MERGED", _("merged")
        CONFLICT = "CONFLICT", _("conflict")
        QUARANTINED = "QUARANTINED", _("set aside")

    id = models.BigAutoField(primary_key=True)
    installation = models.ForeignKey(
        Installation, on_delete=models.PROTECT, related_name="receipts"
    )
    q = models.BigIntegerField()
    line = models.BinaryField()
    hash = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    why = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    settled_by = models.UUIDField(null=True)  # who left it as it is, or had it taken after all
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "q"], name="an_intent_arrives_once")
        ]

    def __str__(self) -> str:
        return f"{self.installation_id} {self.q}"
