"""Forms of a hospital: what it asks for, what is broken, and the office's answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.queries.specialties import specialty_choices
from marrow.handovers.forms import NO_NAMES, text
from marrow.hospitals.models import EquipmentReport, Request
from marrow.people.forms import day


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Request.Kind.choices,
        label=pgettext_lazy("what a hospital asks for", "What is asked for"),
    )  # fmt: skip
    specialty = forms.ChoiceField(required=False, label=_("Specialty"))
    text = text(_("In your words"), 600, help_text=NO_NAMES)
    needed_by = day(_("Needed by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["specialty"]
        field.choices = [("", "–"), *specialty_choices()]  # type: ignore[attr-defined]

    def request(self) -> Request:
        return Request(id=uuid4(), **self.cleaned_data)


class AnswerForm(forms.Form):
    answer = text(pgettext_lazy("noun", "Answer"), 600)


class BrokenForm(forms.Form):
    equipment = text(_("Equipment"), 160, help_text=_("As it is called on the ward."))
    broken = text(_("What is broken"), 300)
    broken_since = day(_("Broken since"), required=False, help_text=_("Empty: not known."))
    who_waits = text(_("Who waits for it"), 200, required=False, help_text=NO_NAMES)

    def report(self) -> EquipmentReport:
        return EquipmentReport(id=uuid4(), **self.cleaned_data)


class MendedForm(forms.Form):
    on = day(_("Works again since"))
    how = text(_("How it was mended"), 300, required=False)
