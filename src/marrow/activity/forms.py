"""The form of one day's visits."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class VisitsForm(forms.Form):
    held_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), label=_("Day"))
    count = forms.IntegerField(
        min_value=1,
        max_value=5000,
        label=_("Visits"),
        help_text=_("Visits (人次), not patients: who came twice counts twice."),
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Note"),
        help_text=_("Kept encrypted. No names of patients."),
    )
