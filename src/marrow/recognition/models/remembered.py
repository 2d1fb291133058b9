"""Those who did not come home, by name: sealed, and shown only while their family consents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marrow.core.fields import PartialDateField
from marrow.core.models import Record
from marrow.core.secrets import Secret
from marrow.missions.models import Fallen


class Remembered(Record):
    """Somebody who did not come home. Name and words are sealed; a consent opens them."""

    fallen = models.ForeignKey(Fallen, on_delete=models.PROTECT, related_name="remembered")
    sealed_name = models.TextField(blank=True)
    sealed_words = models.TextField(blank=True)
    fell_on = PartialDateField()

    name = Secret("sealed_name")
    words = Secret("sealed_words")

    class Meta:
        verbose_name_plural = "remembered"

    def __str__(self) -> str:
        return str(_("somebody who is remembered"))


class Consent(Record):
    """A family's consent: from whom, when, to what, on which paper; it can be withdrawn."""

    class Covers(models.TextChoices):
        NAME = "NAME", _("the name")
        NAME_AND_WORDS = "NAME_AND_WORDS", _("the name and words of remembrance")

    remembered = models.ForeignKey(Remembered, on_delete=models.PROTECT, related_name="consents")
    sealed_name = models.TextField()
    sealed_relation = models.TextField()
    sealed_paper = models.TextField()
    covers = models.CharField(max_length=14, choices=Covers.choices)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    name = Secret("sealed_name")  # who of the family consents
    relation = Secret("sealed_relation")
    paper = Secret("sealed_paper")  # what was signed, and where it is kept

    class Meta:
        ordering = ["given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["remembered"], condition=Q(withdrawn_on=None),
                name="one_consent_holds_at_a_time",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_covers_display()} {self.given_on}"
