"""A plan as the problem that the planner solves, from the records of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.people.models import Person
from marrow.people.rules.fitting import days_before
from marrow.plan.models import (
    Happening,
    Pin,
    Placing,
    PlannedSeat,
    PlannedTeam,
    Scenario,
)
from marrow.plan.queries import budgets, spared, wishes
from marrow.plan.queries.kept import asked_beyond
from marrow.plan.queries.overlay import laid_over
from marrow.plan.queries.published import given_up
from marrow.plan.queries.receiving import Sides, of_senders, pools_of, receivers_of, sides_of
from marrow.plan.queries.relieved import on_post_of
from marrow.plan.queries.roster import (
    Frame,
    Known,
    as_person,
    frame_of,
    known_with_couples,
    roster,
)
from marrow.plan.queries.worth import cells_of
from marrow.plan.rules import problem as form
from marrow.plan.rules.checker import rules_broken
from marrow.plan.rules.kinds import (
    GRADES,
    KINDS,
    NO_SPECIALTY,
    TRADE,
    asked_of_language,
)
from marrow.plan.rules.limits import Taken
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.said import Said
from marrow.teams.models import Assignment

LICENCE = "LICENCE"
SETTLED = (*Assignment.HELD, Assignment.State.AGREED)
PLAIN_ROLES = ("COOK", "INTERPRETER", "ENGINEER", "CADRE", "ADVISER")


@dataclass(frozen=True, slots=True)
class Asked:
    """The problem, and those whose seats are theirs already and are planned round, though by the
    records they do not fit. `taken`: who is away already, and was taken off the limits."""

    problem: form.Problem
    fixed: dict[str, UUID]  # by a seat's code
    against: dict[str, list[Said]]  # what each of them breaks
    taken: Taken

    def letting_go(self, seats: Collection[str]) -> Asked:
        """The same without those who are kept in these seats though they are only asked; without
        all such where they have none of these."""
        asked = {p.seat for p in self.problem.pins if p.by == form.ASKED}
        gone = asked & set(seats) or asked
        pins = tuple(p for p in self.problem.pins if p.by != form.ASKED or p.seat not in gone)
        return replace(self, problem=self.problem.model_copy(update={"pins": pins}))


@remembered
def happenings_in(scenario: Scenario) -> list[Happening]:
    return list(Happening.objects.filter(scenario=scenario))


def problem_of(scenario: Scenario, viewer: Viewer, on: dt.date, also: UUID | None = None) -> Asked:
    """The problem of a plan, with the people whom this viewer may send, and somebody `also`."""
    teams = list(PlannedTeam.objects.filter(scenario=scenario).select_related(
        "programme__sender", "series__recipient_area", "recipient__area", "mission"
    ))  # fmt: skip
    sides = sides_of(teams)
    seats = list(PlannedSeat.objects.filter(team__in=teams).select_related("team", "need"))
    happenings = happenings_in(scenario)
    pins = list(Pin.objects.filter(seat__in=seats).select_related("seat"))
    coming = _coming(seats)
    named = {p.person_id for p in pins if p.person_id} | ({also} if also else set())
    named |= {a.person_id for a in coming.values() if _still_goes(a)}
    named |= _told_new(scenario)
    specialties = sorted({s.specialty for s in seats})
    people = of_senders(roster(viewer, specialties, named), sides, named)
    couples = wishes.couples_of([p.pk for p in people])
    if more := wishes.partners_to_add(couples, {p.pk for p in people}):
        people = of_senders(roster(viewer, specialties, named | more), sides, named | more)
    coming = {pk: a for pk, a in coming.items() if a.person_id in {p.pk for p in people}}
    frame = _frame(scenario, teams, seats, happenings)
    own = [s.seat_id for s in seats if s.seat_id] + list(given_up(scenario))
    known = known_with_couples(people, couples, own)
    said, paid = wishes.said_by(people, teams, seats), budgets.budgets_of(scenario)
    told = {
        p.pk: as_person(p, known.get(p.pk, Known()), frame).model_copy(
            update={"refuses": tuple(s.refuses), "prefers": tuple(s.prefers)}
            if (s := said.get(p.pk)) else {}
        )
        for p in people
    }  # fmt: skip
    units = {p.unit_id: p.unit for p in people}
    # a partner goes with somebody or not at all, so their hospital need not be asked
    senders = {p.unit_id: p.unit for p in people if p.pk not in more}.values()
    lent = spared.organisations_of(people, happenings, own, frame, paid)
    pools = pools_of(sides, senders, lent.organisations)
    go = [t for t in teams if not seats or any(s.team_id == t.pk for s in seats)]
    draft = form.Problem(
        schema=form.PROBLEM, name=scenario.name, horizon_from=frame.from_on,
        horizon_to=frame.until_on, seed=scenario.seed,
        weights=form.Weights(**scenario.weights), trade=TRADE,
        organisations=lent.organisations,
        people=tuple(
            told[p.pk].model_copy(update={"away_already": lent.already.get(p.pk, ())})
            for p in people
        ),
        missions=tuple(
            _mission(t, go, receivers_of(t, sides, units.values()), pools[t.pk]) for t in go
        ),
        seats=tuple(_seat(s) for s in seats), cells=tuple(cells_of(teams, seats, on)),
        published=tuple(
            form.Seated(seat=s.code, person=str(a.person_id))
            for s in seats if (a := coming.get(s.pk)) and _is_named(a, sides[s.team_id])
        ),
        couples=wishes.in_problem(couples, {str(p.pk) for p in people}),
        budgets=budgets.in_problem(paid), on_post=on_post_of(go, [s.code for s in seats], on),
    )  # fmt: skip
    by_seat = {s.pk: s for s in seats}
    settled = {a.person_id for a in coming.values() if a.state in SETTLED}
    stay = {str(pk) for pk in settled | {p.person_id for p in pins if p.person_id}}
    draft = laid_over(draft, scenario.facts, happenings, frame, stay)
    unpinned = scenario.facts.get("pins", {}).get("gone", ())
    coming = {pk: a for pk, a in coming.items() if by_seat[pk].code not in unpinned}
    return _with_pins(draft, pins, coming, by_seat, frame, lent.taken)


def _told_new(scenario: Scenario) -> set[UUID]:
    """Whom the workbook of a plan added, as far as they may still be asked."""
    new = [UUID(one["id"]) for one in scenario.facts.get("people", {}).get("new", ())]
    rows = Person.objects.filter(pk__in=new, left_on="").exclude(willing=False)
    return set(rows.values_list("pk", flat=True)) if new else set()


def _still_goes(held: Assignment) -> bool:
    """Whether somebody on the way is still to be sent; a seat that is theirs stays theirs."""
    who = held.person
    return held.state in Assignment.HELD or (not who.left_on and who.willing is not False)


def _is_named(on_the_way: Assignment, sides: Sides) -> bool:
    """Whether somebody chose or asked whoever is on the way. One of another sender who put
    themselves forward is not of the team for that."""
    applied = on_the_way.state == Assignment.State.APPLIED
    return not applied or sides.is_of_sender(on_the_way.person.unit)


def _coming(seats: Iterable[PlannedSeat]) -> dict[UUID, Assignment]:
    """Who holds a seat that is formed already, or is on the way into it."""
    by_seat = {s.seat_id: s.pk for s in seats if s.seat_id}
    states = (*Assignment.ON_THE_WAY, *Assignment.HELD)
    rows = Assignment.objects.filter(seat__in=by_seat, state__in=states)
    rows = rows.select_related("person__unit__area")
    order = {state: n for n, state in enumerate(states)}
    found: dict[UUID, Assignment] = {}
    for row in sorted(rows, key=lambda a: (order[Assignment.State(a.state)], str(a.pk))):
        found[by_seat[row.seat_id]] = row
    return found


def _frame(
    scenario: Scenario, teams: list[PlannedTeam], seats: list[PlannedSeat],
    happenings: list[Happening],
) -> Frame:  # fmt: skip
    """The time of the plan, wide enough for each team to come home within it."""
    start = min([scenario.from_on, *(t.from_on for t in teams)])
    end = max([scenario.until_on, *(t.until_on for t in teams)])
    return frame_of(start, end, happenings)


def _mission(
    team: PlannedTeam, teams: list[PlannedTeam], receivers: tuple[str, ...],
    pool: form.SenderPool,
) -> form.Mission:  # fmt: skip
    before = next(
        (t for t in teams if t.series_id and t.series_id == team.series_id
         and (t.number or 0) == (team.number or 0) - 1), None,
    )  # fmt: skip
    told = {
        "id": team.code, "kind": KINDS[team.kind], "series": str(team.series_id or "") or None,
        "batch": team.number, "destination": wishes.destination(team),
        "from": team.from_on, "to": team.until_on, "predecessor": before.code if before else None,
        "overlap_days": team.overlap_days, "sender_pool": pool,
        "receivers": receivers,
        "rest_days": days_before(team.from_on, team.programme.rest_months),
        "minimum_people": team.minimum, "hats": tuple(team.hats),
        "language": team.language or None,
    }  # fmt: skip
    return form.Mission.model_validate(told)


def _seat(row: PlannedSeat) -> form.Seat:
    language, papers = asked_of_language(row.languages)
    if row.role not in PLAIN_ROLES:
        papers = (*papers, LICENCE)
    grade = GRADES.get(row.grade, 1)
    told = {
        "id": row.code, "mission": row.team.code, "position": f"{row.role} {row.specialty}".strip(),
        "accepts": (row.specialty or NO_SPECIALTY,), "grade_min": grade, "language": language,
        "certificates": papers, "weight": row.weight.lower(), "from": row.team.from_on,
        "to": row.team.until_on, "cost": budgets.cost_of(row.team),
    }  # fmt: skip
    return form.Seat.model_validate(told)


def _with_pins(
    draft: form.Problem, pins: list[Pin], coming: dict[UUID, Assignment],
    seats: dict[UUID, PlannedSeat], frame: Frame, taken: Taken,
) -> Asked:  # fmt: skip
    """What a planner pinned; and whoever was selected, or whose unit agreed, stays, unless
    something happened to them. One who was selected against a rule of the planner is planned
    round, not planned. Whoever is only asked stays where a limit was lowered below those who are,
    unless the plan as it stands puts somebody else there."""
    told = {p.seat_id: form.Pin(
        seat=p.seat.code, person=str(p.person_id) if p.person_id else None, reason=p.reason
    ) for p in pins}  # fmt: skip
    fixed: dict[str, UUID] = {}
    against: dict[str, list[Said]] = {}
    asked: dict[UUID, form.Pin] = {}
    placed = dict(Placing.objects.filter(seat__in=coming).values_list("seat", "person"))
    rules = Rules(draft) if draft.people and draft.seats else None
    known = {p.id for p in draft.people}
    for pk, held in coming.items():
        if str(held.person_id) not in known:
            continue  # only asked, and a workbook left them out
        touched = held.person_id in frame.out or held.person_id in frame.late
        settled = held.state in Assignment.HELD
        if pk in told or touched or rules is None:
            continue
        code = seats[pk].code
        if rules.broken(str(held.person_id), code):
            if settled:
                fixed[code] = held.person_id
                against[code] = breaks(draft, code, str(held.person_id))
        elif held.state in SETTLED:
            told[pk] = form.Pin(seat=code, person=str(held.person_id), by=form.SELECTED)
        elif (
            held.state == Assignment.State.INVITED
            and placed.get(pk, held.person_id) == held.person_id
        ):
            asked[pk] = form.Pin(seat=code, person=str(held.person_id), by=form.ASKED)
    left, taken = spared.less(draft, fixed, taken)
    kept = asked_beyond(left, rules, tuple(told.values()), tuple(asked.values())) if rules else ()
    return Asked(_without(left, fixed, (*told.values(), *kept)), fixed, against, taken)


def breaks(draft: form.Problem, seat: str, person: str) -> list[Said]:
    """The rules of one person and one seat that somebody breaks there, told by the checker."""
    alone = rules_broken(draft, (form.Seated(seat=seat, person=person),))
    return [one for one in alone if {"seat", "person"} <= one.names.keys()]


def _without(
    draft: form.Problem, fixed: dict[str, UUID], pins: tuple[form.Pin, ...]
) -> form.Problem:
    """The problem without the seats and people that stand outside it."""
    if not fixed:
        return draft.model_copy(update={"pins": pins})
    gone = {str(pk) for pk in fixed.values()}
    teams = {s.mission for s in draft.seats if s.id in fixed}
    missions = tuple(
        m.model_copy(update={"hats": (), "minimum_people": 0}) if m.id in teams else m
        for m in draft.missions
    )
    return draft.model_copy(
        update={
            "pins": tuple(p for p in pins if p.person not in gone and p.seat not in fixed),
            "seats": tuple(s for s in draft.seats if s.id not in fixed),
            "people": tuple(p for p in draft.people if p.id not in gone),
            "couples": tuple(c for c in draft.couples if not {c.a, c.b} & gone),
            "published": tuple(p for p in draft.published if p.seat not in fixed),
            "missions": missions,
        }
    )
