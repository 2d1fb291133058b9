"""Care without leaving on the planned roster: how many items could be treated at the destinations
of a plan while its people are there, by the one definition of `capacity`. The points of the second
tier stand for it while a plan is made; this is what they stand for.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from marrow.capacity.queries.measure import worlds_of
from marrow.capacity.rules.care import Care, Held, Spell, World, curve, is_ready, standing
from marrow.capacity.rules.ladder import level_on
from marrow.catalogue.models import Item, List
from marrow.missions.models import Mission, Site
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries.worth import area_of
from marrow.plan.rules.caps import months

MOST_MONTHS = 120


def stays_by(scenario: Scenario, seated: Iterable[str]) -> dict[str, Any] | None:
    """What a plan with these seats filled (by code) does for its destinations, over its months:

    `with`, `without` items that can be treated there, a month on average, with the plan's people
    and without; `items` of the lists; `unknown` items of which not all hospitals were assessed;
    `nowhere` seats of which the hospital is not known, so that they count for nothing; `lists` by
    id; `beside` what becomes of the items where the plan's people come, on its first day. None
    where no list of a destination has an item that was assessed: that is unknown.
    """
    teams = list(PlannedTeam.objects.filter(scenario=scenario).select_related(
        "series__recipient_area", "series__recipient__area", "recipient__area", "mission"
    ))  # fmt: skip
    lists = _lists(teams)
    days = [dt.date(y, m, 1) for y, m in months(scenario.from_on, scenario.until_on)[:MOST_MONTHS]]
    if not lists or not days:
        return None
    coming, nowhere = _coming(scenario, set(seated))
    now, then = worlds_of(lists, days[0], {}), worlds_of(lists, days[0], coming)
    one, other = _average(now.values(), days), _average(then.values(), days)
    if not one["assessed"] and not other["assessed"]:
        return None
    return {
        "with": other["stays"], "without": one["stays"], "items": other["items"],
        "unknown": other["unknown"], "nowhere": nowhere,
        "lists": [str(row.pk) for row in lists],
        "beside": _beside(then.values(), coming, days[0]),
    }  # fmt: skip


def _beside(
    worlds: Iterable[World], coming: Mapping[tuple[UUID, str], list[Spell]], day: dt.date
) -> dict[str, int]:
    """Of the items that are listed, how many are: `apart`, of no specialty that the plan sends to a
    hospital of the list's area; `unknown` at each hospital to which it does; `locals`, treated
    there without a visitor; `ready`, treated there with one; `down`, where something that they
    require is missing; `away`, referred away even while a visitor is there."""
    told = list(worlds)
    items = {item for world in told for item in world.items}
    specialty = {str(pk): s for pk, s in Item.objects.filter(pk__in=items).values_list(
        "pk", "specialty"
    )}  # fmt: skip
    places: dict[str, list[str]] = defaultdict(list)
    for hospital, what in coming:
        places[what].append(str(hospital))
    found = dict.fromkeys((*BEST_FIRST, "unknown", "apart"), 0)
    for world in told:
        for item in world.items:
            there = [h for h in places[specialty[item]] if h in world.inside]
            ways = {_way(world.held[h, item], day) for h in there if (h, item) in world.held}
            known = next((way for way in BEST_FIRST if way in ways), "unknown")
            found[known if there else "apart"] += 1
    return found


BEST_FIRST = ("locals", "ready", "down", "away")


def _way(held: Held, day: dt.date) -> str:
    """What a hospital does of an item while a visitor is there."""
    level, ready = level_on(held.steps, day), is_ready(held, day)
    outcome = standing(level, ready=ready, helped=True)
    if outcome is Care.NOT_ASSESSED:
        return "unknown"
    if outcome is not Care.MUST_LEAVE:
        return "locals" if outcome is Care.BY_LOCALS else "ready"
    return "down" if not ready else "away"


def _lists(teams: Iterable[PlannedTeam]) -> list[List]:
    """The lists of the places to which the teams go, of what these lie in and what lies in them."""
    paths = {area.path for t in teams if (area := area_of(t))}
    rows = List.objects.select_related("area").order_by("pk")
    return [
        row for row in rows
        if any(p.startswith(row.area.path) or row.area.path.startswith(p) for p in paths)
    ]  # fmt: skip


def _average(worlds: Iterable[World], days: list[dt.date]) -> Mapping[str, float]:
    """Items that can be treated, that are assessed, and that are not, a month on average."""
    total = dict.fromkeys(("stays", "assessed", "unknown", "items"), 0.0)
    for world in worlds:
        for counts in curve(world, days):
            stays = counts[Care.BY_LOCALS] + counts[Care.WITH_VISITORS]
            total["stays"] += stays
            total["assessed"] += stays + counts[Care.MUST_LEAVE]
            total["unknown"] += counts[Care.NOT_ASSESSED]
            total["items"] += len(world.items)
    return {name: round(n / len(days), 1) for name, n in total.items()}


def _coming(
    scenario: Scenario, seated: set[str]
) -> tuple[dict[tuple[UUID, str], list[Spell]], int]:
    """When somebody of a specialty would be at which hospital, and how many seats name none."""
    seats = PlannedSeat.objects.filter(team__scenario=scenario, code__in=seated)
    rows = list(seats.exclude(specialty="").select_related(
        "team__series", "team__mission", "seat__site"
    ))  # fmt: skip
    like = {team.pk: _mission_like(team) for team in {s.team_id: s.team for s in rows}.values()}
    sites = _sites({mission for mission in like.values() if mission})
    found: dict[tuple[UUID, str], list[Spell]] = defaultdict(list)
    nowhere = 0
    for row in rows:
        places = _places(row, sites.get(like[row.team_id], []))
        nowhere += not places
        for place in places:
            found[place, row.specialty].append(Spell(row.team.from_on, row.team.until_on))
    return dict(found), nowhere


def _mission_like(team: PlannedTeam) -> UUID | None:
    """The mission whose hospitals are the team's: its own, or that of the batch before it."""
    if team.mission_id or team.recipient_id or team.series_id is None:
        return team.mission_id
    before = Mission.objects.filter(series=team.series_id, sites__organisation__isnull=False)
    return before.exclude(number=None).order_by("-number").values_list("pk", flat=True).first()


def _sites(missions: set[UUID]) -> dict[UUID | None, list[UUID]]:
    found: dict[UUID | None, list[UUID]] = defaultdict(list)
    rows = Site.objects.filter(mission__in=missions, organisation__isnull=False)
    for mission, organisation in rows.values_list("mission", "organisation"):
        if organisation:
            found[mission].append(organisation)
    return found


def _places(row: PlannedSeat, of_team: list[UUID]) -> list[UUID]:
    """A seat is at its site; where it names none, at each hospital of its team."""
    if row.seat and row.seat.site and row.seat.site.organisation_id:
        return [row.seat.site.organisation_id]
    return of_team or ([row.team.recipient_id] if row.team.recipient_id else [])
