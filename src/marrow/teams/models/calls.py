"""A call for people: who is asked, by when, and what each unit answered."""

from __future__ import annotations

from django.db import models

from marrow.core.fields import NamesField
from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import tongue
from marrow.directory.models import Organisation
from marrow.missions.models import Mission


class Call(Record):
    """A call for a mission's seats: its words, and the days between which people come forward."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="calls")
    text = models.TextField()  # as its office wrote it
    translations = NamesField()  # the same in other languages
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day
    public = models.BooleanField(default=False)  # also on the page that everybody reads

    class Meta:
        ordering = ["-opens_on", "id"]

    def words(self) -> str:
        """In the reader's language where it was written in that too."""
        return self.translations.get(tongue()) or self.text

    def __str__(self) -> str:
        return f"{self.mission}, {self.opens_on} – {self.closes_on}"


class AskedUnit(Spoken):
    """A unit that a call asks; it puts people forward, or says that it has nobody."""

    SPOKEN = ("reason",)

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="asked")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nobody_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "unit"], name="a_call_asks_a_unit_once")
        ]

    def __str__(self) -> str:
        return str(self.unit)
