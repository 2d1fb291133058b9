"""Forms of the ladder and of machines."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity import queries
from marrow.capacity.models import (
    Appraisal,
    Equipment,
    EquipmentChange,
    Evidence,
    Presence,
    Step,
    SustainedCheck,
)
from marrow.catalogue.fields import ItemField
from marrow.catalogue.models import Item, Requirement
from marrow.catalogue.queries import specialty_choices
from marrow.directory.fields import OrganisationField
from marrow.directory.models import Department, Organisation
from marrow.people.forms import day
from marrow.sources.forms import DateTold, SourcedForm

NO_NAMES = _("Never a patient’s name, nor what would tell who it is.")


class CasesForm(forms.Form):
    """The cases that show a step: in words, or as records of what was done."""

    cases = forms.IntegerField(required=False, min_value=1, label=_("Cases that show it"))
    from_on = day(_("First case"), required=False)
    until_on = day(_("Last case"), required=False)
    how = forms.CharField(
        required=False, max_length=200, label=_("How they were done, and with whom"),
        help_text=NO_NAMES,
    )  # fmt: skip
    deeds = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Records that show it")
    )

    def __init__(self, *args: Any, item: Item, hospital: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        logged = [(str(pk), words) for pk, words in queries.deeds_to_choose(hospital, item)]
        self.fields["deeds"].choices = logged  # type: ignore[attr-defined]
        if not logged:
            self.fields["deeds"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("cases"):
            for name in ("from_on", "until_on", "how"):
                if not told.get(name):
                    self.add_error(name, _("Say this of the cases."))
        return told

    def evidence(self) -> list[Evidence]:
        told = self.cleaned_data
        logged = queries.evidence_of_deeds([UUID(pk) for pk in told["deeds"]])
        if not told["cases"]:
            return logged
        columns = {name: told[name] for name in ("cases", "from_on", "until_on", "how")}
        return [*logged, Evidence(id=uuid4(), **columns)]


class StepForm(CasesForm):
    """A step with the cases that show it; of a step down the reason alone."""

    field_order = ("level", "on")

    level = forms.TypedChoiceField(  # none is chosen before somebody chooses
        choices=[("", "–"), *Step.Level.choices], coerce=int, label=_("Level")
    )
    on = day(_("Since which day"))
    reason = forms.CharField(
        required=False, max_length=300, label=_("Why"), help_text=_("For a step down.")
    )

    department = forms.ModelChoiceField(
        queryset=Department.objects.none(), required=False, label=_("Department that does it")
    )

    def __init__(self, *args: Any, hospital: Organisation, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, hospital=hospital, **kwargs)
        self.initial["on"] = today
        self.fields["cases"].help_text = _("For a step up.")
        chosen = hospital.departments.order_by("kind", "id")
        self.fields["department"].queryset = chosen  # type: ignore[attr-defined]

    def step(self) -> Step:
        told = self.cleaned_data
        return Step(
            id=uuid4(), item=self.item, level=told["level"], on=told["on"], reason=told["reason"],
            department=told["department"],
        )  # fmt: skip


class WhichForm(forms.Form):
    """Which item of the catalogue a step is about."""

    item = ItemField(label=_("What is it about"))

    def __init__(self, *args: Any, near: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].near(near)  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class WordsOfStepForm(forms.Form):
    """The words that a step has: why it was proposed, why it ended."""

    reason = forms.CharField(max_length=300, label=_("Why"), help_text=NO_NAMES)
    ended_why = forms.CharField(
        max_length=300, label=_("Why it was dropped or taken back"), help_text=NO_NAMES
    )

    def __init__(self, *args: Any, row: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in row.SPOKEN:
            if getattr(row, column):
                self.initial[column] = getattr(row, column)
            else:
                del self.fields[column]


def machine_choices() -> list[tuple[str, str]]:
    """The machines that items require, and any other."""
    return [*queries.things_to_choose(), ("", str(_("another, which nothing listed needs")))]


class MachineForm(forms.Form):
    machine = forms.ChoiceField(
        required=False, label=pgettext_lazy("equipment", "Machine"),
        help_text=_("What needs it counts as not ready while it is down."),
    )  # fmt: skip
    label = forms.CharField(
        max_length=160, label=_("How people tell it apart"), help_text=_("Its make, its room.")
    )
    received_on = day(_("Received on"), required=False)
    installed_on = day(_("Installed on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["machine"].choices = machine_choices()  # type: ignore[attr-defined]

    def entered(self) -> Equipment:
        return Equipment(id=uuid4(), **self.cleaned_data)


class ChangeOfMachineForm(forms.Form):
    state = forms.ChoiceField(choices=EquipmentChange.State.choices, label=_("How it is"))
    on = day(_("Since which day"))
    words = forms.CharField(
        required=False, max_length=300, label=_("What broke, or who repaired it"),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, state: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(on=today, state=state)


class AppraisalForm(SourcedForm):
    """How a hospital was measured on one dimension, as a source says it."""

    dimension = forms.ChoiceField(choices=Appraisal.Dimension.choices, label=_("Dimension"))
    as_of = DateTold(required=True, label=_("As of"))
    said = forms.CharField(max_length=300, label=_("In words"))
    value = forms.DecimalField(
        required=False, min_value=0, max_digits=14, decimal_places=2,
        label=pgettext_lazy("a figure", "Number"), help_text=_("Empty where nobody gave one."),
    )  # fmt: skip
    scale = forms.CharField(required=False, max_length=60, label=_("On which scale"))

    def appraisal(self) -> Appraisal:
        told = self.cleaned_data
        columns = {name: told[name] for name in ("dimension", "as_of", "value", "scale")}
        return Appraisal(id=uuid4(), words=told["said"], **columns)


class ExpectForm(forms.Form):
    organisation = OrganisationField(label=_("Hospital"))
    on = day(_("Since which day"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today


class SupplyForm(forms.Form):
    """A supply that items require: there, or out of stock."""

    resource = forms.ChoiceField(label=_("Which supply"))
    count = forms.TypedChoiceField(
        choices=[(1, _("it is there")), (0, _("it is out of stock"))], coerce=int,
        label=_("How it is"),
    )  # fmt: skip
    on = day(_("Since which day"))
    words = forms.CharField(required=False, max_length=300, label=_("What to know of it"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today
        choices = queries.things_to_choose(Requirement.Kind.SUPPLY)
        self.fields["resource"].choices = choices  # type: ignore[attr-defined]

    def entered(self) -> Presence:
        return Presence(id=uuid4(), kind=Requirement.Kind.SUPPLY, **self.cleaned_data)


class StaffForm(forms.Form):
    """How many of a role in a specialty work at the hospital."""

    role = forms.ChoiceField(choices=Requirement.Role.choices, label=pgettext_lazy("staff", "Role"))
    specialty = forms.ChoiceField(choices=specialty_choices, label=_("Specialty"))
    count = forms.IntegerField(
        min_value=0, max_value=999, label=_("How many of its own"),
        help_text=_("Not counting visitors."),
    )  # fmt: skip
    on = day(_("Since which day"))
    words = forms.CharField(required=False, max_length=300, label=_("What to know of it"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today

    def entered(self) -> Presence:
        return Presence(id=uuid4(), kind=Requirement.Kind.STAFF, **self.cleaned_data)


class SupervisionForm(forms.Form):
    specialty = forms.ChoiceField(choices=specialty_choices, label=_("Specialty"))
    from_on = day(_("From"))
    until_on = day(_("Until"))


class EndSupervisionForm(forms.Form):
    on = day(_("From which day on nobody stands by"))
    reason = forms.CharField(max_length=300, label=_("Why"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today


class CheckForm(forms.Form):
    """Two taps on a phone: the answer, and send."""

    still = forms.TypedChoiceField(
        choices=[("yes", _("Yes, it is still done by our own people")), ("no", _("No longer"))],
        coerce=lambda told: told == "yes", widget=forms.RadioSelect, label=_("Is it still done?"),
    )  # fmt: skip
    cases = forms.IntegerField(
        required=False, min_value=0, label=_("How many since the visitors left"),
        help_text=_("Leave it empty where nobody counted: unknown is not none."),
    )  # fmt: skip
    words = forms.CharField(
        required=False, max_length=300, label=_("What to know of it"), help_text=NO_NAMES
    )

    def answer(self) -> SustainedCheck:
        return SustainedCheck(**self.cleaned_data)
