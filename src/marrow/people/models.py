"""Who can be sent: what they are, what they may do, when they are free, what is owed to them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.fields import NamesField, PartialDateField
from marrow.core.models import Record
from marrow.core.secrets import Secret
from marrow.core.spoken import Spoken
from marrow.core.words import colon, in_tongue
from marrow.directory.models import Area, Organisation
from marrow.programmes.models import Series


class Person(Record):
    """A professional or support member of a unit; they may serve many times, or never."""

    class Kind(models.TextChoices):
        DOCTOR = "DOCTOR", _("doctor")
        NURSE = "NURSE", _("nurse")
        TECHNICIAN = "TECHNICIAN", _("medical technician")
        PHARMACIST = "PHARMACIST", _("pharmacist")
        PUBLIC_HEALTH = "PUBLIC_HEALTH", _("public health professional")
        ADVISER = "ADVISER", _("health policy adviser")
        CADRE = "CADRE", _("manager")
        INTERPRETER = "INTERPRETER", _("interpreter")
        COOK = "COOK", _("cook")
        ENGINEER = "ENGINEER", _("engineer")
        OTHER = "OTHER", _("other")

    class Grade(models.TextChoices):
        CHIEF = "CHIEF", _("chief (senior title)")
        DEPUTY_CHIEF = "DEPUTY_CHIEF", _("deputy chief (senior title)")
        ATTENDING = "ATTENDING", _("attending (intermediate title)")
        RESIDENT = "RESIDENT", _("resident (junior title)")
        NONE = "NONE", _("no professional title")

    class Sex(models.TextChoices):
        FEMALE = "F", _("woman")
        MALE = "M", _("man")

    names = NamesField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    specialty = models.CharField(max_length=24, blank=True)  # a code of the catalogue's
    grade = models.CharField(max_length=14, choices=Grade.choices, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    account = models.UUIDField(null=True)  # who they are when they sign in
    asked_account = models.UUIDField(null=True)  # whose owner has yet to say that it is them
    willing = models.BooleanField(null=True)  # asked, and said so; None is not asked
    left_on = PartialDateField()  # no longer of this unit
    search = models.CharField(max_length=400, blank=True)  # folded names, for typing
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "people"
        ordering = ["search", "id"]
        indexes = [
            models.Index(fields=["specialty", "unit"], name="person_specialty"),
            models.Index(fields=["search", "id"], name="person_search"),
            models.Index(  # "is not null": SQLite takes no other wording for the same
                fields=["account"], name="person_of_account", condition=Q(account__isnull=False)
            ),
            models.Index(
                fields=["asked_account"],
                name="person_asked_account",
                condition=Q(asked_account__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return in_tongue(self.names)


class Credential(Spoken):
    """A licence, certificate or degree: from whom, since when, valid until which day."""

    SPOKEN = ("title",)

    class Kind(models.TextChoices):
        LICENCE = "LICENCE", _("licence to practise")
        CERTIFICATE = "CERTIFICATE", _("certificate")
        DEGREE = "DEGREE", _("degree")
        PASSPORT = "PASSPORT", _("passport")
        VACCINATION = "VACCINATION", _("vaccination certificate")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credentials")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160, blank=True)  # where the kind does not say it all
    number = models.CharField(max_length=60, blank=True)
    given_by = models.CharField(max_length=160, blank=True)
    issued_on = PartialDateField()
    expires_on = models.DateField(null=True)  # None: not told; of a degree, it does not expire

    class Meta:
        indexes = [
            models.Index(fields=["expires_on"], name="credential_expiry"),
            # how long somebody's licence lasts, of thousands at once, is told by the index alone
            models.Index(fields=["person", "kind", "expires_on"], name="credential_lasts"),
        ]

    def __str__(self) -> str:
        return self.said("title") or str(self.get_kind_display())

    @property
    def end_untold(self) -> bool:
        """Nobody told when it ends: unknown, which is not "for ever"."""
        return self.expires_on is None and self.kind != self.Kind.DEGREE


class LanguageSkill(Record):
    """A language with its level (CEFR), tested when."""

    class Level(models.TextChoices):
        A1 = "A1", "A1"
        A2 = "A2", "A2"
        B1 = "B1", "B1"
        B2 = "B2", "B2"
        C1 = "C1", "C1"
        C2 = "C2", "C2"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="languages")
    language = models.CharField(max_length=8)  # ISO 639: fr, en, pt, es, ar, bi …
    level = models.CharField(max_length=2, choices=Level.choices)
    tested_on = PartialDateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"], name="a_language_has_one_level_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Unavailability(Record):
    """Days on which a person cannot be sent, and why in one word."""

    class Why(models.TextChoices):
        LEAVE = "LEAVE", _("leave")
        DUTY = "DUTY", _("needed at the unit")
        STUDY = "STUDY", _("further study")
        HEALTH = "HEALTH", _("health")
        FAMILY = "FAMILY", _("family")
        REST = "REST", _("rest after a mission")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="unavailabilities")
    why = models.CharField(max_length=8, choices=Why.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the first free day; None is open

    class Meta:
        verbose_name_plural = "unavailabilities"

    def __str__(self) -> str:
        return f"{self.from_on} – {self.last_on or '…'}"

    @property
    def last_on(self) -> dt.date | None:
        """The last day of it, as pages tell it."""
        return self.until_on - dt.timedelta(days=1) if self.until_on else None


class Wish(Record):
    """Where somebody wishes to go, or refuses to: a place with all that lies in it, or the teams
    of a series. No reason is asked for."""

    class Kind(models.TextChoices):
        PREFERS = "PREFERS", pgettext_lazy("a wish", "wishes to go")
        REFUSES = "REFUSES", pgettext_lazy("a wish", "refuses")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="+")
    points = models.PositiveSmallIntegerField(default=1)  # of a wish, 1 to 3: how much
    said_by = models.UUIDField()
    said_on = models.DateField()
    ended_on = models.DateField(null=True)  # taken back

    class Meta:
        verbose_name_plural = "wishes"
        ordering = ["said_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(series=None), name="a_wish_is_for_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{colon()}{self.where}"

    @property
    def where(self) -> str:
        return in_tongue(self.area.names) if self.area else str(self.series)


class Couple(Record):
    """Two people who are a couple, and whether they go together or are never away at once. Seen by
    the two, their units and the programme office above these."""

    class Rule(models.TextChoices):
        TOGETHER = "TOGETHER", _("in the same team, or neither")
        APART = "APART", _("never away at the same time")

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=8, choices=Rule.choices)
    told_by = models.UUIDField()
    told_on = models.DateField()
    ended_on = models.DateField(null=True)  # taken back

    class Meta:
        ordering = ["told_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_on=None), name="a_couple_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"


class Benefit(Spoken):
    """What a policy grants for service: promotion credit, study, an allowance; by which paper."""

    SPOKEN = ("note",)

    class Kind(models.TextChoices):
        PROMOTION = "PROMOTION", _("credit for a professional title")
        STUDY = "STUDY", _("further study")
        INCENTIVE = "INCENTIVE", _("incentive for a completed mission")
        ALLOWANCE = "ALLOWANCE", _("allowance")
        OTHER = "OTHER", _("other")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="benefits")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    granted_on = PartialDateField()
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Distinction(Spoken):
    """An honour that a person received: its name, who gave it, when."""

    SPOKEN = ("body",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="distinctions")
    names = NamesField()
    body = models.CharField(max_length=200, blank=True)
    given_on = PartialDateField()

    def __str__(self) -> str:
        return in_tongue(self.names)


class CareerStep(Spoken):
    """What a person became: a leading post, a title, a teacher. Counted apart from service."""

    SPOKEN = ("what",)

    class Kind(models.TextChoices):
        LEADING_POST = "LEADING_POST", _("leading post")
        TITLE = "TITLE", _("higher title")
        TEACHING = "TEACHING", _("teaching post")
        OTHER = "OTHER", _("other")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="career")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    what = models.CharField(max_length=200)
    since_on = PartialDateField()

    def __str__(self) -> str:
        return self.said("what")


class Learning(Spoken):
    """What somebody who was sent brought home: the sender's side learns too."""

    SPOKEN = ("what",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="learnings")
    what = models.CharField(max_length=300)
    learned_on = PartialDateField()

    def __str__(self) -> str:
        return self.said("what")


class Contact(Record):
    """Whom to call when something happens. Sealed; seen only by those who must."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    sealed_name = models.TextField(blank=True)
    sealed_relation = models.TextField(blank=True)
    sealed_phone = models.TextField(blank=True)

    name = Secret("sealed_name")
    relation = Secret("sealed_relation")
    phone = Secret("sealed_phone")

    def __str__(self) -> str:
        return str(_("emergency contact"))


class Wellbeing(Record):
    """How a person says they are. Sealed words; seen by them and their programme office."""

    class Feeling(models.TextChoices):
        WELL = "WELL", _("well")
        STRAINED = "STRAINED", _("strained")
        NEEDS_HELP = "NEEDS_HELP", _("needs help")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wellbeing")
    said_on = models.DateField()
    feeling = models.CharField(max_length=10, choices=Feeling.choices)
    sealed_words = models.TextField(blank=True)

    words = Secret("sealed_words")

    class Meta:
        verbose_name_plural = "wellbeing"

    def __str__(self) -> str:
        return f"{self.said_on} {self.get_feeling_display()}"
