"""What people and their units say of where somebody goes: wishes, refusals, couples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from marrow.people.models import Couple, Person, Wish
from marrow.plan.models import PlannedSeat, PlannedTeam
from marrow.plan.queries.worth import area_of
from marrow.plan.rules import problem as form
from marrow.teams.models import Assignment


@dataclass(slots=True)
class Said:
    """Destinations that somebody refuses, and what they wish for."""

    refuses: list[str] = field(default_factory=list)
    prefers: list[form.Wish] = field(default_factory=list)


def destination(team: PlannedTeam) -> str:
    """Where a team goes, as the planner's format tells it."""
    area = area_of(team)
    return area.code if area else team.code


def said_by(
    people: Collection[Person], teams: Iterable[PlannedTeam], seats: Iterable[PlannedSeat]
) -> Mapping[UUID, Said]:
    """A refusal of a place is one of all that lies in it. Who wishes for a series wishes for each
    of its teams; of two wishes for the same, the greater counts. Whoever was turned down for a seat
    refuses that seat."""
    told = list(teams)
    found: dict[UUID, Said] = defaultdict(Said)
    for code, who in turned_down(seats):
        found[who].refuses.append(code)
    best: dict[tuple[UUID, str, str], int] = {}
    rows = Wish.objects.filter(person__in=[p.pk for p in people], ended_on=None)
    for wish in rows.select_related("area").order_by("pk"):
        for team in told:
            if not _meets(wish, team):
                continue
            if wish.kind == Wish.Kind.REFUSES:
                refused = found[wish.person_id].refuses
                if destination(team) not in refused:
                    refused.append(destination(team))
                continue
            of = ("mission", team.code) if wish.series_id else ("area", destination(team))
            key = (wish.person_id, *of)
            best[key] = max(wish.points, best.get(key, 0))
    for (who, kind, name), points in best.items():
        found[who].prefers.append(form.Wish.model_validate({kind: name, "points": points}))
    return found


def turned_down(seats: Iterable[PlannedSeat]) -> Iterator[tuple[str, UUID]]:
    """By a seat's code in a plan, those whose unit refused them for it, who were not chosen or
    withdrew: nobody is asked for one seat twice. Whom a plan itself no longer sent refused
    nothing."""
    codes = {s.seat_id: s.code for s in seats if s.seat_id}
    rows = Assignment.objects.filter(seat__in=codes, state__in=Assignment.TURNED_DOWN)
    for seat, who in rows.order_by("pk").values_list("seat", "person"):
        yield codes[seat], who


def _meets(wish: Wish, team: PlannedTeam) -> bool:
    if wish.series_id:
        return wish.series_id == team.series_id
    area = area_of(team)
    return bool(area and wish.area and area.lies_in(wish.area))


def couples_of(people: Collection[UUID]) -> list[Couple]:
    """The couples of which one or both are among these people."""
    rows = Couple.objects.filter(Q(one__in=people) | Q(other__in=people), ended_on=None)
    return sorted(rows, key=lambda c: str(c.pk))


def partners_to_add(couples: Iterable[Couple], people: Collection[UUID]) -> set[UUID]:
    """Those who must come into a problem because somebody in it goes only together with them."""
    return {
        who
        for c in couples if c.rule == Couple.Rule.TOGETHER
        for who in (c.one_id, c.other_id) if who not in people
    }  # fmt: skip


def in_problem(couples: Iterable[Couple], people: Collection[str]) -> tuple[form.Couple, ...]:
    """The couples both of whom are planned."""
    told = (
        (str(c.one_id), str(c.other_id), "together" if c.rule == "TOGETHER" else "apart")
        for c in couples
    )
    return tuple(
        form.Couple.model_validate({"a": a, "b": b, "rule": rule})
        for a, b, rule in told if a in people and b in people
    )  # fmt: skip


def apart_from(couples: Iterable[Couple]) -> Mapping[UUID, list[UUID]]:
    """Of each, those who are never away at the same time."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for c in couples:
        if c.rule == Couple.Rule.APART:
            found[c.one_id].append(c.other_id)
            found[c.other_id].append(c.one_id)
    return found
