"""Ceremonies: their order of the day, and who was honoured there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marrow.core.fields import NamesField
from marrow.core.spoken import Spoken
from marrow.core.words import in_tongue
from marrow.missions.models import Honour, Mission
from marrow.people.models import Distinction, Person
from marrow.programmes.models import Event


class AgendaItem(Spoken):
    """One point of a ceremony's order of the day."""

    SPOKEN = ("agenda_point", "agenda_who")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="agenda")
    rank = models.PositiveSmallIntegerField()
    begins_at = models.CharField(max_length=5, blank=True)  # "09:30", as the programme says it
    agenda_point = models.CharField(max_length=200)
    agenda_who = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return f"{self.begins_at} {self.said('agenda_point')}".strip()


class Honouree(Spoken):
    """A group or a person honoured at a ceremony, as its list calls them, and whom it means.

    Who is known here has the honour on their own record; the others stand on the list alone.
    """

    SPOKEN = ("name_told", "unit_told")

    class Kind(models.TextChoices):
        GROUP = "GROUP", _("group")
        PERSON = "PERSON", _("person")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="honourees")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField()
    name_told = models.CharField(max_length=200)
    unit_told = models.CharField(max_length=200, blank=True)
    award = NamesField()
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    honour = models.ForeignKey(
        Honour, on_delete=models.PROTECT, null=True, related_name="honourees"
    )
    distinction = models.ForeignKey(
        Distinction, on_delete=models.PROTECT, null=True, related_name="honourees"
    )

    class Meta:
        ordering = ["kind", "rank"]

    def __str__(self) -> str:
        return self.said("name_told")

    @property
    def award_words(self) -> str:
        return in_tongue(self.award)
