"""Forms of a service: since when, until when, who comes instead, and which days were wrong."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from marrow.people.forms import day
from marrow.teams.forms import WhyForm
from marrow.teams.models import Assignment
from marrow.ui.forms import ChangeForm


class SinceForm(forms.Form):
    on = day(_("Since which day"))


class HomeForm(WhyForm):
    """Somebody went home before their team: on which day, and why."""

    on = day(_("Home since which day"))
    field_order = ("on", "reason")


class ReplaceForm(WhyForm):
    on = day(
        _("Since which day"), required=False,
        help_text=_("On post: the day on which the one stops and the other begins. Empty: today."),
    )  # fmt: skip
    successor = forms.ModelChoiceField(
        queryset=Assignment.objects.none(), label=_("Who comes instead")
    )
    field_order = ("successor", "on", "reason")

    def __init__(self, *args: Any, row: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = Assignment.objects.filter(seat=row.seat_id, state=Assignment.State.AGREED)
        self.fields["successor"].queryset = agreed.select_related("person", "seat")  # type: ignore[attr-defined]


class ServiceDaysForm(ChangeForm, WhyForm):
    """The first and the last day of a service; the last where it has ended."""

    free = ("reason", "together")
    started_on = day(_("First day"))
    ended_on = day(_("Last day"), required=False)
    together = forms.BooleanField(
        required=False, initial=True,
        label=_("Also whoever of the team began or ended on the same day"),
    )  # fmt: skip
    field_order = ("started_on", "ended_on", "together", "reason")

    def __init__(self, *args: Any, ended: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ended:
            del self.fields["ended_on"]

    @classmethod
    def over(cls, row: Assignment, data: Any) -> Self:
        begun = {"started_on": row.started_on, "ended_on": row.ended_on, "together": True}
        return cls(data, initial=begun, ended=row.ended_on is not None)

    def told(self) -> dict[str, Any]:
        """The days that were changed, why, and whether others move with them."""
        told = self.cleaned_data
        days = {name: told[name] for name in self.changed() if told[name]}
        return {**days, "reason": told["reason"], "together": told["together"]}
