"""The smallest change to a plan that stands, after something happened: somebody drops out, a visa
slips, an outbreak takes six people.

What nothing touches stays. First only the seats that lost their person are filled; where one of
them stays empty their teams and the seats of those who could come are freed too; and, where the
plan is small or it is asked for, everything. A wider step is taken only if it covers more. In each,
seats come first, then as few moves as can be, and only then the rest of the points.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Set
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules.engine.checked import breaches_of
from marrow.plan.rules.engine.conflict import pins_at_odds
from marrow.plan.rules.engine.ground import Ground
from marrow.plan.rules.engine.improve import HALF
from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.solve import Impossible
from marrow.plan.rules.engine.whole import NEAR, broken_rules, pairs_of, seated, whole
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Problem, Seated
from marrow.plan.rules.roster import Ints
from marrow.plan.rules.said import Said
from marrow.plan.rules.sense import faults_of

WIDEST = 300  # seats up to which a wider look frees all of them, and not two steps alone


@dataclass(frozen=True)
class Moved:
    """A seat in which another person sits, or nobody any more."""

    seat: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Mended:
    """The mended plan; `lost` seats could not stay as they were, `open` ones of them are empty.
    `step`: stands, seats, neighbours, wider or all, as wide as had to be looked; `widest`: there is
    no wider look that could fill an open seat."""

    assignments: tuple[Seated, ...]
    moved: tuple[Moved, ...]
    lost: tuple[str, ...]
    open: tuple[str, ...]
    step: str
    widest: bool
    value: float
    tiers: tuple[float, ...]


class Unsound(RuntimeError):
    """The checker lets the mended plan not stand: every breach. The plan before it is kept."""

    def __init__(self, breaches: list[Said]) -> None:
        super().__init__(", ".join(b.code for b in breaches))
        self.breaches = breaches


def mend(
    problem: Problem, before: Iterable[Seated], new: Collection[str] = (), *, wider: bool = False
) -> Mended:
    """Mends the plan `before` so that it keeps the rules of the problem as it is now; `new` seats
    came since and are to be filled like those that lost their person. `wider` looks beyond the
    neighbours of those seats, which takes longer.

    Raises Impossible where the problem makes no sense or no plan keeps its pins, and Unsound
    rather than tell a plan that the checker refuses.
    """
    if faults := faults_of(problem):
        raise Impossible(faults)
    plan = tuple(before)
    ground = Ground.of(Rules(problem), plan)
    row = {s.id: k for k, s in enumerate(problem.seats)}
    wanted = {row[name] for name in (*(a.seat for a in plan), *new) if name in row}
    found = smallest(ground, wanted, wider=wider)
    standing = found.standing
    if broken_rules(standing.model, standing.x):
        raise Impossible(pins_at_odds(problem))
    if breaches := breaches_of(standing):
        raise Unsound(breaches)
    return _told(found, plan, widest=wider or ground.is_small or found.step in WIDE)


@dataclass(frozen=True)
class Smallest:
    """The mended plan, which breaks a rule where none could be found; `lost` seats, as rows, could
    not stay as they were."""

    standing: Standing
    lost: Set[int]
    step: str


def smallest(ground: Ground, wanted: Set[int], *, wider: bool = False) -> Smallest:
    """The smallest change to the plan of the ground with which it keeps the rules, and in which
    the `wanted` seats are filled as far as can be."""
    stood = Standing.on(ground)
    standing, step = stood.then(whole(stood.model, _kept(stood))), "stands"
    lost = (wanted - standing.holds.keys()) | _left_for_a_pin(standing)
    if lost or broken_rules(standing.model, standing.x):
        standing, step = _mended(standing, ground.where(standing.holds), lost, wider)
    return Smallest(standing, lost, step)


def _kept(standing: Standing) -> Ints:
    """The pairs that can stay: while a rule of several seats is broken, the least worthy of the
    pairs that break it goes; and comes back where others went since whom it had no need to make
    room for. A team that can no longer go whole is left for the solver."""
    model, pairs = standing.model, pairs_of(standing.model, standing.x)
    pairs, gone = pairs[model.most[pairs] > HALF], list[int]()
    while True:
        rows = _over(model, pairs)
        guilty = [c for c in pairs.tolist() if _takes(model, rows, c)] if rows.shape[0] else []
        if not guilty:
            break
        pinned = {p.seat for p in model.rules.problem.pins}
        seats = model.rules.problem.seats
        worst = min(guilty, key=lambda c: (
            seats[model.seat[c]].id in pinned, model.points[model.filled + model.seat[c]], -c,
        ))  # fmt: skip
        pairs, gone = pairs[pairs != worst], [worst, *gone]
    for c in gone:
        if not _over(model, back := np.sort(np.append(pairs, c))).shape[0]:
            pairs = back
    return pairs


def _over(model: Model, pairs: Ints) -> sp.csr_matrix:
    """The rows of rules of several seats that have more of these pairs than they may."""
    over = model.rows @ whole(model, pairs) > model.high + NEAR
    return model.rows[np.flatnonzero(over & np.isin(model.kind, LIMITS))]


def _takes(model: Model, rows: sp.csr_matrix, pair: int) -> bool:
    return bool(rows[:, [pair, *model.follows.away([pair])]].sum() > 0)


LIMITS = (
    "rests_between", "department_keeps_enough", "hospital_keeps_enough", "couple_apart",
    "budget_is_kept",
)  # fmt: skip


def _mended(stands: Standing, ground: Ground, lost: Set[int], wider: bool) -> tuple[Standing, str]:
    """Wider and wider, until every lost seat is filled and no other was emptied for it."""
    best, step, rules = stands, "stands", broken_rules(stands.model, stands.x)
    broken, wider = bool(rules), wider or (bool(rules) and "pin_is_kept" not in rules)
    asked, wanted = lost | _in_broken_rows(best), lost | stands.holds.keys()
    for name, free in _steps(ground, asked):
        if name in WIDE and not (wider or broken or ground.is_small):
            break
        now = _solved(Standing.on(ground, free, asked), sorted(free), wanted)
        if now is None:
            continue
        if broken or _covered(now) > _covered(best) + NEAR:
            best, step, broken = now, name, False
        if not broken and wanted <= best.holds.keys():
            break
    return best, step


def _solved(standing: Standing, free: list[int], wanted: Set[int]) -> Standing | None:
    """The plan with the wanted seats filled and nothing else moved; where not all of them can be,
    the one that covers the most."""
    found = standing.solved(free, points=_few_moves(standing, wanted))
    if found is None or wanted <= standing.then(found.x).holds.keys():
        return None if found is None else standing.then(found.x)
    most = standing.solved(free, points=_few_moves(standing, range(standing.model.seats)))
    return standing.then((most or found).x)


def _in_broken_rows(standing: Standing) -> set[int]:
    """The seats of which a rule of several seats speaks that is broken: a team that cannot go as it
    is, a pinned seat that is empty."""
    model = standing.model
    reached = model.rows @ standing.x
    bad = np.flatnonzero((reached > model.high + NEAR) | (reached < model.low - NEAR))
    columns = set(model.rows[bad].indices.tolist())
    goes = {m.id for k, m in enumerate(model.rules.problem.missions) if model.goes + k in columns}
    return {
        k for k, s in enumerate(model.rules.problem.seats)
        if model.filled + k in columns or s.mission in goes
    } | {int(model.seat[c]) for c in columns if c < model.pairs}  # fmt: skip


def _left_for_a_pin(standing: Standing) -> set[int]:
    """The seats of those whom a pin sends to another one, in which they do not sit yet."""
    row, holds = standing.model.rules.roster.row, standing.holds
    sent = {
        row[p.person] for p in standing.problem.pins
        if p.person in row and holds.get(standing.seat_row[p.seat]) != row[p.person]
    }  # fmt: skip
    return {k for k, p in holds.items() if p in sent}


WIDE = ("all", "wider")  # steps that are taken where it is asked for, or nothing else will do


def _steps(ground: Ground, asked: Set[int]) -> Iterator[tuple[str, Collection[int]]]:
    """What is freed in each step, by its name."""
    near = ground.near(asked)
    yield "seats", asked
    yield "neighbours", near
    everything = range(len(ground.rules.problem.seats))
    if ground.is_small or len(everything) <= WIDEST:
        yield "all", everything
    else:
        yield "wider", ground.near(near)


def _covered(standing: Standing) -> float:
    model = standing.model
    part = slice(model.filled, model.goes)
    return float(model.points[part] @ standing.x[part])


def _few_moves(standing: Standing, wanted: Container[int]) -> Floats:
    """Points in which the wanted seats come first, then the people who stay, then everything else.
    To fill a seat that is not wanted is a move."""
    model = standing.model
    part = slice(model.filled, model.goes)
    seats = model.points[part].copy()
    least = float(seats[seats > 0].min()) if (seats > 0).any() else 1.0
    stays = least / (len(standing.holds) + 1) if len(standing.holds) < 500 else least / 50
    seats[[k not in wanted for k in range(model.seats)]] = -stays
    points = model.points.copy()
    points[part] = 0
    rest = float(np.abs(points * np.minimum(model.most, 30)).max()) * max(10, model.seats)
    points *= stays / (rest + 1)
    points[part] = seats
    points[pairs_of(model, standing.x)] += stays
    return points


def _told(found: Smallest, before: tuple[Seated, ...], *, widest: bool) -> Mended:
    standing, problem = found.standing, found.standing.problem
    plan = seated(standing.model, standing.x)
    old, new = {a.seat: a.person for a in before}, {a.seat: a.person for a in plan}
    moved = tuple(
        Moved(s.id, old.get(s.id), new.get(s.id))
        for s in problem.seats if old.get(s.id) != new.get(s.id)
    )  # fmt: skip
    names = [problem.seats[k].id for k in sorted(found.lost)]
    return Mended(
        plan, moved, tuple(names), tuple(n for n in names if n not in new), found.step, widest,
        standing.value, standing.tiers,
    )  # fmt: skip
