"""A case from the field: what is asked, of one specialist; the signed opinion; what came of it.

Whatever tells of the patient is sealed: their age, sex, the hospital's own number for them, the
story, the question, the opinion, the outcome, the photographs.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.models import Record
from marrow.core.secrets import Secret
from marrow.directory.models import Organisation


class Consult(Record):
    """One case from a hospital, for one remote specialist."""

    class Priority(models.TextChoices):
        EMERGENCY = "EMERGENCY", pgettext_lazy("consult", "emergency")
        URGENT = "URGENT", pgettext_lazy("consult", "urgent")
        ROUTINE = "ROUTINE", pgettext_lazy("consult", "routine")

    class State(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("consult", "being written")
        SUBMITTED = "SUBMITTED", pgettext_lazy("consult", "waits for a specialist")
        ASSIGNED = "ASSIGNED", pgettext_lazy("consult", "with a specialist")
        ANSWERED = "ANSWERED", pgettext_lazy("consult", "answered")
        CLOSED = "CLOSED", pgettext_lazy("consult", "closed")
        DECLINED = "DECLINED", pgettext_lazy("consult", "nobody could answer")
        WITHDRAWN = "WITHDRAWN", pgettext_lazy("consult", "withdrawn")

    class Age(models.TextChoices):
        NEWBORN = "NEWBORN", _("under 28 days")
        INFANT = "INFANT", _("28 days to 1 year")
        SMALL_CHILD = "SMALL_CHILD", _("1 to 4 years")
        CHILD = "CHILD", _("5 to 14 years")
        YOUNG = "YOUNG", _("15 to 24 years")
        ADULT = "ADULT", _("25 to 49 years")
        OLDER = "OLDER", _("50 to 64 years")
        OLD = "OLD", _("65 years and more")
        UNKNOWN = "UNKNOWN", pgettext_lazy("age", "unknown")

    class Sex(models.TextChoices):
        FEMALE = "FEMALE", pgettext_lazy("patient", "female")
        MALE = "MALE", pgettext_lazy("patient", "male")

    class Consenting(models.TextChoices):
        PATIENT = "PATIENT", _("the patient")
        GUARDIAN = "GUARDIAN", _("a parent or guardian")
        RELATIVE = "RELATIVE", _("a relative, for a patient who cannot")
        NOBODY = "NOBODY", _("nobody could: life is in danger")

    class Consent(models.TextChoices):
        SPOKEN = "SPOKEN", pgettext_lazy("consent", "spoken, with a witness")
        WRITTEN = "WRITTEN", pgettext_lazy("consent", "in writing, kept at the hospital")
        LATER = "LATER", pgettext_lazy("consent", "to be asked as soon as it can be")

    class Why(models.TextChoices):
        SOLVED = "SOLVED", _("it is solved")
        LEFT = "LEFT", _("the patient left or was referred")
        MISTAKE = "MISTAKE", _("it was asked by mistake")
        NOBODY_FREE = "NOBODY_FREE", _("no specialist is free in time")
        NO_SPECIALTY = "NO_SPECIALTY", _("no specialist of this specialty")
        NOT_REMOTE = "NOT_REMOTE", _("it cannot be answered from afar")

    BY_ASKER: ClassVar = ("SOLVED", "LEFT", "MISTAKE")
    BY_OFFICE: ClassVar = ("NOBODY_FREE", "NO_SPECIALTY", "NOT_REMOTE")

    number = models.PositiveIntegerField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    specialty = models.CharField(max_length=24)  # wanted: a code of the catalogue's specialties
    priority = models.CharField(max_length=9, choices=Priority.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    language = models.CharField(max_length=8)  # of the story
    sealed_reference = models.TextField(blank=True)
    reference = Secret("sealed_reference")  # the hospital's own number for the patient
    sealed_age = models.TextField(blank=True)
    age = Secret("sealed_age")  # a code of Age
    sealed_sex = models.TextField(blank=True)
    sex = Secret("sealed_sex")  # a code of Sex, or ''
    sealed_story = models.TextField(blank=True)
    story = Secret("sealed_story")
    sealed_question = models.TextField(blank=True)
    question = Secret("sealed_question")
    consent_by = models.CharField(max_length=8, choices=Consenting.choices)
    consent_how = models.CharField(max_length=7, choices=Consent.choices)
    consent_on = models.DateField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)  # the target of its priority
    assigned_to = models.UUIDField(null=True)  # the specialist's account
    assigned_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # the first opinion
    closed_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)  # declined, withdrawn

    class Meta:
        indexes = [
            models.Index(fields=["state", "answer_by"], name="consult_queue"),
            models.Index(fields=["organisation"], name="consult_of_hospital"),
            models.Index(fields=["asked_by"], name="consult_of_asker"),
            models.Index(fields=["assigned_to"], name="consult_of_specialist"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Photo(Record):
    """A photograph of a case, drawn anew without what a camera writes into it; its bytes stand
    sealed in a table beside it."""

    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="photos")
    place = models.PositiveSmallIntegerField()  # first is 1
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()  # bytes
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["consult", "place"], name="a_photo_has_its_place")
        ]

    def __str__(self) -> str:
        return str(self.place)


class PhotoBytes(models.Model):
    """The sealed bytes of a photograph: apart from the journal, under the key of their case."""

    photo = models.OneToOneField(
        Photo, on_delete=models.PROTECT, primary_key=True, related_name="bytes"
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.photo_id)


class Promised(Record):
    """A photograph of a case that a phone named: its bytes come after its words."""

    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="promised")
    sha256 = models.CharField(max_length=64)  # of the bytes that the phone sends
    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, null=True, related_name="+")
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consult", "sha256"], name="a_photo_is_promised_to_a_case_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.consult)


class Turning(Record):
    """A specialist could not take a case, and why; it goes back to wait for another."""

    class Why(models.TextChoices):
        NOT_MY_FIELD = "NOT_MY_FIELD", pgettext_lazy("a specialist", "it is not my field")
        NO_TIME = "NO_TIME", pgettext_lazy("a specialist", "I cannot answer in time")
        TONGUE = "TONGUE", pgettext_lazy("a specialist", "I cannot read its language")
        CONFLICT = "CONFLICT", pgettext_lazy("a specialist", "I have a conflict of interest")

    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="turnings")
    specialist = models.UUIDField()
    reason = models.CharField(max_length=12, choices=Why.choices)
    turned_at = models.DateTimeField()

    class Meta:
        ordering = ["turned_at"]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class Opinion(Record):
    """What a specialist signed; never changed: what is added later is signed as version 2, 3 …

    The fingerprint runs over a sealed salt too: once the key is destroyed it says nothing.
    """

    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField()
    sealed_text = models.TextField()
    text = Secret("sealed_text")
    sealed_salt = models.TextField()
    salt = Secret("sealed_salt")
    signer = models.UUIDField()
    signer_name = models.CharField(max_length=200)  # as it was that day
    signed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=8)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["consult", "version"], name="an_opinion_has_its_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consult_id} {self.version}"


class Outcome(Record):
    """What was done after the opinion, or why the advice could not be followed."""

    class What(models.TextChoices):
        FOLLOWED = "FOLLOWED", _("the advice was followed")
        TREATED_HERE = "TREATED_HERE", _("treated here in another way")
        REFERRED = "REFERRED", _("referred elsewhere")
        DIED = "DIED", _("the patient died")
        NOT_FOLLOWED = "NOT_FOLLOWED", _("the advice could not be followed")
        UNKNOWN = "UNKNOWN", pgettext_lazy("outcome", "unknown")

    class WhyNot(models.TextChoices):
        DRUG = "DRUG", _("the medicine is not here")
        EQUIPMENT = "EQUIPMENT", _("the equipment is not here or broken")
        STAFF = "STAFF", _("nobody here can do it")
        COST = "COST", _("the family cannot pay")
        REFUSED = "REFUSED", _("the patient did not want it")
        LATE = "LATE", _("the answer came too late")
        OTHER = "OTHER", pgettext_lazy("why not", "something else")

    consult = models.OneToOneField(Consult, on_delete=models.PROTECT, related_name="outcome")
    sealed_what = models.TextField()
    what_came = Secret("sealed_what")  # a code of What
    sealed_words = models.TextField(blank=True)
    words = Secret("sealed_words")
    why_not = models.CharField(max_length=9, choices=WhyNot.choices, blank=True)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.consult_id)


class Reading(models.Model):
    """Who opened a case or one of its photographs, and when: apart from the journal of changes."""

    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="readings")
    reader = models.UUIDField()
    read_at = models.DateTimeField()
    photo = models.UUIDField(null=True)  # None is the case itself

    class Meta:
        indexes = [models.Index(fields=["consult", "read_at"], name="reading_of_consult")]

    def __str__(self) -> str:
        return f"{self.consult_id} {self.read_at}"
