"""A better answer to a generalised assignment problem, from one that holds.

The way:

1. A price for each job, by the Lagrangian relaxation of "each job once" (Fisher, Jaikumar and
   Van Wassenhove 1986). What is left is a knapsack for each agent, and all of them are solved at
   once by dynamic programming. The prices climb by a mean of the last directions (Barahona and
   Anbil 2000). The bound is as good as that of all patterns of loads, and much better than that
   of the plain relaxation where agents hold few jobs.
2. Blocks: all jobs of a few agents are given out anew among them. The prices of the block bound
   what it can gain; every load of an agent that is within that gain of its best is read out of
   the table, and the loads are joined from two halves that must make up all jobs (Horowitz and
   Sahni 1974). Where nothing had to be cut short, the block is solved to the end, and blocks
   grow; else they shrink. Agents are drawn by what their loads lose at the prices of the whole.
3. Where many blocks gained nothing, and one block cannot hold all agents, a dive: loads near the
   least are kept one agent after another, each time one of a few by the bound that it leaves, the
   rest priced anew; the last agents are one block (diving: Sadykov et al. 2019). Blocks go on from
   what it comes to. Where agents are few, some blocks may come out a little worse, from the best
   answer so far (iterated local search: Lourenço, Martin and Stützle 2003).

The same seed goes the same way; only the time at which it is stopped may differ.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]

NEVER = np.float32(1e9)
LOST = 0.01  # more than single precision loses in a sum
SMOOTH = 0.6  # of the direction before that stays
ROUNDS, ROUNDS_IN_A_BLOCK = 800, 40
LOADS = 20_000  # kept in one block
PAIRS = 2_000_000  # looked at when one more agent is joined
IDLE = 300  # blocks without a gain before a kick
KICKS, WORSE = 3, 4  # blocks in a kick, and how much worse each may come out
LAST, WIDEST = 10, 8  # agents that a dive leaves to one block, and the most in others beside dives
IDLE_BEFORE_A_DIVE, ROUNDS_IN_A_DIVE = 60, 8
AGENTS_TRIED, LOADS_TRIED = 6, 2  # at each step of a dive, of each agent
NEAR_LEAST, EVEN = 2.0, 0.5  # loads are drawn that lose so little, by a weight of exp(-loss / EVEN)


@dataclass(frozen=True)
class Instance:
    """Costs and sizes by agent and job, and what each agent holds."""

    name: str
    cost: Ints
    size: Ints
    holds: Ints

    def part(self, agents: Ints, jobs: Ints) -> Instance:
        both = np.ix_(agents, jobs)
        return Instance(self.name, self.cost[both], self.size[both], self.holds[agents])

    def costs(self, given: Ints) -> int:
        """What it costs to give each job to this agent."""
        return int(self.cost[given, np.arange(len(given))].sum())


class Knapsacks:
    """The cheapest load of each agent at prices of the jobs, all agents at once.

    `table[j, i, pad + w]` is the least that agent `i` comes to with the first `j` jobs in a room
    of `w`; a room below 0 is never enough.
    """

    def __init__(self, one: Instance) -> None:
        self.one = one
        self.agents, self.jobs = one.cost.shape
        rooms, self.pad = int(one.holds.max()) + 1, int(one.size.max())
        width = self.pad + rooms
        self.table = np.full((self.jobs + 1, self.agents, width), NEVER, np.float32)
        self.table[0, :, self.pad :] = 0
        starts = np.arange(self.agents) * width + self.pad
        here = starts[:, None] + np.arange(rooms)
        self._before = [here - one.size[:, j, None] for j in range(self.jobs)]
        self._flat = list(self.table.reshape(self.jobs + 1, -1))
        self._sizes = list(np.ascontiguousarray(one.size.T))
        self._ends = starts + one.holds
        self._room = np.empty((self.agents, rooms), np.float32)

    def solve(self, prices: Floats) -> tuple[Floats, Flags]:
        """The least of each agent, and its load as a row of flags."""
        reduced = (self.one.cost.T - prices[:, None]).astype(np.float32)[:, :, None]
        room, tails = self._room, self.table[:, :, self.pad :]
        for j in range(self.jobs):
            self._flat[j].take(self._before[j], out=room, mode="clip")
            np.add(room, reduced[j], out=room)
            np.minimum(tails[j], room, out=tails[j + 1])
        at, taken = self._ends, np.zeros((self.jobs, self.agents), np.bool_)
        least = now = self._flat[self.jobs].take(at)
        for j in range(self.jobs - 1, -1, -1):
            np.less(now, self._flat[j].take(at), out=taken[j])
            at = at - taken[j] * self._sizes[j]
            now = self._flat[j].take(at)
        return least.astype(np.float64), taken.T

    def near(self, prices: Floats, agent: int, within: float, most: int) -> Flags | None:
        """After `solve`: each load of the agent `within` of its least, or None if over `most`."""
        reduced = (self.one.cost[agent] - prices).astype(np.float32)
        table = self.table[:, agent]
        at = np.array([self.one.holds[agent] + self.pad])
        limit = table[self.jobs, at[0]] + np.float32(within)
        so_far, loads = np.zeros(1, np.float32), np.zeros((1, self.jobs), np.bool_)
        for j in range(self.jobs - 1, -1, -1):
            after = at - self.one.size[agent, j]
            takes = so_far + reduced[j] + table[j, after] <= limit
            leaves = so_far + table[j, at] <= limit
            with_it = loads[takes]
            with_it[:, j] = True
            loads = np.concatenate([loads[leaves], with_it])
            at = np.concatenate([at[leaves], after[takes]])
            so_far = np.concatenate([so_far[leaves], so_far[takes] + reduced[j]])
            if len(loads) > most:
                return None
        return loads


def priced(
    knapsacks: Knapsacks, prices: Floats, goal: float, rounds: int, patience: int = 10
) -> tuple[float, Floats]:
    """The best bound found, and its prices. It ends once the bound is over the `goal`."""
    best, kept, step, idle = -np.inf, prices, 1.0, 0
    way = np.zeros(len(prices))
    for _ in range(rounds):
        least, taken = knapsacks.solve(prices)
        bound = float(least.sum() + prices.sum())
        idle = 0 if bound > best + 1e-3 else idle + 1
        if bound > best:
            best, kept = bound, prices
        if idle >= patience:
            step, idle, prices = 0.6 * step, 0, kept
            _, taken = knapsacks.solve(prices)
        lacks = 1.0 - taken.sum(axis=0)
        length = float(lacks @ lacks)
        if best > goal or length == 0 or step < 0.002:
            break
        way = SMOOTH * way + (1 - SMOOTH) * lacks
        prices = prices + step * max(goal - bound, 1.0) / max(way @ way, length / 4) * way
    return best, kept


def loads_within(knapsacks: Knapsacks, prices: Floats, within: float) -> tuple[list[Flags], bool]:
    """The loads of each agent within so much of its least, and whether they are all: where they
    are too many, only those that are nearer."""
    knapsacks.solve(prices)
    every = True
    while True:
        found: list[Flags] = []
        for agent in range(knapsacks.agents):
            left = LOADS - sum(map(len, found))
            loads = knapsacks.near(prices, agent, within, left)
            if loads is None:
                break
            found.append(loads)
        else:
            return found, every
        every, within = False, 0.8 * within


def bits(loads: Flags) -> Bits:
    """Each row as words of 64 bits."""
    wide = np.pad(loads, ((0, 0), (0, -loads.shape[1] % 64)))
    return np.ascontiguousarray(np.packbits(wide, axis=1)).view(np.uint64)


@dataclass
class Half:
    """Ways to load some of the agents, no job twice: the jobs, what it comes to, the loads."""

    agents: list[int]
    jobs: Bits
    comes_to: Floats
    loads: Ints
    every: bool = True

    def joined(self, agent: int, jobs: Bits, comes_to: Floats, within: float) -> Half:
        """With one more agent. Where the pairs are too many, only the cheapest go on."""
        most, every, one = max(1, PAIRS // max(1, len(jobs))), self.every, self
        if len(one.comes_to) > most:
            cheap, every = np.argpartition(one.comes_to, most)[:most], False
            one = Half(one.agents, one.jobs[cheap], one.comes_to[cheap], one.loads[cheap])
        fits = one.comes_to[:, None] + comes_to <= within
        for word in range(jobs.shape[1]):
            fits &= (one.jobs[:, word, None] & jobs[:, word]) == 0
        i, j = np.nonzero(fits)
        loads = np.hstack([one.loads[i], j[:, None]])
        return Half([*one.agents, agent], one.jobs[i] | jobs[j], one.comes_to[i] + comes_to[j],
                    loads, every)  # fmt: skip


def meet(left: Half, right: Half, jobs: int) -> tuple[Floats, Ints, Ints]:
    """What each pair that makes up all jobs comes to, and its places in the two halves."""
    words = left.jobs.shape[1]
    mixed = np.random.default_rng(1).integers(1 << 62, size=words).astype(np.uint64) * 2 + 1
    every = bits(np.ones((1, jobs), np.bool_))
    keys = (left.jobs * mixed).sum(axis=1, dtype=np.uint64)
    wanted = ((every & ~right.jobs) * mixed).sum(axis=1, dtype=np.uint64)
    order = np.lexsort((left.comes_to, keys))  # of equal keys the cheapest comes first
    at = np.searchsorted(keys[order], wanted)
    at[at == len(keys)] = 0
    there = np.flatnonzero(keys[order][at] == wanted) if len(keys) else np.zeros(0, np.int64)
    mine = order[at[there]] if len(there) else there
    return left.comes_to[mine] + right.comes_to[there], mine, there


def given_by(loads: list[Flags], halves: tuple[Half, Half], at: tuple[int, int]) -> Ints:
    """The agent of each job, -1 where a job is left out."""
    given = np.full(loads[0].shape[1], -1)
    for half, place in zip(halves, at, strict=True):
        for agent, load in zip(half.agents, half.loads[place], strict=True):
            given[loads[agent][load]] = agent
    return given


def chosen(
    one: Instance,
    loads: list[Flags],
    prices: Floats,
    within: float,
    worse: int,
    draw: random.Random,
) -> tuple[Ints | None, bool]:
    """One of the cheapest ways to give out all jobs by these loads (or of those not much worse),
    and whether all were looked at."""
    reduced = [(load * (one.cost[i] - prices)).sum(axis=1) for i, load in enumerate(loads)]
    order = sorted(range(len(loads)), key=lambda i: len(loads[i]))
    halves = []
    for agents in (order[0::2], order[1::2]):
        nothing = bits(np.zeros((1, one.cost.shape[1]), np.bool_))
        half = Half([], nothing, np.zeros(1), np.zeros((1, 0), np.int64))
        for i in agents:
            half = half.joined(i, bits(loads[i]), reduced[i] - reduced[i].min(), within)
        halves.append(half)
    left, right = halves
    every = left.every and right.every
    comes_to, mine, theirs = meet(left, right, one.cost.shape[1])
    if not len(comes_to):
        return None, every
    good = np.flatnonzero(comes_to <= comes_to.min() + max(worse, 0.5))
    pick = good[draw.randrange(len(good))]
    given = given_by(loads, (left, right), (int(mine[pick]), int(theirs[pick])))
    return (None if (given < 0).any() else given), every


def given_anew(
    one: Instance, given: Ints, agents: Ints, prices: Floats, worse: int, draw: random.Random
) -> tuple[Ints, bool]:
    """The answer with the jobs of these agents given out anew, no more than so much worse, and
    whether nothing was cut short."""
    jobs = np.flatnonzero(np.isin(given, agents))
    part = one.part(agents, jobs)
    knapsacks = Knapsacks(part)
    most = part.costs(np.searchsorted(agents, given[jobs])) + worse
    bound, prices = priced(knapsacks, prices[jobs], most + LOST, ROUNDS_IN_A_BLOCK)
    if bound > most + LOST:
        return given, True
    within = most - bound + LOST
    loads, all_loads = loads_within(knapsacks, prices, within)
    found, every = chosen(part, loads, prices, within, worse, draw)
    changed = given.copy()
    if found is not None:
        changed[jobs] = agents[found]
    return changed, every and all_loads


def drawn(
    one: Instance, given: Ints, prices: Floats, least: Floats, size: int, draw: random.Random
) -> Ints:
    """So many agents, rather those whose loads lose more at the prices."""
    paid = one.cost[given, np.arange(len(given))] - prices
    loses = np.bincount(given, weights=paid, minlength=len(least)) - least
    weights = np.maximum(loses + loses.mean() / 2, LOST)
    keys = [-(draw.random() ** (1 / weight)) for weight in weights]
    return np.sort(np.argsort(keys, kind="stable")[:size])


@dataclass
class Rest:
    """What a dive has still to give out: its agents, jobs, prices, and the bound of what it costs;
    `paid` is what the loads cost that are kept."""

    one: Instance
    agents: Ints
    jobs: Ints
    prices: Floats
    bound: float
    knapsacks: Knapsacks
    paid: int = 0

    @property
    def comes_to(self) -> float:
        return self.paid + self.bound

    def without(self, agent: int, load: Flags, most: float) -> Rest:
        """What is left where the agent at this place holds this load."""
        paid = self.paid + int(self.knapsacks.one.cost[agent][load].sum())
        return rest_of(
            self.one, np.delete(self.agents, agent), self.jobs[~load], self.prices[~load],
            paid, most, ROUNDS_IN_A_DIVE,
        )  # fmt: skip

    def ended(self, most: float, draw: random.Random) -> tuple[Ints | None, bool]:
        """One of the cheapest ways to give out what is left, as places of its agents, and whether
        all were looked at."""
        within = most - self.comes_to
        loads, every = loads_within(self.knapsacks, self.prices, within)
        if not every:
            return None, False
        return chosen(self.knapsacks.one, loads, self.prices, within, 0, draw)

    def tried(self, draw: random.Random) -> list[tuple[int, Flags]]:
        """A few loads of a few agents, rather those that lose little."""
        least, _ = self.knapsacks.solve(self.prices)
        found = []
        for agent in draw.sample(range(len(self.agents)), min(AGENTS_TRIED, len(self.agents))):
            within, loads = NEAR_LEAST, None
            while loads is None:
                loads, within = self.knapsacks.near(self.prices, agent, within, 2000), 0.7 * within
            paid = self.knapsacks.one.cost[agent] - self.prices
            loses = (loads * paid).sum(axis=1) - least[agent]
            keys = [-(draw.random() ** np.exp(loss / EVEN)) for loss in loses]
            found += [(agent, loads[at]) for at in np.argsort(keys, kind="stable")[:LOADS_TRIED]]
        return found


def rest_of(
    one: Instance, agents: Ints, jobs: Ints, prices: Floats, paid: int, most: float, rounds: int
) -> Rest:
    knapsacks = Knapsacks(one.part(agents, jobs))
    bound, prices = priced(knapsacks, prices, most - paid, rounds, patience=6)
    return Rest(one, agents, jobs, prices, bound, knapsacks, paid)


def dived(one: Instance, prices: Floats, most: int, draw: random.Random) -> Ints | None:
    """An answer that costs about `most` or less, or None where this way down met none."""
    agents, jobs = np.arange(len(one.holds)), np.arange(one.cost.shape[1])
    given, goal = np.full(len(jobs), -1), most + LOST
    rest = rest_of(one, agents, jobs, prices, 0, goal, ROUNDS_IN_A_DIVE)
    while rest.comes_to <= goal:
        if len(rest.agents) <= LAST:
            found, every = rest.ended(goal, draw)
            if found is not None:
                given[rest.jobs] = rest.agents[found]
                return given
            if every:
                return None
        ways = [(rest.without(*way, goal), way) for way in rest.tried(draw)]
        after, (agent, load) = min(ways, key=lambda way: way[0].comes_to)
        given[rest.jobs[load]] = rest.agents[agent]
        rest = after
    return None


def bettered(
    one: Instance, given: Ints, prices: Floats, ended: Callable[[int], bool], seed: int = 1
) -> Ints:
    """The best answer met until `ended` (asked with its cost) from a feasible one (an agent for
    each job) and first prices of the jobs, say of the relaxation."""
    draw, knapsacks = random.Random(seed), Knapsacks(one)
    _, prices = priced(knapsacks, prices, one.costs(given), ROUNDS)
    least, _ = knapsacks.solve(prices)
    agents = len(least)
    dives = agents > LAST
    widest, patience = (WIDEST, IDLE_BEFORE_A_DIVE) if dives else (agents, IDLE)
    best, size, idle, kicks = given, min(5.0, agents), 0, 0
    while not ended(one.costs(best)):
        if idle >= patience and dives:
            found = dived(one, prices, one.costs(best) + WORSE, draw)
            if found is not None:
                given, idle, size = found, 0, 5.0
        elif idle >= patience:
            given, idle, kicks = best, 0, KICKS
        else:
            worse, kicks = (WORSE, kicks - 1) if kicks else (0, 0)
            some, before = drawn(one, given, prices, least, int(size), draw), one.costs(given)
            given, every = given_anew(one, given, some, prices, worse, draw)
            size = min(widest, size + 0.1) if every else max(2.0, size - 0.2)
            idle = 0 if one.costs(given) < before else idle + 1
        if one.costs(given) < one.costs(best):
            best, idle = given, 0
    return best
