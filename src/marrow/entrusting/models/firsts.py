"""What was done for the first time: in a place, or by the house that sends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.core.fields import PartialDateField
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission


class FirstTime(Spoken):
    """An item that a hospital did for the first time in its house or its area, or that was new for
    the house that sends; it stands once a head of that house confirmed it.
    """

    SPOKEN = ("evidence", "reason")

    class Side(models.TextChoices):
        LOCAL = "LOCAL", _("of the receiving side")
        SENDER = "SENDER", _("of the sending side")

    class ByWhom(models.TextChoices):
        LOCALS = "LOCALS", pgettext_lazy("done first by", "the local team alone")
        TOGETHER = "TOGETHER", pgettext_lazy("done first by", "the local team with visitors")
        VISITORS = "VISITORS", pgettext_lazy("done first by", "visitors")

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", pgettext_lazy("a first", "waits for the head")
        CONFIRMED = "CONFIRMED", pgettext_lazy("a first", "confirmed")
        DECLINED = "DECLINED", pgettext_lazy("a first", "not a first")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="firsts")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="firsts")
    side = models.CharField(max_length=6, choices=Side.choices)
    within = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="firsts"
    )  # the place of which it was the first; None: of the house
    happened_on = PartialDateField()
    by_whom = models.CharField(max_length=8, choices=ByWhom.choices)
    evidence = models.CharField(max_length=300)
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="first_times"
    )
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, related_name="first_times"
    )  # the step on the ladder that proposed it
    state = models.CharField(max_length=9, choices=State.choices)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it is none

    class Meta:
        ordering = ["-happened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "item", "side"],
                condition=Q(state__in=("PROPOSED", "CONFIRMED")),
                name="a_house_does_an_item_first_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}{colon()}{self.organisation}"
