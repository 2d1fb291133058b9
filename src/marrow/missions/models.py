"""Batches and trips, where they served, who sent them, what honours them, who did not come home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.fields import NamesField, PartialDateField
from marrow.core.models import Record
from marrow.core.words import colon, in_tongue
from marrow.directory.models import Area, Organisation
from marrow.programmes.models import Programme, Series


class Mission(Record):
    """One batch of a series, or one trip."""

    class Kind(models.TextChoices):
        RESIDENT_BATCH = "RESIDENT_BATCH", _("resident team")
        SIX_MONTH_TEAM = "SIX_MONTH_TEAM", _("six-month teaching team")
        SHORT_SURGICAL = "SHORT_SURGICAL", _("short surgical mission")
        FREE_CLINIC = "FREE_CLINIC", _("free clinic")
        OUTBREAK_EXPERTS = "OUTBREAK_EXPERTS", _("outbreak experts")
        RELIEF_TEAM = "RELIEF_TEAM", _("relief team")
        HOSPITAL_SHIP = "HOSPITAL_SHIP", _("hospital ship")
        ADVISER = "ADVISER", _("health adviser")
        CADRE = "CADRE", _("cadre secondment")
        TOUR = "TOUR", _("medical tour")
        HOSPITAL_PROJECT = "HOSPITAL_PROJECT", _("hospital project visit")
        ONLINE_COURSE = "ONLINE_COURSE", _("online course")
        EXPERT_GROUP = "EXPERT_GROUP", _("experts sent")

    class Status(models.TextChoices):
        UNKNOWN = "UNKNOWN", _("unknown")
        PLANNED = "PLANNED", _("planned")
        RECRUITING = "RECRUITING", _("recruiting")
        SELECTED = "SELECTED", _("selected")
        TRAINING = "TRAINING", _("training")
        IN_TRANSIT = "IN_TRANSIT", _("in transit")
        ON_POST = "ON_POST", _("on post")
        EXTENDED = "EXTENDED", _("extended")
        HANDING_OVER = "HANDING_OVER", _("handing over")
        DEBRIEFING = "DEBRIEFING", _("debriefing")
        CLOSED = "CLOSED", _("closed")
        CANCELLED = "CANCELLED", _("cancelled")
        SUSPENDED = "SUSPENDED", _("suspended")

    class Purpose(models.TextChoices):
        SERVICE = "SERVICE", _("service")
        TEACHING = "TEACHING", pgettext_lazy("purpose", "clinical teaching")
        GUIDANCE = "GUIDANCE", pgettext_lazy("purpose", "guidance")
        TRAINING = "TRAINING", pgettext_lazy("purpose", "training")
        RESEARCH = "RESEARCH", _("research")
        ADVICE = "ADVICE", _("advice")

    class Tag(models.TextChoices):
        URGENT = "URGENT", _("urgent")
        DIFFICULT = "DIFFICULT", _("difficult")
        DANGEROUS = "DANGEROUS", _("dangerous")
        HEAVY = "HEAVY", _("heavy workload")
        RESUMED = "RESUMED", _("sent again after a pause")
        STAYED_ON = "STAYED_ON", _("stayed through an emergency")

    CODES: ClassVar = {"purposes": Purpose, "tags": Tag}  # columns that hold several codes

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="missions")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="missions")
    key = models.CharField(max_length=160, unique=True)
    number = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purposes = models.JSONField(default=list)  # codes of Purpose
    tags = models.JSONField(default=list)  # codes of Tag
    names = NamesField()
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.UNKNOWN)
    status_as_of = PartialDateField()
    size = models.PositiveSmallIntegerField(null=True)  # persons; None is unknown
    months = models.PositiveSmallIntegerField(null=True)  # the work period agreed
    signed_on = PartialDateField()
    departed_on = PartialDateField()
    arrived_on = PartialDateField()
    planned_end_on = PartialDateField()
    returned_on = PartialDateField()
    sender = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    sender_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )  # when a body sends, not an area: the armed forces
    invented = models.BooleanField(default=False)

    @property
    def purpose_labels(self) -> list[str]:
        return _labels_of(self.Purpose, self.purposes)

    @property
    def tag_labels(self) -> list[str]:
        return _labels_of(self.Tag, self.tags)

    class Meta:
        ordering = ["series", "number", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=~Q(number=None),
                name="a_series_numbers_each_batch_once",
            )
        ]

    def __str__(self) -> str:
        return in_tongue(self.names)


def _labels_of(choices: type[models.TextChoices], codes: Iterable[str]) -> list[str]:
    words = dict(choices.choices)
    return [str(words.get(code, code)) for code in codes]


class Site(Record):
    """A place where a mission served: an organisation, an area, or a name as told."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="sites")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="sites"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    as_told = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True)  # since when it serves there; None: from its first day

    @property
    def begun_on(self) -> dt.date | None:
        """Since when it serves there, where that is not its first day; None where the mission was
        home by then."""
        home = self.mission.returned_on
        if self.from_on is None or (home and self.from_on.isoformat()[: len(home)] > home):
            return None
        return self.from_on

    def __str__(self) -> str:
        return str(self.organisation or self.area or self.as_told)


class SendingUnit(Record):
    """A unit that gave people to a mission; the head count only where it is told."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="units")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sent")
    persons = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.organisation)


class Honour(Record):
    """A decoration, certificate or title: by whom, to whom, when, for what."""

    class To(models.TextChoices):
        TEAM = "TEAM", _("the team")
        LEADER = "LEADER", _("the leader")
        MEMBERS = "MEMBERS", _("every member")
        GROUPS = "GROUPS", _("groups")
        PERSONS = "PERSONS", _("individuals")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="honours"
    )
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="honours")
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="honours"
    )
    names = NamesField()
    body = NamesField()
    level = models.CharField(max_length=20, blank=True)  # STATE, NATIONAL, UN …
    to = models.CharField(max_length=8, choices=To.choices)
    count = models.PositiveSmallIntegerField(null=True)
    given_on = PartialDateField()

    @property
    def is_invented(self) -> bool:
        """Whether it belongs to a programme of the demonstration."""
        of = self.programme or (self.series or self.mission or self).programme
        return bool(of and of.invented)

    def __str__(self) -> str:
        return in_tongue(self.names)


class Fallen(Record):
    """Members who died on mission, in the numbers that the source gives. No names, no ranking."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="fallen")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    persons = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "fallen"

    def __str__(self) -> str:
        return f"{self.area}{colon()}{self.persons}"


class Donation(Record):
    """Equipment, a building, vaccines: given, received, installed, working."""

    class Kind(models.TextChoices):
        BUILDING = "BUILDING", _("building")
        EQUIPMENT = "EQUIPMENT", _("equipment")
        VACCINES = "VACCINES", _("vaccines")
        MEDICINE = "MEDICINE", _("medicine")
        MONEY = "MONEY", _("money")
        OTHER = "OTHER", _("other")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    names = NamesField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    given_on = PartialDateField()

    def __str__(self) -> str:
        return in_tongue(self.names)


class TeamRecord(Record):
    """One row of a file of team records: what it became, so that a re-import adds nothing.

    `fingerprint` is the telling itself; `outside_id` is what the file calls it, which in another
    release may have come to mean another team.
    """

    document = models.UUIDField()  # sources.Document
    row = models.PositiveIntegerField()
    outside_id = models.CharField(max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    recipient = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="records"
    )
    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, null=True, related_name="records"
    )

    class Meta:
        indexes = [models.Index(fields=["outside_id"], name="team_record_outside")]

    def __str__(self) -> str:
        return self.title
