"""The catalogue: what can be treated, what that needs, and the lists of who should treat what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.fields import NamesField
from marrow.core.models import Record
from marrow.core.words import in_tongue
from marrow.directory.models import Area
from marrow.programmes.models import Programme


class Item(Record):
    """A condition, a technique or a service: what a hospital can do, or cannot yet."""

    class Kind(models.TextChoices):
        CONDITION = "CONDITION", pgettext_lazy("catalogue", "condition")
        TECHNIQUE = "TECHNIQUE", pgettext_lazy("catalogue", "technique")
        SERVICE = "SERVICE", pgettext_lazy("catalogue", "service")

    class Severity(models.TextChoices):
        MINOR = "MINOR", pgettext_lazy("severity", "minor")
        MODERATE = "MODERATE", pgettext_lazy("severity", "moderate")
        SERIOUS = "SERIOUS", pgettext_lazy("severity", "serious")

    class Level(models.TextChoices):
        COUNTY = "COUNTY", pgettext_lazy("level of care", "county")
        CITY = "CITY", pgettext_lazy("level of care", "city")
        REGION = "REGION", pgettext_lazy("level of care", "region")
        COUNTRY = "COUNTRY", pgettext_lazy("level of care", "country")

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    specialty = models.CharField(max_length=24)  # a code of `rules.specialties`
    specialty_before = models.JSONField(null=True)  # [[code, the first day of the next], …]
    severity = models.CharField(max_length=10, choices=Severity.choices)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)  # '': by severity
    names = NamesField()
    aliases = models.JSONField(default=list, blank=True)  # other words for it, in any language
    codes = models.JSONField(default=dict, blank=True)  # {"ICD10": ["N18.5"], "ICD9CM3": […]}
    search = models.CharField(max_length=800, blank=True)  # folded names, pinyin, initials, codes
    own = models.JSONField(default=list, blank=True)  # columns that an office changed: loading
    retired_on = models.DateField(null=True)  # no longer offered; lists that hold it keep it

    class Meta:
        ordering = ["specialty", "search", "id"]
        indexes = [
            models.Index(fields=["specialty", "kind", "severity"], name="item_specialty"),
            models.Index(fields=["search", "id"], name="item_search"),
        ]

    def __str__(self) -> str:
        return in_tongue(self.names)


class Requirement(Record):
    """What an item needs: staff of a role, equipment, supplies; how many, where it is told.

    One that is taken away stays, and holds for the days before.
    """

    class Kind(models.TextChoices):
        STAFF = "STAFF", pgettext_lazy("requirement", "staff")
        EQUIPMENT = "EQUIPMENT", pgettext_lazy("requirement", "equipment")
        SUPPLY = "SUPPLY", pgettext_lazy("requirement", "supplies")

    class Role(models.TextChoices):
        DOCTOR = "DOCTOR", _("doctor")
        NURSE = "NURSE", _("nurse")
        TECHNICIAN = "TECHNICIAN", _("medical technician")
        PHARMACIST = "PHARMACIST", _("pharmacist")
        ENGINEER = "ENGINEER", _("engineer")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="requirements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(max_length=14, choices=Role.choices, blank=True)  # of staff
    specialty = models.CharField(max_length=24, blank=True)  # of staff
    resource = models.CharField(max_length=40, blank=True)  # of equipment and supplies: a code
    names = NamesField()  # of equipment and supplies
    count = models.PositiveSmallIntegerField(null=True)  # None: some, how many is not told
    from_on = models.DateField(null=True)  # None: as long as the item is known
    until_on = models.DateField(null=True)  # the first day on which it no longer holds

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "role", "specialty", "resource"],
                condition=models.Q(until_on=None),
                name="a_need_is_told_once",
            )
        ]

    def __str__(self) -> str:
        return in_tongue(self.names) or str(self.get_role_display())


class CodeList(Record):
    """A classification that was loaded for looking codes up: its file, and how many codes."""

    system = models.CharField(max_length=12, unique=True)  # ICD10, ICD9CM3
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title


class Code(models.Model):
    """A code of a loaded classification: the file's own words. Loaded anew, never journalled."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    names = NamesField()
    search = models.CharField(max_length=800)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="a_code_is_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {in_tongue(self.names)}"


class List(Record):
    """Which items an area, or a programme there, wants treated without leaving; in versions."""

    class Kind(models.TextChoices):
        REGION_SERIOUS = "REGION_SERIOUS", _("serious diseases, not leaving the region")
        CITY_MODERATE = "CITY_MODERATE", _("moderate diseases, not leaving the city")
        COUNTY_RECOMMENDED = "COUNTY_RECOMMENDED", _("recommended for the county")
        OTHER = "OTHER", pgettext_lazy("kind of list", "other")

    key = models.CharField(max_length=60, unique=True)
    names = NamesField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="lists")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="lists"
    )
    severity = models.CharField(max_length=10, choices=Item.Severity.choices, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return in_tongue(self.names)


class ListVersion(Record):
    """What a list held from a day on. A new version is a new row; the old ones stay."""

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    document = models.UUIDField(null=True)  # sources.Document, of an imported one

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="a_version_has_one_number")
        ]

    def __str__(self) -> str:
        return f"{self.list} · {self.number}"


class ListMember(Record):
    """One item on one version of a list, in its order."""

    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="members")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="on_lists")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="an_item_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.item}"
