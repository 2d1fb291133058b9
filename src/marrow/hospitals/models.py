"""What a hospital asks for in its own words, and what is broken there."""

from __future__ import annotations

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import pgettext_lazy

from marrow.capacity.models import EquipmentChange
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.directory.models import Organisation


class Request(Spoken):
    """What a hospital asks its programme office for, and the answer."""

    SPOKEN = ("text", "answer")

    class Kind(models.TextChoices):
        SPECIALTY = "SPECIALTY", pgettext_lazy("what a hospital asks for", "a specialty")
        EQUIPMENT = "EQUIPMENT", pgettext_lazy("what a hospital asks for", "equipment")
        TRAINING = "TRAINING", pgettext_lazy("what a hospital asks for", "training")
        OTHER = "OTHER", pgettext_lazy("what a hospital asks for", "something else")

    class State(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("request", "waits for an answer")
        ANSWERED = "ANSWERED", pgettext_lazy("request", "answered")
        CLOSED = "CLOSED", pgettext_lazy("request", "closed")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    specialty = models.CharField(max_length=24, blank=True)  # a code of the catalogue's specialties
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=8)
    needed_by = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=600, blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"], name="request_of_hospital")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{colon()}{Truncator(self.said('text')).chars(70)}"


class EquipmentReport(Spoken):
    """What a hospital said, for itself and its office alone, when a machine broke: that it is down,
    and since when, is told of the machine (`capacity`)."""

    SPOKEN = ("broken", "who_waits")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    change = models.OneToOneField(EquipmentChange, on_delete=models.PROTECT, related_name="report")
    since_known = models.BooleanField()  # False: it is down since it was told, or longer
    broken = models.CharField(max_length=300)
    who_waits = models.CharField(max_length=200, blank=True)
    reported_by = models.UUIDField()
    reported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation"], name="report_of_a_hospital")]

    def __str__(self) -> str:
        return str(self.change.equipment)
