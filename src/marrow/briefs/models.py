"""What a team tells of itself: the month's brief, and a short mission's operating list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity.models import Deed, Picture, choices
from marrow.activity.rules.kinds import AGES, OUTCOMES, SEXES
from marrow.catalogue.models import Item
from marrow.core.models import Record
from marrow.core.words import in_tongue
from marrow.directory.models import Organisation
from marrow.missions.models import Mission


class Brief(Record):
    """A month of a team as its leader tells it. Once it is sent, its figures are those of that
    day, and nothing of it changes."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("brief", "being written")
        SENT = "SENT", pgettext_lazy("brief", "sent")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="briefs")
    month = models.DateField()  # its first day
    state = models.CharField(max_length=5, choices=State.choices)
    texts = models.JSONField(default=dict)  # {"zh-hans": …, "fr": …, "en": …}, as far as written
    figures = models.JSONField(default=list)  # of the day it was sent: [{"code", "value", …}]
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField()
    sent_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mission", "month"], name="one_brief_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_brief_is_of_a_month"),
        ]

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class BriefPicture(Record):
    """A photograph of what was done that a brief shows; one taken out is shown here no more."""

    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="shown")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()  # first is 1

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "picture"], name="a_brief_shows_it_once")
        ]

    def __str__(self) -> str:
        return f"{self.brief} {self.place}"


class Screened(Record):
    """A line of a mission's operating list: somebody who was looked at, by a number alone. What
    was operated is a record of activity; nothing is entered twice."""

    class Verdict(models.TextChoices):
        OPERATE = "OPERATE", pgettext_lazy("operating list", "to be operated")
        NOT_NOW = "NOT_NOW", pgettext_lazy("operating list", "not this time")
        NOT_SUITABLE = (
            "NOT_SUITABLE",
            pgettext_lazy("operating list", "an operation would not help"),
        )

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="screened")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # within the mission, given here: it hides no initials
    screened_on = models.DateField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=1, choices=choices(SEXES), blank=True)
    age = models.CharField(max_length=6, choices=choices(AGES), blank=True)
    operation = models.ForeignKey(Deed, on_delete=models.PROTECT, null=True, related_name="+")
    day1_on = models.DateField(null=True)  # the first check after the operation
    day1_outcome = models.CharField(max_length=16, choices=choices(OUTCOMES), blank=True)
    week6_on = models.DateField(null=True)
    week6_outcome = models.CharField(max_length=16, choices=choices(OUTCOMES), blank=True)
    listed_by = models.UUIDField()
    listed_at = models.DateTimeField()
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "screened"
        constraints = [
            models.UniqueConstraint(fields=["mission", "number"], name="a_number_once_a_mission"),
            models.UniqueConstraint(fields=["operation"], name="an_operation_is_listed_once"),
        ]

    @property
    def operated_on(self) -> object:
        """The day of its operation; None where there is none, or it was voided."""
        return self.operation.held_on if self.operation and not self.operation.void_reason else None

    def __str__(self) -> str:
        return _("No. %s") % self.number

    @property
    def technique(self) -> str:
        item = (self.operation.item if self.operation else None) or self.item
        return in_tongue(item.names) if item else ""
