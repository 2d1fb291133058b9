"""What keeps somebody from a seat as a plan stands: where they sit, where they rest, which home has
as many away as it may, in which month."""

from __future__ import annotations

from collections.abc import Iterator

from marrow.plan.rules.caps import months
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Seat
from marrow.plan.rules.said import Said, said

#: rules that are told with their records, and the pin of the seat itself, which is told by the seat
TOLD_IN_FULL = (
    "rests_between", "department_keeps_enough", "hospital_keeps_enough", "pin_is_kept",
)  # fmt: skip


def kept_back(standing: Standing, row: int, person: int) -> Iterator[Said]:
    """Nothing where they are free: whoever sits there is given up for them, and their own seats
    that they cannot hold beside it; so neither takes room from them."""
    problem = standing.problem
    seat, who = problem.seats[row], problem.people[person].id
    clashing = list(_clashing(standing, seat, person))
    for other in (problem.seats[k] for k in clashing):
        yield clash_told(standing.model.rules, seat.id, other.id)
    given_up = {row, *clashing}
    yield from _full_homes(standing, seat, who, given_up)
    column = standing.column.get((row, person))
    for rule in standing.kept_back(column, given_up) if column is not None else ():
        if rule not in TOLD_IN_FULL:
            yield said("kept_by_rule", rule=rule)


def clash_told(rules: Rules, name: str, other: str) -> Said:
    """That one person cannot have the first seat beside the other, in which they sit then, or
    before or after which they rest."""
    one, held = rules.seat[name], rules.seat[other]
    apart = held.end <= one.start or one.end <= held.start
    return said("kept_by_rest" if apart else "kept_by_seat", seat=other)


def _clashing(standing: Standing, seat: Seat, person: int) -> Iterator[int]:
    problem, rules = standing.problem, standing.model.rules
    for k in standing.held.get(person, ()):
        other = problem.seats[k]
        if other.id != seat.id and rules.clash(problem.people[person].id, seat.id, other.id):
            yield k


def _full_homes(standing: Standing, seat: Seat, who: str, given_up: set[int]) -> Iterator[Said]:
    """The department or hospital that would have too many away, and the first month of it."""
    problem, caps = standing.problem, standing.model.rules.caps
    homes, touched = caps.home[who], set(months(seat.start, seat.end))
    stay = [
        (problem.people[p].id, problem.seats[k].id) for k, p in standing.holds.items()
        if k not in given_up
    ]  # fmt: skip
    near = [pair for pair in stay if set(caps.home[pair[0]]) & set(homes)]
    told = set()
    for home, month, _count, cap in caps.over([*near, (who, seat.id)]):
        year, number = month.split("-")
        if home in homes and home not in told and (int(year), int(number)) in touched:
            told.add(home)
            kind, name = home.split(" ", 1)
            yield said(f"kept_by_{kind}", name=name, month=month, cap=cap)
