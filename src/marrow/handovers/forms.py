"""Forms of a handover: who follows, its lines, its signatures, what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.catalogue.queries.specialties import specialty_choices
from marrow.core.viewer import Viewer
from marrow.directory.fields import OrganisationField
from marrow.handovers import queries
from marrow.handovers.models import Fault, Handover, Line, OpenPatients, Promise, Trainee
from marrow.handovers.rules.following import MONTHS
from marrow.missions.models import Mission
from marrow.people.forms import day
from marrow.people.models import Person
from marrow.sources.forms import SourcedForm

NO_NAMES = _("Never a name, a telephone or an identity number.")


def text(label: Any, length: int, **more: Any) -> forms.CharField:
    """Several lines where the words may be long."""
    if length > 160:
        more["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 60, "maxlength": length})
    return forms.CharField(label=label, max_length=length, **more)


class NextForm(forms.Form):
    to_mission = forms.ModelChoiceField(
        queryset=Mission.objects.none(), required=False, label=_("Mission that follows"),
        empty_label=_("nobody follows"),
    )  # fmt: skip
    why_nobody = text(
        _("Why nobody follows"), 300, required=False,
        help_text=_("Only where no mission follows. A paper then says who takes over."),
    )  # fmt: skip

    def __init__(self, *args: Any, mission: Mission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [m.pk for m in queries.next_missions(mission)]
        self.fields["to_mission"].queryset = Mission.objects.filter(pk__in=found)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        to = self.cleaned_data["to_mission"]
        return {
            "to_mission": to.pk if to else None, "why_nobody": self.cleaned_data["why_nobody"],
        }  # fmt: skip


class LineForm(forms.Form):
    """One thing that is left."""

    model: ClassVar[type[Line]]
    heading: ClassVar[Any] = ""

    def __init__(self, *args: Any, viewer: Viewer, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(viewer, handover)

    def prepare(self, viewer: Viewer, handover: Handover) -> None:
        """Fill the choices that depend on who asks."""

    def line(self) -> Line:
        return self.model(id=uuid4(), **self.cleaned_data)


class PatientsForm(LineForm):
    model, heading = OpenPatients, _("Add open patients")
    count = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label=_("How many"),
        help_text=_("Empty: the number is not known."),
    )  # fmt: skip
    specialty = forms.ChoiceField(required=False, label=_("Specialty"))
    needs = text(_("What they need"), 300, help_text=NO_NAMES)
    due_on = day(pgettext_lazy("handover", "Until which day"), required=False)

    def prepare(self, viewer: Viewer, handover: Handover) -> None:
        field = self.fields["specialty"]
        field.choices = [("", "–"), *specialty_choices()]  # type: ignore[attr-defined]


class TraineeForm(LineForm):
    model, heading = Trainee, _("Add a trainee")
    technique = text(_("What they learn"), 160)
    how_far = forms.ChoiceField(choices=Trainee.HowFar.choices, label=_("How far they are"))
    next_step = text(_("What comes next"), 300)
    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), required=False, label=_("Person of the hospital"),
        help_text=_("People of the hospital whose record you see."),
    )  # fmt: skip
    described = text(
        _("Or who, without a name"), 160, required=False,
        help_text=_("An anaesthetic nurse of the operating theatre."),
    )  # fmt: skip

    def prepare(self, viewer: Viewer, handover: Handover) -> None:
        found = queries.trainees_to_choose(viewer, handover)
        self.fields["person"].queryset = found  # type: ignore[attr-defined]
        if not found.exists():
            del self.fields["person"]


class FaultForm(LineForm):
    model, heading = Fault, _("Add a fault")
    equipment = text(_("Equipment"), 160)
    broken = text(_("What is broken"), 300)
    who_waits = text(_("Who waits for it"), 200, required=False)
    due_on = day(pgettext_lazy("handover", "Until which day"), required=False)


class PromiseForm(LineForm):
    model, heading = Promise, _("Add a promise")
    promised = text(_("What was promised"), 300)
    to_whom = text(_("To whom"), 200, help_text=_("A department or an office."))
    due_on = day(pgettext_lazy("handover", "Until which day"), required=False)


LINE_FORMS: dict[str, type[LineForm]] = {
    "patients": PatientsForm, "trainee": TraineeForm, "fault": FaultForm, "promise": PromiseForm,
}  # fmt: skip


class FollowUpForm(forms.Form):
    topic = text(_("What is looked after"), 200, help_text=NO_NAMES)
    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), required=False, label=_("By whom"),
        help_text=_("Somebody of this team or of the next."),
    )  # fmt: skip
    unit = OrganisationField(required=False, label=_("Or by which unit"))
    end_on = day(_("Counted from the end of the mission on"))
    months = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.CheckboxSelectMultiple, label=_("After how many months"),
        choices=[(n, str(n)) for n in MONTHS],
    )  # fmt: skip

    def __init__(self, *args: Any, handover: Handover, end_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({"end_on": end_on, "months": list(MONTHS)})
        self.fields["person"].queryset = queries.supporters_to_choose(handover)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = dict(self.cleaned_data)
        for name in ("person", "unit"):
            told[name] = told[name].pk if told[name] else None
        return told


class HandInForm(forms.Form):
    none_of = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple,
        label=_("We looked, and there is nothing"),
    )  # fmt: skip

    def __init__(self, *args: Any, empty: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = queries.part_words()
        self.fields["none_of"].choices = [(part, words[part]) for part in empty]  # type: ignore[attr-defined]
        if not empty:
            del self.fields["none_of"]


class SignForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    read = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, label=_("Your signature"),
        choices=[("yes", _("I read every line of it, and sign it for my side."))],
    )  # fmt: skip


class PaperForm(SourcedForm):
    signer_name = text(_("Who signed the paper"), 160, help_text=_("As the paper says."))
    reason = text(_("Why on paper"), 300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _(
            "The title of the signed paper. Title and words can be read by everybody."
        )


class SettleForm(forms.Form):
    how = text(_("How it was settled"), 300, help_text=NO_NAMES)
    on = day(_("On which day"))


class TellForm(forms.Form):
    done = forms.TypedChoiceField(
        choices=[("yes", _("It took place")), ("no", _("It did not take place"))],
        coerce=lambda told: told == "yes", widget=forms.RadioSelect,
        label=_("Support after the end"),
    )  # fmt: skip
    outcome = text(_("What came of it, or why not"), 300, help_text=NO_NAMES)
    on = day(_("On which day"))
