"""What a team hands over when it leaves, who signed for it, and what follows after the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.spoken import Spoken
from marrow.core.words import colon, tongue
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.people.models import Person


class Handover(Spoken):
    """What one mission leaves to the next, or to nobody with the reason; signed by three sides."""

    SPOKEN = ("why_nobody",)

    class State(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("handover", "being written")
        HANDED_IN = "HANDED_IN", pgettext_lazy("handover", "waits for signatures")
        COMPLETE = "COMPLETE", pgettext_lazy("handover", "signed by all")

    from_mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, related_name="handovers_from"
    )
    to_mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, null=True, related_name="handovers_to"
    )
    why_nobody = models.CharField(max_length=300, blank=True)  # why no team follows
    none_of = models.JSONField(default=list)  # parts of which it was said that nothing is open
    state = models.CharField(max_length=10, choices=State.choices)
    version = models.PositiveSmallIntegerField()  # how often it was handed in
    begun_on = models.DateField()
    handed_in_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_mission"], name="a_mission_hands_over_once")
        ]

    def __str__(self) -> str:
        return str(self.from_mission)


class Line(Spoken):
    """One thing that is left: signed as it stands, settled later by those who follow."""

    SPOKEN: ClassVar[tuple[str, ...]] = ("settled_how",)
    #: the column that names it
    HEADING: ClassVar[str]
    FROZEN: ClassVar[tuple[str, ...]] = ()  # the columns that are signed

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="%(class)s_lines")
    written_at = models.DateTimeField()
    settled_on = models.DateField(null=True)
    settled_how = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.said(self.HEADING)


class OpenPatients(Line):
    """Patients who still need something: how many, and what; never who."""

    SPOKEN = ("needs", "settled_how")
    HEADING = "needs"

    FROZEN = ("count", "specialty", "needs", "due_on")

    count = models.PositiveSmallIntegerField(null=True)  # None is unknown, never 0
    specialty = models.CharField(max_length=24, blank=True)  # a code of the catalogue's specialties
    needs = models.CharField(max_length=300)
    due_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "open patients"


class Trainee(Line):
    """Somebody who is being trained: in what, how far they are, what comes next."""

    SPOKEN = ("described", "technique", "next_step", "settled_how")
    HEADING = "technique"

    class HowFar(models.TextChoices):
        OBSERVES = "OBSERVES", _("observes")
        CLOSE = "CLOSE", _("works with the teacher beside them")
        NEAR = "NEAR", _("works with the teacher near")
        ALONE = "ALONE", pgettext_lazy("a trainee", "works alone")
        TEACHES = "TEACHES", pgettext_lazy("a trainee", "teaches others")

    FROZEN = ("person_id", "described", "technique", "how_far", "next_step")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    described = models.CharField(max_length=160, blank=True)  # "an anaesthetic nurse": no name
    technique = models.CharField(max_length=160)
    how_far = models.CharField(max_length=8, choices=HowFar.choices)
    next_step = models.CharField(max_length=300)


class Fault(Line):
    """Equipment that does not work: what is broken, who waits for it."""

    SPOKEN = ("equipment", "broken", "who_waits", "settled_how")
    HEADING = "equipment"

    FROZEN = ("equipment", "broken", "who_waits", "due_on")

    equipment = models.CharField(max_length=160)
    broken = models.CharField(max_length=300)
    who_waits = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)


class Promise(Line):
    """What was promised, to whom, until when."""

    SPOKEN = ("promised", "to_whom", "settled_how")
    HEADING = "promised"

    FROZEN = ("promised", "to_whom", "due_on")

    promised = models.CharField(max_length=300)
    to_whom = models.CharField(max_length=200)
    due_on = models.DateField(null=True)


class FollowUp(Spoken):
    """Support after the end: what is looked after, by whom, on which day, and what came of it."""

    SPOKEN = ("topic", "outcome")

    class State(models.TextChoices):
        PLANNED = "PLANNED", pgettext_lazy("follow-up", "planned")
        DONE = "DONE", pgettext_lazy("follow-up", "done")
        NOT_DONE = "NOT_DONE", pgettext_lazy("follow-up", "not done")

    FROZEN: ClassVar[tuple[str, ...]] = ("topic", "person_id", "unit_id", "due_on")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="follow_ups")
    topic = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices)
    held_on = models.DateField(null=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "topic", "id"]

    def __str__(self) -> str:
        return f"{self.due_on} {self.said('topic')}"


class Signature(Spoken):
    """One side's signature under one content: by whom, when, and the content's fingerprint.

    A signed paper is another thing than a signature from somebody's own account, and stays so.
    """

    SPOKEN = ("signer_name", "reason")

    class Side(models.TextChoices):
        OUTGOING = "OUTGOING", _("outgoing leader")
        INCOMING = "INCOMING", _("incoming leader")
        RECIPIENT = "RECIPIENT", _("recipient hospital")

    class Way(models.TextChoices):
        OWN_ACCOUNT = "OWN_ACCOUNT", _("from their own account")
        PAPER = "PAPER", _("on paper, recorded by the office")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=9, choices=Side.choices)
    way = models.CharField(max_length=11, choices=Way.choices)
    signer = models.UUIDField()  # the account that signed, or that recorded the paper
    signer_name = models.CharField(max_length=200)  # as it was that day, or as the paper says
    signed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)  # why on paper
    withdrawn_at = models.DateTimeField(null=True)  # the content was changed after it

    class Meta:
        ordering = ["signed_at", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "side"], condition=Q(withdrawn_at=None),
                name="a_side_signs_a_handover_once",
            ),
            models.UniqueConstraint(
                fields=["handover", "signer"],
                condition=Q(withdrawn_at=None, way="OWN_ACCOUNT"),
                name="a_person_signs_a_handover_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_side_display()}{colon()}{self.signer_name}"

    def signed_as(self, names: Mapping[tuple[UUID, str], str]) -> str:
        """Who signed, in the reader's language where it was said in that; else as their account is
        called, of `names` by account and signed name."""
        return self.also("signer_name").get(tongue()) or names[self.signer, self.signer_name]


LINES: dict[str, type[Line]] = {
    "patients": OpenPatients, "trainee": Trainee, "fault": Fault, "promise": Promise,
}  # fmt: skip
