"""Forms of recognition."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.words import Names, in_tongue
from marrow.people.forms import day
from marrow.recognition.actions import Family
from marrow.recognition.models import Certificate, Consent, Remembered
from marrow.recognition.rules.lists import Told, points, read
from marrow.sources.forms import DateTold, SourcedForm
from marrow.ui.forms import ChangeForm


class IssueForm(forms.Form):
    """Who issues and signs, and in which languages."""

    issuer_zh = forms.CharField(max_length=120, required=False, label=_("Issuing office (Chinese)"))
    issuer_en = forms.CharField(max_length=120, required=False, label=_("Issuing office (English)"))
    issuer_fr = forms.CharField(max_length=120, required=False, label=_("Issuing office (French)"))
    signed_by_zh = forms.CharField(max_length=120, required=False, label=_("Signed by (Chinese)"))
    signed_by_en = forms.CharField(max_length=120, required=False, label=_("Signed by (English)"))
    signed_by_fr = forms.CharField(
        max_length=120, required=False, label=_("Signed by (French)"),
        help_text=_(
            "The name under the signature, as each language writes it; one spelling alone goes on"
            " every paper. Empty: the office alone."
        ),
    )  # fmt: skip
    languages = forms.ChoiceField(choices=Certificate.Languages.choices, label=_("Languages"))
    issued_on = day(_("Day on the certificate"))

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        issuer, signer = (_spelled(told, which) for which in ("issuer", "signed_by"))
        return {
            **told, "issuer": issuer, "signed_by": in_tongue(signer), "signed_by_names": signer,
        }  # fmt: skip


def _spelled(told: dict[str, Any], which: str) -> Names:
    """The three fields of a name, taken out of what was told."""
    found = {t: told.pop(f"{which}_{t}").strip() for t in ("en", "zh", "fr")}
    return {t: text for t, text in found.items() if text}


class CodeForm(forms.Form):
    """The code of a certificate, as it is printed."""

    code = forms.CharField(
        max_length=40, label=_("Code on the certificate"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("Twelve letters and figures. Spaces and hyphens do not matter."),
    )  # fmt: skip


def _list(label: Any, example: Any) -> forms.CharField:
    return forms.CharField(
        required=False, label=label, help_text=example, max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 60}),
    )  # fmt: skip


def _short(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=160, label=label, **more)


class HonourForm(SourcedForm):
    """Who is honoured at a ceremony, with what, by whom."""

    groups = _list(_("Groups"), _("One a line, as pasted from a sheet: name; unit"))
    group_award_zh = _short(_("Honour of groups (Chinese)"))
    group_award_en = _short(_("Honour of groups (English)"))
    group_award_fr = _short(_("Honour of groups (French)"))
    persons = _list(
        pgettext_lazy("honoured", "Persons"), _("One a line, as pasted from a sheet: name; unit")
    )
    person_award_zh = _short(_("Honour of persons (Chinese)"))
    person_award_en = _short(_("Honour of persons (English)"))
    person_award_fr = _short(_("Honour of persons (French)"))
    body = _short(_("Given by"), help_text=_("The office that gives these honours."))
    file = forms.FileField(
        required=False, label=_("Or a file with the list"),
        help_text=_("XLSX or CSV with the columns kind (group or person), name, unit."),
    )  # fmt: skip

    def lines(self, which: str) -> list[Told]:
        return read(str(self.data.get(which, "")))

    def award(self, whose: str) -> Names:
        told = self.cleaned_data
        spelled = {t: told[f"{whose}_award_{t}"].strip() for t in ("en", "zh", "fr")}
        return {t: text for t, text in spelled.items() if text}


class AgendaForm(forms.Form):
    """The order of the day, a point a line."""

    items = forms.CharField(
        required=False, label=_("Order of the day"), max_length=8000,
        help_text=_("One point a line: 09:30; what; who. Without a time begin with a dash."),
        widget=forms.Textarea(attrs={"rows": 12, "cols": 60}),
    )  # fmt: skip

    def told(self) -> list[tuple[str, str, str]]:
        return points(self.cleaned_data["items"])


class FamilyForm(forms.Form):
    """A family's consent."""

    family_name = forms.CharField(max_length=120, label=_("Who of the family consents"))
    relation = forms.CharField(
        max_length=60, label=_("Who they are to the deceased"), help_text=_("Spouse, child …")
    )
    covers = forms.ChoiceField(choices=Consent.Covers.choices, label=_("What may be shown"))
    given_on = day(_("Consented on"))
    paper = forms.CharField(
        max_length=200, label=_("On which paper"),
        help_text=_("What was signed, and where it is kept."),
    )  # fmt: skip

    def family(self) -> Family:
        told = self.cleaned_data
        return Family(
            told["family_name"], told["relation"], told["paper"], told["covers"], told["given_on"]
        )


class NameForm(forms.Form):
    """Who is remembered, as the family writes it."""

    name = forms.CharField(
        max_length=200, label=_("Name, as the family writes it"),
    )  # fmt: skip
    fell_on = DateTold(label=_("Died"))
    words = forms.CharField(
        required=False, max_length=600, label=_("Words of remembrance"),
        help_text=_("As the family wishes them; shown only where the consent covers them."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )  # fmt: skip


class RememberForm(NameForm, FamilyForm):
    """A name, and the consent that lets it be shown."""

    field_order = ("name", "fell_on", "words")


class CorrectNameForm(ChangeForm, NameForm):
    """The same over what is kept."""

    @classmethod
    def over(cls, row: Remembered, data: Any) -> Self:
        told = {"name": row.name or "", "fell_on": row.fell_on, "words": row.words or ""}
        return cls(data, initial=told)

    def told(self) -> dict[str, str]:
        return {c: self.cleaned_data[c] for c in ("name", "words", "fell_on")}
