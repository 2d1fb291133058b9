"""Who leaves and what for, the people of an area, and what hospitals need."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.models import Item, List
from marrow.core.fields import PartialDateField
from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission
from marrow.need.rules.burden import MONTH
from marrow.teams.models import Seat


class Outflow(Spoken):
    """Patients who left an area, or whom a hospital referred away, for an item, in one month or
    year, to one destination. What is told later takes its place; what was told stays.
    """

    SPOKEN = ("to_words", "told_from")

    class Grain(models.TextChoices):
        MONTH = "MONTH", pgettext_lazy("period", "a month")
        YEAR = "YEAR", pgettext_lazy("period", "a year")

    class CostOf(models.TextChoices):
        ALL = "ALL", pgettext_lazy("cost", "of all together")
        EACH = "EACH", pgettext_lazy("cost", "of one patient")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="outflows")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="outflows"
    )  # the hospital that referred them; None: the area as a whole
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="outflows")
    grain = models.CharField(max_length=5, choices=Grain.choices)
    from_on = models.DateField()  # the first day of the month or year
    patients = models.PositiveIntegerField()
    to_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    to_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_words = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # None is unknown
    currency = models.CharField(max_length=3, blank=True)
    cost_of = models.CharField(max_length=4, choices=CostOf.choices, blank=True)
    kilometres = models.PositiveIntegerField(null=True)  # of one patient, one way; None is unknown
    told_from = models.CharField(max_length=300)  # who told it, or which paper
    document = models.UUIDField(null=True)  # sources.Document: the file that it came with
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    line = models.UUIDField()  # the same place, item, period and destination have the same
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    current = models.BooleanField()  # no later one took its place, and it was not taken back
    ended_why = models.CharField(max_length=300, blank=True)  # why it was taken back

    class Meta:
        ordering = ["-from_on", "-told_at"]
        indexes = [
            models.Index(fields=["area", "item", "from_on"], name="outflow_of_area"),
            models.Index(fields=["organisation", "item"], name="outflow_of_hospital"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(current=True), name="one_outflow_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}{colon()}{self.period}"

    @property
    def period(self) -> str:
        return self.from_on.isoformat()[: 7 if self.grain == MONTH else 4]

    @property
    def cost_each(self) -> Decimal | None:
        """What it cost one patient; None is unknown."""
        if self.cost is None or self.cost_of == self.CostOf.EACH:
            return self.cost
        return self.cost / self.patients if self.patients else None


class Catchment(Spoken):
    """What is known of the people of an area, or of those whom a hospital serves: on which day,
    as which source says it."""

    SPOKEN = ("words",)

    class Kind(models.TextChoices):
        POPULATION = "POPULATION", _("population served")
        DENSITY = "DENSITY", _("households per square kilometre")
        SCATTERED = "SCATTERED", _("how people live")
        DISTANCE = "DISTANCE", _("kilometres to the next hospital that can")
        BURDEN = "BURDEN", _("what weighs on people’s health")
        LABEL = "LABEL", _("poverty or priority label")
        CENTRE = "CENTRE", _("named a centre for a region")
        BEYOND = "BEYOND", _("patients from beyond the country in a year")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="catchments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="catchments"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words = models.CharField(max_length=300, blank=True)
    next_hospital = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )  # of a distance
    since = PartialDateField()  # the day for which it holds; of a label, from when
    until = PartialDateField()  # of a label: when it ended
    told_by = models.UUIDField()
    told_at = models.DateTimeField()
    ended_why = models.CharField(max_length=300, blank=True)  # why it was taken back

    class Meta:
        ordering = ["kind", "-since", "-told_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(organisation=None), name="a_catchment_is_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Need(Spoken):
    """What a hospital lacks, so that people leave: one item. Its changes tell how it came along."""

    SPOKEN = ("words",)

    class State(models.TextChoices):
        IDENTIFIED = "IDENTIFIED", pgettext_lazy("need", "waits for the hospital to confirm")
        VALIDATED = "VALIDATED", pgettext_lazy("need", "confirmed by the hospital")
        PLANNED = "PLANNED", pgettext_lazy("need", "planned")
        ADDRESSED = "ADDRESSED", pgettext_lazy("need", "visitors do it")
        MET = "MET", pgettext_lazy("need", "met: locals do it")
        SUSTAINED = "SUSTAINED", pgettext_lazy("need", "met for a year and more")
        DECLINED = "DECLINED", pgettext_lazy("need", "declined")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="needs")
    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="needs")
    words = models.CharField(max_length=600, blank=True)  # what is wanted, in the hospital's words
    state = models.CharField(max_length=10, choices=State.choices)
    identified_at = models.DateTimeField()
    met_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["list", "state"], name="need_of_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "item"], condition=~Q(state="DECLINED"),
                name="a_need_stands_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item}, {self.organisation}"


class NeedChange(Record):
    """A need came into a state: on whose word, in which way, why."""

    class Way(models.TextChoices):
        OWN = "OWN", _("from an own account")
        PAPER = "PAPER", _("on paper")

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=Need.State.choices)
    before = models.CharField(max_length=10, choices=Need.State.choices, blank=True)
    by_name = models.CharField(max_length=200)  # who said it; on paper: who signed the paper
    way = models.CharField(max_length=5, choices=Way.choices)
    reason = models.CharField(max_length=300, blank=True)
    document = models.UUIDField(null=True)  # sources.Document: the paper
    changed_by = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at"]

    def __str__(self) -> str:
        return str(self.get_state_display())


class NeedAnswer(Record):
    """A seat, or a mission, that answers a need; taken away again, it stays told."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="answers")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="needs_answered")
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, related_name="needs_answered"
    )  # None: the mission as a whole
    linked_by = models.UUIDField()
    linked_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["linked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "seat"], condition=Q(ended_on=None, seat__isnull=False),
                name="a_seat_answers_a_need_once",
            ),
            models.UniqueConstraint(
                fields=["need", "mission"], condition=Q(ended_on=None, seat=None),
                name="a_mission_answers_a_need_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.seat}, {self.mission}" if self.seat else str(self.mission)


class ReferralWay(Spoken):
    """A standing way by which patients go between a house and the one above it: up to the one that
    can, or back to the one near home; how that is done, since when and until when."""

    SPOKEN = ("how",)

    class Side(models.TextChoices):
        BELOW = "BELOW", pgettext_lazy("who told of a referral", "the house below")
        ABOVE = "ABOVE", pgettext_lazy("who told of a referral", "the house above")

    class Direction(models.TextChoices):
        UP = "UP", pgettext_lazy("a referral", "up")
        BACK = "BACK", pgettext_lazy("a referral", "back")

    below = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referral_ways_up"
    )
    above = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referral_ways_down"
    )
    direction = models.CharField(max_length=4, choices=Direction.choices)
    specialty = models.CharField(max_length=24, blank=True)  # '' is all
    how = models.CharField(max_length=300)  # whom one calls, what goes with the patient
    started_on = PartialDateField()
    stopped_on = PartialDateField()
    told_side = models.CharField(max_length=5, choices=Side.choices, default=Side.BELOW)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["specialty", "-direction", "started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(below=F("above")), name="a_referral_goes_to_another_house"
            ),
            models.UniqueConstraint(
                fields=["below", "above", "direction", "specialty"], condition=Q(stopped_on=""),
                name="a_referral_way_opens_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        ends = (self.below, self.above)
        begin, end = ends if self.direction == self.Direction.UP else ends[::-1]
        return f"{begin} → {end}"


class SentBack(Record):
    """How many patients came back by such a way in one month or year. Who went up stands among
    those who were referred away, and is counted there alone."""

    way = models.ForeignKey(ReferralWay, on_delete=models.PROTECT, related_name="sent_back")
    grain = models.CharField(max_length=5, choices=Outflow.Grain.choices)
    from_on = models.DateField()  # the first day of the month or year
    patients = models.PositiveIntegerField()
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sent back"
        ordering = ["-from_on", "grain"]
        constraints = [
            models.UniqueConstraint(
                fields=["way", "grain", "from_on"], name="sent_back_is_told_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.way}{colon()}{self.period}"

    @property
    def period(self) -> str:
        return self.from_on.isoformat()[: 7 if self.grain == MONTH else 4]


class ScanFile(models.Model):
    """The bytes of a scan, by their fingerprint; never changed, so no journal needs them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256
