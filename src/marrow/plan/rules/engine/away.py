"""How many people each department and hospital has away in a month, as rows of the model.

A limit counts people. Who can have one stay in a month stands in the row by the pairs of it; who
could have two, by a column that is 1 once they have any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from marrow.plan.rules.caps import months, number
from marrow.plan.rules.engine.builder import INF, At, Builder, grouped
from marrow.plan.rules.engine.stays import apart, largest, twice
from marrow.plan.rules.roster import Ints

KINDS = ("department_keeps_enough", "hospital_keeps_enough")
COUNTED = "counts_as_away"  # rows that only say when somebody is away


def caps(b: Builder, at: At) -> None:
    """The months of each home in which a cap can bind: not where fewer people could be away, and
    not where another month with no higher cap has the same pairs and more."""
    spans = [months(s.start, s.end) for s in at.problem.seats]
    first = np.array([number(m[0]) for m in spans], np.int64)[at.seat]
    last = np.array([number(m[-1]) for m in spans], np.int64)[at.seat]
    already = _already(at)
    for kind, limits, homes in zip(KINDS, at.rules.limits, at.rules.roster.homes, strict=True):
        groups = grouped(homes.row[at.person], len(homes.names))
        for most, pairs in zip(limits.most, groups, strict=True):
            month = np.flatnonzero(most < len(pairs))
            if len(month):
                told, touched = (month + limits.first, most[month]), (first[pairs], last[pairs])
                for of_month, cap in _binding(at.person[pairs], pairs, touched, told, already):
                    b.row(kind, _people(b, at, of_month), -INF, float(cap))


def _already(at: At) -> dict[int, Ints]:
    """By month the people, as rows, whom no limit of it counts: they are away without this plan."""
    row, found = at.rules.roster.row, defaultdict[int, list[int]](list)
    for name, month in at.rules.caps.already:
        found[number(month)].append(row[name])
    return {month: np.array(who, np.int64) for month, who in found.items()}


def _binding(
    person: Ints, pairs: Ints, touched: tuple[Ints, Ints], told: tuple[Ints, Ints],
    already: Mapping[int, Ints],
) -> list[tuple[Ints, int]]:  # fmt: skip
    """The pairs of each month in which the cap of a home can bind, and the cap. `told`: months, and
    the cap of each."""
    month, cap = told
    away = (touched[0] <= month[:, None]) & (month[:, None] <= touched[1])
    for k, one in enumerate(month.tolist()):
        if one in already:
            away[k] &= ~np.isin(person, already[one])
    who, own = np.unique(person, return_inverse=True)
    each = np.zeros((len(pairs), len(who)), np.int64)
    each[np.arange(len(pairs)), own] = 1
    people = (away.astype(np.int64) @ each > 0).sum(axis=1)
    away, cap = away[people > cap], cap[people > cap]
    shared = away.astype(np.int64) @ away.T.astype(np.int64)
    size = shared.diagonal()
    kept: list[int] = []
    for k in np.lexsort((cap, -size)):
        covers = shared[k, kept] == size[k]
        if not (covers & (cap[kept] <= cap[k])).any():
            kept.append(int(k))
    return [(pairs[away[k]], int(cap[k])) for k in sorted(kept)]


def _people(b: Builder, at: At, pairs: Ints) -> dict[int, float]:
    """The columns of which the sum is how many people these pairs send away."""
    often = np.isin(at.person[pairs], twice(at, pairs))
    columns = pairs[~often].tolist()
    for p in np.unique(at.person[pairs[often]]).tolist():
        columns.append(_away(b, at, tuple(pairs[at.person[pairs] == p].tolist())))
    return dict.fromkeys(columns, 1.0)


def _away(b: Builder, at: At, pairs: tuple[int, ...]) -> int:
    """The column that is 1 once somebody has any of their pairs of a month: one for both homes."""
    known = b.follows.away_by
    if pairs not in known:
        column = b.column(0.0, 0)
        for clique in sorted(largest(apart(at, list(pairs))), key=sorted):
            b.row(COUNTED, {**{pairs[i]: 1.0 for i in clique}, column: -1.0}, -INF, 0)
        known[pairs] = column
        for c in pairs:
            b.follows.away_of.setdefault(c, []).append(column)
    return known[pairs]
