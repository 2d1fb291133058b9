"""Forms of the catalogue: items, what they need, lists and their versions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from marrow.catalogue.models import Item, List, Requirement
from marrow.catalogue.problems import PROBLEMS
from marrow.catalogue.queries.finding import Finder, NotFound
from marrow.catalogue.queries.specialties import specialty_choices
from marrow.core.words import Names, in_tongue
from marrow.directory.fields import PlaceField
from marrow.directory.forms import NamesForm
from marrow.programmes.models import Programme
from marrow.ui.forms import ChangeForm

LINES = {"rows": 3, "cols": 60}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class CodesField(forms.CharField):
    """Codes of one system, one a line or parted by commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=400, **kwargs)

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        return [code.strip().upper() for code in text.replace("\n", ",").split(",") if code.strip()]


class ItemForm(NamesForm):
    """What is known of an item."""

    kind = forms.ChoiceField(choices=Item.Kind.choices, label=gettext_lazy("Kind"))
    specialty = forms.ChoiceField(label=gettext_lazy("Specialty"))
    severity = forms.ChoiceField(
        choices=Item.Severity.choices, label=pgettext_lazy("catalogue", "Severity")
    )
    level = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("as its severity says")), *Item.Level.choices],
        label=gettext_lazy("Should be treated in the"),
    )
    icd10 = CodesField(label=gettext_lazy("Codes of ICD-10"), help_text="K35, K35.8")
    icd9cm3 = CodesField(label=gettext_lazy("Codes of procedures (ICD-9-CM-3)"), help_text="47.01")
    aliases = forms.CharField(
        required=False, max_length=800, label=gettext_lazy("Other words for it"),
        help_text=gettext_lazy("One a line, in any language."),
        widget=forms.Textarea(attrs=LINES),
    )  # fmt: skip
    COLUMNS = ("kind", "specialty", "severity", "level")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialty"].choices = specialty_choices()  # type: ignore[attr-defined]

    def codes(self) -> dict[str, list[str]]:
        told = {"ICD10": self.cleaned_data["icd10"], "ICD9CM3": self.cleaned_data["icd9cm3"]}
        return {system: codes for system, codes in told.items() if codes}

    def told(self) -> dict[str, Any]:
        found = {c: self.cleaned_data[c] for c in self.COLUMNS}
        return {**found, "codes": self.codes(), "aliases": lines(self.cleaned_data["aliases"])}


class ChangeItemForm(ChangeForm, ItemForm):
    """The same over an item that is there."""

    retired_on = forms.DateField(
        required=False, label=gettext_lazy("No longer offered since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Lists that hold it keep it."),
    )  # fmt: skip

    def changes(self, row: Item) -> dict[str, Any]:
        """The columns that were changed; codes of systems that the form has no field for stay."""
        changed, told = self.changed(), self.told()
        found = {c: told[c] for c in self.COLUMNS if c in changed}
        if "aliases" in changed:
            found["aliases"] = told["aliases"]
        if {"icd10", "icd9cm3"} & changed:
            others = {s: c for s, c in row.codes.items() if s not in ("ICD10", "ICD9CM3")}
            found["codes"] = {**others, **told["codes"]}
        if {"name_en", "name_zh", "name_fr"} & changed:
            found["names"] = self.names()
        if "retired_on" in changed:
            found["retired_on"] = self.cleaned_data["retired_on"]
        return found


def initial_of(row: Item) -> dict[str, Any]:
    return {
        **{c: getattr(row, c) for c in ItemForm.COLUMNS},
        **{f"name_{t}": row.names.get(t, "") for t in ("en", "zh", "fr")},
        "icd10": ", ".join(row.codes.get("ICD10", [])),
        "icd9cm3": ", ".join(row.codes.get("ICD9CM3", [])),
        "aliases": "\n".join(row.aliases), "retired_on": row.retired_on,
    }  # fmt: skip


class RequirementForm(NamesForm):
    """Staff of a role, or a thing by its name; how many, where it is known."""

    kind = forms.ChoiceField(choices=Requirement.Kind.choices, label=gettext_lazy("Kind"))
    role = forms.ChoiceField(
        required=False, choices=[("", "–"), *Requirement.Role.choices],
        label=gettext_lazy("Staff: profession"),
    )  # fmt: skip
    specialty = forms.ChoiceField(required=False, label=gettext_lazy("Staff: specialty"))
    count = forms.IntegerField(
        required=False, min_value=1, max_value=999, label=gettext_lazy("How many"),
        help_text=gettext_lazy("Empty: not known."),
    )  # fmt: skip
    field_order = ("kind", "role", "specialty", "name_en", "name_zh", "name_fr", "count")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialty"].choices = [("", "–"), *specialty_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        staff = told.get("kind") == Requirement.Kind.STAFF
        if staff and not told.get("role"):
            self.add_error("role", _("Say which staff it needs."))
        if not staff and not self.names():
            self.add_error("name_en", _("Write a name in at least one language."))
        return told

    def need(self) -> Requirement:
        told = self.cleaned_data
        row = Requirement(id=uuid4(), kind=told["kind"], count=told["count"])
        if row.kind == Requirement.Kind.STAFF:
            row.role, row.specialty = told["role"], told["specialty"]
        else:
            row.names = self.names()
            row.resource = slugify(in_tongue(row.names, "en"))[:40] or uuid4().hex[:12]
        return row


class ListForm(NamesForm):
    """A new list: whose it is, and of what kind."""

    kind = forms.ChoiceField(choices=List.Kind.choices, label=gettext_lazy("Kind"))
    area = PlaceField(label=gettext_lazy("Place"))
    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(), required=False, to_field_name="key",
        label=gettext_lazy("Programme"), empty_label="–",
    )  # fmt: skip
    severity = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("of any severity")), *Item.Severity.choices],
        label=pgettext_lazy("catalogue", "Severity"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.order_by("key")  # type: ignore[attr-defined]


class MembersField(forms.CharField):
    """Items, one a line, by code, name or both. What is wrong names its line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=200_000, label=gettext_lazy("Items, one a line"),
            help_text=gettext_lazy("A code, a name in any language, or both: K35 appendicitis."),
            widget=forms.Textarea(attrs={"rows": 16, "cols": 60}), **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> list[Item]:
        finder, wrong = Finder(), []
        found: dict[Item, int] = {}
        for number, line in enumerate(lines(super().clean(value)), 1):
            try:
                item = finder.line(line)
            except NotFound as reason:
                wrong.append(_said(number, line, str(reason)))
                continue
            if item in found:
                wrong.append(_said(number, line, "DUPLICATE"))
            found.setdefault(item, number)
        if wrong:
            raise ValidationError(wrong[:30])
        return list(found)


def _said(number: int, line: str, code: str) -> str:
    told = {"line": number, "text": line[:80], "why": in_tongue(PROBLEMS[code])}
    return _("Line %(line)s, “%(text)s”: %(why)s.") % told


class VersionForm(forms.Form):
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    members = MembersField()
    note = forms.CharField(
        required=False, max_length=300, label=gettext_lazy("Note"),
        help_text=gettext_lazy("Why it changed, or the paper that says so."),
    )  # fmt: skip


class RenameListForm(ChangeForm, NamesForm):
    """What a list is called."""

    def called(self) -> Names:
        return self.names()
