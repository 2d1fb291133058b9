"""Forms of a team: a seat, a stage, an answer, a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Self
from uuid import UUID, uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.queries.specialties import specialty_choices
from marrow.core.words import TONGUES, listing
from marrow.directory.fields import OrganisationField
from marrow.missions.models import Mission
from marrow.people.forms import day
from marrow.people.models import Credential, LanguageSkill, Person
from marrow.people.queries import language_choices
from marrow.teams.models import (
    Assignment,
    Attendance,
    ChecklistItem,
    Judgement,
    LetterTemplate,
    Panel,
    Seat,
    TrainingSession,
)
from marrow.teams.queries import owner_choices, step_choices, wants
from marrow.teams.rules.checklists import MOST_DAYS, Listed
from marrow.ui.forms import ChangeForm
from marrow.ui.papers.safe_office import MOST_BYTES

MOST_SEATS = 40
MOST_ASKED = 5


class PeriodForm(forms.Form):
    from_on = day(_("First day"))
    until_on = day(_("First day after"))


class WantedForm(forms.Form):
    """Who is wanted on a seat."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("specialty", specialty_choices()), ("language", language_choices())):
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("language")) != bool(told.get("level")):
            self.add_error("level", _("Choose the language and its level together."))
        return told


class SeatForm(WantedForm):
    from_on = day(_("First day"), required=False)
    until_on = day(_("First day after"), required=False)
    unit = OrganisationField(
        required=False, label=_("Unit that is asked to fill it"),
        help_text=_("Empty: any unit may."),
    )  # fmt: skip
    count = forms.IntegerField(
        min_value=1, max_value=MOST_SEATS, initial=1, label=_("How many such seats")
    )

    def seats(self) -> list[Seat]:
        told = self.cleaned_data
        spoken = {told["language"]: told["level"]} if told["language"] else {}
        columns = {
            c: told[c] for c in ("role", "specialty", "grade", "from_on", "until_on", "unit")
        }
        return [Seat(id=uuid4(), languages=dict(spoken), **columns) for _n in range(told["count"])]


class ChangeSeatForm(ChangeForm, SeatForm):
    """One seat: what it asks for, and when."""

    count = None  # type: ignore[assignment]

    @classmethod
    def over(cls, row: Seat, data: Any) -> Self:
        language, level = next(iter(sorted(row.languages.items())), ("", ""))
        begun = {c: getattr(row, c) for c in ("role", "specialty", "grade", "from_on", "until_on")}
        begun |= {"language": language, "level": level, "unit": row.unit_id or ""}
        return cls(data, initial=begun)

    def told(self, row: Seat) -> dict[str, object]:
        """The columns that were changed; a language that is not shown stays."""
        changed, told = self.changed(), self.cleaned_data
        columns = ("role", "specialty", "grade", "from_on", "until_on", "unit")
        found: dict[str, object] = {c: told[c] for c in columns if c in changed}
        if {"language", "level"} & changed:
            others = {k: v for k, v in row.languages.items() if k != self.initial["language"]}
            mine = {told["language"]: told["level"]} if told["language"] else {}
            found["languages"] = {**others, **mine}
        return found


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


class PaperAnswerForm(AnswerForm):
    """What a unit without an account answered, as the office has it on paper."""

    said_by = forms.CharField(max_length=160, label=_("Who of the unit answered"))
    on = day(_("On which day"))
    field_order = ("agrees", "said_by", "on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("yes", _("It agrees")), ("no", _("It cannot"))]
        self.fields["agrees"].choices = choices  # type: ignore[attr-defined]
        self.fields["reason"].help_text = _("Needed where it cannot.")


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


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


def also_in(label: Any) -> forms.CharField:
    return forms.CharField(
        max_length=4000, required=False, label=label, widget=forms.Textarea(attrs={"rows": 3})
    )


class CallForm(forms.Form):
    """A call: its words, its days, and up to five units that are asked by name."""

    text = forms.CharField(
        max_length=4000, label=_("What the call says"), widget=forms.Textarea(attrs={"rows": 6})
    )
    text_en = also_in(_("The same in English"))
    text_zh = also_in(_("The same in Chinese"))
    text_fr = also_in(_("The same in French"))
    opens_on = day(_("Opens on"))
    closes_on = day(_("Last day"))
    public = forms.BooleanField(required=False, label=_("Everybody may read it"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opens_on"] = today
        for number in range(1, MOST_ASKED + 1):
            self.fields[f"unit_{number}"] = OrganisationField(
                required=False, label=_("Unit that is asked (%(number)s)") % {"number": number},
                help_text=_("None named: every unit is asked.") if number == 1 else "",
            )  # fmt: skip

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        names = [f"unit_{n}" for n in range(1, MOST_ASKED + 1)]
        return {
            **{c: told[c] for c in ("text", "opens_on", "closes_on", "public")},
            "units": [told[name] for name in names if told[name]],
            "translations": {t: text for t in TONGUES if (text := told[f"text_{t}"].strip())},
        }


class ProlongForm(forms.Form):
    closes_on = day(_("Last day"))


class ForwardForm(forms.Form):
    """A unit puts one of its people forward for an open seat."""

    seat = forms.ChoiceField(label=_("Seat"))
    person = forms.ChoiceField(label=_("Person"))

    def __init__(
        self, *args: Any, seats: Sequence[Seat], people: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(s.pk), listing().join(filter(None, (str(s), wants(s))))) for s in seats]
        self.fields["seat"].choices = named  # type: ignore[attr-defined]
        self.fields["person"].choices = [(str(p.pk), str(p)) for p in people]  # type: ignore[attr-defined]


class PanelForm(forms.Form):
    meets_on = day(_("Meets on"))
    place = forms.CharField(required=False, max_length=200, label=_("Place"))
    members = forms.CharField(
        label=_("Who sits on it"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000,
        help_text=_("One a line: name, comma, as what."),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        return {**self.cleaned_data, "members": self.named()}

    def named(self) -> list[tuple[str, str]]:
        lines = [line.partition(",") for line in self.cleaned_data["members"].splitlines()]
        return [(name, post) for name, _comma, post in lines]


class ChangePanelForm(ChangeForm, PanelForm):
    """A panel that was called: its day, place and people."""

    @classmethod
    def over(cls, row: Panel, data: Any) -> Self:
        sitting = "\n".join(f"{m.name}, {m.post}" if m.post else m.name for m in row.members.all())
        begun = {"meets_on": row.meets_on, "place": row.place, "members": sitting}
        return cls(data, initial=begun)

    def told(self) -> dict[str, Any]:
        """What was changed."""
        told = {**self.cleaned_data, "members": self.named()}
        return {name: told[name] for name in self.changed()}


class JudgeForm(forms.Form):
    score = forms.IntegerField(
        required=False, min_value=0, max_value=100, label=_("Score (of 100)"),
        help_text=_("Empty: no score was given."),
    )  # fmt: skip
    decision = forms.ChoiceField(choices=Judgement.Decision.choices, label=_("Decision"))
    remark = forms.CharField(
        required=False, max_length=400, label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3})
    )


class TrainingForm(forms.Form):
    held_on = day(_("Day"))
    topic = forms.CharField(max_length=200, label=_("What it is about"))
    required = forms.BooleanField(
        required=False, initial=True, label=_("Nobody leaves who missed it")
    )


class ChangeTrainingForm(ChangeForm, TrainingForm):
    """A training that was planned: its day, topic, and whether it is required."""

    @classmethod
    def over(cls, row: TrainingSession, data: Any) -> Self:
        columns = ("held_on", "topic", "required")
        return cls(data, initial={column: getattr(row, column) for column in columns})

    def told(self) -> dict[str, Any]:
        """What was changed."""
        return {name: self.cleaned_data[name] for name in self.changed()}


class AttendanceForm(forms.Form):
    """One choice a person; what is left empty stays unknown."""

    def __init__(
        self, *args: Any, people: Sequence[Assignment], marked: Mapping[UUID, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        choices = [("", _("not marked")), *Attendance.State.choices]
        for one in people:
            self.fields[str(one.pk)] = forms.ChoiceField(
                required=False, choices=choices, label=str(one.person),
                initial=marked.get(one.pk, ""),
            )  # fmt: skip

    def states(self) -> dict[UUID, str]:
        told = self.cleaned_data
        return {one.pk: told[str(one.pk)] for one in self.people if told[str(one.pk)]}
