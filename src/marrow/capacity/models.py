"""What a hospital can do, step by step, on whose word; the machines that it stands on."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity.models import Deed
from marrow.capacity.rules.measured import Measured
from marrow.catalogue.models import Item, List, Requirement
from marrow.core.fields import PartialDateField
from marrow.core.models import Record
from marrow.core.spoken import Spoken
from marrow.core.words import Names, colon
from marrow.directory.models import Department, Organisation
from marrow.missions.models import Mission


class Step(Spoken):
    """A level that an organisation reaches for an item, from a day on. Nothing is overwritten: a
    relapse is a step down, a mistake is a step that was taken back with its reason.
    """

    SPOKEN = ("reason", "ended_why")

    class Level(models.IntegerChoices):
        REFERRED_AWAY = 0, pgettext_lazy("ladder", "referred away")
        VISITOR_DOES = 1, pgettext_lazy("ladder", "a visitor does it")
        JOINT = 2, pgettext_lazy("ladder", "done together")
        SUPERVISED = 3, pgettext_lazy("ladder", "done under supervision")
        INDEPENDENT = 4, pgettext_lazy("ladder", "done alone")
        TEACHES = 5, pgettext_lazy("ladder", "taught to others")

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", pgettext_lazy("step", "waits for signatures")
        HOLDS = "HOLDS", pgettext_lazy("step", "signed")
        DROPPED = "DROPPED", pgettext_lazy("step", "dropped before it was signed")
        VOID = "VOID", pgettext_lazy("step", "taken back")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="steps")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )  # the one that does it, where it is told
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="steps")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    before = models.PositiveSmallIntegerField(choices=Level.choices, null=True)  # None: unknown
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)  # of a step down
    ended_why = models.CharField(max_length=300, blank=True)  # why it was dropped or taken back
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)  # whose word that was
    ended_name = models.CharField(max_length=200, blank=True)
    #: for which side; '' of one that was dropped or taken back by who proposed or keeps it
    declined_side = models.CharField(max_length=8, blank=True)
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="steps"
    )  # the team with which it was reached
    state = models.CharField(max_length=8, choices=State.choices)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)  # when the last signature made it hold

    class Meta:
        ordering = ["on", "held_at"]
        indexes = [
            models.Index(fields=["organisation", "item", "on"], name="step_of_hospital"),
            models.Index(fields=["item", "state", "organisation"], name="step_for_item"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "item"], condition=Q(state="PROPOSED"),
                name="one_step_waits_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item}{colon()}{self.get_level_display()}"


class Evidence(Spoken):
    """What shows that a step was reached: cases that were done, in which time, told where."""

    SPOKEN = ("how",)

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="evidence")
    cases = models.PositiveIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()  # the last day
    how = models.CharField(max_length=200)  # by whom and with whom; never a patient's name
    deed = models.ForeignKey(
        Deed, on_delete=models.PROTECT, null=True, related_name="evidence"
    )  # the record of what was done, where it is one
    void_reason = models.CharField(max_length=300, blank=True)

    @property
    def counts(self) -> bool:
        """Neither it nor the record that it rests on was taken back."""
        return not self.why_void

    @property
    def why_void(self) -> str:
        """Why it, or the record that it rests on, was taken back; '' where it counts."""
        return self.void_reason or (self.deed.void_reason if self.deed else "")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cases__gte=1), name="evidence_has_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.cases} × {self.from_on} – {self.until_on}"


class StepSignature(Record):
    """One side's signature under a step; one account signs once."""

    class Side(models.TextChoices):
        HEAD = "HEAD", _("head of the local department")
        VISITOR = "VISITOR", _("visiting expert")
        REMOTE = "REMOTE", _("expert from afar")
        OFFICE = "OFFICE", pgettext_lazy("signs a step", "programme office")

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    signer = models.UUIDField()
    signer_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "side"], name="a_side_signs_a_step_once"),
            models.UniqueConstraint(fields=["step", "signer"], name="an_account_signs_a_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}{colon()}{self.signer_name}"


class Expected(Record):
    """A hospital that should have what a list holds, from a day until a day: patients must leave
    only where all of these were assessed."""

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="expected")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(null=True)  # None is always, as was told before days were asked
    until_on = models.DateField(null=True)  # the first day on which it no longer should

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "organisation"], condition=Q(until_on=None),
                name="a_hospital_is_expected_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def last_on(self) -> dt.date | None:
        """The last day on which it should, as pages tell it."""
        return self.until_on - dt.timedelta(days=1) if self.until_on else None


class Equipment(Spoken):
    """A machine of a hospital, from its arrival on; `machine` is the catalogue's code for it, ''
    for one that nothing in the catalogue requires."""

    SPOKEN = ("label",)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="machines"
    )
    machine = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=160)  # its make, its place: how people tell it apart
    received_on = models.DateField(null=True)  # None is unknown
    installed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "machine"], name="machine_of_hospital"),
            models.Index(fields=["machine"], name="machine_by_code"),
        ]

    def __str__(self) -> str:
        return self.said("label")


class EquipmentChange(Spoken):
    """From a day on a machine works, is down, or is gone for good."""

    SPOKEN = ("words",)

    class State(models.TextChoices):
        WORKS = "WORKS", pgettext_lazy("machine", "works")
        DOWN = "DOWN", pgettext_lazy("machine", "down")
        GONE = "GONE", pgettext_lazy("machine", "gone for good")

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=6, choices=State.choices)
    on = models.DateField()
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    words = models.CharField(max_length=300, blank=True)  # what broke, who repaired it

    class Meta:
        ordering = ["on", "told_at"]
        indexes = [models.Index(fields=["equipment", "on"], name="change_of_machine")]

    def __str__(self) -> str:
        return f"{self.on}{colon()}{self.get_state_display()}"


class Presence(Spoken):
    """How many of its staff, or of a supply, a hospital has from a day on, as it was told."""

    SPOKEN = ("words",)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="presences"
    )
    kind = models.CharField(
        max_length=10,
        choices=[c for c in Requirement.Kind.choices if c[0] != Requirement.Kind.EQUIPMENT],
    )
    role = models.CharField(max_length=14, choices=Requirement.Role.choices, blank=True)
    specialty = models.CharField(max_length=24, blank=True)
    resource = models.CharField(max_length=40, blank=True)  # of a supply: its code
    count = models.PositiveSmallIntegerField()  # of a supply: 0 is out of stock, 1 is there
    on = models.DateField()
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "told_at"]
        indexes = [
            models.Index(fields=["organisation", "on"], name="presence_of_hospital"),
            models.Index(
                fields=["kind", "resource", "role", "specialty"], name="presence_of_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource or self.get_role_display()}{colon()}{self.count}"


class Supervision(Record):
    """An expert from afar stands by a hospital in one specialty; it runs once both have signed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="supervisions"
    )
    specialty = models.CharField(max_length=24)
    from_on = models.DateField()
    until_on = models.DateField()  # the last day
    expert = models.UUIDField()
    expert_name = models.CharField(max_length=200)
    offered_at = models.DateTimeField()
    accepted_by = models.UUIDField(null=True)  # the head's account
    accepted_name = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)  # when the head signed, and it began to count
    ended_on = models.DateField(null=True)  # the first day on which nobody stood by any more
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="supervision_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=models.F("expert")),
                name="two_sign_a_supervision",
            ),
        ]

    def __str__(self) -> str:
        return self.expert_name


class SustainedCheck(Spoken):
    """What a hospital answered, 3, 6 or 12 months after the visitors left: is it still done?"""

    SPOKEN = ("words",)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="checks")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="checks")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="checks")
    months = models.PositiveSmallIntegerField()
    still = models.BooleanField()
    cases = models.PositiveIntegerField(null=True)  # since the visitors left; None is unknown
    words = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField()
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "item", "mission", "months"],
                name="a_check_is_answered_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.item)


class Appraisal(Spoken):
    """A hospital as somebody measured it on one named dimension: in words, with a number and its
    scale where there is one. What was told before stays: before and after stand side by side."""

    SPOKEN = ("words", "scale")

    class Dimension(models.TextChoices):
        TREATMENT = "TREATMENT", _("level of diagnosis and treatment")
        MANAGEMENT = "MANAGEMENT", _("level of management")
        CORE = "CORE", _("core competitiveness")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appraisals"
    )
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    as_of = PartialDateField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    scale = models.CharField(max_length=60, blank=True)  # "of 1,000 points": of the value
    words = models.CharField(max_length=300)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["dimension", "as_of", "told_at"]

    def __str__(self) -> str:
        return str(self.get_dimension_display())

    @property
    def measured(self) -> Measured:
        return Measured(self.as_of, self.words, self.value, self.scale)

    def told_in_each(self) -> Names | str:
        """Its words, with the value where there is one, in every language in which it was said."""
        words = self.in_each("words")
        if self.value is None:
            return words
        worth = f" ({self.value.normalize():f} {self.scale})"
        if isinstance(words, str):
            return words + worth
        return {tongue: text + worth for tongue, text in words.items()}


class KeptAnswers(models.Model):
    """Derived, made anew from the rows: how the answers of one list's items turned over all time,
    as far as the journal was read. Never journalled."""

    list = models.OneToOneField(List, on_delete=models.CASCADE, primary_key=True, related_name="+")
    feed = models.BigIntegerField()  # all up to this number of the journal is in it
    made_by = models.PositiveSmallIntegerField()  # which wording of the measure made it
    turns = models.JSONField()  # item → days (as numbers) and answers in turn

    class Meta:
        verbose_name_plural = "kept answers"

    def __str__(self) -> str:
        return f"{self.pk}: {self.feed}"
