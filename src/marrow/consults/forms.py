"""Forms of a case: asking, the opinion, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.queries.specialties import specialty_choices
from marrow.consults import queries
from marrow.consults.models import Consult, Outcome, Turning
from marrow.consults.rules.cases import Case
from marrow.people.forms import day

NO_NAMES = _("Never a name, a telephone or an identity number.")
SHOWN = "–"


def words(label: Any, rows: int, length: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "cols": 60, "maxlength": length})
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


class CaseForm(forms.Form):
    priority = forms.ChoiceField(
        choices=[
            ("EMERGENCY", _("emergency: an answer within 1 hour")),
            ("URGENT", _("urgent: an answer within 6 hours")),
            ("ROUTINE", _("routine: an answer within 24 hours")),
        ],
        widget=forms.RadioSelect, label=_("How urgent"), initial="ROUTINE",
    )  # fmt: skip
    specialty = forms.ChoiceField(label=_("Which specialty"))
    age = forms.ChoiceField(
        choices=[("", SHOWN), *Consult.Age.choices], label=pgettext_lazy("patient", "Age")
    )
    sex = forms.ChoiceField(
        choices=[("", SHOWN), *Consult.Sex.choices], label=pgettext_lazy("patient", "Sex"),
        required=False,
    )  # fmt: skip
    reference = forms.CharField(
        max_length=40, required=False, label=_("Your number for the patient"),
        help_text=_("From your own register, so that you find them again. Never a name."),
    )  # fmt: skip
    story = words(_("The case"), 7, 6000, help_text=NO_NAMES)
    question = words(_("Your question"), 2, 600)
    consent_by = forms.ChoiceField(
        choices=[("", SHOWN), *Consult.Consenting.choices], label=_("Who agreed that it is sent")
    )
    consent_how = forms.ChoiceField(
        choices=[("", SHOWN), *Consult.Consent.choices], label=_("How they agreed")
    )
    consent_on = day(_("When they agreed"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["specialty"]
        field.choices = [("", SHOWN), *specialty_choices()]  # type: ignore[attr-defined]

    def case(self) -> Case:
        return Case(**self.cleaned_data)


class WithdrawForm(forms.Form):
    why = forms.ChoiceField(
        choices=[(c, Consult.Why(c).label) for c in Consult.BY_ASKER], label=_("Why"),
        widget=forms.RadioSelect,
    )  # fmt: skip


class DeclineForm(forms.Form):
    why = forms.ChoiceField(
        choices=[(c, Consult.Why(c).label) for c in Consult.BY_OFFICE], label=_("Why"),
        widget=forms.RadioSelect,
    )  # fmt: skip


class TurnDownForm(forms.Form):
    reason = forms.ChoiceField(
        choices=Turning.Why.choices, label=_("Why"), widget=forms.RadioSelect
    )


class AssignForm(forms.Form):
    specialist = forms.ChoiceField(label=_("Specialist"))

    def __init__(self, *args: Any, consult: Consult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["specialist"]
        field.choices = queries.specialist_choices(consult)  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    text = words(_("Your opinion"), 8, 6000, help_text=NO_NAMES)
    sign = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, label=_("Your signature"),
        choices=[("yes", _("I read the case, and sign this opinion in my name."))],
    )  # fmt: skip


class OutcomeForm(forms.Form):
    what = forms.ChoiceField(
        choices=Outcome.What.choices, label=_("What was done"), widget=forms.RadioSelect
    )
    why_not = forms.ChoiceField(
        choices=[("", SHOWN), *Outcome.WhyNot.choices], required=False,
        label=_("If it could not be followed: why not"),
    )  # fmt: skip
    words = words(_("A few words for the specialist"), 3, 1000, required=False, help_text=NO_NAMES)
