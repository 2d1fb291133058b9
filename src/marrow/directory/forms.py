"""Forms of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marrow.core.words import TONGUES, Names, names
from marrow.directory.fields import PlaceField
from marrow.directory.models import Department, Organisation
from marrow.sources.forms import SOURCE, DateTold, SourcedForm
from marrow.ui.forms import ChangeForm


class NamesForm(forms.Form):
    """A name in up to three languages; at least one."""

    name_en = forms.CharField(max_length=200, required=False, label=_("Name in English"))
    name_zh = forms.CharField(max_length=200, required=False, label=_("Name in Chinese"))
    name_fr = forms.CharField(max_length=200, required=False, label=_("Name in French"))

    def names(self) -> Names:
        told = self.cleaned_data
        return names(told["name_en"].strip(), told["name_zh"].strip(), told["name_fr"].strip())


class NamedForm(NamesForm, SourcedForm):
    """Names in up to three languages, and a source."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any(told.get(f"name_{t}", "").strip() for t in TONGUES):
            self.add_error("name_en", _("Write a name in at least one language."))
        return told


class ChangeNamedForm(ChangeForm, NamedForm):
    """The same over what is there already: of names, only the languages that were changed."""

    free = SOURCE

    def tongues(self, of: str = "name") -> Names:
        """What was written anew, by language; '' where it was taken away."""
        changed = {t: f"{of}_{t}" for t in TONGUES if f"{of}_{t}" in self.changed()}
        return {t: self.cleaned_data[name].strip() for t, name in changed.items()}


def by_tongue(of: str, names: Names) -> dict[str, str]:
    """The names that are there, as a form begins with them."""
    return {f"{of}_{t}": names.get(t, "") for t in TONGUES}


class OrganisationForm(NamedForm):
    kind = forms.ChoiceField(choices=Organisation.Kind.choices, label=_("Kind"))
    area = PlaceField(label=_("Place"))


class PlacedForm(ChangeForm, SourcedForm):
    """What an organisation is and where it lies."""

    free = SOURCE
    kind = forms.ChoiceField(choices=Organisation.Kind.choices, label=_("Kind"))
    area = PlaceField(required=False, label=_("Place"))
    place = forms.CharField(max_length=120, required=False, label=_("Province or district"))
    address = forms.CharField(max_length=300, required=False, label=_("Address"))
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, label=_("Latitude"))
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, label=_("Longitude"))

    def told(self) -> dict[str, object]:
        return {c: v for c, v in self.cleaned_data.items() if c in self.changed()}


class AliasForm(SourcedForm):
    text = forms.CharField(max_length=300, label=_("Another spelling"))
    language = forms.ChoiceField(
        choices=[("", "–"), ("en", "English"), ("zh", "中文"), ("fr", "français")],
        required=False,
        label=_("Language"),
    )


class GradeForm(SourcedForm):
    grade = forms.CharField(max_length=20, label=_("Grade"))
    attained_on = DateTold(label=_("Attained"))


class RenameForm(ChangeNamedForm):
    """What an organisation is called now, and who says so."""

    def names(self) -> Names:
        """The names that are there, with those that this person changed."""
        stand = {t: self.initial.get(f"name_{t}", "") for t in TONGUES}
        return {**stand, **self.tongues()}


class DepartmentForm(NamedForm):
    kind = forms.ChoiceField(choices=Department.Kind.choices, label=_("Kind"))
    started_on = DateTold(label=_("The hospital has it since"))
