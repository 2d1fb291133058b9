"""Forms of agreement work. A form says what its action is told."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from marrow.agreements import queries
from marrow.agreements.models import STEPS, First, Gain, HealthCheck, Lesson, Mark
from marrow.core.models import Record
from marrow.directory.forms import NamedForm, by_tongue
from marrow.programmes.models import Programme
from marrow.sources.forms import SOURCE, DateTold, SourcedForm
from marrow.ui.forms import ChangeForm

NAMES = ("name_en", "name_zh", "name_fr")
CANNOT_SAY = "-"


def _long(label: Any, most: int, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def _chosen(label: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        required=False, label=label, coerce=UUID, empty_value=None, **more
    )


def _number(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2, required=False, **more
    )


class PartForm(forms.Form):
    """A part of a programme's agreement work: what it is called, and what its action is told."""

    heading: ClassVar[Any] = ""
    lede: ClassVar[Any] = ""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.initial.setdefault("language", get_language())

    def offer(self, **choices: queries.Choices) -> None:
        for name, rows in choices.items():
            self.fields[name].choices = [("", "–"), *rows]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        told = {n: v for n, v in self.cleaned_data.items() if n not in (*SOURCE, *NAMES)}
        if isinstance(self, NamedForm):
            told["names"] = self.names()
        if isinstance(self, SourcedForm):
            told["source"] = self.told_by()
        return told


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language of the words"))


class PeriodForm(PartForm, NamedForm):
    heading = _("Set a plan period")
    starts_on = DateTold(label=_("Begins"), required=True)
    ends_on = DateTold(label=pgettext_lazy("a plan period", "Ends"), required=True)


class RequirementForm(PartForm, LanguageForm, SourcedForm):
    heading = _("Record what a plan or policy asks")
    text = _long(_("What is asked"), 300)
    period = _chosen(_("Plan period"))
    goal = _chosen(_("Policy goal"))
    answer = _long(
        _("How the programme answers it"), 600, required=False,
        help_text=_("Empty: not answered yet."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            period=queries.period_choices(self.programme), goal=queries.goal_choices(self.programme)
        )


class AnswerForm(forms.Form):
    answer = _long(_("How the programme answers it"), 600)


class SheetForm(PartForm):
    heading = _("Open a task sheet")
    year = forms.IntegerField(min_value=1950, max_value=2100, label=_("Year"))
    agreement = _chosen(_("Of one agreement"), help_text=_("Empty: of the whole programme."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(agreement=queries.agreement_choices(self.programme))


class TaskForm(PartForm, LanguageForm):
    heading = _("Add a task")
    text = _long(_("What is to be done"), 300)
    aim = _number(_("How much"), help_text=_("Empty: a task without a number."))
    measured_in = forms.CharField(
        required=False, max_length=40, label=_("Counted in"), help_text=_("persons, operations …")
    )
    requirement = _chosen(_("Which requirement it answers"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(requirement=queries.requirement_choices(self.programme))


class TargetForm(PartForm, LanguageForm):
    heading = _("Set a target")
    measure = forms.ChoiceField(
        required=False, label=_("Measure"),
        help_text=_("It then stands where the published figures of the programme stand."),
    )  # fmt: skip
    text = _long(
        _("Or in words: what shall be reached"), 300, required=False,
        help_text=_("Specialties built, local staff who work alone, gaps filled."),
    )  # fmt: skip
    aim = _number(_("How much"))
    measured_in = forms.CharField(
        required=False, max_length=40, label=_("Counted in"),
        help_text=_("Empty where a measure is chosen."),
    )  # fmt: skip
    by_on = DateTold(label=_("By when"))
    period = _chosen(_("Plan period"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(measure=queries.measure_choices(), period=queries.period_choices(self.programme))


class HowFarForm(SourcedForm):
    """How far a task or target with a number is."""

    reached = _number(_("Reached so far"))
    as_of = DateTold(label=_("As of"), required=True)

    def told(self) -> dict[str, Any]:
        told = {n: v for n, v in self.cleaned_data.items() if n not in SOURCE}
        return {**told, "source": self.told_by()}


class DoneForm(SourcedForm):
    """That a task without a number is done."""

    done_on = DateTold(label=_("Done on"), required=True)

    def told(self) -> dict[str, Any]:
        return {"done_on": self.cleaned_data["done_on"], "source": self.told_by()}


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class GainForm(PartForm, LanguageForm, SourcedForm):
    heading = _("Record a benefit")
    to = forms.ChoiceField(choices=Gain.To.choices, label=_("To which side"))
    text = _long(
        _("What it brings"), 300,
        help_text=_("Never the name of a patient, nor what would tell who it is."),
    )  # fmt: skip
    partnership = _chosen(_("Of one partnership"), help_text=_("Empty: of the whole programme."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(partnership=queries.partnership_choices(self.programme))


class FirstForm(PartForm, LanguageForm, SourcedForm):
    heading = _("Record a first")
    side = forms.ChoiceField(choices=First.Side.choices, label=_("Whose first"))
    text = _long(
        _("What was done for the first time, and where it was the first"), 300,
        help_text=_("Never the name of a patient, nor what would tell who it is."),
    )  # fmt: skip
    happened_on = DateTold(label=_("When it happened"))
    mission = _chosen(_("On which mission"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(mission=queries.mission_choices(self.programme))


class TenetForm(PartForm, NamedForm):
    heading = _("Record a value")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (_("Words in English"), _("Words in Chinese"), _("Words in French"))
        for name, label in zip(NAMES, labels, strict=True):
            self.fields[name].label = label


class MottoForm(PartForm, SourcedForm):
    heading = _("Record the motto")
    text = forms.CharField(max_length=300, label=_("The motto, as its source words it"))


class MemberForm(PartForm):
    heading = _("Name somebody of the office’s own team")
    name = forms.CharField(max_length=120, label=pgettext_lazy("of a person", "Name"))
    duty = forms.CharField(max_length=200, label=_("For what"))
    since = DateTold(label=_("Since"))
    until = DateTold(label=pgettext_lazy("in office", "Until"))


class LeaveForm(forms.Form):
    until = DateTold(label=pgettext_lazy("in office", "Until"), required=True)


class LessonForm(PartForm, LanguageForm):
    heading = _("Write down a lesson or model")
    kind = forms.ChoiceField(choices=Lesson.Kind.choices, label=_("Kind"))
    title = forms.CharField(max_length=200, label=_("Title"))
    text = _long(
        _("What was learned, so that others can do the same"), 6000, 8,
        help_text=_("Never the name of a patient, nor what would tell who it is."),
    )  # fmt: skip
    mission = _chosen(_("On which mission"))
    learned_on = DateTold(label=_("Learned"))
    public = forms.BooleanField(
        required=False, label=_("Everybody may read it"),
        help_text=_(
            "Tick it once you have read it again, and nobody who was treated can be told from it."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(mission=queries.mission_choices(self.programme))


class TakeForm(forms.Form):
    """One of the office's programmes takes a lesson over."""

    programme = forms.ChoiceField(label=_("Which programme"))
    since = DateTold(label=_("Since"))
    note = forms.CharField(required=False, max_length=300, label=_("How it is used"))

    def __init__(self, *args: Any, takers: queries.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = takers  # type: ignore[attr-defined]


class TakenForm(PartForm):
    since = DateTold(label=_("Since"))
    note = forms.CharField(required=False, max_length=300, label=_("How it is used"))


#: the form of each kind of entry, by the word in the address
FORMS: dict[str, type[PartForm]] = {
    "period": PeriodForm, "requirement": RequirementForm, "sheet": SheetForm, "task": TaskForm,
    "target": TargetForm, "benefit": GainForm, "first": FirstForm, "value": TenetForm,
    "office": MemberForm, "lesson": LessonForm, "taken": TakenForm,
}  # fmt: skip


class ChangePart(ChangeForm):
    """A part's own form over what is there: only what was changed is told."""

    free = SOURCE

    def told(self) -> dict[str, Any]:
        whole: dict[str, Any] = super().told()  # type: ignore[misc]  # of the part's own form
        changed = self.changed()
        if changed & set(NAMES):
            changed.add("names")
        return {n: v for n, v in whole.items() if n in changed or n == "source"}


def change_of(kind: type[PartForm]) -> type[PartForm]:
    """The form of a part, as one that corrects it."""
    return type(f"Change{kind.__name__}", (ChangePart, kind), {})


def begun_with(row: Record, kind: type[PartForm]) -> dict[str, Any]:
    """What stands in an entry, by the fields of its form."""
    told: dict[str, Any] = by_tongue("name", getattr(row, "names", {}))
    for name in set(kind.base_fields) - {*SOURCE, *NAMES}:
        value = getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]
        told[name] = str(value) if isinstance(value, UUID) else value
    return told


class CheckForm(LanguageForm):
    """Each point with a score and a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())
        scores = [("", "–"), (CANNOT_SAY, _("cannot say")), *Mark.Score.choices]
        for point in Mark.Point:
            self.fields[f"{point}_score"] = forms.ChoiceField(
                choices=scores, label=pgettext_lazy("health check", "Score")
            )
            self.fields[f"{point}_sentence"] = forms.CharField(
                max_length=300, label=_("Why, in a sentence")
            )

    def groups(self) -> list[tuple[str, list[tuple[str, forms.BoundField, forms.BoundField]]]]:
        """Steps, then principles: each point with its two fields."""
        steps = [p for p in Mark.Point if p in STEPS]
        others = [p for p in Mark.Point if p not in STEPS]
        return [
            (gettext("Steps of twinning"), [self._pair(p) for p in steps]),
            (gettext("Principles of partnership"), [self._pair(p) for p in others]),
        ]

    def _pair(self, point: Mark.Point) -> tuple[str, forms.BoundField, forms.BoundField]:
        return capfirst(str(point.label)), self[f"{point}_score"], self[f"{point}_sentence"]

    def marks(self) -> dict[str, tuple[int | None, str]]:
        told = self.cleaned_data
        return {
            str(point): (_score(told[f"{point}_score"]), told[f"{point}_sentence"])
            for point in Mark.Point
        }


def _score(text: str) -> int | None:
    return None if text == CANNOT_SAY else int(text)


def this_year(today: dt.date) -> dict[str, int]:
    return {"year": today.year}


SIDES = dict(HealthCheck.Side.choices)
