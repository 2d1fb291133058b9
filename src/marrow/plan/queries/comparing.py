"""Plans side by side: what each one reached, and in how many seats it differs from what is
published. Of a plan that changed since it was solved nothing stands as reached but who is put where
now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marrow.catalogue.models import List
from marrow.core.viewer import Viewer
from marrow.plan import access
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries.difference import critical_told, is_reckoned, items_told, part_of
from marrow.plan.queries.filled import comes
from marrow.plan.queries.published import person_of, sent_by_plans
from marrow.plan.queries.staleness import TurnedDown, is_stale
from marrow.teams.models import Assignment
from marrow.ui.templatetags.marrow import signed

MOST_COMPARED = 3
CLEAR = 0.05  # what is less shows as the same
Team = tuple[UUID | None, int | None, UUID | None]  # series and number, or the mission


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a plan side by side with those of others. Where it `is_stale` seats are
    counted as they are filled now, and what only the planner reckons is not told."""

    row: Scenario
    is_stale: bool
    critical: str
    filled: str
    handovers: str
    gained: str
    changes: int | None  # seats that differ from what is published; None: nothing is
    gap: float | None
    stays: dict[str, Any] | None  # care without leaving on the planned roster; None: unknown
    is_reckoned: bool  # that was asked for when the plan was solved
    more: str  # items more by its people
    brings_nothing: bool  # of which is told why
    lists: list[str]  # of which items these are


def figures_of(plans: Sequence[Scenario], turned_down: TurnedDown | None = None) -> list[Figures]:
    """Of plans side by side; `turned_down`: the seats of plans whose person does not come, where
    they are known."""
    changes = _changes(plans)
    lists = List.objects.in_bulk({UUID(one) for p in plans for one in _lists(p.figures or {})})
    return [_figures_of(plan, turned_down, changes[plan.pk], lists) for plan in plans]


def _figures_of(
    scenario: Scenario, turned_down: TurnedDown | None, changes: int | None,
    lists: Mapping[UUID, List],
) -> Figures:  # fmt: skip
    told = current(scenario, turned_down)
    links = told.get("links") or [None, None]
    tiers = told.get("points_by_tier") or []
    return Figures(
        scenario, "value" not in told and bool(scenario.figures),
        critical_told(told),
        part_of(told.get("filled"), told.get("seats")),
        part_of(*links), signed(tiers[1]) if tiers else "–", changes,
        100 * told["gap"] if told.get("gap") is not None else None, told.get("stays"),
        is_reckoned(told),
        "" if (items := items_told(told)) is None else signed(items),
        items is not None and items < CLEAR and "beside" in told["stays"],
        [str(lists[UUID(one)]) for one in _lists(told) if UUID(one) in lists],
    )  # fmt: skip


def _lists(told: Mapping[str, Any]) -> Collection[str]:
    """The lists of which these figures tell what stays."""
    found: Collection[str] = (told.get("stays") or {}).get("lists", ())
    return found


def current(scenario: Scenario, turned_down: TurnedDown | None = None) -> dict[str, Any]:
    """The figures of the answer that stands; of a plan that changed since, only how many of its
    seats are filled by somebody who comes."""
    told: dict[str, Any] = scenario.figures or {}
    return _counted_now(scenario) if told and is_stale(scenario, turned_down) else told


def _counted_now(scenario: Scenario) -> dict[str, Any]:
    seats = PlannedSeat.objects.filter(team__scenario=scenario).annotate(filled=comes())
    told = list(seats.order_by().values_list("weight", "filled"))
    critical = [filled for weight, filled in told if weight == PlannedSeat.Weight.CRITICAL]
    return {
        "seats": len(told), "filled": sum(filled for _weight, filled in told),
        "critical": {"seats": len(critical), "covered": sum(critical)},
    }  # fmt: skip


def ranks_differ(shown: list[Figures]) -> bool:
    """Whether the points for care without leaving, and the measure that they stand for, put these
    plans in another order."""
    known = [
        (told["points_by_tier"][1], items) for f in shown
        if not f.is_stale and (told := f.row.figures or {}).get("points_by_tier")
        and (items := items_told(told)) is not None
    ]  # fmt: skip
    return any(
        (a[0] - b[0] > CLEAR and b[1] - a[1] > CLEAR) for a in known for b in known
    )  # fmt: skip


Changed = Mapping[UUID, tuple[set[UUID], UUID | None]]  # by seat, who is there and who then


def changed_seats(scenario: Scenario) -> Changed:
    """The seats of published plans in which another person stands than the one who was sent there
    by such a plan and is on the way; somebody too, where nobody is. Whom somebody asked by hand no
    plan published: who stands where they are already changes nothing."""
    placed = _placed([scenario])[scenario.pk]
    return _differing(placed, _held_by_plans(placed))


def _changes(plans: Sequence[Scenario]) -> dict[UUID, int | None]:
    """By plan, how many seats change; None where nobody is held whom a plan sent to one of its
    seats."""
    placed = _placed(plans)
    held = _held_by_plans({seat for seats in placed.values() for seat in seats})
    return {
        pk: len(_differing(seats, held)) if any(held[s].sent for s in seats if s in held) else None
        for pk, seats in placed.items()
    }


@dataclass(frozen=True, slots=True)
class There:
    """Who is on the way to a seat of a published plan, or serves there: those whom such a plan
    sent, and anybody, whoever asked them."""

    sent: set[UUID]
    anybody: set[UUID]

    def becomes(self, person: UUID | None) -> bool:
        """Whether this person's standing there, or nobody's (None), changes the seat."""
        if self.sent:
            return person not in self.sent
        return person is not None and person not in self.anybody


def _held_by_plans(seats: Collection[UUID]) -> dict[UUID, There]:
    """By seat of a published plan."""
    sent = sent_by_plans(seats)
    states = (*Assignment.ON_THE_WAY, *Assignment.HELD)
    there = Assignment.objects.filter(seat__in=sent, state__in=states)
    held = {seat: There(set(), set()) for seat in sent}
    for seat, person in there.values_list("seat", "person"):
        held[seat].anybody.add(person)
        if person in sent[seat]:
            held[seat].sent.add(person)
    return held


def _differing(placed: Mapping[UUID, UUID | None], held: Mapping[UUID, There]) -> Changed:
    return {
        seat: (held[seat].sent, placed[seat]) for seat in held.keys() & placed.keys()
        if held[seat].becomes(placed[seat])
    }  # fmt: skip


def _placed(plans: Sequence[Scenario]) -> dict[UUID, dict[UUID, UUID | None]]:
    """By plan and seat that is open, whom the plan puts there, if they come: its own seats, and
    those that another plan opened for the same teams since. A seat that it does not have is one
    where nobody stands."""
    seats = PlannedSeat.objects.filter(team__scenario__in=plans)
    rows = list(seats.select_related("team", "placing").annotate(filled=comes()))
    teams = {_team(row.team) for row in rows}
    opened = PlannedSeat.objects.filter(
        team__scenario__state=Scenario.State.PUBLISHED, seat__dropped_on=None,
    ).exclude(seat=None)  # fmt: skip
    opened = opened.filter(team__series__in={t[0] for t in teams if t[0]}) | opened.filter(
        team__mission__in={t[2] for t in teams if t[2]}
    )
    there = list(opened.select_related("team"))
    of: dict[UUID, list[PlannedSeat]] = {plan.pk: [] for plan in plans}
    for row in rows:
        of[row.team.scenario_id].append(row)
    return {pk: _placed_in(own, there) for pk, own in of.items()}


def _placed_in(
    rows: Sequence[PlannedSeat], opened: Sequence[PlannedSeat]
) -> dict[UUID, UUID | None]:
    """Of one plan: its rows, told whether they are `filled`, and the seats that plans opened."""
    told = {row.pk: person_of(row) if getattr(row, "filled", False) else None for row in rows}
    own = {row.seat_id: told[row.pk] for row in rows if row.seat_id}
    teams = {_team(row.team) for row in rows}
    later = {(_team(row.team), row.code): told[row.pk] for row in rows if not row.seat_id}
    found = dict(own)
    for row in opened:
        if row.seat_id and row.seat_id not in own and _team(row.team) in teams:
            found[row.seat_id] = later.get((_team(row.team), row.code))
    return found


def _team(team: PlannedTeam) -> Team:
    if team.series_id and team.number:
        return team.series_id, team.number, None
    return None, None, team.mission_id or team.pk


def comparable(viewer: Viewer, scenario: Scenario) -> list[Scenario]:
    """Plans of the same teams, but those put aside: first what this was copied from, then the
    newest."""
    series = PlannedTeam.objects.filter(scenario=scenario).values("series")
    rows = access.with_teams_for(viewer).filter(teams__series__in=series, aside_at=None)
    rows = rows.exclude(pk=scenario.pk)
    found = list(rows.distinct().order_by("-made_at"))
    return sorted(found, key=lambda row: row.pk != scenario.copied_from_id)


def beside(among: Sequence[Scenario], chosen: Collection[UUID]) -> list[Scenario]:
    """Those of them that stand beside a plan: the `chosen` ones, else the first."""
    wanted = [row for row in among if row.pk in chosen]
    return (wanted or list(among))[: MOST_COMPARED - 1]
