"""Agreement work: plans and what they ask, task sheets, targets, benefits, who keeps it, lessons,
and how both sides find their partnership.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.fields import NamesField, PartialDateField
from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon, in_tongue
from marrow.missions.models import Mission
from marrow.programmes.models import Agreement, Partnership, PolicyGoal, Programme
from marrow.sources.rules import MEASURES

RECIPIENT, SENDER = "RECIPIENT", "SENDER"


class Worded(Spoken):
    """Words that somebody wrote, in the language in which they wrote them."""

    SPOKEN: ClassVar[tuple[str, ...]] = ("text",)

    text = models.CharField(max_length=300)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.said("text")


class Aimed(Worded):
    """Something to reach: a number with its unit, how far it is, and as of when."""

    SPOKEN = ("text", "measured_in", "reason")

    aim = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    measured_in = models.CharField(max_length=40, blank=True)
    reached = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # null is unknown
    as_of = PartialDateField()
    dropped_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class PlanPeriod(Record):
    """A plan period of a programme, as a five-year plan is."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plan_periods")
    names = NamesField()
    starts_on = PartialDateField()
    ends_on = PartialDateField()

    class Meta:
        ordering = ["-starts_on", "id"]

    def __str__(self) -> str:
        return in_tongue(self.names)


class Requirement(Worded):
    """What a plan or a policy asks of a programme, and how the programme answers it."""

    SPOKEN = ("text", "answer")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="requirements")
    period = models.ForeignKey(
        PlanPeriod, on_delete=models.PROTECT, null=True, related_name="requirements"
    )
    goal = models.ForeignKey(PolicyGoal, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=600, blank=True)  # "" is not answered yet

    class Meta:
        ordering = ["text", "id"]


class TaskSheet(Record):
    """What a programme, or one of its agreements, sets itself for one year."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="task_sheets")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, related_name="task_sheets"
    )
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"], condition=Q(agreement=None),
                name="a_programme_has_one_sheet_a_year",
            ),
            models.UniqueConstraint(
                fields=["agreement", "year"], name="an_agreement_has_one_sheet_a_year"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} · {self.agreement or self.programme}"


class TaskLine(Aimed):
    """A task of a sheet, with its number or without, and which requirement it answers."""

    sheet = models.ForeignKey(TaskSheet, on_delete=models.PROTECT, related_name="lines")
    nth = models.PositiveSmallIntegerField()
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, null=True, related_name="lines"
    )
    done_on = PartialDateField()  # of a task without a number

    class Meta:
        ordering = ["nth", "id"]


class Target(Aimed):
    """A line of a programme's target card; one with a measure stands where its figures stand."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="targets")
    period = models.ForeignKey(
        PlanPeriod, on_delete=models.PROTECT, null=True, related_name="targets"
    )
    measure = models.CharField(max_length=40, blank=True)
    by_on = PartialDateField()

    class Meta:
        ordering = ["by_on", "id"]

    def __str__(self) -> str:
        return (
            in_tongue(MEASURES[self.measure].names)
            if self.measure in MEASURES
            else self.said("text")
        )


class Gain(Worded):
    """What a partnership brings to one of its two sides."""

    class To(models.TextChoices):
        RECIPIENT = RECIPIENT, _("to the recipient")
        SENDER = SENDER, _("to the sender")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="gains")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, related_name="gains"
    )
    to = models.CharField(max_length=10, choices=To.choices)

    class Meta:
        ordering = ["to", "text", "id"]


class First(Worded):
    """A first, of the side that sends ("first in the country to send …") or of the one that
    receives ("first in the region to …"), as its source words it.
    """

    class Side(models.TextChoices):
        SENDER = SENDER, _("of the sending side")
        RECIPIENT = RECIPIENT, _("of the receiving side")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="firsts")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, null=True, related_name="firsts")
    side = models.CharField(max_length=10, choices=Side.choices)
    happened_on = PartialDateField()

    class Meta:
        ordering = ["side", "happened_on", "text", "id"]


class Tenet(Record):
    """A value of a service, as its source words it; its motto is a fact of the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tenets")
    names = NamesField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return in_tongue(self.names)


class OfficeMember(Spoken):
    """Somebody of the office's own team: who, for what, since when."""

    SPOKEN = ("name", "duty")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="office_members"
    )
    name = models.CharField(max_length=120)
    duty = models.CharField(max_length=200)
    since = PartialDateField()
    until = PartialDateField()

    class Meta:
        ordering = ["until", "since", "name", "id"]

    def __str__(self) -> str:
        return self.said("name")


class Lesson(Spoken):
    """What was learned, or a model that others may take over."""

    SPOKEN = ("title", "text")

    class Kind(models.TextChoices):
        LESSON = "LESSON", _("lesson")
        MODEL = "MODEL", pgettext_lazy("to be taken over", "model")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lessons")
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="lessons"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    learned_on = PartialDateField()
    public = models.BooleanField(default=False)  # everybody may read it

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.said("title")


class Reuse(Spoken):
    """A programme that took over a lesson or model of another."""

    SPOKEN = ("note",)

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="reuses")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reuses")
    since = PartialDateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "programme"], name="a_programme_takes_a_lesson_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme}{colon()}{self.lesson}"


class HealthCheck(Record):
    """How one side finds a partnership in one year; shown once the other side has given its own."""

    class Side(models.TextChoices):
        OFFICE = "OFFICE", _("programme office")
        RECIPIENT = RECIPIENT, _("recipient")

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="health_checks"
    )
    year = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10, choices=Side.choices)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    given_by = models.UUIDField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "year", "side"],
                name="a_side_checks_a_partnership_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.partnership} · {self.get_side_display()}"


class Mark(Spoken):
    """What one side says of one point of a health check: 0 to 4, or that it cannot say."""

    SPOKEN = ("sentence",)

    class Point(models.TextChoices):
        """The six steps of WHO's twinning partnerships, then THET's eight principles."""

        PARTNERSHIP = "PARTNERSHIP", _("partnership development")
        NEEDS = "NEEDS", _("needs assessment")
        GAPS = "GAPS", _("gap analysis")
        PLANNING = "PLANNING", _("action planning")
        ACTION = "ACTION", pgettext_lazy("step of twinning", "action")
        REVIEW = "REVIEW", _("evaluation and review")
        STRATEGIC = "STRATEGIC", _("strategic")
        ALIGNED = "ALIGNED", _("harmonised and aligned")
        EFFECTIVE = "EFFECTIVE", _("effective and sustainable")
        RESPECTFUL = "RESPECTFUL", _("respectful and reciprocal")
        ORGANISED = "ORGANISED", _("organised and accountable")
        RESPONSIBLE = "RESPONSIBLE", _("responsible")
        FLEXIBLE = "FLEXIBLE", _("flexible, resourceful and innovative")
        LEARNING = "LEARNING", _("committed to joint learning")

    class Score(models.IntegerChoices):
        NOT = 0, _("0: not at all")
        LITTLE = 1, pgettext_lazy("health check", "1: a little")
        HALF = 2, pgettext_lazy("health check", "2: half")
        MOSTLY = 3, pgettext_lazy("health check", "3: mostly")
        WHOLLY = 4, pgettext_lazy("health check", "4: wholly")

    health_check = models.ForeignKey(HealthCheck, on_delete=models.PROTECT, related_name="marks")
    point = models.CharField(max_length=12, choices=Point.choices)
    score = models.PositiveSmallIntegerField(choices=Score.choices, null=True)  # null: cannot say
    sentence = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["health_check", "point"], name="a_health_check_marks_a_point_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_point_display())


STEPS = (
    Mark.Point.PARTNERSHIP, Mark.Point.NEEDS, Mark.Point.GAPS, Mark.Point.PLANNING,
    Mark.Point.ACTION, Mark.Point.REVIEW,
)  # fmt: skip
