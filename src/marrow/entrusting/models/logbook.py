"""A person's logbook, and the levels that those who watched signed on the strength of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.models import Item
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.directory.models import Organisation
from marrow.people.models import Person


class LogCase(Spoken):
    """Cases of one kind that somebody saw or did on one day. Never a patient's name or data."""

    SPOKEN = ("supervisor_words", "reason")

    class Role(models.TextChoices):
        OBSERVED = "OBSERVED", pgettext_lazy("in a case", "watched")
        ASSISTED = "ASSISTED", pgettext_lazy("in a case", "assisted")
        SUPERVISED = "SUPERVISED", pgettext_lazy("in a case", "did it under supervision")
        ALONE = "ALONE", pgettext_lazy("in a case", "did it alone")

    class State(models.TextChoices):
        WAITING = "WAITING", pgettext_lazy("a case", "waits for the supervisor")
        CONFIRMED = "CONFIRMED", pgettext_lazy("a case", "confirmed")
        DECLINED = "DECLINED", pgettext_lazy("a case", "not confirmed")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="log_cases")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="log_cases"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="log_cases")
    on = models.DateField()
    role = models.CharField(max_length=10, choices=Role.choices)
    count = models.PositiveSmallIntegerField()
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    supervisor_words = models.CharField(max_length=120, blank=True)  # where they have no record
    state = models.CharField(max_length=9, choices=State.choices)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # of what was not confirmed

    class Meta:
        ordering = ["-on", "-told_at"]
        indexes = [
            models.Index(fields=["person", "item", "on"], name="case_of_person"),
            models.Index(
                fields=["organisation", "told_at"], name="case_waits", condition=Q(state="WAITING")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="a_log_case_is_one_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.person}{colon()}{self.item}, {self.on}"


class Entrustment(Spoken):
    """A level at which somebody may do something in a hospital, from a day on, signed by who
    watched. Going back is another row with its reason; the last one of a day holds.
    """

    SPOKEN = ("reason",)

    class Level(models.IntegerChoices):
        """Ten Cate's five levels."""

        OBSERVES = 1, pgettext_lazy("entrusted with", "may watch")
        DIRECT = 2, pgettext_lazy("entrusted with", "does it, somebody beside them")
        NEARBY = 3, pgettext_lazy("entrusted with", "does it, somebody in the house")
        ALONE = 4, pgettext_lazy("entrusted with", "does it alone")
        TEACHES = 5, pgettext_lazy("entrusted with", "supervises others")

    class Side(models.TextChoices):
        HEAD = "HEAD", _("head of the local department")
        VISITOR = "VISITOR", _("visiting expert")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entrustments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="entrustments"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="entrustments")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    before = models.PositiveSmallIntegerField(choices=Level.choices, null=True)  # None: no level
    on = models.DateField()
    cases = models.PositiveIntegerField()  # confirmed by then: what the signature rested on
    reason = models.CharField(max_length=300, blank=True)  # of going back
    side = models.CharField(max_length=8, choices=Side.choices)
    signer = models.UUIDField()
    signer_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "signed_at"]
        indexes = [
            models.Index(fields=["organisation", "item", "on"], name="entrusted_at_hospital"),
            models.Index(fields=["person", "item", "on"], name="entrusted_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}{colon()}{self.item}, {self.level}"
