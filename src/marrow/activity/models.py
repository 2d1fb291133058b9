"""What was done: visits, counted by day. Other kinds join here."""

from __future__ import annotations

from django.db import models

from marrow.core.models import Record
from marrow.core.secrets import Secret
from marrow.missions.models import Mission


class Visits(Record):
    """Visits (人次, not patients) that a team counted on one day."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="visits")
    held_on = models.DateField()
    count = models.PositiveIntegerField()
    sealed_note = models.TextField(blank=True)
    void_reason = models.CharField(max_length=200, blank=True)  # a mistake is voided, never deleted

    note = Secret("sealed_note")

    class Meta:
        indexes = [models.Index(fields=["mission", "held_on"], name="visits_mission")]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=1), name="visits_count_somebody")
        ]
        verbose_name_plural = "visits"

    def __str__(self) -> str:
        return f"{self.held_on} × {self.count}"
