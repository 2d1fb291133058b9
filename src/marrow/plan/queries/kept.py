"""Who is only asked, and kept because a limit was lowered below those who are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marrow.plan.rules.caps import Caps, months, name_of
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Pin, Problem


def asked_beyond(
    problem: Problem, rules: Rules, pins: Sequence[Pin], asked: Iterable[Pin]
) -> tuple[Pin, ...]:
    """Of those who are `asked`, whom to keep: of a hospital or department of which more people are
    selected and asked than its limit allows in some month. Whoever is pinned elsewhere at the same
    time is not."""
    free = _free(rules, pins, asked)
    caps = Caps(problem.model_copy(update={"pins": (*pins, *free)}))
    full = {(home, month) for home, month, _count, _cap in caps.held_beyond()}
    return tuple(pin for pin in free if full & _touched(caps, pin))


def _free(rules: Rules, pins: Sequence[Pin], asked: Iterable[Pin]) -> list[Pin]:
    found: list[Pin] = []
    for pin in asked:
        others = [p.seat for p in (*pins, *found) if p.person == pin.person]
        if not any(rules.clash(pin.person or "", pin.seat, other) for other in others):
            found.append(pin)
    return found


def _touched(caps: Caps, pin: Pin) -> set[tuple[str, str]]:
    seat = caps.seats[pin.seat]
    of = [name_of(month) for month in months(seat.start, seat.end)]
    return {(home, month) for home in caps.home[pin.person or ""] for month in of}
