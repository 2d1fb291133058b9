"""Certificates of honour: what one says, the code that proves it, whether it still holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.accounts.rules import grouped
from marrow.core.fields import NamesField
from marrow.core.models import Record
from marrow.core.words import in_tongue
from marrow.teams.models import Assignment


class Certificate(Record):
    """A paper of honour for one person's service in one mission.

    What it says stays as it was issued; who finds an error withdraws it and issues another.
    """

    class Languages(models.TextChoices):
        ALL = "ALL", _("three languages on one sheet")
        ZH = "ZH", _("Chinese")
        EN = "EN", _("English")
        FR = "FR", _("French")

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="certificates"
    )
    number = models.CharField(max_length=20, unique=True)  # 2026-0007
    code = models.CharField(max_length=20, unique=True)  # twelve letters, without hyphens
    names = NamesField()  # the person's
    mission_names = NamesField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)  # None is unknown, never 0
    issued_on = models.DateField()
    issuer = NamesField()  # the office
    signed_by = models.CharField(max_length=120, blank=True)
    signed_by_names = NamesField()  # the same name as each language writes it; {} is one spelling
    languages = models.CharField(max_length=3, choices=Languages.choices)
    withdrawn_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was withdrawn

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(withdrawn_on=None),
                name="a_service_has_one_certificate",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {in_tongue(self.names)}"

    @property
    def grouped_code(self) -> str:
        return grouped(self.code)

    @property
    def mission_words(self) -> str:
        return in_tongue(self.mission_names)

    @property
    def issuer_words(self) -> str:
        return in_tongue(self.issuer)

    @property
    def signer_words(self) -> str:
        return in_tongue(self.signed_by_names) or self.signed_by

    @property
    def state_label(self) -> str:
        if self.withdrawn_on:
            return str(pgettext_lazy("certificate", "withdrawn"))
        return str(pgettext_lazy("certificate", "genuine"))
