"""Lasting commitments: programmes, what was agreed, who stands with whom, series, meetings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.fields import NamesField, PartialDateField
from marrow.core.models import Record
from marrow.core.words import in_tongue
from marrow.directory.models import Area, Department, Organisation


class Programme(Record):
    """A lasting commitment, with one of nine kinds."""

    class Kind(models.TextChoices):
        RESIDENT_SERIES = "RESIDENT_SERIES", _("resident team series")
        TEACHING_TEAM = "TEACHING_TEAM", _("teaching team")
        SHORT_SURGICAL = "SHORT_SURGICAL", _("short surgical mission")
        OUTBREAK_EXPERTS = "OUTBREAK_EXPERTS", _("outbreak expert group")
        HOSPITAL_TWINNING = "HOSPITAL_TWINNING", _("hospital twinning project")
        COUNTERPART = "COUNTERPART", _("counterpart assistance")
        GROUP_AID = "GROUP_AID", _("group-style aid")
        NATIONAL_TOUR = "NATIONAL_TOUR", _("national medical tour")
        REMOTE_SUPPORT = "REMOTE_SUPPORT", _("remote support")

    class Status(models.TextChoices):
        RUNNING = "RUNNING", _("running")
        COMPLETED = "COMPLETED", _("completed")
        UNKNOWN = "UNKNOWN", _("unknown")

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    names = NamesField()
    sender = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )  # who approved it
    started_on = PartialDateField()
    ended_on = PartialDateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UNKNOWN)
    recurs = models.CharField(max_length=20, blank=True)  # "yearly", as a tour recurs
    rest_months = models.PositiveSmallIntegerField(null=True)  # None: no rule of its own
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "key"]

    def __str__(self) -> str:
        return in_tongue(self.names)


class PolicyGoal(Record):
    """A policy goal that a programme says it serves."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="goals")
    code = models.CharField(max_length=30)  # SDG3, GDI, GSI, FIVE_YEAR_14 …
    names = NamesField()

    def __str__(self) -> str:
        return in_tongue(self.names)


class Tasking(Record):
    """One step of the chain from above: who tasks whom, in which role."""

    class Role(models.TextChoices):
        TASKING = "TASKING", _("tasking body")
        PROGRAMME_OFFICE = "PROGRAMME_OFFICE", _("programme office")
        SENDING_UNIT = "SENDING_UNIT", _("sending unit")
        FOREIGN_AFFAIRS = "FOREIGN_AFFAIRS", _("foreign-affairs office")
        EXPERT_CENTRE = "EXPERT_CENTRE", _("expert centre")
        RECIPIENT = "RECIPIENT", _("recipient")
        DONOR = "DONOR", _("donor")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="taskings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    rank = models.PositiveSmallIntegerField()  # 1 is the top of the chain

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return f"{self.rank} {self.role}"


class Agreement(Record):
    """What was signed, by whom, for which term."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    names = NamesField()
    signed_on = PartialDateField()
    starts_on = PartialDateField()
    ends_on = PartialDateField()
    parties = models.JSONField(default=list)  # names as the source gives them

    def __str__(self) -> str:
        return in_tongue(self.names)


class Partnership(Record):
    """Sender and recipient side by side: areas, organisations or departments."""

    class Mode(models.TextChoices):
        COUNTERPART = "COUNTERPART", _("counterpart assistance")
        GROUP_AID = "GROUP_AID", _("group-style aid")
        DEPARTMENT_CONTRACT = "DEPARTMENT_CONTRACT", _("department contracting")
        TWINNING = "TWINNING", _("twinning")
        CONSORTIUM = "CONSORTIUM", _("medical association")

    class Status(models.IntegerChoices):
        """IATI activity status."""

        PIPELINE = 1, _("pipeline")
        RUNNING = 2, _("implementation")
        FINALISATION = 3, _("finalisation")
        CLOSED = 4, pgettext_lazy("partnership", "closed")
        CANCELLED = 5, pgettext_lazy("partnership", "cancelled")
        SUSPENDED = 6, pgettext_lazy("partnership", "suspended")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="partnerships")
    mode = models.CharField(max_length=20, choices=Mode.choices)
    status = models.PositiveSmallIntegerField(choices=Status.choices, null=True)
    sender_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    sender_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recipient_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recipient_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )
    starts_on = PartialDateField()
    ends_on = PartialDateField()

    def __str__(self) -> str:
        return f"{self.sender or self.sender_area} → {self.recipient or self.recipient_area}"


class Consortium(Record):
    """A hub and its spokes, level below level, never a cycle."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="consortia"
    )
    names = NamesField()

    def __str__(self) -> str:
        return in_tongue(self.names)


class ConsortiumLink(Record):
    """`lower` is led by `upper` within one consortium."""

    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="links")
    upper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lower = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    lower_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)

    def __str__(self) -> str:
        return f"{self.upper} ▸ {self.lower or self.lower_area}"


class Series(Record):
    """Numbered batches of one programme to one recipient; it can stop and resume (复派)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="series")
    key = models.CharField(max_length=120, unique=True)
    names = NamesField()
    recipient_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    track = models.CharField(max_length=60, blank=True)  # civil '', MILITARY, ISLAND:…
    since = PartialDateField()

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return in_tongue(self.names)


class Interruption(Record):
    """A series that stopped, and resumed (复派) if it did."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="interruptions")
    stopped_on = PartialDateField()
    resumed_on = PartialDateField()
    reason = NamesField()

    def __str__(self) -> str:
        return f"{self.stopped_on or '?'} – {self.resumed_on or '?'}"


class Event(Record):
    """A meeting: anniversary, batch summary, press conference, ceremony."""

    class Kind(models.TextChoices):
        ANNIVERSARY = "ANNIVERSARY", _("anniversary meeting")
        SUMMARY = "SUMMARY", _("summary meeting")
        PRESS = "PRESS", _("press conference")
        CEREMONY = "CEREMONY", _("ceremony")
        WORK = "WORK", _("work conference")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="events"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    names = NamesField()
    held_on = PartialDateField()
    place = NamesField()

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return in_tongue(self.names)


class Speaker(Record):
    """Who spoke or attended, in the office that the source names."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="speakers")
    names = NamesField()
    office = NamesField()
    spoke = models.BooleanField(default=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return in_tongue(self.names)
