"""Forms of the ladder and of machines."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity import queries
from marrow.capacity.models import Equipment, EquipmentChange, Evidence, Step
from marrow.catalogue.models import Item
from marrow.directory.fields import OrganisationField
from marrow.people.forms import day

NO_NAMES = _("Never a patient’s name, nor what would tell who it is.")


class StepForm(forms.Form):
    """A step with the cases that show it; of a step down the reason alone."""

    level = forms.TypedChoiceField(choices=Step.Level.choices, coerce=int, label=_("Level"))
    on = day(_("Since which day"))
    cases = forms.IntegerField(
        required=False, min_value=1, label=_("Cases that show it"), help_text=_("For a step up.")
    )
    from_on = day(_("First case"), required=False)
    until_on = day(_("Last case"), required=False)
    how = forms.CharField(
        required=False, max_length=200, label=_("How they were done, and with whom"),
        help_text=NO_NAMES,
    )  # fmt: skip
    reason = forms.CharField(
        required=False, max_length=300, label=_("Why"), help_text=_("For a step down.")
    )

    def __init__(self, *args: Any, item: Item, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.initial["on"] = today

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("cases"):
            for name in ("from_on", "until_on", "how"):
                if not told.get(name):
                    self.add_error(name, _("Say this of the cases."))
        return told

    def step(self) -> Step:
        told = self.cleaned_data
        return Step(
            id=uuid4(), item=self.item, level=told["level"], on=told["on"], reason=told["reason"]
        )

    def evidence(self) -> list[Evidence]:
        told = self.cleaned_data
        if not told["cases"]:
            return []
        columns = {name: told[name] for name in ("cases", "from_on", "until_on", "how")}
        return [Evidence(id=uuid4(), **columns)]


class WhichForm(forms.Form):
    """Which item of the catalogue a step is about."""

    item = forms.ModelChoiceField(queryset=Item.objects.none(), label=_("What is it about"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.order_by("specialty", "search")  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class MachineForm(forms.Form):
    machine = forms.ChoiceField(label=pgettext_lazy("equipment", "Machine"))
    label = forms.CharField(
        max_length=160, label=_("How people tell it apart"), help_text=_("Its make, its room.")
    )
    received_on = day(_("Received on"), required=False)
    installed_on = day(_("Installed on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["machine"].choices = queries.things_to_choose()  # type: ignore[attr-defined]

    def entered(self) -> Equipment:
        return Equipment(id=uuid4(), **self.cleaned_data)


class ChangeOfMachineForm(forms.Form):
    state = forms.ChoiceField(choices=EquipmentChange.State.choices, label=_("How it is"))
    on = day(_("Since which day"))
    words = forms.CharField(
        required=False, max_length=300, label=_("What broke, or who repaired it"),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today


class ExpectForm(forms.Form):
    organisation = OrganisationField(label=_("Hospital"))
