"""A plan as sheets: who goes, what is open and why, what changes, how the load is shared."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.viewer import Viewer
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries.pages import seats_of
from marrow.ui.papers.tables import Row, Sheet

DAYS_A_MONTH = 30.4375


def sheets_of(viewer: Viewer, scenario: Scenario) -> list[Sheet]:
    teams = list(PlannedTeam.objects.filter(scenario=scenario).select_related("mission"))
    plan: list[Row] = []
    gaps: list[Row] = []
    for team in teams:
        for seat in seats_of(viewer, scenario, team):
            row = seat.row
            unit = str(seat.person.unit) if seat.person else ""
            plan.append([
                team.code, str(team), row.code, row.get_role_display(), seat.wants,
                row.get_weight_display(), str(seat.person or ""), unit,
                _("yes") if seat.pin else "", team.from_on.isoformat(), team.until_on.isoformat(),
            ])  # fmt: skip
            if seat.person is None:
                gaps.append([row.code, seat.wants, row.get_weight_display(), " ".join(seat.why)])
    named = [
        _("Team"), _("What the team is called"), _("Seat"), pgettext("in a team", "Role"),
        _("Asks for"), _("How much it weighs"), _("Who"), _("Unit"), _("pinned"), _("First day"),
        _("First day after"),
    ]  # fmt: skip
    return [
        Sheet(pgettext("rail", "Plan"), named, plan),
        Sheet(
            _("Empty seats"), [_("Seat"), _("Asks for"), _("How much it weighs"), _("Why")], gaps
        ),
        Sheet(_("Load of the senders"), [_("Unit"), _("Persons"), _("Months")], _load(scenario)),
    ]


def _load(scenario: Scenario) -> list[Row]:
    """Of each unit, how many people go and for how many months together."""
    people: dict[str, set[str]] = defaultdict(set)
    months: dict[str, float] = defaultdict(float)
    seats = PlannedSeat.objects.filter(team__scenario=scenario, placing__isnull=False)
    for seat in seats.select_related("placing__person__unit", "team"):
        unit = str(seat.placing.person.unit)
        people[unit].add(str(seat.placing.person_id))
        months[unit] += (seat.team.until_on - seat.team.from_on).days / DAYS_A_MONTH
    return [[unit, len(people[unit]), round(months[unit], 1)] for unit in sorted(people)]
