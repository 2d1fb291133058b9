"""Rules and gains that look at more than one seat: hats, anaesthetists, links, cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from marrow.plan.rules.problem import Cell, Hat, Mission, OnPost, Person, Problem, Seat

FLUENT = 3  # of 4: understands a consultation without help
WORTH = (1.0, 0.5, 0.25)  # of the first, second and third person on post


def wears(hat: Hat, person: Person, seat: Seat, mission: Mission, problem: Problem) -> bool:
    """Whether this person on this seat gives the team what the hat stands for."""
    if hat == "leader":
        return person.may_lead
    if hat == "infection_control":
        return problem.trade.infection_control in (person.specialty, person.second_specialty)
    if problem.trade.interpreter in seat.accepts:
        return True
    return mission.language is None or person.languages.get(mission.language, 0) >= FLUENT


def hats_of(mission: Mission) -> tuple[Hat, ...]:
    """The hats asked for; an outbreak team always has infection control."""
    more: tuple[Hat, ...] = ("infection_control",) if mission.kind == "outbreak" else ()
    return tuple(dict.fromkeys((*mission.hats, *more)))


def anaesthetists_for(problem: Problem) -> Iterator[tuple[Seat, list[Seat]]]:
    """Each surgeon's seat with the anaesthesia seats that serve it: of its site, or of the whole
    mission for resident teams and where no site is told."""
    trade, by_mission = problem.trade, defaultdict[str, list[Seat]](list)
    kind = {m.id: m.kind for m in problem.missions}
    for s in problem.seats:
        if trade.anaesthesia in s.accepts:
            by_mission[s.mission].append(s)
    for s in problem.seats:
        if set(s.accepts) & set(trade.surgical):
            near = by_mission[s.mission]
            if kind[s.mission] != "resident" and s.site is not None:
                near = [a for a in near if a.site == s.site]
            yield s, near


@dataclass(frozen=True, slots=True)
class Link:
    """One position handed over from a mission to the next, with both on post together."""

    before: str
    after: str


def links(problem: Problem) -> list[Link]:
    """Seats of the same position in consecutive missions of which one hands over to the other;
    each is in one link at each side, in the order of the seats."""
    seats = defaultdict[str, dict[str, list[Seat]]](lambda: defaultdict(list))
    for s in problem.seats:
        seats[s.mission][s.position].append(s)
    found = []
    for m in problem.missions:
        before = seats[m.predecessor] if m.predecessor else {}
        for position, later in seats[m.id].items():
            both = zip(before.get(position, []), later, strict=False)
            found += [Link(a.id, b.id) for a, b in both if _meet(a, b, m.overlap_days)]
    return found


def reliefs(problem: Problem) -> list[Link]:
    """Those who are on post already with the seats to which they hand over: of each position in
    order, as from one planned mission to the next."""
    days = {m.id: m.overlap_days for m in problem.missions}
    comes = defaultdict[tuple[str, str], list[Seat]](list)
    for s in problem.seats if problem.on_post else ():
        comes[s.mission, s.position].append(s)
    stands = defaultdict[tuple[str, str], list[OnPost]](list)
    for one in problem.on_post:
        stands[one.mission, one.position].append(one)
    return [
        Link(a.id, b.id)
        for at, there in stands.items()
        for a, b in zip(there, comes[at], strict=False)
        if _meet(a, b, days[a.mission])
    ]


def _meet(one: Seat | OnPost, then: Seat, days: int) -> bool:
    """Whether both are on post together for so many days. Where none are asked it is enough that
    the one leaves as the other comes; who is home before they come meets nobody."""
    together = min(one.end, then.end) - max(one.start, then.start)
    return together.days >= days and one.start < then.end


def handovers(problem: Problem, filled: Collection[str]) -> list[Link]:
    """The links of which both seats are filled, and of the team on post those of which the seat
    after is: those that a plan keeps."""
    kept = [one for one in links(problem) if one.before in filled and one.after in filled]
    return kept + [one for one in reliefs(problem) if one.after in filled]


@dataclass(frozen=True, slots=True)
class Handover:
    """A link that a plan keeps, with who hands over to whom."""

    before: str
    giver: str
    after: str
    taker: str


def handovers_lost(
    problem: Problem, seated: Mapping[str, str], then: Problem, seated_then: Mapping[str, str]
) -> tuple[Handover, ...]:
    """The handovers of one plan, told by the person of each filled seat, that another one does not
    keep: a seat is empty in it, or by its dates the two are not on post together for long enough.
    The other way round it tells those that are gained."""
    kept = set(handovers(then, seated_then))
    gives = {one.id: one.person or "–" for one in problem.on_post} | dict(seated)
    return tuple(
        Handover(one.before, gives[one.before], one.after, seated[one.after])
        for one in handovers(problem, seated) if one not in kept
    )  # fmt: skip


def returns(problem: Problem) -> list[Link]:
    """Seats on which the same mentor could go on: the same technique, or the same position where
    none is told, in the mission after, beginning when the one before is over."""
    seats, found = defaultdict[str, list[Seat]](list), []
    for s in problem.seats:
        seats[s.mission].append(s)
    for m in problem.missions:
        for b in seats[m.id] if m.predecessor else ():
            found += [
                Link(a.id, b.id)
                for a in seats[m.predecessor or ""]
                if a.end <= b.start and (a.technique or a.position) == (b.technique or b.position)
            ]
    return found


def half_year(name: str) -> tuple[date, date]:
    """First day, and the day after the last, of `2027H1`."""
    year = int(name[:4])
    if name.endswith("1"):
        return date(year, 1, 1), date(year, 7, 1)
    return date(year, 7, 1), date(year + 1, 1, 1)


def presence(seat: Seat, cell: Cell) -> float:
    """The share of the half-year that the seat is on post."""
    start, end = half_year(cell.half_year)
    days = (min(end, seat.end) - max(start, seat.start)).days
    return max(0, days) / (end - start).days


def seats_of_cells(problem: Problem) -> list[list[tuple[Seat, float]]]:
    """For each cell, the seats that count in it with their presence. A seat counts for the first
    specialty that it accepts."""
    destination = {m.id: m.destination for m in problem.missions}
    seats = defaultdict[tuple[str, str], list[Seat]](list)
    for s in problem.seats:
        seats[destination[s.mission], s.accepts[0]].append(s)
    found = []
    for c in problem.cells:
        here = ((s, presence(s, c)) for s in seats[c.destination, c.specialty])
        found.append([(s, share) for s, share in here if share > 0])
    return found


def months_long(seat: Seat) -> float:
    """Length of a seat in months of 30.4375 days."""
    return (seat.end - seat.start).days / 30.4375


def fair_shares(problem: Problem) -> dict[tuple[str, int], float]:
    """Person-months that each hospital would lend in a year, each as its size is."""
    asked, size = defaultdict[int, float](float), defaultdict[str, int](int)
    home = {d.id: o.id for o in problem.organisations for d in o.departments}
    for p in problem.people:
        size[home[p.department]] += 1
    for s in problem.seats:
        asked[s.start.year] += months_long(s)
    whole = sum(size.values()) or 1
    return {(o, y): m * n / whole for o, n in size.items() for y, m in asked.items()}


def wish_points(person: Person, mission: Mission) -> float:
    """The best of a person's wishes that this mission meets."""
    return max(
        (
            w.points
            for w in person.prefers
            if mission.id == w.mission or mission.destination == w.area
        ),
        default=0.0,
    )
