"""What a specialty's presence at a destination is worth: the people who leave for want of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

from marrow.catalogue.models import Item
from marrow.directory.models import Area, Organisation
from marrow.need.queries.outflows import left_of_areas
from marrow.plan.models import PlannedSeat, PlannedTeam
from marrow.plan.rules.problem import Cell
from marrow.programmes.models import Partnership, Programme

HIGHEST = 20.0  # points of the cell for which the most people leave: less than an ordinary seat
REMOTE = 0.4  # of the first person's worth, where an expert stands by through a link


def area_of(team: PlannedTeam) -> Area | None:
    """Where a team goes: its hospital's area, else its series'."""
    if team.recipient and team.recipient.area:
        return team.recipient.area
    return team.series.recipient_area if team.series else None


def cells_of(teams: list[PlannedTeam], seats: list[PlannedSeat], on: dt.date) -> Iterator[Cell]:
    """A cell for each destination, specialty of a seat there, and half-year in which a team is
    there. Where nobody told who leaves, there is none: unknown is worth no guess."""
    of = {t.pk: a for t in teams if (a := area_of(t))}
    areas = {a.pk: a for a in of.values()}
    wanted = {(of[s.team_id].pk, s.specialty) for s in seats if s.specialty and s.team_id in of}
    people = _people(list(areas.values()), {specialty for _area, specialty in wanted}, on)
    most = max(people.values(), default=0)
    linked = _linked([t.recipient for t in teams if t.recipient])
    for pk, specialty in sorted(wanted, key=str):
        if not (left := people.get((pk, specialty))):
            continue
        there = [t for t in teams if t.pk in of and of[t.pk].pk == pk]
        remote = REMOTE if any(t.recipient_id in linked for t in there) else 0
        for half in half_years((t.from_on, t.until_on) for t in there):
            yield Cell(
                destination=areas[pk].code, specialty=specialty, half_year=half,
                burden=round(HIGHEST * left / most, 3), remote=remote,
            )  # fmt: skip


def _people(areas: list[Area], specialties: set[str], on: dt.date) -> dict[tuple[UUID, str], int]:
    """How many left each area in a year for items of each specialty, where that is known."""
    of = dict(Item.objects.filter(specialty__in=specialties).values_list("pk", "specialty"))
    found: dict[tuple[UUID, str], int] = {}
    for area, lefts in left_of_areas(areas, on).items() if areas else ():
        for item, left in lefts.items():
            if item in of:
                key = (area, of[item])
                found[key] = found.get(key, 0) + left.patients
    return found


def _linked(hospitals: list[Organisation]) -> set[UUID]:
    """Hospitals with which somebody stands through a programme of remote support."""
    rows = Partnership.objects.filter(
        programme__kind=Programme.Kind.REMOTE_SUPPORT, recipient__in=hospitals, ends_on=""
    )
    return set(rows.values_list("recipient", flat=True))


def half_years(spans: Iterable[tuple[dt.date, dt.date]]) -> list[str]:
    """The half-years that these spans touch, in order; ends are the first day after."""
    found = set()
    for start, end in spans:
        at = start.year * 2 + (start.month > 6)
        last = end - dt.timedelta(days=1)
        while at <= last.year * 2 + (last.month > 6):
            found.add(at)
            at += 1
    return [f"{n // 2}H{n % 2 + 1}" for n in sorted(found)]
