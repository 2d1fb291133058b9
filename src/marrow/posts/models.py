"""Life on post: news and silence, incidents, what is agreed with hosts, staying on, regards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.missions.models import Mission, Site
from marrow.people.models import Person
from marrow.posts.rules.silence import Ladder
from marrow.posts.rules.telephones import dialled, numbers_of
from marrow.programmes.models import Programme
from marrow.teams.models import Assignment


class Watch(Spoken):
    """How long a team on post may be silent, and who is told then."""

    SPOKEN = ("contact",)

    mission = models.OneToOneField(Mission, on_delete=models.PROTECT, related_name="watch")
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)  # nobody is away: nobody waits for news
    leader_after = models.PositiveSmallIntegerField(default=24)  # hours
    office_after = models.PositiveSmallIntegerField(default=36)
    last_after = models.PositiveSmallIntegerField(default=48)
    contact = models.CharField(max_length=200, blank=True)  # the embassy's duty desk, or the like
    telephone = models.CharField(max_length=100, blank=True)  # numbers, a comma between two

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(
                condition=Q(leader_after__gt=0)
                & Q(office_after__gt=F("leader_after"))
                & Q(last_after__gt=F("office_after")),
                name="a_watch_climbs",
            )
        ]

    @property
    def ladder(self) -> Ladder:
        return Ladder(self.leader_after, self.office_after, self.last_after)

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Each number to call, as it is written and as it is dialled."""
        return [(one, dialled(one)) for one in numbers_of(self.telephone)]

    def __str__(self) -> str:
        return str(self.mission)


class CheckIn(Spoken):
    """A word from somebody on post: safe, or in need of help."""

    SPOKEN = ("note",)

    class State(models.TextChoices):
        SAFE = "SAFE", pgettext_lazy("a person", "safe")
        NEEDS_HELP = "NEEDS_HELP", _("needs help")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="check_ins")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    said_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    whole_team = models.BooleanField(default=False)  # a leader who has heard from everybody
    by_office = models.BooleanField(default=False)  # heard on the telephone, and entered

    class Meta:
        indexes = [models.Index(fields=["mission", "said_at"], name="check_in_mission")]

    def __str__(self) -> str:
        return f"{self.person}{colon()}{self.get_state_display()}"


class Rung(Record):
    """A rung of the ladder that was climbed for one silence; each is climbed once."""

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="rungs")
    silent_since = models.DateTimeField()
    step = models.PositiveSmallIntegerField()
    climbed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["watch", "silent_since", "step"], name="a_rung_is_climbed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.watch}{colon()}{self.step}"


class Incident(Spoken):
    """Something that happened to a team on post; never the name of a patient."""

    SPOKEN = ("what", "done", "outcome")

    class Kind(models.TextChoices):
        SECURITY = "SECURITY", _("security")
        HEALTH = "HEALTH", _("health of the team")
        ACCIDENT = "ACCIDENT", _("accident")
        DISASTER = "DISASTER", _("disaster or outbreak")
        OTHER = "OTHER", pgettext_lazy("incident", "other")

    class Severity(models.TextChoices):
        MINOR = "MINOR", pgettext_lazy("incident", "minor")
        SERIOUS = "SERIOUS", pgettext_lazy("incident", "serious")
        GRAVE = "GRAVE", pgettext_lazy("incident", "grave")

    class State(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("incident", "open")
        CLOSED = "CLOSED", pgettext_lazy("incident", "closed")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    severity = models.CharField(max_length=7, choices=Severity.choices)
    happened_on = models.DateField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=1000)
    done = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=1000, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mission", "state"], name="incident_mission")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"


class Objective(Spoken):
    """What team and hosts agree to reach; at the end each side scores it from 0 to 4."""

    SPOKEN = ("text", "target", "team_words", "host_words", "reason")

    class Score(models.IntegerChoices):
        NOT = 0, _("0: not reached")
        LITTLE = 1, _("1: a little")
        HALF = 2, _("2: half")
        MOSTLY = 3, _("3: mostly")
        WHOLLY = 4, _("4: wholly")

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="objectives")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="objectives")
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=8)  # in which it was agreed
    target = models.CharField(max_length=120, blank=True)  # by what one sees it, with its unit
    team_agreed_by = models.UUIDField(null=True)
    team_agreed_at = models.DateTimeField(null=True)
    host_agreed_by = models.UUIDField(null=True)
    host_agreed_at = models.DateTimeField(null=True)
    team_score = models.PositiveSmallIntegerField(null=True, choices=Score.choices)
    team_words = models.CharField(max_length=300, blank=True)
    team_scored_by = models.UUIDField(null=True)
    team_scored_at = models.DateTimeField(null=True)
    host_score = models.PositiveSmallIntegerField(null=True, choices=Score.choices)
    host_words = models.CharField(max_length=300, blank=True)
    host_scored_by = models.UUIDField(null=True)
    host_scored_at = models.DateTimeField(null=True)
    dropped_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mission"], name="objective_mission")]

    @property
    def agreed(self) -> bool:
        return self.team_agreed_at is not None and self.host_agreed_at is not None

    @property
    def scored(self) -> bool:
        return self.team_score is not None and self.host_score is not None

    def __str__(self) -> str:
        return self.said("text")


class Milestone(Spoken):
    """A step of a mission on post: what, by when, and when it was reached."""

    SPOKEN = ("what",)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="milestones")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    reached_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.said("what")


class Extension(Spoken):
    """A mission stays longer than planned: since when, until when, why."""

    SPOKEN = ("reason",)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="extensions")
    on = models.DateField()
    planned_end_on = models.DateField()  # the last day, as the mission's own
    emergency = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.mission}{colon()}{self.planned_end_on}"


class Stay(Record):
    """Somebody who stays on through an extension."""

    extension = models.ForeignKey(Extension, on_delete=models.PROTECT, related_name="stays")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="stays")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extension", "assignment"], name="one_stays_once_an_extension"
            )
        ]

    def __str__(self) -> str:
        return str(self.assignment)


class Regard(Spoken):
    """A message to those who serve or served: in one mission, or in all of a programme."""

    SPOKEN = ("text", "signed")

    class Occasion(models.TextChoices):
        SPRING_FESTIVAL = "SPRING_FESTIVAL", _("Spring Festival")
        NEW_YEAR = "NEW_YEAR", _("New Year")
        NATIONAL_DAY = "NATIONAL_DAY", _("National Day")
        DOCTORS_DAY = "DOCTORS_DAY", _("Doctors’ or Nurses’ Day")
        ANNIVERSARY = "ANNIVERSARY", pgettext_lazy("occasion", "anniversary")
        EMERGENCY = "EMERGENCY", pgettext_lazy("occasion", "a hard time")
        FAREWELL = "FAREWELL", pgettext_lazy("occasion", "coming home")
        OTHER = "OTHER", pgettext_lazy("occasion", "other")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="regards")
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="regards"
    )  # None: to all who serve or ever served in the programme
    occasion = models.CharField(max_length=16, choices=Occasion.choices)
    text = models.CharField(max_length=2000)
    language = models.CharField(max_length=8)
    signed = models.CharField(max_length=120)  # from whom, as it shall be read
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}, {self.signed}"
