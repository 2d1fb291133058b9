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
    f"{code}_{kind}"
    for code in ("pinned_beyond", "held_beyond", "asked_beyond", "empty_by", "kept_by")
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
    """Homes of which more are selected or asked than their limit allows, since it was lowered: they
    stay."""
    caps = Caps(problem)
    yield from _in_a_row(
        told_whole(_held(caps, home, month, count, cap), taken)
        for home, month, count, cap in caps.held_beyond()
    )


def _held(caps: Caps, home: str, month: str, count: int, cap: int) -> Said:
    asked = caps.asked[home, month_of(month)]
    if not asked:
        return _said("held_beyond", home, month, count=count, cap=cap)
    return _said("asked_beyond", home, month, count=count, cap=cap, asked=asked)


def pinned_beyond(caps: Caps, pins: Iterable[Pin], taken: Taken = NOBODY) -> Iterator[Said]:
    """Homes of which more are pinned away than go; of those who are selected nobody is told to be
    a pin."""
    pinned = [(p.person, p.seat) for p in pins if p.person is not None]
    yield from _in_a_row(_pinned(caps, pinned, taken))


def _pinned(caps: Caps, pinned: Iterable[tuple[str, str]], taken: Taken) -> Iterator[Said]:
    for home, month, count, cap in caps.over(pinned):
        one = told_whole(_said("pinned_beyond", home, month, count=count, cap=cap), taken)
        held, asked = (of[home, month_of(month)] for of in (caps.held, caps.asked))
        if held and one.code in OF_LIMITS:
            code = one.code.replace("beyond", "beyond_asked" if asked else "beyond_selected")
            one = Said(code, {**one.names, "held": held})
        yield one


def beyond(told: Iterable[Said], taken: Taken = NOBODY) -> Iterator[Said]:
    """What a plan breaks: its limits with those who are away without it, and one message for months
    that follow each other; all else as it is."""
    broken = list(told)
    yield from (one for one in broken if one.code != "beyond_cap")
    yield from _in_a_row(_beyond(one, taken) for one in broken if one.code == "beyond_cap")


def _beyond(one: Said, taken: Taken) -> Said:
    name = str(one.names["name"])
    kind = "department" if "/" in name else "organisation"
    found = taken.get((f"{kind} {name}", str(one.names["month"])))
    left = max(0, found.limit - found.away) if found else None
    if found is None or not found.away or left != one.names["cap"]:
        return one
    return Said("beyond_cap_of", {**one.names, "limit": found.limit, "away": found.away})


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
