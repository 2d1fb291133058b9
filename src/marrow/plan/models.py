"""Plans: teams and seats over time, who is put into them, what is pinned, what happened."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.days import DAY
from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon, in_tongue
from marrow.directory.models import Area, Organisation
from marrow.missions.actions import batch_names
from marrow.missions.models import Mission
from marrow.need.models import Need
from marrow.people.models import Person
from marrow.programmes.models import Programme, Series
from marrow.teams.models import Seat


class Scenario(Spoken):
    """One way in which the teams of some series could be filled over a time; published, it is
    what is done. A copy is changed without touching what it was copied from."""

    SPOKEN = ("name", "aside_reason")

    class State(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("plan", "draft")
        SOLVED = "SOLVED", pgettext_lazy("plan", "solved")
        PUBLISHED = "PUBLISHED", pgettext_lazy("plan", "published")

    name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()  # the first day after
    seed = models.PositiveIntegerField(default=1)
    weights = models.JSONField(default=dict)  # points by gain; what is not named is as usual
    state = models.CharField(max_length=9, choices=State.choices)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # what is asked; not who is put where
    solved_at = models.DateTimeField(null=True)
    run = models.UUIDField(null=True)  # the run whose answer stands
    figures = models.JSONField(default=dict)  # of that answer: value, bound, gap, tiers …
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)  # what it takes otherwise than the records: rules.facts
    book = models.CharField(max_length=200, blank=True)  # the workbook that told these facts
    aside_at = models.DateTimeField(null=True)  # put aside: in no list, beside no other plan
    aside_by = models.UUIDField(null=True)
    aside_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.said("name")

    def is_called(self, name: str) -> bool:
        """Whether it has this name already, in one of its languages."""
        return name.strip() in (self.name, *self.also("name").values())

    @property
    def last_on(self) -> dt.date:
        """The last day of the plan, as pages and sentences tell it."""
        return self.until_on - DAY


class PlannedTeam(Record):
    """A team in a plan: the next batch of a series, one that forms already, or its own."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=24)  # as its seats are called: GN31
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120, blank=True)  # of a team that is no batch
    kind = models.CharField(max_length=20, choices=Mission.Kind.choices)
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField()  # the first day after
    overlap_days = models.PositiveSmallIntegerField(default=14)
    minimum = models.PositiveSmallIntegerField(default=1)  # fewer do not go
    hats = models.JSONField(default=list)  # leader, language, infection_control
    language = models.CharField(max_length=8, blank=True)
    monthly_cost = models.DecimalField(  # of one person, in thousands; None: unknown
        max_digits=9, decimal_places=2, null=True
    )

    class Meta:
        ordering = ["from_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "code"], name="a_plan_names_a_team_once")
        ]

    #: what a team's name is made of, to be read along where several are named
    CALLED_BY = ("mission", "series__recipient_area", "series__recipient")

    def __str__(self) -> str:
        if self.series and self.number and not self.mission:
            return in_tongue(batch_names(self.series, self.number))
        return str(self.mission or self.title or self.code)

    @property
    def last_on(self) -> dt.date:
        """The last day of the team, as pages and sentences tell it."""
        return self.until_on - DAY


class PlannedSeat(Record):
    """A seat of a team in a plan, what it asks for, and how much it weighs."""

    class Weight(models.TextChoices):
        CRITICAL = "CRITICAL", pgettext_lazy("seat", "critical")
        IMPORTANT = "IMPORTANT", pgettext_lazy("seat", "important")
        ORDINARY = "ORDINARY", pgettext_lazy("seat", "ordinary")

    team = models.ForeignKey(PlannedTeam, on_delete=models.PROTECT, related_name="seats")
    code = models.CharField(max_length=32)  # GN31-04
    role = models.CharField(max_length=14, choices=Seat.Role.choices)
    specialty = models.CharField(max_length=24, blank=True)
    grade = models.CharField(max_length=14, choices=Person.Grade.choices, blank=True)  # at least
    languages = models.JSONField(default=dict)  # {"fr": "B1"}: at least
    weight = models.CharField(max_length=9, choices=Weight.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="planned")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="planned")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["team", "code"], name="a_team_names_a_seat_once")
        ]

    def __str__(self) -> str:
        return self.code


class Placing(Record):
    """Who is put into a seat by the answer that stands."""

    seat = models.OneToOneField(PlannedSeat, on_delete=models.PROTECT, related_name="placing")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placings")

    def __str__(self) -> str:
        return f"{self.seat}{colon()}{self.person}"


class Pin(Spoken):
    """A decision that the planner keeps. Nobody: the seat stays empty."""

    SPOKEN = ("reason",)

    seat = models.OneToOneField(PlannedSeat, on_delete=models.PROTECT, related_name="pin")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    pinned_by = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.seat}{colon()}{self.person or '–'}"


class Happening(Spoken):
    """What a plan reckons with beyond the records: somebody drops out, a visa comes late, a
    hospital can spare more or fewer."""

    SPOKEN = ("reason",)

    class Kind(models.TextChoices):
        OUT = "OUT", _("drops out")
        LATE = "LATE", _("can leave only from a day on")
        CAP = "CAP", _("a hospital can spare more or fewer")

    class Why(models.TextChoices):
        HEALTH = "HEALTH", pgettext_lazy("why a plan changes", "health")
        FAMILY = "FAMILY", pgettext_lazy("why a plan changes", "family")
        DUTY = "DUTY", pgettext_lazy("why a plan changes", "needed at the unit")
        PAPERS = "PAPERS", pgettext_lazy("why a plan changes", "passport, visa or papers")
        OUTBREAK = "OUTBREAK", pgettext_lazy("why a plan changes", "an outbreak")
        STAFF = "STAFF", pgettext_lazy("why a plan changes", "the hospital’s staff changed")
        TRIAL = "TRIAL", pgettext_lazy("why a plan changes", "to see what would happen")
        OTHER = "OTHER", pgettext_lazy("why a plan changes", "another reason")

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="happenings")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    people = models.SmallIntegerField(null=True)  # of CAP: so many more, or fewer
    from_on = models.DateField(null=True)  # of LATE
    why = models.CharField(max_length=8, choices=Why.choices, default=Why.OTHER)
    reason = models.CharField(max_length=300, blank=True)  # what else there is to say, as written

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def keeps_from(cls, leaves: models.OuterRef) -> Q:
        """Of what happened to somebody: that they do not come with a team that leaves then."""
        return Q(kind=cls.Kind.OUT) | Q(kind=cls.Kind.LATE, from_on__gt=leaves)


class Budget(Record):
    """What the people whom an area sends may cost in a plan, by the year in which they leave."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="budgets")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=1)  # in thousands

    class Meta:
        ordering = ["year", "area__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "area", "year"], name="a_plan_has_one_budget_of_area_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.year}{colon()}{self.amount}"


class AbsenceCap(Spoken):
    """How many people a hospital, or one specialty of it, can spare at once in a time. Under
    pressure, as in an epidemic at home, it is the hard limit of what is asked of it."""

    SPOKEN = ("reason",)

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="absence_caps")
    specialty = models.CharField(max_length=24, blank=True)  # '': the whole hospital
    from_on = models.DateField()
    until_on = models.DateField()  # the first day after
    people = models.PositiveSmallIntegerField()
    pressure = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    ended_on = models.DateField(null=True)  # taken back

    class Meta:
        ordering = ["from_on", "id"]
        indexes = [models.Index(fields=["unit", "until_on"], name="cap_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=models.F("from_on")), name="a_cap_lasts_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}{colon()}{self.people}"

    @property
    def last_on(self) -> dt.date:
        """The last day of the limit, as pages and sentences tell it."""
        return self.until_on - DAY

    @property
    def months(self) -> str:
        """The months for which it holds, each that its days touch: "2026-12 – 2027-02"."""
        return " – ".join(dict.fromkeys((f"{self.from_on:%Y-%m}", f"{self.last_on:%Y-%m}")))


class Run(models.Model):
    """One run of the planner: how far it is, and what came of it. Made anew at any time, so it
    stands outside the journal."""

    class State(models.TextChoices):
        WAITING = "WAITING", pgettext_lazy("run", "waits for the worker")
        RUNNING = "RUNNING", pgettext_lazy("run", "runs")
        DONE = "DONE", pgettext_lazy("run", "done")
        REFUSED = "REFUSED", pgettext_lazy("run", "cannot be planned")
        FAILED = "FAILED", pgettext_lazy("run", "failed")

    OPEN = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=8, choices=State.choices)
    stopping = models.BooleanField(default=False)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict)  # stage, seconds, value, bound, filled
    seats = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    faults = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    problem = models.TextField(blank=True)  # as the file of the planner's format
    plan = models.JSONField(null=True)
    why = models.JSONField(default=dict)  # by a seat's code
    judged = models.CharField(max_length=8, blank=True)  # ACCEPTED, LEFT; '' waits

    class Meta:
        indexes = [models.Index(fields=["scenario", "asked_at"], name="run_of_plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state__in=("WAITING", "RUNNING")),
                name="a_plan_is_solved_once_at_a_time",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.scenario} {self.asked_at:%Y-%m-%d %H:%M}"


class Workbook(models.Model):
    """A workbook that was sent back for a plan: its cells, what is wrong with its rows, or the
    problem that it tells. A plan is made of it when somebody looked at it; the cells go then. It
    is no fact of the domain, so it stands outside the journal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="workbooks")
    name = models.CharField(max_length=200)
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()
    cells = models.JSONField(default=dict)  # by a sheet's title, its rows of texts
    wrong = models.JSONField(default=list)  # [sheet, row, {code, names}]
    problem = models.TextField(blank=True)  # '' where anything is wrong
    made = models.ForeignKey(Scenario, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.name
