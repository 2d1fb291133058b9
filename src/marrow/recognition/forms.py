"""Forms of recognition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marrow.core.words import Names
from marrow.people.forms import day
from marrow.recognition.models import Certificate


class IssueForm(forms.Form):
    """Who issues and signs, and in which languages."""

    issuer_zh = forms.CharField(max_length=120, required=False, label=_("Issuing office (Chinese)"))
    issuer_en = forms.CharField(max_length=120, required=False, label=_("Issuing office (English)"))
    issuer_fr = forms.CharField(max_length=120, required=False, label=_("Issuing office (French)"))
    signed_by = forms.CharField(
        max_length=120, required=False, label=_("Signed by"),
        help_text=_("The name under the signature. Empty: the office alone."),
    )  # fmt: skip
    languages = forms.ChoiceField(choices=Certificate.Languages.choices, label=_("Languages"))
    issued_on = day(_("Day on the certificate"))

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        issuer: Names = {}
        for language in ("en", "zh", "fr"):
            if text := told.pop(f"issuer_{language}").strip():
                issuer[language] = text
        return {**told, "issuer": issuer}


class CodeForm(forms.Form):
    """The code of a certificate, as it is printed."""

    code = forms.CharField(
        max_length=40, label=_("Code on the certificate"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("Twelve letters and figures. Spaces and hyphens do not matter."),
    )  # fmt: skip
