"""Forms of a hospital: what it asks for, what is broken, and the office's answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity.forms import machine_choices
from marrow.capacity.models import Equipment, EquipmentChange
from marrow.capacity.queries import machines_of
from marrow.catalogue.queries.specialties import specialty_choices
from marrow.directory.models import Organisation
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
    """Which of the hospital's machines broke, or another one, which is entered with it."""

    equipment = forms.ChoiceField(required=False, label=_("Which machine"))
    label = text(
        _("Another machine: what it is called on the ward"), 160, required=False,
        help_text=_("Only where it is not in the list above."),
    )  # fmt: skip
    kind = forms.ChoiceField(required=False, label=_("Another machine: which kind"))
    broken = text(_("What is broken"), 300)
    broken_since = day(_("Broken since"), required=False, help_text=_("Empty: not known."))
    who_waits = text(_("Who waits for it"), 200, required=False, help_text=NO_NAMES)

    def __init__(self, *args: Any, hospital: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = [
            m for m in machines_of(hospital, timezone.localdate())
            if m.last is None or m.last.state != EquipmentChange.State.DOWN
        ]  # fmt: skip
        self.rows = {str(m.row.pk): m.row for m in working}
        named = [(pk, str(row)) for pk, row in self.rows.items()]
        another = ("", str(_("another machine")))
        self.fields["equipment"].choices = [*named, another]  # type: ignore[attr-defined]
        *listed, other = machine_choices()
        self.fields["kind"].choices = [other, *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("equipment")) == bool(told.get("label", "").strip()):
            self.add_error("label", _("Choose a machine of the list, or say which other it is."))
        return told

    def report(self) -> EquipmentReport:
        told = self.cleaned_data
        return EquipmentReport(id=uuid4(), broken=told["broken"], who_waits=told["who_waits"])

    def machine(self) -> Equipment:
        """The one that was chosen, or a new one."""
        told = self.cleaned_data
        known = self.rows.get(told["equipment"])
        return known or Equipment(id=uuid4(), label=told["label"], machine=told["kind"])
