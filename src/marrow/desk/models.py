"""What a person wishes to be told outside of Marrow's pages, and where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marrow.accounts.models import Account
from marrow.core.models import Record
from marrow.core.secrets import Secret


class Wish(Record):
    """One person's letters and calendar. The address is sealed, and confirmed before it is used."""

    class Every(models.TextChoices):
        NEVER = "NEVER", _("no letters")
        DAYS = "DAYS", _("every working day")
        WEEK = "WEEK", _("every Monday")

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="wish")
    every = models.CharField(max_length=5, choices=Every.choices, default=Every.NEVER)
    sealed_address = models.TextField(blank=True)
    address = Secret("sealed_address")
    confirmed_at = models.DateTimeField(null=True)
    site = models.CharField(max_length=200, blank=True)  # where Marrow stands, for the links
    feed_sha256 = models.CharField(max_length=64, blank=True)  # of the calendar's secret
    feed_made_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "wishes"
        indexes = [models.Index(fields=["feed_sha256"], name="wish_feed")]

    def __str__(self) -> str:
        return str(self.get_every_display())
