"""Forms of a plan: its series and time, a team, a seat, who is pinned, what it reckons with."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.queries.specialties import specialty_choices
from marrow.core.viewer import Viewer
from marrow.directory.fields import OrganisationField, PlaceField
from marrow.missions.models import Mission
from marrow.people.access import people_for
from marrow.people.forms import day
from marrow.people.models import Person
from marrow.people.queries import language_choices
from marrow.plan.access import series_planned_by, units_that_tell
from marrow.plan.actions.workbooks import MOST_BYTES
from marrow.plan.models import AbsenceCap, Happening, PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries import placed_people, weight_words
from marrow.plan.queries.receiving import whom_to_pin
from marrow.plan.rules.problem import Weights
from marrow.programmes.access import changed_by
from marrow.programmes.models import Programme, Series
from marrow.teams.forms import WantedForm
from marrow.ui.forms import ChangeForm

KINDS_OF_THEIR_OWN = (
    "OUTBREAK_EXPERTS", "RELIEF_TEAM", "SHORT_SURGICAL", "FREE_CLINIC", "HOSPITAL_SHIP",
    "SIX_MONTH_TEAM", "EXPERT_GROUP", "CADRE", "HOSPITAL_PROJECT", "RESIDENT_BATCH", "ADVISER",
)  # fmt: skip
LINES = 6  # specialties of a new team
MOST_OF_ONE = 20


def _why() -> forms.ChoiceField:
    return forms.ChoiceField(choices=Happening.Why.choices, label=_("Why"))


def _words() -> forms.CharField:
    return forms.CharField(
        label=_("In your words"), max_length=300, required=False,
        help_text=_("Shown as you write it, in your language."),
    )  # fmt: skip


class PlanForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=120)
    series = forms.ModelMultipleChoiceField(
        queryset=Series.objects.none(), label=_("Series"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Teams that form already, and the next batch of each, come into the plan."),
    )  # fmt: skip
    from_on = day(_("First day"))
    until_on = day(_("First day after"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = series_planned_by(viewer).filter(missions__number__isnull=False).distinct()
        self.fields["series"].queryset = rows.order_by("key")  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return {**self.cleaned_data, "series": [s.pk for s in self.cleaned_data["series"]]}


class CopyForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=120)


class AsideForm(forms.Form):
    reason = forms.CharField(
        max_length=300, label=_("Why"), help_text=_("Shown as you write it, in your language.")
    )


class WeightsForm(ChangeForm):
    """A plan's name, time and weights, as they are."""

    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=120)
    from_on = day(_("First day"))
    until_on = day(_("First day after"))

    def __init__(self, *args: Any, plan: Scenario, **kwargs: Any) -> None:
        usual = Weights().model_dump() | plan.weights
        told = {"name": plan.said("name"), "from_on": plan.from_on, "until_on": plan.until_on}
        initial = told | usual
        super().__init__(*args, initial=initial, **kwargs)
        for name, label in weight_words().items():
            self.fields[name] = forms.FloatField(
                label=_("Points: %s") % label, min_value=0, max_value=1_000_000,
                show_hidden_initial=True,
            )  # fmt: skip

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        usual = Weights().model_dump()
        weights = {n: told[n] for n in weight_words() if told[n] != usual[n]}
        return {n: told[n] for n in ("name", "from_on", "until_on")} | {"weights": weights}


class TeamForm(forms.Form):
    """A team that is no batch: what it is called, when it goes, whom it needs."""

    title = forms.CharField(label=_("What the team is called"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"))
    programme = forms.ModelChoiceField(queryset=Programme.objects.none(), label=_("Programme"))
    recipient = OrganisationField(
        label=_("Hospital to which it goes"), required=False,
        help_text=_("Empty: not known yet. Its people then count for no area’s patients."),
    )  # fmt: skip
    from_on = day(_("First day"))
    until_on = day(_("First day after"))
    minimum = forms.IntegerField(
        min_value=1, max_value=60, initial=1, required=False,
        label=_("Fewer than these do not go"),
    )  # fmt: skip
    leader = forms.BooleanField(required=False, label=_("Somebody who can lead must be among them"))
    language = forms.ChoiceField(
        required=False, label=_("Language that somebody of the team must speak fluently")
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "–"), *language_choices()]  # type: ignore[attr-defined]
        words = dict(Mission.Kind.choices)
        self.fields["kind"].choices = [(k, words[k]) for k in KINDS_OF_THEIR_OWN]  # type: ignore[attr-defined]
        self.fields["programme"].queryset = changed_by(viewer)  # type: ignore[attr-defined]
        for n in range(1, LINES + 1):
            self.fields[f"specialty_{n}"] = forms.ChoiceField(
                choices=[("", "–"), *specialty_choices()], required=False,
                label=_("Specialty (%s)") % n,
            )  # fmt: skip
            self.fields[f"count_{n}"] = forms.IntegerField(
                min_value=0, max_value=MOST_OF_ONE, required=False, label=_("How many (%s)") % n
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for n in range(1, LINES + 1):
            if told.get(f"specialty_{n}") and told.get(f"count_{n}") == 0:
                self.add_error(f"count_{n}", _("Say how many, or leave the specialty out."))
        return told

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        lines = [(told[f"specialty_{n}"], told[f"count_{n}"] or 1) for n in range(1, LINES + 1)]
        columns = {n: told[n] for n in ("title", "kind", "from_on", "until_on", "leader")}
        seats = [(code, count) for code, count in lines if code]
        return {
            **columns, "programme": told["programme"].key, "seats": seats,
            "minimum": told["minimum"] or 1, "language": told["language"],
            "recipient": told["recipient"].pk if told["recipient"] else None,
        }  # fmt: skip


class MoveForm(ChangeForm):
    from_on = day(_("First day"))
    until_on = day(_("First day after"))
    overlap_days = forms.IntegerField(
        min_value=0, max_value=90, label=_("Days on post together with the team before")
    )
    minimum = forms.IntegerField(min_value=0, max_value=200, label=_("Fewer than these do not go"))
    monthly_cost = forms.DecimalField(
        min_value=0, max_digits=9, decimal_places=2, required=False,
        label=_("Cost of one person a month, in thousands"),
        help_text=_("For the plan’s budgets. Empty: unknown."),
    )  # fmt: skip

    @classmethod
    def over(cls, team: PlannedTeam, data: Any) -> MoveForm:
        names = ("from_on", "until_on", "overlap_days", "minimum", "monthly_cost")
        return cls(data, initial={n: getattr(team, n) for n in names})


class PlannedSeatForm(WantedForm):
    weight = forms.ChoiceField(choices=PlannedSeat.Weight.choices, label=_("How much it weighs"))

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        spoken = {told["language"]: told["level"]} if told["language"] else {}
        columns = {n: told[n] for n in ("role", "specialty", "grade", "weight")}
        return {**columns, "languages": spoken}


class ChangePlannedSeatForm(ChangeForm, PlannedSeatForm):
    @classmethod
    def over(cls, seat: PlannedSeat, data: Any) -> ChangePlannedSeatForm:
        names = ("role", "specialty", "grade", "weight")
        language, level = next(iter(sorted(seat.languages.items())), ("", ""))
        told = {n: getattr(seat, n) for n in names} | {"language": language, "level": level}
        return cls(data, initial=told)


class PinForm(forms.Form):
    """Somebody of the seat's specialty, or nobody."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), required=False, label=pgettext_lazy("a person", "Who"),
        empty_label=_("nobody: the seat stays empty"),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, viewer: Viewer, seat: PlannedSeat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = people_for(viewer).filter(specialty=seat.specialty, left_on="")
        rows = whom_to_pin(rows.exclude(willing=False), seat)
        self.fields["person"].queryset = rows.select_related("unit")  # type: ignore[attr-defined]

    @property
    def who(self) -> UUID | None:
        person = self.cleaned_data["person"]
        return person.pk if person else None


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("The changed workbook (XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def told(self) -> dict[str, Any]:
        sent = self.cleaned_data["file"]
        return {"name": sent.name, "content": sent.read(MOST_BYTES + 1)}


class BudgetForm(forms.Form):
    """What those whom an area sends, and who leave in a year, may cost together."""

    area = PlaceField(
        label=_("Sending area"), help_text=_("With the hospitals of all that lies in it.")
    )
    year = forms.IntegerField(min_value=1950, max_value=2200, label=_("Year of departure"))
    amount = forms.DecimalField(
        min_value=0, max_digits=12, decimal_places=1, label=_("At most, in thousands")
    )


class OutForm(forms.Form):
    """Somebody who stands in a seat drops out, or can leave only later."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=pgettext_lazy("a person", "Who")
    )
    from_on = day(
        _("Can leave from"), required=False, help_text=_("Empty: does not go at all."),
    )  # fmt: skip
    why = _why()
    reason = _words()

    def __init__(self, *args: Any, plan: Scenario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = placed_people(plan)  # type: ignore[attr-defined]


class SpareForm(forms.Form):
    """In this plan alone: a hospital spares more or fewer than it says."""

    unit = forms.ModelChoiceField(queryset=AbsenceCap.objects.none(), label=_("Hospital"))
    people = forms.IntegerField(
        min_value=-200, max_value=200, label=_("So many more (fewer: with a minus)")
    )
    why = _why()
    reason = _words()

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = units_that_tell(viewer).filter(absence_caps__ended_on=None)
        rows = rows.filter(absence_caps__isnull=False).distinct()
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]


class CapForm(forms.Form):
    """How many people of a hospital can be away in a month."""

    unit = forms.ModelChoiceField(queryset=AbsenceCap.objects.none(), label=_("Hospital"))
    specialty = forms.ChoiceField(required=False, label=_("Specialty"))
    from_on = day(_("First day"))
    until_on = day(_("First day after"))
    people = forms.IntegerField(
        min_value=0, max_value=5000, label=_("At most so many away in any one month")
    )
    pressure = forms.BooleanField(
        required=False, label=_("The hospital is under pressure, as in an epidemic")
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = ("", _("the whole hospital"))
        self.fields["specialty"].choices = [whole, *specialty_choices()]  # type: ignore[attr-defined]
        rows = units_that_tell(viewer).filter(people__isnull=False).distinct()
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]

    def cap(self) -> AbsenceCap:
        return AbsenceCap(id=uuid4(), **self.cleaned_data)
