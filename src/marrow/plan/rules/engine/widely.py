"""What a change near a seat cannot do the whole may: a search for a plan that fills a seat, ever
wider, and whether it was looked for everywhere.

Budgets and the limits of homes tie seats that are no neighbours. Where a plan is not large all of
it is solved again from the plan that stands; else what is tied to the seat is freed with it. Work
is counted in nodes, so that the answer is the same each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules.engine.ground import Ground
from marrow.plan.rules.engine.improve import block
from marrow.plan.rules.engine.model import build, seat_points
from marrow.plan.rules.engine.near import NODES, Standing
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Limit, SolverError, solve_mip
from marrow.plan.rules.engine.whole import broken_rules, pairs_of, whole
from marrow.plan.rules.roster import Ints, Mask

FEW_PAIRS = 4_000  # up to which the whole of a plan is solved to look for what is not near
TIED = 40  # seats of one budget, or one home, that are freed with a seat in a large plan


@dataclass(frozen=True)
class Looked:
    """The plan that was looked for, with the plan from which it was, or None; `sure` where there is
    no better one, or none at all."""

    before: Standing
    after: Standing | None
    sure: bool


def filling(
    ground: Ground, row: int, kept: Collection[int] = (), *, at_once: bool = False
) -> Looked:
    """The best plan in which a seat is filled and the `kept` ones stay so, whoever sits there; with
    `at_once` as widely as can be, and not near the seat first."""
    for standing, free in _wider(ground, row, at_once=at_once):
        looked = _filled(standing, free, [row, *kept])
        if looked.after is not None or looked.sure:
            break
    return looked


def _wider(
    ground: Ground, row: int, *, at_once: bool
) -> Iterator[tuple[Standing, Collection[int]]]:
    """The plan with what is freed in it: near the seat, then all of it or what is tied to it."""
    near = sorted(ground.near([row]))
    whole = ground.is_small or is_few(ground)
    tied = [] if whole else sorted({*near, *_tied(ground, row)})
    if not ground.is_small and (tied == near or not at_once):
        yield Standing.on(ground, near, [row]), near
    if whole:
        yield of_all(ground), range(len(ground.rules.problem.seats))
    elif tied != near:
        yield Standing.on(ground, tied, [row]), tied


def is_few(ground: Ground) -> bool:
    """Whether the whole of a plan is solved again."""
    count = 0
    for k in range(len(ground.rules.problem.seats)):
        count += len(ground.candidates(k))
        if count > FEW_PAIRS:
            return False
    return True


def of_all(ground: Ground) -> Standing:
    """The plan with the model of the whole."""
    who = [ground.candidates(k) for k in range(len(ground.rules.problem.seats))]
    seat = np.repeat(np.arange(len(who)), [len(w) for w in who])
    none = np.array([], np.int64)
    model = build(ground.rules, (np.concatenate([*who, none]), seat.astype(np.int64)))
    held = np.array([ground.holds.get(k, -1) for k in range(model.seats)], np.int64)
    return Standing(model, whole(model, np.flatnonzero(held[model.seat] == model.person)))


def whole_again(standing: Standing) -> Looked:
    """All of a plan solved again from where it stands."""
    found = standing.looked_once.get(EVERYTHING)
    if not isinstance(found, Looked):
        now = of_all(standing.ground)
        found = _filled(now, range(now.model.seats), ())
        standing.looked_once[EVERYTHING] = found
    return found


def best_of_all(standing: Standing) -> Standing | None:
    """The best plan of all of a plan's problem, from the plan that stands; None where none was
    found."""
    return whole_again(standing).after


EVERYTHING = "everything"  # what is asked about, of the answers that are kept


def _filled(standing: Standing, free: Collection[int], seats: Collection[int]) -> Looked:
    model = standing.weighed(standing.staying)
    everything = standing.whole and len(free) == model.seats
    tried: Mask = np.ones(model.pairs, np.bool_) if everything else standing.tried(free)
    program, columns = block(model, standing.x, list(free), tried)
    wanted = [k for k in seats if k in set(free)]
    x, sure = solved(with_seats(program, columns, [model.filled + k for k in wanted]))
    if x is None:
        return Looked(standing, None, sure and everything)
    after = put(standing, columns, x)
    return Looked(standing, after, sure and everything and after is not None)


def put(standing: Standing, columns: Ints, x: Floats) -> Standing | None:
    """The plan with these columns, where it keeps every rule."""
    changed = standing.x.copy()
    changed[columns] = x
    changed = whole(standing.model, pairs_of(standing.model, changed))
    return None if broken_rules(standing.model, changed) else standing.then(changed)


def solved(program: Program, start: Floats | None = None) -> tuple[Floats | None, bool]:
    """The best of a program, and whether that is proved; None and true where there is none."""
    try:
        found = solve_mip(program, start, Limit(NODES))
    except SolverError as e:
        return None, "nfeasible" in str(e)
    return found.x, found.proved


def with_seats(program: Program, columns: Ints, seats: Collection[int]) -> Program:
    """The program with seats that must be filled: the columns of those."""
    at = np.flatnonzero(np.isin(columns, list(seats)))
    if len(at) < len(set(seats)):  # one of them cannot be filled by anybody
        at = np.append(at, np.full(len(set(seats)) - len(at), -1))
    some = at >= 0
    rows = sp.csr_matrix(
        (np.ones(int(some.sum())), (np.flatnonzero(some), at[some])), (len(at), len(columns))
    )
    return replace(
        program, rows=sp.csr_matrix(sp.vstack([program.rows, rows])),
        low=np.append(program.low, np.ones(len(at))),
        high=np.append(program.high, np.ones(len(at))),
    )  # fmt: skip


def _tied(ground: Ground, row: int) -> Iterable[int]:
    """The lightest seats that are paid from a budget of those who could take this one, and those
    of people of their homes: what has to give way where money or a limit is short."""
    rules = ground.rules
    places, roster, start = rules.problem.seats, rules.roster, rules.problem.seats[row].start
    who = ground.candidates(row)
    areas = set(roster.area[who].tolist())
    homes = [set(h.row[who].tolist()) for h in roster.homes]
    groups = defaultdict[str, list[int]](list)

    def weight(k: int) -> float:
        return seat_points(rules.problem.weights, places[k].weight)

    for k, p in sorted(ground.holds.items()):
        if places[k].start.year == start.year and int(roster.area[p]) in areas and places[k].cost:
            groups["budget"].append(k)
        for n, home in enumerate(homes):
            if int(roster.homes[n].row[p]) in home:
                groups[f"home {n}"].append(k)
    for group in groups.values():
        group.sort(key=lambda k: (weight(k), -places[k].cost, k))
        yield from group[:TIED]
