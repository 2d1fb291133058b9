"""What happens to a plan that stands: people drop out, an empty seat is asked about, somebody else
is asked for. Each is timed from the problem as it is read to the answer, with nothing kept."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from marrow.plan.rules.engine.explain import excluded_from
from marrow.plan.rules.engine.mend import mend
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.others import Asked
from marrow.plan.rules.engine.repair import changes, proved
from marrow.plan.rules.problem import Plan, Problem

DROP_OUTS, OUTBREAKS, TAKEN = 10, 5, 6
EMPTY, HELD = 10, 10  # seats of which repairs, and others, are asked

HEAD = "| instance | what | cases | median s | 95 % s | worst s | came of it |\n|" + "---|" * 7


@dataclass
class Times:
    """Seconds of each case, and what came of them all together."""

    what: str
    clock: Callable[[], float]
    seconds: list[float] = field(default_factory=list)
    came: dict[str, int] = field(default_factory=dict)

    def take(self, work: Callable[[], Any]) -> Any:
        began = self.clock()
        found = work()
        self.seconds.append(self.clock() - began)
        return found

    def count(self, **came: int) -> None:
        for name, n in came.items():
            self.came[name] = self.came.get(name, 0) + n

    def line(self, instance: str) -> str:
        late = sorted(self.seconds)
        told = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in self.came.items())
        if not late:
            return f"| {instance} | {self.what} | 0 | – | – | – | – |"
        nearly = late[min(len(late) - 1, int(0.95 * len(late)))]
        return (
            f"| {instance} | {self.what} | {len(late)} | {statistics.median(late):.3f} "
            f"| {nearly:.3f} | {late[-1]:.3f} | {told} |"
        )


def tables(problem: Problem, plan: Plan, *, cpu: bool = False) -> Iterator[Times]:
    """With `cpu` the seconds are of the processor, not of the wall."""
    clock = time.process_time if cpu else time.perf_counter
    one = Times("drops out of a critical seat", clock)
    yield drop_outs(problem, plan, one, DROP_OUTS, 1)
    yield drop_outs(problem, plan, Times("six are taken at once", clock), OUTBREAKS, TAKEN)
    yield from asked(problem, plan, clock)


def drop_outs(problem: Problem, plan: Plan, told: Times, cases: int, people: int) -> Times:
    """Cases spread evenly over the critical seats that are filled."""
    critical = {s.id for s in problem.seats if s.weight == "critical"}
    held = [a.person for a in plan.assignments if a.seat in critical]
    step = max(1, len(held) // cases)
    for n in range(min(cases, len(held))):
        gone = {held[(n * step + k * 7) % len(held)] for k in range(people)}
        now = without(problem, gone)
        found = told.take(lambda now=now: mend(now, plan.assignments))
        told.count(
            seats_lost=len(found.lost), filled_again=len(found.lost) - len(found.open),
            seats_changed=len(found.moved),
        )  # fmt: skip
    return told


def without(problem: Problem, gone: set[str]) -> Problem:
    """They are available on no day."""
    people = tuple(
        p.model_copy(update={"available": ()}) if p.id in gone else p for p in problem.people
    )
    return problem.model_copy(update={"people": people})


def asked(problem: Problem, plan: Plan, clock: Callable[[], float]) -> Iterator[Times]:
    """Empty seats, and who else could sit on filled ones, of a plan that is loaded."""
    loaded, table, tries, others = (
        Times("a plan is loaded to be asked", clock), Times("whom each rule excludes", clock),
        Times("a repair of an empty seat", clock), Times("the five who else could", clock),
    )  # fmt: skip
    standing = loaded.take(lambda: Standing.of(problem, plan.assignments))
    filled = {a.seat for a in plan.assignments}
    for seat in [s.id for s in problem.seats if s.id not in filled][:EMPTY]:
        table.take(lambda s=seat: excluded_from(standing, s))
        for change in changes(standing, seat):
            found = tries.take(lambda s=seat, c=change: proved(standing, s, c))
            tries.count(fill_it=found is not None)
    for k in sorted(standing.holds)[:: max(1, len(filled) // HELD)][:HELD]:
        found = others.take(lambda k=k: Asked(standing, k).others())
        others.count(people=len(found))
    yield from (loaded, table, tries, others)
