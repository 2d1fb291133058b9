"""Forms of logbooks, of bringing people on, and of firsts."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.fields import ItemField
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_choices
from marrow.core.words import Names
from marrow.directory.fields import OrganisationField, PlaceField
from marrow.directory.forms import NamesForm
from marrow.directory.models import Organisation
from marrow.entrusting import queries
from marrow.entrusting.models import (
    Base,
    Entrustment,
    FirstTime,
    GreenChannel,
    HandedDown,
    LogCase,
    Pair,
    Study,
    Talent,
)
from marrow.entrusting.models.bringing_on import Track
from marrow.people.forms import day
from marrow.people.models import Person
from marrow.sources.actions import Source
from marrow.sources.forms import DateTold, SourcedForm

NO_PATIENT = _("Never a patient’s name, nor what would tell who it is.")
Choices = list[tuple[str, str]]


def _of_catalogue(label: Any, **more: Any) -> forms.ModelChoiceField[Item]:
    """An item by its key; what a page offers is narrowed, what is taken is the whole catalogue."""
    return forms.ModelChoiceField(
        queryset=Item.objects.order_by("specialty", "search"), to_field_name="key", label=label,
        **more,
    )  # fmt: skip


def _person(label: Any, **more: Any) -> forms.ModelChoiceField[Person]:
    return forms.ModelChoiceField(queryset=Person.objects.all(), label=label, **more)


def _specialty(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Specialty"), **more)


def _offer(form: forms.Form, **choices: Choices) -> None:
    for name, rows in choices.items():
        form.fields[name].choices = [("", "–"), *rows]  # type: ignore[attr-defined]


class ColleagueForm(NamesForm):
    """Somebody of the hospital's own staff."""

    kind = forms.ChoiceField(choices=Person.Kind.choices, label=_("Profession"))
    specialty = _specialty(required=False)
    birth_year = forms.IntegerField(
        required=False, min_value=1900, max_value=2020, label=_("Year of birth")
    )
    COLUMNS = ("kind", "specialty", "birth_year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, specialty=specialty_choices())

    def told(self) -> dict[str, Any]:
        names: Names = self.names()
        return {"names": names, **{n: self.cleaned_data[n] for n in self.COLUMNS}}


class CaseForm(forms.Form):
    """Cases of one day, in few taps: what they entered last is chosen already."""

    item = _of_catalogue(_("What was done"))
    role = forms.ChoiceField(
        choices=LogCase.Role.choices, widget=forms.RadioSelect,
        label=pgettext_lazy("in a case", "What they did"),
    )  # fmt: skip
    count = forms.IntegerField(
        min_value=1, max_value=60, initial=1, label=_("How many like it that day"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}), help_text=NO_PATIENT,
    )  # fmt: skip
    on = day(_("Day"))
    supervisor = _person(_("Who watched"), required=False)
    supervisor_words = forms.CharField(
        max_length=120, required=False, label=_("Or their name"),
        help_text=_("Where they are not in the list."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, person: Person, today: dt.date, every: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        watched = queries.supervisors_for(person, today)
        _offer(self, item=queries.items_for(person, every=every), supervisor=watched)
        self.initial["on"] = today
        if last := queries.last_case(person):
            self.initial["item"], self.initial["role"] = last.item.key, last.role
            self.initial["supervisor"] = last.supervisor_id
            self.initial["supervisor_words"] = last.supervisor_words

    def case(self) -> LogCase:
        return LogCase(id=uuid4(), **self.cleaned_data)


class EntrustForm(forms.Form):
    """A level of somebody, for one item, from a day on."""

    item = _of_catalogue(_("What they may do"))
    level = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, label=_("Level"))
    on = day(_("Since which day"))
    reason = forms.CharField(
        required=False, max_length=300, label=_("Why they go back"),
        help_text=_("Only for a lower level than before."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, item=queries.items_for(person))
        levels = [(n, f"{n} · {words}") for n, words in queries.levels()]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.initial["on"] = today

    def signed(self) -> Entrustment:
        return Entrustment(id=uuid4(), **self.cleaned_data)


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class PairForm(SourcedForm):
    """A teacher, an apprentice, their techniques; the agreement where there is one."""

    teacher = _person(pgettext_lazy("of an apprentice", "Teacher"))
    apprentice = _person(_("Apprentice"))
    items = forms.ModelMultipleChoiceField(
        queryset=Item.objects.order_by("specialty", "search"), to_field_name="key",
        label=_("Techniques"), help_text=_("Several: hold Ctrl, or Cmd."),
    )  # fmt: skip
    track = forms.ChoiceField(choices=Track.choices, label=_("Brought on as"))
    begun_on = day(_("First day"))

    def __init__(self, *args: Any, hospital: Organisation, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(
            self, teacher=queries.teachers_to_choose(hospital, today),
            apprentice=queries.colleagues_at(hospital, today),
        )  # fmt: skip
        field = self.fields["items"]
        field.choices = queries.items_of(hospital)  # type: ignore[attr-defined]
        self.initial["begun_on"] = today
        for name in ("source", "words"):
            self.fields[name].required = False
        self.fields["source"].label = _("Agreement: the document")
        self.fields["words"].label = _("Agreement: its words")

    def pair(self) -> Pair:
        told = self.cleaned_data
        columns = {n: told[n] for n in ("teacher", "apprentice", "track", "begun_on")}
        return Pair(id=uuid4(), **columns)

    def agreement(self) -> Source | None:
        told: Source = self.told_by()
        return told if told.title or told.words else None


class EndPairForm(forms.Form):
    outcome = forms.ChoiceField(
        choices=Pair.Outcome.choices[1:], widget=forms.RadioSelect, label=_("What came of it")
    )
    on = day(_("Last day"))
    words = forms.CharField(max_length=300, required=False, label=_("In words"))


class StudyForm(forms.Form):
    """Somebody who goes to learn in another house."""

    person = _person(_("Who"))
    host = OrganisationField(label=_("In which house they learn"))
    specialty = _specialty()
    track = forms.ChoiceField(choices=Track.choices, label=_("Brought on as"))
    begun_on = DateTold(label=_("Since"))
    planned_end_on = DateTold(label=_("Planned end"))

    def __init__(self, *args: Any, hospital: Organisation, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, person=queries.colleagues_at(hospital, today), specialty=specialty_choices())

    def study(self) -> Study:
        return Study(id=uuid4(), **self.cleaned_data)


class EndStudyForm(forms.Form):
    state = forms.ChoiceField(
        choices=Study.State.choices[1:], widget=forms.RadioSelect, label=_("Did they come back?")
    )
    on = DateTold(label=_("When"))
    now_does = forms.CharField(max_length=300, required=False, label=_("What they do since"))


class TalentForm(forms.Form):
    """On which grade a colleague stands, and what shows it."""

    person = _person(_("Who"))
    grade = forms.ChoiceField(
        choices=Talent.Grade.choices, label=pgettext_lazy("of a person", "Grade")
    )
    track = forms.ChoiceField(choices=Track.choices, label=_("Brought on as"))
    since = DateTold(label=_("Since"))
    shown_by = forms.CharField(max_length=300, label=_("What shows it"), help_text=NO_PATIENT)

    def __init__(self, *args: Any, hospital: Organisation, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, person=queries.colleagues_at(hospital, today))

    def talent(self) -> Talent:
        return Talent(id=uuid4(), **self.cleaned_data)


class BaseForm(forms.Form):
    kind = forms.ChoiceField(choices=Base.Kind.choices, label=_("What is trained"))
    specialty = _specialty()
    started_on = DateTold(label=_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, specialty=specialty_choices())

    def base(self) -> Base:
        return Base(id=uuid4(), **self.cleaned_data)


class EndBaseForm(forms.Form):
    on = DateTold(label=_("No longer since"), required=True)


class ChannelForm(forms.Form):
    organisation = OrganisationField(label=_("Whose people it takes without waiting"))
    started_on = DateTold(label=_("Since"))

    def channel(self) -> GreenChannel:
        return GreenChannel(id=uuid4(), **self.cleaned_data)


class HandDownForm(forms.Form):
    """What was passed on to a house of the next level down."""

    taker = OrganisationField(label=_("To which house"))
    item = _of_catalogue(_("What it was about"), required=False)
    specialty = _specialty(required=False, help_text=_("Where it is about no one item."))
    on = day(_("Day"))
    what = forms.CharField(max_length=300, label=_("What was passed on"))
    persons = forms.IntegerField(
        required=False, min_value=0, label=_("How many people it reached"),
        help_text=_("Empty is unknown."),
    )  # fmt: skip

    def __init__(self, *args: Any, hospital: Organisation, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, item=queries.items_of(hospital), specialty=specialty_choices())
        self.initial["on"] = today

    def down(self) -> HandedDown:
        told = {n: v for n, v in self.cleaned_data.items() if n != "taker"}
        return HandedDown(id=uuid4(), **told)


class FirstForm(SourcedForm):
    """Something that a house did for the first time; a paper that tells it, where there is one."""

    item = ItemField(label=_("What was done"))
    side = forms.ChoiceField(choices=FirstTime.Side.choices, label=_("Whose first"))
    within = PlaceField(
        required=False, label=_("The first of which place"),
        help_text=_("Empty: the first of this house."),
    )  # fmt: skip
    happened_on = DateTold(label=_("When"))
    by_whom = forms.ChoiceField(choices=FirstTime.ByWhom.choices, label=_("Who did it"))
    evidence = forms.CharField(max_length=300, label=_("What shows it"), help_text=NO_PATIENT)

    def __init__(self, *args: Any, near: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].near(near)  # type: ignore[attr-defined]
        for name in ("source", "words"):
            self.fields[name].required = False

    def first(self) -> FirstTime:
        columns = ("item", "side", "within", "happened_on", "by_whom", "evidence")
        return FirstTime(id=uuid4(), **{n: self.cleaned_data[n] for n in columns})

    def paper(self) -> Source | None:
        told: Source = self.told_by()
        return told if told.title or told.words else None
