"""What is told of the limits of hospitals and departments: which one holds how many back, and how
much of it was taken already by those who are away without this plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from marrow.plan.rules.caps import Caps, month_of, number
from marrow.plan.rules.problem import Pin, Problem
from marrow.plan.rules.said import Named, Said, said


@dataclass(frozen=True, slots=True)
class Away:
    """Of a month: the whole limit, and how many are away without this plan."""

    limit: int
    away: int


#: by home ("organisation" or "department", a blank, its id) and month (2027-01)
Taken = Mapping[tuple[str, str], Away]
NOBODY: Taken = {}
#: messages that name a home, a month and what is left of its limit; with `_of` they name it whole
OF_LIMITS = tuple(
    f"{code}_{kind}" for code in ("pinned_beyond", "held_beyond", "empty_by", "kept_by")
    for kind in ("organisation", "department")
)  # fmt: skip


def told_whole(one: Said, taken: Taken) -> Said:
    """The same message with the whole limit, and who is away already, where some are."""
    if one.code not in OF_LIMITS:
        return one
    home = f"{one.code.rsplit('_', 1)[1]} {one.names['name']}"
    found = taken.get((home, str(one.names["month"]).split(" ", 1)[0]))
    if found is None or max(0, found.limit - found.away) != one.names["cap"]:
        return one
    return Said(f"{one.code}_of", {**one.names, "limit": found.limit, "away": found.away})


def held_beyond(problem: Problem, taken: Taken = NOBODY) -> Iterator[Said]:
    """Homes of which more are selected than their limit allows, since it was lowered: they stay."""
    told = (
        told_whole(_said("held_beyond", home, month, count=count, cap=cap), taken)
        for home, month, count, cap in Caps(problem).held_beyond()
    )
    yield from _in_a_row(told)


def pinned_beyond(caps: Caps, pins: Iterable[Pin], taken: Taken = NOBODY) -> Iterator[Said]:
    """Homes of which more are pinned away than go; of those who are selected nobody is told to be
    a pin."""
    pinned = [(p.person, p.seat) for p in pins if p.person is not None]
    yield from _in_a_row(_pinned(caps, pinned, taken))


def _pinned(caps: Caps, pinned: Iterable[tuple[str, str]], taken: Taken) -> Iterator[Said]:
    for home, month, count, cap in caps.over(pinned):
        one = told_whole(_said("pinned_beyond", home, month, count=count, cap=cap), taken)
        held = caps.held[home, month_of(month)]
        if held and one.code in OF_LIMITS:
            names = {**one.names, "held": held}
            one = Said(one.code.replace("beyond", "beyond_selected"), names)
        yield one


def _said(code: str, home: str, month: str, **names: Named) -> Said:
    kind, name = home.split(" ", 1)
    return said(f"{code}_{kind}", name=name, month=month, **names)


def _in_a_row(told: Iterable[Said]) -> Iterator[Said]:
    """One message for months that follow each other in which all else is the same."""
    run: list[Said] = []
    for one in told:
        if run and not _follows(run[-1], one):
            yield _of_all(run)
            run = []
        run.append(one)
    if run:
        yield _of_all(run)


def _follows(one: Said, other: Said) -> bool:
    same = (one.code, {**one.names, "month": ""}) == (other.code, {**other.names, "month": ""})
    return same and _at(other) == _at(one) + 1


def _at(one: Said) -> int:
    return number(month_of(str(one.names["month"])))


def _of_all(run: list[Said]) -> Said:
    first, last = str(run[0].names["month"]), str(run[-1].names["month"])
    return run[0] if first == last else Said(
        run[0].code, {**run[0].names, "month": f"{first} – {last}"}
    )  # fmt: skip
