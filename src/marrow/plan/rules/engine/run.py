"""One run: the best plan so far, the lowest bound so far, and when to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.solvers import Stop, never
from marrow.plan.rules.engine.whole import points_by_tier, value

CLOSED = 1e-6  # relative: what is left is no more than the bound was rounded outward


@dataclass(frozen=True)
class Progress:
    """How far a run is: the best plan so far, its points by tier, and the bound."""

    stage: str
    seconds: float
    value: float
    tiers: tuple[float, ...]
    bound: float
    gap: float
    filled: int
    critical_open: int


@dataclass
class Run:
    """One run: the model, the best plan so far, and the lowest bound so far."""

    model: Model
    x: Floats
    bound: float
    stop: Stop = never
    until: float = float("inf")
    tell: Callable[[Progress], None] = lambda _: None
    began: float = field(default_factory=time.perf_counter)
    log: list[str] = field(default_factory=list)
    cancelled: bool = False

    @property
    def value(self) -> float:
        return value(self.model, self.x)

    @property
    def closed(self) -> bool:
        return self.bound - self.value <= CLOSED * max(1.0, abs(self.bound))

    @property
    def gap(self) -> float:
        return (self.bound - self.value) / max(1.0, abs(self.bound))

    @property
    def slack(self) -> float:
        """Points that the plan may lose and be no less proved for it: it counts as equal."""
        room = CLOSED * max(1.0, abs(self.bound))
        return room - (self.bound - self.value) if self.closed else room

    def left(self) -> float:
        """Seconds that are left."""
        return max(0.1, self.until - time.perf_counter())

    def should_stop(self) -> bool:
        self.cancelled = self.cancelled or self.stop() or time.perf_counter() > self.until
        return self.cancelled

    def took(self, stage: str, x: Floats | None = None, above: float | None = None) -> None:
        """Keeps what is better and tells how far the run is."""
        if x is not None and value(self.model, x) > self.value + 1e-9:
            self.x = x
        if above is not None:
            self.bound = max(min(self.bound, above), self.value)
        filled = self.x[self.model.filled : self.model.goes] > 0.5
        critical = critical_seats(self.model)
        seconds = time.perf_counter() - self.began
        self.log.append(f"{stage} {self.value:.2f} {self.bound:.2f} {self.gap:.6f}")
        open_ones = int((~filled[critical]).sum())
        tiers = points_by_tier(self.model, self.x)
        self.tell(
            Progress(
                stage,
                seconds,
                self.value,
                tiers,
                self.bound,
                self.gap,
                int(filled.sum()),
                open_ones,
            )
        )


def critical_seats(model: Model) -> list[int]:
    return [k for k, s in enumerate(model.rules.problem.seats) if s.weight == "critical"]
