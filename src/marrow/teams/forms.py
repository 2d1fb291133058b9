"""Forms of a team: a seat, a stage, an answer, a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.directory.fields import OrganisationField
from marrow.missions.models import Mission
from marrow.people.forms import day
from marrow.people.models import Credential, LanguageSkill, Person
from marrow.people.queries import language_choices, specialty_choices
from marrow.teams.models import Assignment, ChecklistItem, LetterTemplate, Seat
from marrow.teams.queries import owner_choices, step_choices
from marrow.teams.rules.checklists import MOST_DAYS, Listed
from marrow.ui.papers.safe_office import MOST_BYTES

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


class TickForm(forms.Form):
    """An item is done: which day, a word, and the paper that shows it."""

    on = day(_("Done on"))
    note = forms.CharField(required=False, max_length=200, label=_("Note"))
    evidence = forms.ModelChoiceField(
        required=False, queryset=Credential.objects.none(), label=_("Paper that shows it"),
        help_text=_("One of those on the person’s record."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: ChecklistItem, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today
        papers = Credential.objects.filter(person=item.assignment.person_id)
        self.fields["evidence"].queryset = papers.order_by("kind", "pk")  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        paper = self.cleaned_data["evidence"]
        return {**self.cleaned_data, "evidence": paper.pk if paper else None}


class ListForm(forms.Form):
    """A programme's list: for each step whose part it is, how long before, and whether it must."""

    def __init__(self, *args: Any, begun: Mapping[str, Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, word in step_choices():
            label = capfirst(word)
            one = begun.get(code)
            self.fields[f"{code}_owner"] = forms.ChoiceField(
                required=False, choices=owner_choices(), label=label,
                initial=one.owner if one else "",
            )  # fmt: skip
            self.fields[f"{code}_days"] = forms.IntegerField(
                required=False, min_value=0, max_value=MOST_DAYS,
                label=_("%(step)s: days before the departure") % {"step": label},
                initial=one.days_before if one else None,
            )  # fmt: skip
            self.fields[f"{code}_required"] = forms.BooleanField(
                required=False, label=_("%(step)s: nobody leaves without it") % {"step": label},
                initial=one.required if one else False,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for code, _label in step_choices():
            if told.get(f"{code}_owner") and told.get(f"{code}_days") is None:
                self.add_error(f"{code}_days", _("Say how many days before."))
        return told

    def steps(self) -> list[Listed]:
        told = self.cleaned_data
        return [
            Listed(code, told[f"{code}_owner"], told[f"{code}_days"], told[f"{code}_required"])
            for code, _label in step_choices()
            if told[f"{code}_owner"]
        ]


class TemplateForm(forms.Form):
    """An office's own template: for which letter, in which language, and the file."""

    kind = forms.ChoiceField(choices=LetterTemplate.Kind.choices, label=_("Letter"))
    language = forms.ChoiceField(choices=LetterTemplate.Language.choices, label=_("Language"))
    file = forms.FileField(
        label=_("File (DOCX or XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"}),
    )

    def told(self) -> dict[str, Any]:
        sent = self.cleaned_data["file"]
        content = sent.read(MOST_BYTES + 1)
        told = {c: self.cleaned_data[c] for c in ("kind", "language")}
        return {**told, "name": sent.name, "content": content}
