"""Why each seat of an answer is as it is: whom rules exclude, who else could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

from marrow.plan.rules.engine.explain import reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.repair import HEAVY, repairs
from marrow.plan.rules.limits import NOBODY, Taken, told_whole
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Problem
from marrow.plan.rules.said import Said
from marrow.plan.rules.teams import anaesthetists_for

MOST_OTHERS = 4
MOST_FURTHER = 20  # of a seat, whose cost is estimated; all others are counted


def reasons(problem: Problem, seated: Mapping[str, str]) -> dict[str, Any]:
    """By a seat's code: how many each rule excludes, how many remain, and who they are. `seated`:
    the person of each filled seat."""
    rules = Rules(problem)
    alone = _without_anaesthetist(problem, set(seated))
    elsewhere = {person: seat for seat, person in seated.items()}
    return {
        s.id: _of_seat(rules, s.id, seated.get(s.id), elsewhere) | {"alone": s.id in alone}
        for s in problem.seats
    }


def _without_anaesthetist(problem: Problem, filled: set[str]) -> set[str]:
    """Surgeons' seats at whose site nobody gives anaesthesia."""
    return {
        surgeon.id
        for surgeon, near in anaesthetists_for(problem)
        if not any(seat.id in filled for seat in near)
    }


def _of_seat(
    rules: Rules, seat: str, person: str | None, elsewhere: dict[str, str]
) -> dict[str, Any]:
    out, left = rules.excluded(seat)
    people = [rules.problem.people[i].id for i in left]
    others = [p for p in people if p != person]
    others.sort(key=lambda p: (p in elsewhere, p))
    return {
        "out": [[rule, n] for rule, n in out if n], "left": len(people),
        "others": [[p, elsewhere.get(p, "")] for p in others[:MOST_OTHERS]],
    }  # fmt: skip


def heaviest_first(standing: Standing, why: Mapping[str, Any]) -> list[str]:
    """The seats that are not explained yet: empty ones first, the heaviest of them first."""
    rows = [(k, s) for k, s in enumerate(standing.problem.seats) if "why" not in why.get(s.id, {})]
    rows.sort(key=lambda one: (one[0] in standing.holds, -HEAVY[one[1].weight], one[1].id))
    return [s.id for _k, s in rows if s.id in why]


def is_explained(why: Mapping[str, Any]) -> bool:
    """Whether every seat tells all that is told of it."""
    return all("why" in one for one in why.values())


def deep(standing: Standing, seat: str, taken: Taken = NOBODY) -> dict[str, Any]:
    """What a seat says of itself once it is solved around it: why, what each other person would
    cost, and for an empty one the changes that would fill it. `taken`: who is away already."""
    told = reason(standing, seat)
    found: dict[str, Any] = {"why": [as_json(told_whole(w, taken)) for w in told.why]}
    if told.person is not None:
        return found | {
            "costs": {o.person: [o.cost, o.exact, list(o.moves), o.least] for o in told.others},
            "others": [[o.person, ", ".join(o.sits)] for o in told.others],
            "kept_back": {
                o.person: [as_json(told_whole(w, taken)) for w in o.kept_back]
                for o in told.others
                if o.known is None
            },
            "further": [
                [e.person, ", ".join(e.sits), e.about, [as_json(w) for w in e.kept_back]]
                for e in told.further[:MOST_FURTHER]
            ],
            "more": len(told.further[MOST_FURTHER:]),
        }
    mended = repairs(standing, seat)
    return found | {
        "fills": [
            [
                as_json(r.what),
                r.person,
                sum(r.tiers),
                list(r.moves),
                list(r.emptied),
                [list(astuple(one)) for one in r.lost],
            ]
            for r in mended.found
        ],
        "tried": [mended.tried, mended.of, mended.sure],
    }


def as_json(told: Said) -> dict[str, Any]:
    """A message of the planner as it is kept: its code and what it names."""
    names = {k: v.isoformat() if isinstance(v, date) else v for k, v in told.names.items()}
    return {"code": told.code, "names": names}
