"""Forms of life on post."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.missions.models import Mission
from marrow.people.forms import day
from marrow.posts import access, queries
from marrow.posts.models import CheckIn, Incident, Objective, Regard
from marrow.teams.models import Assignment
from marrow.ui.forms import ChangeForm

NOT_A_PATIENT = _("Never the name of a patient, nor what would tell who it is.")
NO_SITE = ("", "–")


def _site_choices(mission: Mission) -> list[tuple[str, str]]:
    return [NO_SITE, *((str(s.pk), str(s)) for s in queries.sites_of(mission))]


def _long(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language of the words"))


class PlacedForm(forms.Form):
    """A form with a place of work of the mission, or none."""

    site = forms.TypedChoiceField(
        required=False, label=_("Place of work"), coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, mission: Mission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = _site_choices(mission)  # type: ignore[attr-defined]


class CheckInForm(PlacedForm):
    """Two big buttons are its state; the rest may stay empty."""

    state = forms.ChoiceField(choices=CheckIn.State.choices, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False, max_length=200, label=_("A few words"), help_text=NOT_A_PATIENT
    )
    whole_team = forms.BooleanField(required=False, label=_("I have heard from the whole team"))
    person = forms.TypedChoiceField(
        required=False, label=_("Whom you heard"), coerce=UUID, empty_value=None,
    )  # fmt: skip

    def __init__(
        self, *args: Any, mission: Mission, for_all: bool, others: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, mission=mission, **kwargs)
        if not for_all:
            del self.fields["whole_team"]
        if not others:
            del self.fields["person"]
            return
        heard = [(str(a.person_id), str(a.person)) for a in access.serving(mission)]
        self.fields["person"].choices = [NO_SITE, *heard]  # type: ignore[attr-defined]


class WatchForm(ChangeForm):
    leader_after = forms.IntegerField(
        min_value=1, max_value=240, initial=24, label=_("Unknown, and the leader reminded, after"),
        help_text=_("Hours without a word."),
    )  # fmt: skip
    office_after = forms.IntegerField(
        min_value=2, max_value=360, initial=36, label=_("The office is told after"),
        help_text=_("Hours without a word."),
    )  # fmt: skip
    last_after = forms.IntegerField(
        min_value=3, max_value=480, initial=48, label=_("The contact is called after"),
        help_text=_("Hours without a word."),
    )  # fmt: skip
    contact = forms.CharField(
        required=False, max_length=200, label=_("Contact near the team"),
        help_text=_(
            "Who is called: the duty desk of the embassy, or of the hospital. It stands on the "
            "phones of the team."
        ),
    )  # fmt: skip
    telephone = forms.CharField(
        required=False, max_length=100, label=_("Number to call"),
        help_text=_(
            "As it is dialled from where the team is; no private number. A comma stands between "
            "two, three at most. On the phones of the team a tap dials it."
        ),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """What was changed, and the rest as it is by now."""
        changed = self.changed()
        return {
            name: value if name in changed
            else self.get_initial_for_field(self.fields[name], name)
            for name, value in self.cleaned_data.items()
        }  # fmt: skip


class IncidentForm(PlacedForm):
    kind = forms.ChoiceField(choices=Incident.Kind.choices, label=_("Kind"))
    severity = forms.ChoiceField(choices=Incident.Severity.choices, label=_("How grave"))
    happened_on = day(_("On which day"))
    what = _long(_("What happened"), 1000, help_text=NOT_A_PATIENT)
    done = _long(_("What was done"), 1000, required=False)
    field_order = ("kind", "severity", "happened_on", "site", "what", "done")

    def incident(self) -> Incident:
        told = self.cleaned_data
        columns = {c: told[c] for c in ("kind", "severity", "happened_on", "what", "done")}
        return Incident(id=uuid4(), site_id=told["site"], **columns)


class CloseForm(forms.Form):
    done = _long(_("What was done"), 1000, required=False)
    outcome = _long(_("What came of it"), 1000, help_text=NOT_A_PATIENT)


class ObjectiveForm(PlacedForm):
    text = _long(_("What shall be reached"), 600)
    language = _language()
    target = forms.CharField(
        required=False, max_length=120, label=_("By what one sees it"),
        help_text=_("A number with its unit, where there is one: 2 surgeons who operate alone."),
    )  # fmt: skip
    field_order = ("text", "language", "target", "site")


class ScoreForm(forms.Form):
    score = forms.TypedChoiceField(
        choices=Objective.Score.choices, coerce=int, widget=forms.RadioSelect,
        label=pgettext_lazy("of an objective", "Score"),
    )  # fmt: skip
    words = _long(_("Why"), 300)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class MilestoneForm(PlacedForm):
    what = forms.CharField(max_length=300, label=_("What shall be reached"))
    due_on = day(_("By which day"))
    field_order = ("what", "due_on", "site")


class ReachedForm(forms.Form):
    on = day(_("On which day"))


class ExtendForm(forms.Form):
    on = day(_("Since which day"))
    planned_end_on = day(_("New planned end"))
    emergency = forms.BooleanField(
        required=False, label=_("The team stays through an emergency"),
        help_text=_("It stands among the team’s tags, for good."),
    )  # fmt: skip
    reason = forms.CharField(max_length=300, label=_("Why"))
    staying = forms.ModelMultipleChoiceField(
        queryset=Assignment.objects.none(), widget=forms.CheckboxSelectMultiple,
        label=_("Who stays"),
    )  # fmt: skip

    def __init__(self, *args: Any, mission: Mission, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = access.serving(mission)
        self.fields["staying"].queryset = people  # type: ignore[attr-defined]
        self.initial.update(on=today, staying=[a.pk for a in people])


class RegardForm(forms.Form):
    occasion = forms.ChoiceField(choices=Regard.Occasion.choices, label=_("Occasion"))
    language = _language()
    text = _long(_("The message"), 2000)
    signed = forms.CharField(max_length=120, label=_("From whom, as it shall be read"))
    to_all = forms.BooleanField(required=False)

    def __init__(self, *args: Any, all_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all_label:
            self.fields["to_all"].label = all_label
        else:
            del self.fields["to_all"]
