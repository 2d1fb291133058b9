"""Forms of a team: a seat, a stage, an answer, a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.directory.fields import OrganisationField
from marrow.missions.models import Mission
from marrow.people.forms import day
from marrow.people.models import LanguageSkill, Person
from marrow.people.queries import language_choices, specialty_choices
from marrow.teams.models import Assignment, Seat

MOST_SEATS = 40


class SeatForm(forms.Form):
    role = forms.ChoiceField(choices=Seat.Role.choices, label=pgettext_lazy("in a team", "Role"))
    specialty = forms.ChoiceField(required=False, label=_("Specialty"))
    grade = forms.ChoiceField(
        required=False, choices=[("", "–"), *Person.Grade.choices], label=_("At least this title")
    )
    language = forms.ChoiceField(required=False, label=_("Language"))
    level = forms.ChoiceField(
        required=False, choices=[("", "–"), *LanguageSkill.Level.choices],
        label=_("At least this level"),
    )  # fmt: skip
    from_on = day(_("First day"), required=False)
    until_on = day(_("First day after"), required=False)
    unit = OrganisationField(
        required=False, label=_("Unit that is asked to fill it"),
        help_text=_("Empty: any unit may."),
    )  # fmt: skip
    count = forms.IntegerField(
        min_value=1, max_value=MOST_SEATS, initial=1, label=_("How many such seats")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("specialty", specialty_choices()), ("language", language_choices())):
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("language")) != bool(told.get("level")):
            self.add_error("level", _("Choose the language and its level together."))
        return told

    def seats(self) -> list[Seat]:
        told = self.cleaned_data
        spoken = {told["language"]: told["level"]} if told["language"] else {}
        columns = {
            c: told[c] for c in ("role", "specialty", "grade", "from_on", "until_on", "unit")
        }
        return [Seat(id=uuid4(), languages=dict(spoken), **columns) for _n in range(told["count"])]


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Next stage"))
    on = day(_("Since which day"))
    reason = forms.CharField(
        required=False, max_length=300, label=_("Why"),
        help_text=_("Needed for an extension, a stop or an end before time."),
    )  # fmt: skip

    def __init__(self, *args: Any, stages: tuple[str, ...], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today
        words = dict(Mission.Status.choices)
        field = self.fields["stage"]
        field.choices = [(s, words[s]) for s in stages]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    agrees = forms.TypedChoiceField(
        choices=[("yes", _("We agree")), ("no", _("We cannot"))],
        coerce=lambda text: text == "yes", widget=forms.RadioSelect, label=_("The unit’s answer"),
    )  # fmt: skip
    reason = forms.CharField(
        required=False, max_length=300, label=_("Why"), help_text=_("Needed where you cannot.")
    )


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class SinceForm(forms.Form):
    on = day(_("Since which day"))


class ReplaceForm(WhyForm):
    successor = forms.ModelChoiceField(
        queryset=Assignment.objects.none(), label=_("Who comes instead")
    )
    field_order = ("successor", "reason")

    def __init__(self, *args: Any, row: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = Assignment.objects.filter(seat=row.seat_id, state=Assignment.State.AGREED)
        self.fields["successor"].queryset = agreed.select_related("person", "seat")  # type: ignore[attr-defined]
