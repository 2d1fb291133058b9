"""Every plan of a small problem, each looked at by the checker: the truth to which a mended plan is
compared. It shares no code with the solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marrow.plan.rules.checker import rules_broken
from marrow.plan.rules.problem import Problem, Seated
from marrow.plan.rules.said import Said

#: breaches that no further person on another seat can heal
FOR_GOOD = {"in_two_places", "rests_too_little", "beyond_cap", "couple_away_at_once",
            "beyond_budget"}  # fmt: skip


@dataclass
class Truth:
    """The most that any plan covers, where it was `asked`, else what was to be covered at least;
    and the fewest seats that change in a plan that covers as much."""

    covers: float
    changes: int
    asked: bool


def truth(problem: Problem, before: Sequence[Seated], at_least: float, *, most: bool) -> Truth:
    stood = {a.seat: a.person for a in before}
    found = Truth(0.0 if most else at_least, len(problem.seats) + 1, most)
    for held in _plans(problem, stood, at_least, found):
        if _broken(problem, held):
            continue
        if most:
            found.covers = max(found.covers, cover(problem, held))
        found.changes = min(found.changes, changed(problem, stood, held))
    return found


def _plans(
    problem: Problem, stood: Mapping[str, str], at_least: float, found: Truth
) -> Iterator[dict[str, str]]:
    """The plans that cover enough, those with fewest changes at first, without those that can be no
    better than what is found already."""
    choices = [_stood_first(_who(problem, s.id), stood.get(s.id)) for s in problem.seats]
    worth = [float(getattr(problem.weights, s.weight)) for s in problem.seats]
    left = [sum(worth[n:]) for n in range(len(worth) + 1)]

    def rest(n: int, held: dict[str, str], covers: float, changes: int) -> Iterator[dict[str, str]]:
        fewer, more = changes < found.changes, found.asked and covers + left[n] > found.covers
        if covers + left[n] < at_least or not (fewer or more):
            return
        if n == len(choices):
            yield held
            return
        seat = problem.seats[n].id
        for person in choices[n]:
            now = changes + (stood.get(seat) != person)
            if person is None:
                yield from rest(n + 1, held, covers, now)
                continue
            wider = {**held, seat: person}
            told = _broken(problem, wider)
            if not {b.code for b in told} & FOR_GOOD:
                yield from rest(n + 1, wider, covers + worth[n], now)

    return rest(0, {}, 0.0, 0)


def _stood_first(people: list[str | None], stood: str | None) -> list[str | None]:
    return sorted(people, key=lambda p: (p != stood, p or ""))


def cover(problem: Problem, held: Mapping[str, str]) -> float:
    """Points of the seats that are filled."""
    return sum(float(getattr(problem.weights, s.weight)) for s in problem.seats if s.id in held)


def changed(problem: Problem, stood: Mapping[str, str], held: Mapping[str, str]) -> int:
    return sum(stood.get(s.id) != held.get(s.id) for s in problem.seats)


def stands(problem: Problem, held: Mapping[str, str]) -> bool:
    return not _broken(problem, held)


def _who(problem: Problem, seat: str) -> list[str | None]:
    """Nobody, or one of those of whom the checker says nothing beside this seat alone."""
    found: list[str | None] = [None]
    for p in problem.people:
        told = _broken(problem, {seat: p.id})
        alone = any({"person", "seat"} <= b.names.keys() for b in told)
        if not alone and not {b.code for b in told} & FOR_GOOD:
            found.append(p.id)
    return found


def _broken(problem: Problem, held: Mapping[str, str]) -> list[Said]:
    return rules_broken(problem, tuple(Seated(seat=k, person=p) for k, p in held.items()))
