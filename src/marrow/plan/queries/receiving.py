"""Who receives a team, and so sends nobody with it: its hospitals, those that lie in the area to
which its series goes, and whoever is not of the area that sends its programme. And who is asked for
it: those of the sender of its own programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.directory.models import Area, Organisation
from marrow.missions.models import Site
from marrow.people.models import Person
from marrow.plan.models import PlannedSeat, PlannedTeam
from marrow.plan.rules import problem as form


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a team. `area`: where its series goes, None where it and the area that sends
    are not apart, as in a province that helps itself: there the hospitals alone tell who receives;
    `sender`: the area that sends, None where nobody said."""

    hospitals: frozenset[UUID]
    area: Area | None
    sender: Area | None

    def receives(self, unit: Organisation) -> bool:
        """Whether the team goes to this unit."""
        if unit.pk in self.hospitals:
            return True
        return bool(self.area and unit.area and unit.area.lies_in(self.area))

    @property
    def its_people(self) -> Q:
        """The people of the units to which the team goes."""
        there = Q(unit__in=self.hospitals)
        if self.area and self.area.path:
            there |= Q(unit__area__path__startswith=self.area.path)
        return there

    def sends(self, unit: Organisation) -> bool:
        """Whether somebody of this unit may go with the team. Of a unit whose place is not known
        nothing speaks against it."""
        return not self.receives(unit) and self.is_of_sender(unit)

    def is_of_sender(self, unit: Organisation) -> bool:
        """Whether the unit lies in the area that sends the team."""
        return not self.sender or not unit.area or unit.area.lies_in(self.sender)


def sides_of(teams: Collection[PlannedTeam]) -> Mapping[UUID, Sides]:
    """By the team."""
    served = _served(teams)
    return {t.pk: _sides(t, served) for t in teams}


def whom_to_pin(rows: QuerySet[Person], seat: PlannedSeat) -> QuerySet[Person]:
    """Of these people, those whom somebody may pin to a seat: nobody of who receives the team."""
    return rows.exclude(sides_of([seat.team])[seat.team_id].its_people)


def _sides(team: PlannedTeam, served: Mapping[UUID, set[UUID]]) -> Sides:
    series, sender = team.series, team.programme.sender
    told = {team.recipient_id, series.recipient_id if series else None}
    hospitals = {pk for pk in told if pk}
    if team.mission_id:
        hospitals |= served[team.mission_id]
    elif series:
        hospitals |= served[series.pk]
    area = series.recipient_area if series else None
    apart = area and sender and not sender.lies_in(area) and not area.lies_in(sender)
    return Sides(frozenset(hospitals), area if apart else None, sender)


def _served(teams: Iterable[PlannedTeam]) -> Mapping[UUID, set[UUID]]:
    """The hospitals at which each mission serves, and those that each series served so far."""
    missions = {t.mission_id for t in teams if t.mission_id}
    series = {t.series_id for t in teams if t.series_id}
    rows = Site.objects.filter(Q(mission__in=missions) | Q(mission__series__in=series))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    told = rows.exclude(organisation=None).values_list("mission", "mission__series", "organisation")
    for mission, of_series, hospital in told:
        if hospital:
            found[mission].add(hospital)
            if of_series:
                found[of_series].add(hospital)
    return found


def of_senders(
    people: Iterable[Person], sides: Mapping[UUID, Sides], named: Collection[UUID]
) -> list[Person]:
    """Those whom a team may take, and those who are `named` already."""
    units = {p.unit_id: p.unit for p in people}
    may = {pk for pk, unit in units.items() if any(s.sends(unit) for s in sides.values())}
    return [p for p in people if not sides or p.unit_id in may or p.pk in named]


def pools_of(
    sides: Mapping[UUID, Sides], units: Collection[Organisation],
    lent: Collection[form.Organisation],
) -> Mapping[UUID, form.SenderPool]:  # fmt: skip
    """Who is asked for each team, of these units, which are `lent` as the planner's format has
    them. Nobody widens it: one of another sender who is pinned, or on the way, comes alone."""
    return {
        team: _pool({str(u.pk) for u in units if not side.is_of_sender(u)}, lent)
        for team, side in sides.items()
    }


def _pool(others: Collection[str], lent: Collection[form.Organisation]) -> form.SenderPool:
    """All but the others; areas of which all are asked stand for their units."""
    if not others:
        return form.SenderPool(all=True)
    mixed = {o.area for o in lent if o.id in others}
    return form.SenderPool(
        areas=tuple(sorted({o.area for o in lent} - mixed)),
        organisations=tuple(sorted(o.id for o in lent if o.area in mixed and o.id not in others)),
    )


def receivers_of(
    team: PlannedTeam, sides: Mapping[UUID, Sides], units: Iterable[Organisation]
) -> tuple[str, ...]:
    """Of these units, those to which a team goes, as the planner's format names them."""
    return tuple(sorted(str(unit.pk) for unit in units if sides[team.pk].receives(unit)))
