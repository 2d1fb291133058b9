"""Forms: one day's visits, a single record, a month's report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity.models import Deed
from marrow.activity.queries.reports import Filled, departments_of
from marrow.activity.rules.kinds import AGES, GROUPS, KINDS, MOST_REACHED, OUTCOMES, SEXES
from marrow.catalogue.fields import ItemField
from marrow.catalogue.queries import specialty_choices
from marrow.core.words import in_tongue
from marrow.directory.models import Department, Organisation
from marrow.missions.models import Mission
from marrow.people.forms import day


class VisitsForm(forms.Form):
    held_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), label=_("Day"))
    count = forms.IntegerField(
        min_value=1,
        max_value=5000,
        label=_("Visits"),
        help_text=_(
            "Visits (人次), not patients: who came twice counts twice."
            " Without those that are recorded one by one."
        ),
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Note"),
        help_text=_("Kept encrypted. No names of patients."),
    )


def _of(words: dict[str, dict[str, str]], empty: str = "–") -> list[tuple[str, str]]:
    return [("", empty), *((code, in_tongue(names)) for code, names in words.items())]


class WhoseForm(forms.Form):
    """Whose work it is: the hospital's own, or a team's that works there."""

    mission = forms.ChoiceField(
        required=False, label=_("Whose work"), help_text=_("Empty: the hospital’s own.")
    )
    department = forms.ModelChoiceField(
        queryset=Department.objects.none(), required=False, label=_("Department"),
        empty_label=_("the whole hospital"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, organisation: Organisation, missions: Sequence[Mission], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", str(_("the hospital"))), *((str(m.pk), str(m)) for m in missions)]
        self.fields["mission"].choices = choices  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments_of(organisation)  # type: ignore[attr-defined]

    def clean_mission(self) -> UUID | None:
        told = self.cleaned_data["mission"]
        return UUID(told) if told else None


class DeedForm(WhoseForm):
    """A single record: what, when, and what is known of it."""

    kind = forms.ChoiceField(label=_("What was done"))
    held_on = day(_("Day"))
    count = forms.IntegerField(
        min_value=1, max_value=5000, initial=1, label=_("How many"),
        help_text=_("One. Of a training, how many people came."),
    )  # fmt: skip
    people_reached = forms.IntegerField(
        required=False, min_value=0, max_value=MOST_REACHED, label=_("People reached"),
        help_text=_("Of a lecture, a demonstration, a free clinic or public-health work."),
    )  # fmt: skip
    item = ItemField(
        required=False, label=pgettext_lazy("what was done", "Technique or condition"),
        help_text=_("What stands on the hospital’s lists comes first. It shows what a step needs."),
    )  # fmt: skip
    specialty = forms.ChoiceField(
        required=False, label=_("Specialty"), help_text=_("Empty: that of the technique.")
    )
    with_whom = forms.CharField(
        required=False, max_length=120, label=_("With which colleague"),
        help_text=_("Of the staff, for example who was assisted or supervised. Never a patient."),
    )  # fmt: skip
    group = forms.ChoiceField(required=False, label=_("For whom"))
    sex = forms.ChoiceField(required=False, label=_("Sex"))
    age = forms.ChoiceField(required=False, label=_("Age"))
    outcome = forms.ChoiceField(required=False, label=_("Outcome"))
    field_order = (
        "kind",
        "held_on",
        "count",
        "people_reached",
        "mission",
        "department",
        "item",
        "specialty",
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, organisation=organisation, **kwargs)
        self.fields["item"].near(organisation.area_id)  # type: ignore[attr-defined]
        for name, words in (
            ("kind", KINDS), ("group", GROUPS), ("sex", SEXES), ("age", AGES),
            ("outcome", OUTCOMES),
        ):  # fmt: skip
            self.fields[name].choices = _of(words)  # type: ignore[attr-defined]
        self.fields["specialty"].choices = [("", "–"), *specialty_choices()]  # type: ignore[attr-defined]

    def deed(self) -> Deed:
        told = {k: v for k, v in self.cleaned_data.items() if k != "mission"}
        if told["item"] and not told["specialty"]:
            told["specialty"] = told["item"].specialty
        return Deed(id=uuid4(), **told)


class MonthForm(WhoseForm):
    """Which month of whom is reported."""

    month = forms.CharField(
        max_length=7, label=_("Month"), help_text=_("Year and month, for example 2026-03."),
        widget=forms.TextInput(attrs={"type": "month"}),
    )  # fmt: skip
    field_order = ("month",)

    def clean_month(self) -> dt.date:
        try:
            return dt.datetime.strptime(self.cleaned_data["month"], "%Y-%m").date()  # noqa: DTZ007
        except ValueError:
            raise forms.ValidationError(_("Write year and month, for example 2026-03.")) from None


def _digits(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():f}"


def _in_dispute(cell: Filled) -> str:
    """Both numbers, and that neither counts yet."""
    told = " / ".join(_digits(value) for value in (cell.reported, *cell.others))
    return _("Two phones differ: %(values)s. In no figure until the programme office chooses.") % {
        "values": told
    }


class CellsForm(forms.Form):
    """The report's cells like the paper form: an empty one is unknown, not nought.

    The page carries what each cell showed: what phones and others wrote since stands, and of a cell
    that both changed this person is told before theirs goes over it.
    """

    def __init__(self, *args: Any, cells: Sequence[Filled], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {cell.code: cell.reported for cell in cells}
        differ = {cell.code: _in_dispute(cell) for cell in cells if cell.contested}
        for code, names in KINDS.items():
            self.fields[code] = forms.DecimalField(
                required=False, min_value=0, max_value=10_000_000, decimal_places=6,
                label=in_tongue(names), initial=self.held.get(code), localize=False,
                show_hidden_initial=True, help_text=differ.get(code, ""),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for code in KINDS:
            held, shown = self.held.get(code), self._shown(code)
            if code in told and told[code] not in (shown, held) and shown != held:
                now_shown = {self.add_initial_prefix(code): "" if held is None else str(held)}
                self.data = dict(self.data.items()) | now_shown  # sent again, it is meant
                written = _digits(held)
                self.add_error(
                    code, _("Meanwhile somebody wrote %(value)s here. Keep yours or take theirs.")
                    % {"value": written},
                )  # fmt: skip
        return told

    def values(self) -> dict[str, Decimal | None]:
        """The cells that this person changed; a cell that did not come says nothing."""
        told = {
            code: self.cleaned_data[code] for code in KINDS if self.add_prefix(code) in self.data
        }
        return {code: value for code, value in told.items() if value != self._shown(code)}

    def _shown(self, code: str) -> Decimal | None:
        """What the page showed in a cell; what is held where it does not say."""
        name = self.add_initial_prefix(code)
        if name not in self.data:
            return self.held.get(code)
        try:
            return self.fields[code].to_python(self.data[name])
        except forms.ValidationError:
            return self.held.get(code)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=300, label=pgettext_lazy("of a report", "Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
