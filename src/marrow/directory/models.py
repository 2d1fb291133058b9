"""Places and organisations: hierarchy, names in three tongues, identifiers, registers, merging."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marrow.core.fields import NamesField, PartialDateField
from marrow.core.models import Record
from marrow.core.words import in_tongue


class Area(Record):
    """A place in a hierarchy. `path` holds the codes from the world down: a subtree is a prefix."""

    class Kind(models.TextChoices):
        WORLD_REGION = "WORLD_REGION", _("world region")
        COUNTRY = "COUNTRY", _("country or territory")
        REGION = "REGION", _("region or province")
        CITY = "CITY", _("city or prefecture")
        COUNTY = "COUNTY", _("county")
        FORMER_STATE = "FORMER_STATE", _("former state")

    kind = models.CharField(max_length=14, choices=Kind.choices)
    code = models.CharField(max_length=20, unique=True)  # ISO 3166, GB/T 2260 ("CN-410225"), M49
    iso3 = models.CharField(max_length=4, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    names = NamesField()
    search = models.CharField(max_length=300, blank=True)  # folded names, pinyin, initials
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    path = models.CharField(max_length=120, blank=True)  # codes from the top: "/002/011/GN/"
    ended_on = PartialDateField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["path"], name="area_path")]

    def lies_in(self, outer: Area) -> bool:
        """Whether it is this place or a part of it."""
        return self.pk == outer.pk or bool(outer.path and self.path.startswith(outer.path))

    def __str__(self) -> str:
        return in_tongue(self.names)


class Organisation(Record):
    """A hospital, commission, ministry, UN body …: found by identifier, spelled many ways.

    `successor` is where a merged organisation went on: nothing is rewritten, so it can be undone.
    """

    class Kind(models.TextChoices):
        HOSPITAL = "HOSPITAL", _("hospital")
        PRIMARY = "PRIMARY", _("health centre or clinic")
        COMMISSION = "COMMISSION", _("health commission")
        CDC = "CDC", _("centre for disease control")
        MINISTRY = "MINISTRY", _("ministry")
        GOVERNMENT = "GOVERNMENT", _("government body")
        UNIVERSITY = "UNIVERSITY", _("university")
        UN_BODY = "UN_BODY", _("UN body")
        MILITARY = "MILITARY", _("military body")
        COMPANY = "COMPANY", _("company")
        MEDIA = "MEDIA", _("media")
        PHARMACY = "PHARMACY", _("pharmacy")
        PRACTICE = "PRACTICE", _("practice")
        OTHER = "OTHER", _("other")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    names = NamesField()
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="organisations"
    )
    place = models.CharField(max_length=120, blank=True)  # district as the register writes it
    type_as_told = models.CharField(max_length=120, blank=True)
    owner_as_told = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    invented = models.BooleanField(default=False)  # belongs to the demonstration, and says so
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="predecessors", db_index=False
    )  # an index over all would lead every list through those that stand, which are nearly all

    class Meta:
        indexes = [
            models.Index(
                fields=["area", "kind", "id"],
                name="organisation_area",
                condition=models.Q(successor=None),
            ),
            models.Index(
                fields=["kind"], name="organisation_stands", condition=models.Q(successor=None)
            ),
            models.Index(
                fields=["successor"],
                name="organisation_merged",
                condition=models.Q(successor__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return in_tongue(self.names)


class Identifier(Record):
    """What a register calls an organisation: the row it comes from, as that register gives it.

    `told` holds the row's own words by field, so that each shown value opens its source.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="identifiers"
    )
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    document = models.UUIDField(null=True)  # sources.Document
    row = models.PositiveIntegerField(null=True)
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="an_identifier_names_one")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Alias(Record):
    """Another spelling of an organisation's or area's name."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="aliases"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="aliases")
    language = models.CharField(max_length=3, blank=True)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(area=None),
                name="an_alias_names_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Department(Record):
    """A department: clinical, or a platform that others stand on (imaging, laboratory …), and
    since when the hospital has it."""

    class Kind(models.TextChoices):
        CLINICAL = "CLINICAL", _("clinical")
        PLATFORM = "PLATFORM", _("platform")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="departments"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    names = NamesField()
    started_on = PartialDateField()

    def __str__(self) -> str:
        return in_tongue(self.names)


class Grade(Record):
    """The grade that a hospital attained (三甲 …), with the date as the source gives it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=20)
    attained_on = PartialDateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "grade"], name="a_grade_is_held_once")
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.attained_on}".strip()


class NotTheSame(Record):
    """A person's word that two organisations which look alike are two."""

    one = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_are_told_apart_once")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class SearchEntry(models.Model):
    """Derived, rebuilt from the rows: what search looks through. Never journalled."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)  # AREA or ORGANISATION
    thing = models.UUIDField(unique=True)
    weight = models.SmallIntegerField(default=0)  # places before hospitals before pharmacies
    text = models.TextField()  # folded names, aliases, pinyin, initials, each on a line
    sounds = models.TextField(blank=True)  # the same as it sounds, for wrong spellings

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.text.split("\n", 1)[0]


class Likeness(models.Model):
    """Derived, rebuilt after an import: two organisations that may be one. Never journalled."""

    id = models.BigAutoField(primary_key=True)
    one = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(  # in which both lie
        Area, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    alike = models.FloatField()  # 0–1, of the names
    kilometres = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="a_likeness_once")]
        indexes = [
            models.Index(fields=["-alike", "kilometres", "id"], name="likeness_alike"),
            models.Index(fields=["area", "-alike", "kilometres", "id"], name="likeness_area"),
        ]

    def __str__(self) -> str:
        return f"{self.alike:.2f}"

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        return self.one, self.other
