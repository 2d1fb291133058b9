"""Who is chosen by whom, and what those who were chosen learned before they left."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.missions.models import Mission
from marrow.teams.models.seats import Assignment


class Panel(Spoken):
    """Those who judge the people for a mission's seats, and the day on which they meet."""

    SPOKEN = ("place",)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="panels")
    meets_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["meets_on", "id"]

    def __str__(self) -> str:
        return f"{self.mission}, {self.meets_on}"


class PanelMember(Spoken):
    """Somebody who sits on a panel: their name, and as what."""

    SPOKEN = ("name", "post")

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.said("name")


class Judgement(Spoken):
    """What a panel says of one person for one seat: score, words, decision, day."""

    SPOKEN = ("remark",)

    class Decision(models.TextChoices):
        RECOMMENDED = "RECOMMENDED", _("recommended")
        RESERVE = "RESERVE", _("in reserve")
        NOT = "NOT", _("not recommended")

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="judgements")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="judgements")
    score = models.PositiveSmallIntegerField(null=True)  # of 100; None: no score was given
    remark = models.CharField(max_length=400, blank=True)
    decision = models.CharField(max_length=12, choices=Decision.choices)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "assignment"], name="a_panel_judges_a_person_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment.person}{colon()}{self.get_decision_display()}"


class TrainingSession(Spoken):
    """A day of training before the departure."""

    SPOKEN = ("topic",)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="trainings")
    held_on = models.DateField()
    topic = models.CharField(max_length=200)
    required = models.BooleanField()  # nobody leaves who missed it

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.said('topic')}"


class Attendance(Record):
    """Whether somebody was at a session; no row is not known."""

    class State(models.TextChoices):
        PRESENT = "PRESENT", pgettext_lazy("at a session", "present")
        EXCUSED = "EXCUSED", pgettext_lazy("at a session", "excused")
        ABSENT = "ABSENT", pgettext_lazy("at a session", "absent")

    session = models.ForeignKey(
        TrainingSession, on_delete=models.PROTECT, related_name="attendances"
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=8, choices=State.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "assignment"], name="a_person_attends_a_session_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment.person}{colon()}{self.get_state_display()}"
