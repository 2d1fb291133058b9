"""Forms of what leaves, of the people of a place, and of needs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from marrow.catalogue.fields import ItemField
from marrow.catalogue.queries import specialty_choices, specialty_name
from marrow.directory.fields import OrganisationField, PlaceField, as_typed
from marrow.directory.models import Organisation
from marrow.need.models import Catchment, Outflow, ReferralWay
from marrow.sources.forms import DateTold, SourcedForm
from marrow.teams.models import Seat

PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


def period(text: str) -> tuple[str, dt.date]:
    """ "2025" or "2025-03" as grain and first day; ValueError of anything else."""
    found = PERIOD.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    grain = Outflow.Grain.MONTH if found[2] else Outflow.Grain.YEAR
    return grain, dt.date(int(found[1]), int(found[2] or 1), 1)


def _read(text: str) -> tuple[str, dt.date]:
    try:
        return period(text)
    except ValueError as wrong:
        raise forms.ValidationError(_("Write a year or a month: 2025 or 2025-03.")) from wrong


class OutflowForm(forms.Form):
    """How many left in one month or year, to where, and what is known of it."""

    item = ItemField(label=gettext_lazy("What for"))
    period = forms.CharField(
        max_length=7, label=gettext_lazy("Year or month"), help_text=gettext_lazy("2025 or 2025-03")
    )
    patients = forms.IntegerField(
        min_value=0, label=gettext_lazy("Patients who left"),
        help_text=gettext_lazy("Write 0 only where somebody counted none."),
    )  # fmt: skip
    to_area = PlaceField(required=False, label=pgettext_lazy("who left", "To which place"))
    to_organisation = OrganisationField(required=False, label=gettext_lazy("To which hospital"))
    to_words = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Or where to, in words"),
        help_text=gettext_lazy("Of words alone nobody knows whether it lies outside the area."),
    )
    cost = forms.DecimalField(
        required=False, min_value=0, max_digits=14, decimal_places=2,
        label=gettext_lazy("What it cost"), help_text=gettext_lazy("Empty: not known."),
    )  # fmt: skip
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", required=False, label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters: XOF, CNY, EUR"),
    )  # fmt: skip
    cost_of = forms.ChoiceField(
        required=False, choices=[("", "–"), *Outflow.CostOf.choices],
        label=gettext_lazy("The cost is"),
    )  # fmt: skip
    kilometres = forms.IntegerField(
        required=False, min_value=0, max_value=20000, label=gettext_lazy("Kilometres, one way"),
        help_text=gettext_lazy("Empty: not known."),
    )  # fmt: skip
    told_from = forms.CharField(
        max_length=300, label=gettext_lazy("Who told it"),
        help_text=gettext_lazy(
            "An office, a register, a paper; never a patient’s name, nor a telephone."
        ),
    )  # fmt: skip

    def __init__(
        self, *args: Any, row: Outflow | None = None, near: UUID | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].near(near)  # type: ignore[attr-defined]
        if row is not None:
            plain = (
                "item", "period", "patients", "to_words", "cost", "currency", "cost_of",
                "kilometres", "told_from",
            )  # fmt: skip
            self.initial.update({name: getattr(row, name) for name in plain})
            self.initial["to_area"] = as_typed(row.to_area)
            self.initial["to_organisation"] = as_typed(row.to_organisation)

    def clean_period(self) -> tuple[str, dt.date]:
        return _read(self.cleaned_data["period"])

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def outflow(self) -> Outflow:
        told = dict(self.cleaned_data)
        grain, from_on = told.pop("period")
        return Outflow(id=uuid4(), grain=grain, from_on=from_on, **told)


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=300, label=gettext_lazy("Why"))


class CatchmentForm(SourcedForm):
    """One thing that is known of the people of a place, with its source."""

    kind = forms.ChoiceField(choices=Catchment.Kind.choices, label=gettext_lazy("What is known"))
    number = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        label=pgettext_lazy("a figure", "Number"),
    )
    said = forms.CharField(
        required=False, max_length=300, label=gettext_lazy("In words"),
        help_text=gettext_lazy("How people live, what many fall ill with, what a label says."),
    )  # fmt: skip
    next_hospital = OrganisationField(
        required=False, label=gettext_lazy("The next hospital that can"),
        help_text=gettext_lazy("Of a distance."),
    )  # fmt: skip
    since = DateTold(label=gettext_lazy("Holds for, or since"))
    until = DateTold(label=gettext_lazy("Until"))

    def catchment(self) -> Catchment:
        told = self.cleaned_data
        names = ("kind", "number", "next_hospital", "since", "until")
        return Catchment(id=uuid4(), words=told["said"], **{n: told[n] for n in names})


class IdentifyForm(forms.Form):
    """For which hospital, and what is wanted."""

    organisation = forms.ChoiceField(label=gettext_lazy("Hospital that should have it"))
    words = forms.CharField(
        required=False, max_length=600, label=gettext_lazy("What is wanted"),
        help_text=gettext_lazy("For example: one nephrologist for a year, two nurses to train."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )  # fmt: skip

    def __init__(self, *args: Any, hospitals: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(h.pk), str(h)) for h in hospitals]  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    signer = forms.CharField(max_length=200, label=gettext_lazy("Who signed the paper"))
    title = forms.CharField(max_length=400, label=gettext_lazy("What the paper is called"))
    scan = forms.FileField(
        label=gettext_lazy("The scan"),
        help_text=gettext_lazy("PDF, PNG or JPEG, at most 5 MB; no patient’s name in it."),
    )


WHOLE = "mission:"


class LinkForm(forms.Form):
    """A seat, or a mission as a whole."""

    seat = forms.ChoiceField(label=gettext_lazy("What answers it"))

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_mission: dict[str, list[tuple[str, str]]] = {}
        for seat in seats:
            whole = (f"{WHOLE}{seat.mission_id}", _("the whole team"))
            offered = by_mission.setdefault(str(seat.mission), [whole])
            offered.append((f"{seat.mission_id}:{seat.pk}", _seat(seat)))
        self.fields["seat"].choices = list(by_mission.items())  # type: ignore[attr-defined]

    def chosen(self) -> tuple[UUID, UUID | None]:
        mission, _colon, seat = self.cleaned_data["seat"].removeprefix(WHOLE).partition(":")
        return UUID(mission), UUID(seat) if seat else None


def _seat(seat: Seat) -> str:
    return f"{seat} · {specialty_name(seat.specialty)}"


class WayForm(forms.Form):
    """How patients go between this house and another one, above or below it."""

    other = OrganisationField(label=gettext_lazy("The other house"))
    stands = forms.ChoiceField(
        choices=[
            ("ABOVE", pgettext_lazy("another house", "above this one")),
            ("BELOW", pgettext_lazy("another house", "below this one")),
        ],
        label=gettext_lazy("It stands"),
    )
    direction = forms.ChoiceField(
        choices=[
            ("UP", gettext_lazy("up: to the house that can")),
            ("BACK", gettext_lazy("back: to the house near home")),
        ],
        label=gettext_lazy("Patients go"),
    )
    specialty = forms.ChoiceField(
        required=False, label=gettext_lazy("Specialty"), help_text=gettext_lazy("Empty: all.")
    )
    how = forms.CharField(
        max_length=300, label=gettext_lazy("How it is done"),
        help_text=gettext_lazy("Whom one calls, what goes with the patient; never a name of one."),
    )  # fmt: skip
    started_on = DateTold(label=gettext_lazy("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialty"].choices = [("", "–"), *specialty_choices()]  # type: ignore[attr-defined]

    def way(self, hospital: UUID) -> ReferralWay:
        told = self.cleaned_data
        ends = (hospital, told["other"].pk)
        lower, upper = ends if told["stands"] == "ABOVE" else ends[::-1]
        named = {n: told[n] for n in ("direction", "specialty", "how", "started_on")}
        return ReferralWay(id=uuid4(), below_id=lower, above_id=upper, **named)


class EndWayForm(forms.Form):
    on = DateTold(label=gettext_lazy("No longer since"), required=True)


class SentBackForm(forms.Form):
    """How many came back in one month or year."""

    period = forms.CharField(
        max_length=7, label=gettext_lazy("Year or month"), help_text=gettext_lazy("2025 or 2025-03")
    )
    patients = forms.IntegerField(
        min_value=0, max_value=1_000_000, label=gettext_lazy("Patients sent back"),
        help_text=gettext_lazy("Write 0 only where somebody counted none."),
    )  # fmt: skip

    def clean_period(self) -> tuple[str, dt.date]:
        return _read(self.cleaned_data["period"])

    def told(self) -> dict[str, Any]:
        grain, from_on = self.cleaned_data["period"]
        return {"grain": grain, "from_on": from_on, "patients": self.cleaned_data["patients"]}
