"""What was done: visits that a phone counts, single records, and months' reports of counts.

No patient is ever named or numbered here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import pgettext_lazy

from marrow.activity.rules.kinds import (
    AGES,
    GROUPS,
    KINDS,
    OUTCOMES,
    SATISFACTIONS,
    SEXES,
    SPEAKERS,
)
from marrow.catalogue.models import Item
from marrow.core.models import Record
from marrow.core.secrets import Secret
from marrow.core.spoken import Spoken
from marrow.core.words import colon, in_tongue
from marrow.directory.models import Department, Organisation
from marrow.missions.models import Mission

_said = lazy(in_tongue, str)


def choices(words: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Any]]:
    """Codes with their words, said in the reader's language when they are shown."""
    return [(code, _said(names)) for code, names in words.items()]


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


class Deed(Record):
    """One thing done on one day: an operation, a visit, a lecture. Without a mission it is the
    hospital's own; without a hospital it is the mission's, at a `place` as the team calls it: a
    free clinic in a village."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    place = models.CharField(max_length=120, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, null=True, related_name="deeds")
    held_on = models.DateField()
    kind = models.CharField(max_length=24, choices=choices(KINDS))
    count = models.PositiveIntegerField()  # 1; of trainings, how many came
    #: how many people a lecture or a clinic reached; None is unknown, 0 is that nobody came
    people_reached = models.PositiveIntegerField(null=True)
    specialty = models.CharField(max_length=24, blank=True)  # a code of people's specialties
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    with_whom = models.CharField(max_length=120, blank=True)  # the colleague, never a patient
    sealed_attendees = models.TextField(blank=True)
    attendees = Secret("sealed_attendees")  # who signed up for a training, a name a line
    group = models.CharField(max_length=14, choices=choices(GROUPS), blank=True)
    sex = models.CharField(max_length=1, choices=choices(SEXES), blank=True)
    age = models.CharField(max_length=6, choices=choices(AGES), blank=True)
    outcome = models.CharField(max_length=16, choices=choices(OUTCOMES), blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "held_on"], name="deed_of_hospital"),
            models.Index(fields=["mission", "held_on"], name="deed_of_mission"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="a_deed_counts"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | (Q(mission__isnull=False) & ~Q(place="")),
                name="a_deed_has_its_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"


class Voice(Spoken):
    """What a patient, a colleague or a partner said of a team's work, in their own words. Nobody
    is named; whether it may be told on is their own word."""

    SPOKEN = ("text",)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="voices")
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    said_by = models.CharField(max_length=10, choices=choices(SPEAKERS))
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=8, blank=True)
    satisfied = models.CharField(max_length=5, choices=choices(SATISFACTIONS), blank=True)
    may_be_quoted = models.BooleanField(default=False)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mission", "held_on"], name="voice_of_mission")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_said_by_display()}"


class Picture(Record):
    """A photograph of what was done, by the name that phones give its bytes; those come after."""

    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    void_reason = models.CharField(max_length=200, blank=True)  # its bytes can be read no more

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="picture_by_bytes")]
        constraints = [
            models.UniqueConstraint(fields=["deed", "sha256"], name="a_picture_once_a_deed")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Report(Spoken):
    """A month of one place as its site tells it, in versions: of a hospital or its department, by
    the hospital itself or by a mission there. `stands` marks the version that figures rest on."""

    SPOKEN = ("reason",)

    class State(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("monthly report", "being written")
        SUBMITTED = "SUBMITTED", pgettext_lazy("monthly report", "handed in")
        REVIEWED = "REVIEWED", pgettext_lazy("monthly report", "reviewed")
        APPROVED = "APPROVED", pgettext_lazy("monthly report", "approved")
        RETURNED = "RETURNED", pgettext_lazy("monthly report", "sent back")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="monthly_reports"
    )
    month = models.DateField()  # its first day
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    stands = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)  # why sent back, or why a new version
    handed_in_by = models.UUIDField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "month"], name="report_of_place"),
            models.Index(fields=["mission", "month"], name="report_of_mission"),
            models.Index(
                fields=["state"], name="report_waits",
                condition=Q(state__in=["SUBMITTED", "REVIEWED", "RETURNED"]),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_its_first_day")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def place(self) -> tuple[Any, Any, Any, dt.date]:
        """What makes two reports versions of one."""
        return self.organisation_id, self.department_id, self.mission_id, self.month


class Indicator(Record):
    """What a source calls something that it counts; `kind` says what it is here, once a person
    said so. Until then its counts are kept and shown, and stand in no figure. Where months that
    were reviewed rest on it, `asked_by` asks for `asked_kind`, and a second person confirms it."""

    words = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=24, choices=choices(KINDS), blank=True)
    asked_kind = models.CharField(max_length=24, choices=choices(KINDS), blank=True)
    asked_by = models.UUIDField(null=True)  # None: nothing is asked

    def __str__(self) -> str:
        return str(in_tongue(KINDS[self.words])) if self.words in KINDS else self.words


class Count(Record):
    """One cell of a month's report: as it was reported, or as it was adjusted later; both are
    kept. Fractions are estimates. A cell that is absent is not nought."""

    class Basis(models.TextChoices):
        REPORTED = "REPORTED", pgettext_lazy("basis of a count", "as reported")
        ADJUSTED = "ADJUSTED", pgettext_lazy("basis of a count", "as adjusted")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="counts")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="counts")
    basis = models.CharField(max_length=8, choices=Basis.choices)
    specialty = models.CharField(max_length=24, blank=True)
    group = models.CharField(max_length=14, choices=choices(GROUPS), blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    contested = models.BooleanField(default=False)  # two phones differ: in no figure until settled
    document = models.UUIDField(null=True)  # sources.Document
    row = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator", "basis", "specialty", "group"],
                name="a_cell_is_counted_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_count_is_not_below_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}{colon()}{self.value.normalize():f}"
