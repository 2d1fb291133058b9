"""Whether a plan keeps every rule of its problem, told record by record.

It shares no code with the solver: it reads the same two files and counts for itself.
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from marrow.plan.rules.checked_handovers import handed_over
from marrow.plan.rules.claims import claims_against
from marrow.plan.rules.problem import (
    Cap,
    Kind,
    Mission,
    Organisation,
    Person,
    Plan,
    Problem,
    Seat,
    Seated,
)  # fmt: skip
from marrow.plan.rules.said import Named, Said, said

KEPT_BY = ("selected", "asked")


def breaches(problem: Problem, plan: Plan) -> list[Said]:
    """Every breach, naming its records; none for a plan that may stand."""
    other = plan.problem_sha256 != problem.digest()
    return [said("other_problem")] * other + breaches_within(problem, plan)


def breaches_within(problem: Problem, plan: Plan) -> list[Said]:
    """Every breach of a plan that is known to be of this problem."""
    return list(_Check(problem, plan.assignments).all(plan))


def rules_broken(problem: Problem, assignments: tuple[Seated, ...]) -> list[Said]:
    """Every rule that people in these seats break, whatever a plan says of its points."""
    return list(_Check(problem, assignments).kept_rules(assignments))


def counted(problem: Problem, assignments: tuple[Seated, ...]) -> tuple[float, ...]:
    """The points of the five tiers, counted from the records alone."""
    check = _Check(problem, assignments)
    tiers = (check.seats_covered, check.contained, check.handed_over, check.wished, check.kept)
    return tuple(float(tier()) for tier in tiers)


class _Check:
    def __init__(self, problem: Problem, assignments: tuple[Seated, ...]) -> None:
        self.problem = problem
        self.seats = {s.id: s for s in problem.seats}
        self.people = {p.id: p for p in problem.people}
        self.missions = {m.id: m for m in problem.missions}
        self.home = {d.id: o for o in problem.organisations for d in o.departments}
        known = [a for a in assignments if a.seat in self.seats and a.person in self.people]
        self.stays = [(self.people[a.person], self.seats[a.seat]) for a in known]
        named = [(p.person, p.seat) for p in problem.pins]
        named += [(p.person, p.seat) for p in problem.published]
        self.named = {(p, self.seats[seat].mission) for p, seat in named if seat in self.seats}

    def all(self, plan: Plan) -> Iterator[Said]:
        yield from self.kept_rules(plan.assignments)
        tiers = counted(self.problem, plan.assignments)
        held = {seat.id for _, seat in self.stays}
        yield from claims_against(self.problem, plan, tiers, held)

    def kept_rules(self, assignments: tuple[Seated, ...]) -> Iterator[Said]:
        yield from self.names(assignments)
        for person, seat in self.stays:
            yield from self.pair(person, seat)
        yield from self.places()
        yield from self.caps()
        yield from self.teams()
        yield from self.couples()
        yield from self.pins()
        yield from self.budgets()

    def names(self, assignments: tuple[Seated, ...]) -> Iterator[Said]:
        for a in assignments:
            if a.seat not in self.seats:
                yield said("no_such_seat", seat=a.seat)
            if a.person not in self.people:
                yield said("no_such_person", person=a.person)
        for seat, times in Counter(a.seat for a in assignments).items():
            if times > 1:
                yield said("seat_taken_twice", seat=seat, people=times)

    def pair(self, person: Person, seat: Seat) -> Iterator[Said]:
        who: dict[str, Named] = {"person": person.id, "seat": seat.id}
        mission = self.missions[seat.mission]
        last = seat.end - timedelta(days=1)
        yield from self.sent(who, self.home[person.department], mission)
        if person.specialty not in seat.accepts and person.second_specialty not in seat.accepts:
            yield said("not_accepted", specialty=person.specialty, **who)
        if person.grade is None and seat.grade_min > 1:
            yield said("grade_unknown", asked=seat.grade_min, **who)
        elif person.grade is not None and person.grade < seat.grade_min:
            yield said("low_grade", grade=person.grade, asked=seat.grade_min, **who)
        if seat.language:
            level = person.languages.get(seat.language.code, 0)
            if level < seat.language.level:
                asked = seat.language
                yield said("low_level", language=asked.code, level=level, asked=asked.level, **who)
        for code in seat.certificates:
            if not any(c.code == code and c.until >= last for c in person.certificates):
                yield said("certificate_ends", certificate=code, **who)
        if person.clearance_until is not None and person.clearance_until < last:
            yield said("clearance_ends", day=person.clearance_until, **who)
        yield from self.willing(who, person, seat, mission)
        yield from self.free(who, person, seat, mission)

    def sent(
        self, who: dict[str, Named], organisation: Organisation, mission: Mission
    ) -> Iterator[Said]:
        pool = mission.sender_pool
        if organisation.id in mission.receivers:
            yield said("of_receiver", organisation=organisation.id, mission=mission.id, **who)
        if not (
            pool.all or organisation.area in pool.areas or organisation.id in pool.organisations
            or (who["person"], mission.id) in self.named
        ):  # fmt: skip
            yield said("not_asked", organisation=organisation.id, mission=mission.id, **who)

    def willing(
        self, who: dict[str, Named], person: Person, seat: Seat, mission: Mission
    ) -> Iterator[Said]:
        if mission.destination in person.refuses:
            yield said("refuses", destination=mission.destination, **who)
        if seat.id in person.refuses:
            yield said("turned_down", **who)

    def free(
        self, who: dict[str, Named], person: Person, seat: Seat, mission: Mission
    ) -> Iterator[Said]:
        if person.available is not None:
            at = seat.start
            while at < seat.end:
                ends = [w.end for w in person.available if w.start <= at < w.end]
                if not ends:
                    yield said("not_available", day=at, **who)
                    break
                at = max(ends)
        if mission.kind not in person.rest_exempt:
            yield from self.rested(who, person, seat, mission)

    def rested(
        self, who: dict[str, Named], person: Person, seat: Seat, mission: Mission
    ) -> Iterator[Said]:
        if before := person.last_deployment:
            days = self.days_of_rest(before.kind, mission)
            if (rested := before.rested_on or before.ended_on + days) > seat.start:
                yield said("still_rests", day=rested - timedelta(days=1), **who)
        for home in person.homecomings:
            rested = home.ended_on + self.days_of_rest(home.kind, mission)
            if home.ended_on <= seat.start < rested:
                yield said("still_rests", day=rested - timedelta(days=1), **who)
        for w in person.rests:
            if w.start < seat.end and seat.start < w.end:
                yield said("touches_rest", start=w.start, end=w.end - timedelta(days=1), **who)

    def days_of_rest(self, ended: Kind, mission: Mission) -> timedelta:
        """What a mission asks for before it; where it asks for nothing, what the one that ended
        leaves."""
        own = mission.rest_days
        return timedelta(days=own if own is not None else self.problem.rest_after(ended))

    def places(self) -> Iterator[Said]:
        stays = defaultdict[str, list[Seat]](list)
        for person, seat in self.stays:
            stays[person.id].append(seat)
        for name, seats in stays.items():
            seats.sort(key=lambda s: (s.start, s.end))
            for n, one in enumerate(seats):
                for other in seats[n + 1 :]:
                    yield from self.meet(self.people[name], one, other)

    def meet(self, person: Person, one: Seat, other: Seat) -> Iterator[Said]:
        if other.start < one.end:
            both: dict[str, Named] = {"one": one.id, "other": other.id}
            yield said("in_two_places", person=person.id, day=other.start, **both)
            return
        begins = self.missions[other.mission]
        if begins.kind in person.rest_exempt:
            return
        rest = self.days_of_rest(self.missions[one.mission].kind, begins).days
        if (other.start - one.end).days < rest:
            yield said(
                "rests_too_little", person=person.id, one=one.id, other=other.id,
                days=(other.start - one.end).days, rest=rest,
            )  # fmt: skip

    def caps(self) -> Iterator[Said]:
        """Whoever was selected or asked stays, even beyond a cap that was lowered since."""
        pins = [p for p in self.problem.pins if p.by in KEPT_BY and p.seat in self.seats]
        held = self.away(
            (self.people[p.person], self.seats[p.seat]) for p in pins if p.person in self.people
        )
        away = self.away(self.stays)
        for o in self.problem.organisations:
            stated = self.stated(o.absence_cap)
            for month, count in sorted(away["organisation", o.id].items()):
                if count > held["organisation", o.id][month]:
                    cap = stated.get(month, self.pressed(o, month))
                    yield from self.over(o.id, month, count, cap)
            for d in o.departments:
                stated = self.stated(d.absence_cap)
                for month, count in sorted(away["department", d.id].items()):
                    if count > held["department", d.id][month]:
                        yield from self.over(d.id, month, count, stated.get(month))

    def away(
        self, stays: Iterable[tuple[Person, Seat]]
    ) -> defaultdict[tuple[str, str], Counter[str]]:
        """The people of each home in each month: one who goes twice in a month is one, and one who
        is away without the plan is counted already."""
        away = defaultdict[tuple[str, str], Counter[str]](Counter)
        told = {(p.id, month) for p in self.problem.people for month in p.away_already}
        for person, seat in stays:
            at = date(seat.start.year, seat.start.month, 1)
            while at < seat.end:
                month = f"{at.year}-{at.month:02}"
                if (person.id, month) not in told:
                    told.add((person.id, month))
                    away["department", person.department][month] += 1
                    away["organisation", self.home[person.department].id][month] += 1
                at += timedelta(days=calendar.monthrange(at.year, at.month)[1])
        return away

    def stated(self, caps: tuple[Cap, ...]) -> dict[str, int]:
        """The lowest cap of each month."""
        lowest: dict[str, int] = {}
        for c in caps:
            lowest[c.month] = min(c.people, lowest.get(c.month, c.people))
        return lowest

    def pressed(self, organisation: Organisation, month: str) -> int | None:
        """Nobody goes in a month under pressure for which no cap is stated."""
        for w in organisation.under_pressure:
            last = w.end - timedelta(days=1)
            if f"{w.start:%Y-%m}" <= month <= f"{last:%Y-%m}":
                return 0
        return None

    def over(self, name: str, month: str, count: int, cap: int | None) -> Iterator[Said]:
        if cap is not None and count > cap:
            yield said("beyond_cap", name=name, month=month, count=count, cap=cap)

    def teams(self) -> Iterator[Said]:
        teams = defaultdict[str, list[tuple[Person, Seat]]](list)
        for person, seat in self.stays:
            teams[seat.mission].append((person, seat))
        for name, team in teams.items():
            mission = self.missions[name]
            if len(team) < mission.minimum_people:
                minimum = mission.minimum_people
                yield said("team_too_small", mission=name, people=len(team), minimum=minimum)
            yield from self.hats(mission, team)
            yield from self.anaesthetists(mission, team)

    def hats(self, mission: Mission, team: list[tuple[Person, Seat]]) -> Iterator[Said]:
        trade, asked = self.problem.trade, set(mission.hats)
        if "leader" in asked and not any(p.may_lead for p, _ in team):
            yield said("no_leader", mission=mission.id)
        controls = any(
            trade.infection_control in (p.specialty, p.second_specialty) for p, _ in team
        )
        if ("infection_control" in asked or mission.kind == "outbreak") and not controls:
            yield said("no_infection_control", mission=mission.id)
        if "language" in asked and (language := mission.language) is not None:
            speaks = (
                trade.interpreter in s.accepts or p.languages.get(language, 0) >= 3 for p, s in team
            )
            if not any(speaks):
                yield said("not_understood", mission=mission.id, language=language)

    def anaesthetists(self, mission: Mission, team: list[tuple[Person, Seat]]) -> Iterator[Said]:
        trade = self.problem.trade
        beside = [s for _, s in team if trade.anaesthesia in s.accepts]
        for _, seat in team:
            if trade.anaesthesia in seat.accepts or not set(seat.accepts) & set(trade.surgical):
                continue
            whole = mission.kind == "resident" or seat.site is None
            if not any(whole or s.site == seat.site for s in beside):
                yield said("no_anaesthetist", seat=seat.id)

    def couples(self) -> Iterator[Said]:
        at = defaultdict[str, list[Seat]](list)
        for person, seat in self.stays:
            at[person.id].append(seat)
        for c in self.problem.couples:
            if c.rule == "apart":
                for a in at[c.a]:
                    for b in at[c.b]:
                        if a.start < b.end and b.start < a.end:
                            both = (a.id, b.id)
                            yield said("couple_away_at_once", one=c.a, other=c.b, seats=both)
            elif Counter(s.mission for s in at[c.a]) != Counter(s.mission for s in at[c.b]):
                yield said("couple_parted", one=c.a, other=c.b)

    def pins(self) -> Iterator[Said]:
        held = {s.id: p.id for p, s in self.stays}
        for pin in self.problem.pins:
            if held.get(pin.seat) != pin.person:
                pinned, has = pin.person or "–", held.get(pin.seat) or "–"
                how = pin.by if pin.by in KEPT_BY else "pin"
                yield said(f"{how}_not_kept", seat=pin.seat, pinned=pinned, held=has)

    def budgets(self) -> Iterator[Said]:
        for b in self.problem.budgets:
            cost = sum(
                s.cost
                for p, s in self.stays
                if s.start.year == b.year and self.home[p.department].area == b.area
            )
            if cost > b.amount + 1e-6:
                yield said("beyond_budget", area=b.area, year=b.year, cost=cost, amount=b.amount)

    def seats_covered(self) -> float:
        w = self.problem.weights
        worth = {"critical": w.critical, "important": w.important, "ordinary": w.ordinary}
        return sum(worth[s.weight] for _, s in self.stays)

    def contained(self) -> float:
        total, here = 0.0, defaultdict[tuple[str, str], list[Seat]](list)
        for _, s in self.stays:
            here[self.missions[s.mission].destination, s.accepts[0]].append(s)
        for cell in self.problem.cells:
            year, first = int(cell.half_year[:4]), cell.half_year[5] == "1"
            start = date(year, 1 if first else 7, 1)
            end = date(year, 7, 1) if first else date(year + 1, 1, 1)
            there = cell.remote
            for s in here[cell.destination, cell.specialty]:
                days = (min(end, s.end) - max(start, s.start)).days
                there += max(0, days) / (end - start).days
            worth = 0.0
            for points in (1.0, 0.5, 0.25):
                worth += points * min(1.0, max(0.0, there))
                there -= 1
            total += worth * cell.burden * self.problem.weights.containment
        return total

    def handed_over(self) -> float:
        return handed_over(self.problem, {s.id: p.id for p, s in self.stays})

    def wished(self) -> float:
        w, total = self.problem.weights, 0.0
        for person, seat in self.stays:
            mission = self.missions[seat.mission]
            best = 0.0
            for wish in person.prefers:
                if wish.mission == mission.id or wish.area == mission.destination:
                    best = max(best, wish.points)
            total += w.preference * best
        return total - w.overload * self.overload()

    def overload(self) -> float:
        size = Counter(self.home[p.department].id for p in self.problem.people)
        asked = defaultdict[int, float](float)
        for s in self.problem.seats:
            asked[s.start.year] += (s.end - s.start).days / 30.4375
        lent = defaultdict[tuple[str, int], float](float)
        for person, seat in self.stays:
            lent[self.home[person.department].id, seat.start.year] += (
                seat.end - seat.start
            ).days / 30.4375
        people = len(self.problem.people)
        return sum(
            max(0.0, months - asked[year] * size[name] / people)
            for (name, year), months in lent.items()
        )

    def kept(self) -> float:
        published = {(x.seat, x.person) for x in self.problem.published}
        return self.problem.weights.stability * sum(
            (s.id, p.id) in published for p, s in self.stays
        )
