"""The posts of a mission, who is in them and how they came there, and its stages."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.directory.models import Organisation
from marrow.missions.models import Mission, Site
from marrow.people.models import Person


class Seat(Record):
    """A post to be filled in a mission: its role, and what it asks for."""

    class Role(models.TextChoices):
        LEADER = "LEADER", _("team leader")
        DEPUTY_LEADER = "DEPUTY_LEADER", _("deputy team leader")
        MEMBER = "MEMBER", pgettext_lazy("of a team", "member")
        ADVISER = "ADVISER", _("health policy adviser")
        PUBLIC_HEALTH = "PUBLIC_HEALTH", _("public health member")
        EXPERT = "EXPERT", _("member of an expert group")
        CADRE = "CADRE", _("manager")
        INTERPRETER = "INTERPRETER", _("interpreter")
        COOK = "COOK", _("cook")
        ENGINEER = "ENGINEER", _("engineer")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=14, choices=Role.choices)
    specialty = models.CharField(max_length=24, blank=True)  # a code of the catalogue's specialties
    grade = models.CharField(max_length=14, choices=Person.Grade.choices, blank=True)  # at least
    languages = models.JSONField(default=dict)  # {"fr": "B1"}: at least
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)  # the first day after
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="seats")
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )  # the unit that is asked to fill it
    dropped_on = models.DateField(null=True)  # not filled after all

    class Meta:
        indexes = [models.Index(fields=["mission"], name="seat_mission")]

    def __str__(self) -> str:
        return str(self.get_role_display())

    @property
    def last_on(self) -> dt.date | None:
        """The last day of the post, as pages and letters tell it."""
        return self.until_on - dt.timedelta(days=1) if self.until_on else None


class Assignment(Spoken):
    """A person on the way into a seat, in it, or out of it again: each step with its day.

    One assignment is one person-deployment (人次) once it served; the persons are counted apart.
    """

    SPOKEN = ("reason",)

    class State(models.TextChoices):
        APPLIED = "APPLIED", _("applied")
        INVITED = "INVITED", _("asked")
        AGREED = "AGREED", _("the unit agrees")
        REFUSED = "REFUSED", _("the unit refuses")
        DECLINED = "DECLINED", _("not chosen")
        WITHDRAWN = "WITHDRAWN", _("withdrew")
        RELEASED = "RELEASED", _("no longer sent")  # by the office: they may be asked again
        SELECTED = "SELECTED", pgettext_lazy("a person", "selected")
        REPLACED = "REPLACED", _("replaced")
        WENT_HOME = "WENT_HOME", _("went home early")
        SERVING = "SERVING", _("serving")
        SERVED = "SERVED", _("served")

    ON_THE_WAY = (State.APPLIED, State.INVITED, State.AGREED)  # nobody chose yet
    HELD = (State.SELECTED, State.SERVING, State.SERVED)  # the seat is theirs
    TURNED_DOWN = (  # or withdrew, or went home from it
        State.REFUSED, State.DECLINED, State.WITHDRAWN, State.REPLACED, State.WENT_HOME,
    )  # fmt: skip

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=10, choices=State.choices)
    asked_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    unit_answered_on = models.DateField(null=True)
    # who of the unit said it, where the office entered it; '' where the unit answered itself
    unit_answered_by = models.CharField(max_length=160, blank=True)
    selected_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state__in=("SELECTED", "SERVING", "SERVED")),
                name="a_seat_is_held_by_one",
            ),
            models.UniqueConstraint(
                fields=["seat", "person"], name="a_person_comes_into_a_seat_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="assignment_person"),
            # few are on the way or away now, among all who ever were
            models.Index(fields=["state", "seat"], name="assignment_state"),
        ]

    def __str__(self) -> str:
        return f"{self.person}{colon()}{self.seat}"


#: those whose service has ended, however it did: what began counts, rests and is certified. Who
#: withdrew from a post is of the time when that was the only word for it
CAME_HOME = Q(state=Assignment.State.SERVED) | Q(
    state__in=(
        Assignment.State.WENT_HOME, Assignment.State.REPLACED, Assignment.State.WITHDRAWN,
    ),
    started_on__isnull=False,
)  # fmt: skip


class StageChange(Spoken):
    """A mission moved on: to which stage, on which day, and why where that must be said."""

    SPOKEN = ("reason",)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=14, choices=Mission.Status.choices)
    before = models.CharField(max_length=14, choices=Mission.Status.choices)
    step = models.PositiveSmallIntegerField()  # 1, 2, 3 …: several may fall on one day
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "step"], name="a_mission_moves_step_by_step")
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.on}"
