"""An office's own templates of letters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marrow.core.models import Record
from marrow.programmes.models import Programme


class LetterTemplate(Record):
    """A programme's own template for a kind of letter, in one language and one form of file."""

    class Kind(models.TextChoices):
        NAME_LIST = "NAME_LIST", _("name list")
        DISPATCH = "DISPATCH", _("dispatch letter")

    class Language(models.TextChoices):
        ZH = "zh", "中文"
        EN = "en", "English"
        FR = "fr", "français"

    class Ending(models.TextChoices):
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="templates")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    ending = models.CharField(max_length=4, choices=Ending.choices)
    file = models.CharField(max_length=120)  # what the office calls it
    sha256 = models.CharField(max_length=64)  # of its content, a LetterFile
    dropped_on = models.DateField(null=True)  # another took its place, or none

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "language", "ending"],
                condition=Q(dropped_on=None),
                name="one_template_for_each_letter",
            )
        ]

    def __str__(self) -> str:
        return self.file


class LetterFile(models.Model):
    """The bytes of a template, by their fingerprint; never changed, so no journal needs them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256
