"""How people were brought on: apprentices, those who studied away, bases, what was handed down."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.models import Item
from marrow.core.fields import PartialDateField
from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import colon
from marrow.directory.models import Organisation
from marrow.people.models import Person


class Track(models.TextChoices):
    """As what somebody is brought on."""

    CLINICAL = "CLINICAL", pgettext_lazy("brought on as", "clinical key staff")
    MANAGEMENT = "MANAGEMENT", pgettext_lazy("brought on as", "management key staff")


class Pair(Spoken):
    """A teacher and an apprentice, in which techniques, from when to when, and what came of it."""

    SPOKEN = ("reason",)

    class Outcome(models.TextChoices):
        UNDER_WAY = "UNDER_WAY", pgettext_lazy("an apprenticeship", "under way")
        REACHED = "REACHED", pgettext_lazy("an apprenticeship", "reached what was agreed")
        PARTLY = "PARTLY", pgettext_lazy("an apprenticeship", "reached a part of it")
        BROKEN_OFF = "BROKEN_OFF", pgettext_lazy("an apprenticeship", "broken off")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="apprenticeships"
    )
    teacher = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="taught_pairs")
    apprentice = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="learnt_pairs")
    track = models.CharField(max_length=10, choices=Track.choices)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True)  # what came of it, in words

    class Meta:
        ordering = ["-begun_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(teacher=F("apprentice")), name="nobody_is_their_own_apprentice"
            ),
            models.UniqueConstraint(
                fields=["teacher", "apprentice"], condition=Q(ended_on=None),
                name="a_pair_runs_once_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.teacher} → {self.apprentice}"


class Talent(Spoken):
    """As what somebody of a hospital was brought on, by grade, since when, and what shows it."""

    SPOKEN = ("shown_by",)

    class Grade(models.TextChoices):
        KEY = "KEY", pgettext_lazy("grade of a person", "key staff")
        GENERAL = "GENERAL", pgettext_lazy("grade of a person", "leads a department")
        COMMANDER = "COMMANDER", pgettext_lazy("grade of a person", "leads a hospital")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="talents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ranks")
    track = models.CharField(max_length=10, choices=Track.choices)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    since = PartialDateField()
    shown_by = models.CharField(max_length=300)

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "track", "grade"],
                name="a_grade_is_reached_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}{colon()}{self.get_grade_display()}"


class PairItem(Record):
    """A technique in which a pair works."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="techniques")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item__search", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "item"], name="a_pair_names_an_item_once")
        ]

    def __str__(self) -> str:
        return str(self.item)


class Study(Spoken):
    """Somebody who went to learn in another house, whether they came back, and what they do now."""

    SPOKEN = ("now_does",)

    class State(models.TextChoices):
        AWAY = "AWAY", pgettext_lazy("somebody who studies", "away")
        RETURNED = "RETURNED", pgettext_lazy("somebody who studies", "came back")
        STAYED = "STAYED", pgettext_lazy("somebody who studies", "did not come back")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="studies")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sent_to_study"
    )  # from where
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hosted_studies")
    specialty = models.CharField(max_length=24)
    track = models.CharField(max_length=10, choices=Track.choices)
    begun_on = PartialDateField()
    planned_end_on = PartialDateField()
    state = models.CharField(max_length=8, choices=State.choices)
    ended_on = PartialDateField()
    now_does = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "studies"
        ordering = ["-begun_on", "id"]

    def __str__(self) -> str:
        return f"{self.person} → {self.host}"


class Base(Record):
    """An organisation where people of other houses are trained in a specialty, since when."""

    class Kind(models.TextChoices):
        RESIDENTS = "RESIDENTS", _("standardised training of residents")
        SPECIALISTS = "SPECIALISTS", _("training of specialists")
        OTHER = "OTHER", pgettext_lazy("kind of training base", "other")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="training_bases"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    specialty = models.CharField(max_length=24)
    started_on = PartialDateField()
    stopped_on = PartialDateField()

    class Meta:
        ordering = ["organisation", "specialty", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "specialty"], condition=Q(stopped_on=""),
                name="a_base_stands_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation}{colon()}{self.get_kind_display()}"


class GreenChannel(Record):
    """A house whose people a base takes without waiting, since when and until when."""

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="channels")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="green_channels"
    )
    started_on = PartialDateField()
    stopped_on = PartialDateField()

    class Meta:
        ordering = ["started_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "organisation"], condition=Q(stopped_on=""),
                name="a_green_channel_opens_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.base} → {self.organisation}"


class HandedDown(Spoken):
    """Experience that a house passed on to one of the next level down; how many it reached."""

    SPOKEN = ("what",)

    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handed_down")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="taken_over")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    specialty = models.CharField(max_length=24)
    on = models.DateField()
    what = models.CharField(max_length=300)
    persons = models.PositiveIntegerField(null=True)  # None: how many is not known

    class Meta:
        verbose_name_plural = "handed down"
        ordering = ["-on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="it_is_handed_down_to_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}{colon()}{self.said('what')}"
