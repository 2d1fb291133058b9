"""A plan as sheets: who goes, what is open and why, what changes, how the load is shared."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.viewer import Viewer
from marrow.core.words import listing
from marrow.people.models import Person
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries.comparing import changed_seats, current
from marrow.plan.queries.difference import critical_told, items_told, part_of
from marrow.plan.queries.filled import filled_seats
from marrow.plan.queries.pages import SeatShown, happenings_of, seats_of
from marrow.plan.queries.wording import tier_words
from marrow.ui.papers.tables import Row, Sheet

DAYS_A_MONTH = 30.4375


def sheets_of(viewer: Viewer, scenario: Scenario) -> list[Sheet]:
    rows = PlannedTeam.objects.filter(scenario=scenario)
    teams = list(rows.select_related(*PlannedTeam.CALLED_BY))
    seats: dict[UUID, list[SeatShown]] = defaultdict(list)
    for seat in seats_of(viewer, scenario, teams, happenings_of(scenario)):
        seats[seat.row.team_id].append(seat)
    plan: list[Row] = []
    gaps: list[Row] = []
    for team in teams:
        for seat in seats[team.pk]:
            row = seat.row
            unit = str(seat.person.unit) if seat.person else ""
            who = str(seat.person or "")
            if seat.happened:
                who += f" ({seat.happened.get_kind_display()})"
            plan.append([
                team.code, str(team), row.code, row.get_role_display(), seat.wants,
                row.get_weight_display(), who, unit,
                _("yes") if seat.pin and not seat.pin_waits else "", team.from_on.isoformat(),
                team.until_on.isoformat(),
            ])  # fmt: skip
            if seat.is_empty:
                fills = [*(f"{f}." for f in seat.fills), *([seat.pins] if seat.pins else [])]
                gaps.append([
                    row.code, seat.wants, row.get_weight_display(), " ".join(seat.why),
                    "\n".join(fills),
                ])  # fmt: skip
    named = [
        _("Team"), _("What the team is called"), _("Seat"), pgettext("in a team", "Role"),
        _("Asks for"), _("How much it weighs"), pgettext("a person", "Who"), _("Unit"),
        _("pinned"), _("First day"), _("First day after"),
    ]  # fmt: skip
    return [
        Sheet(pgettext("rail", "Plan"), named, plan),
        Sheet(
            _("Empty seats"),
            [
                _("Seat"),
                _("Asks for"),
                _("How much it weighs"),
                _("Why"),
                _("What fills it, as was tried"),
            ],
            gaps,
        ),
        Sheet(_("Changes"), [_("Seat"), _("Now"), _("Then")], _changes(scenario)),
        Sheet(_("Figures"), [_("Figure"), pgettext("of a figure", "Value")], _figures(scenario)),
        Sheet(_("Load of the senders"), [_("Unit"), _("Persons"), _("Months")], _load(scenario)),
    ]


def _figures(scenario: Scenario) -> list[Row]:
    """What the plan gained by the answer that stands; unknown is said, never 0. Of a plan that
    changed since it was solved only its seats are counted."""
    told = current(scenario)
    stale = bool(scenario.figures) and "value" not in told
    unknown, stays = pgettext("a figure", "unknown"), told.get("stays")
    if stale:
        unknown = pgettext("a figure", "not reckoned")
    tiers = told.get("points_by_tier") or [None] * len(tier_words())
    rows: list[Row] = [
        *([[_("changed since it was solved"), _("yes")]] if stale else []),
        [_("critical seats"), critical_told(told)],
        [_("all seats"), part_of(told.get("filled"), told.get("seats"))],
    ]
    rows += [
        [_("%s, points") % name, unknown if points is None else round(points, 2)]
        for name, points in zip(tier_words(), tiers, strict=True)
    ]
    more = items_told(told)
    return [
        *rows, [_("care without leaving, items"), unknown if more is None else round(more, 1)],
        [_("items that can be treated, a month on average"), stays["with"] if stays else unknown],
        [_("without the plan’s people"), stays["without"] if stays else unknown],
    ]  # fmt: skip


def _changes(scenario: Scenario) -> list[Row]:
    """The seats that change, as the page counts them."""
    changed = changed_seats(scenario)
    codes = dict(PlannedSeat.objects.filter(seat__in=changed).values_list("seat", "code"))
    people = {pk for before, after in changed.values() for pk in (*before, after) if pk}
    called = {pk: str(person) for pk, person in Person.objects.in_bulk(people).items()}
    rows: list[Row] = []
    for seat, (before, after) in changed.items():
        now = listing().join(sorted(called[p] for p in before))
        rows.append([codes[seat], now, called[after] if after else ""])
    return sorted(rows, key=lambda row: str(row[0]))


def _load(scenario: Scenario) -> list[Row]:
    """Of each unit, how many people go and for how many months together."""
    people: dict[str, set[str]] = defaultdict(set)
    months: dict[str, float] = defaultdict(float)
    seats = filled_seats().filter(team__scenario=scenario)
    for seat in seats.select_related("placing__person__unit", "team"):
        unit = str(seat.placing.person.unit)
        people[unit].add(str(seat.placing.person_id))
        months[unit] += (seat.team.until_on - seat.team.from_on).days / DAYS_A_MONTH
    return [[unit, len(people[unit]), round(months[unit], 1)] for unit in sorted(people)]
