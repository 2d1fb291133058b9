"""What must be done before somebody leaves: the programme's list, and each one's own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.people.models import Credential
from marrow.programmes.models import Programme
from marrow.teams.models.seats import Assignment


class Step(models.TextChoices):
    """What is done before a departure."""

    MEDICAL = "MEDICAL", _("medical examination")
    VACCINATION = "VACCINATION", _("vaccinations")
    LANGUAGE = "LANGUAGE", _("language course")
    TRAINING = "TRAINING", pgettext_lazy("before leaving", "training")
    PASSPORT = "PASSPORT", _("passport")
    VISA = "VISA", _("visa")
    INSURANCE = "INSURANCE", _("insurance")
    TICKET = "TICKET", _("ticket")
    ALLOWANCE = "ALLOWANCE", _("allowance")


class Owner(models.TextChoices):
    """Whose part it is."""

    OFFICE = "OFFICE", _("programme office")
    UNIT = "UNIT", _("sending unit")
    PERSON = "PERSON", _("the person")


class ListedItem(Record):
    """What a programme asks before a departure: whose part it is, and how many days before."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="checklist")
    step = models.CharField(max_length=12, choices=Step.choices)
    owner = models.CharField(max_length=6, choices=Owner.choices)
    days_before = models.PositiveSmallIntegerField()
    required = models.BooleanField()  # nobody leaves without it
    asked = models.BooleanField()  # False: no longer of those who are selected from now on

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "step"], name="a_programme_lists_a_step_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())


class ChecklistItem(Spoken):
    """One thing that one person still has to do, or has done, before they leave."""

    SPOKEN = ("reason", "note")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="checklist")
    step = models.CharField(max_length=12, choices=Step.choices)
    owner = models.CharField(max_length=6, choices=Owner.choices)
    required = models.BooleanField()
    due_on = models.DateField(null=True)  # None where the day of leaving is not known
    done_on = models.DateField(null=True)
    waived_on = models.DateField(null=True)  # the office lets it be, and says why
    reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    evidence = models.ForeignKey(
        Credential, on_delete=models.PROTECT, null=True, related_name="+"
    )  # the passport, the certificate

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "step"], name="a_checklist_holds_a_step_once"
            )
        ]
        indexes = [models.Index(fields=["due_on"], name="checklist_due")]

    def __str__(self) -> str:
        return f"{self.assignment.person}{colon()}{self.get_step_display()}"
