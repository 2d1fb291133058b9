"""A plan of a file as sheets to read: who goes, what is open and why, what changes, the load."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import get_args

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.words import colon
from marrow.plan.rules.engine.explain import Reason, reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.solvers import BrokenOff, Stop, broken_off
from marrow.plan.rules.problem import Plan, Problem, Seat, Weight
from marrow.plan.rules.teams import months_long
from marrow.plan.words import rule, sentence
from marrow.ui.papers.tables import Row, Sheet, sheets_bytes

WEIGHTS: tuple[str, ...] = get_args(Weight)


def empty_seats(problem: Problem, plan: Plan) -> list[Seat]:
    """Those in which nobody sits, the heaviest first."""
    held = {one.seat for one in plan.assignments}
    empty = [s for s in problem.seats if s.id not in held]
    return sorted(empty, key=lambda s: WEIGHTS.index(s.weight))


def reasons_of_empty(
    problem: Problem, plan: Plan, most: int | None, over: Stop
) -> dict[str, Reason]:
    """By seat why it stays empty, the heaviest first: of `most` seats, and of those that were
    reckoned before `over()`."""
    found: dict[str, Reason] = {}
    empty = empty_seats(problem, plan)[:most]
    if not empty or over():
        return found
    try:
        with broken_off(over):
            standing = Standing.of(problem, plan.assignments)
            for seat in empty:
                found[seat.id] = reason(standing, seat.id)
    except BrokenOff:
        pass
    return found


def plan_book(problem: Problem, plan: Plan, why: Mapping[str, Reason]) -> bytes:
    """The plan of a problem, with the reason of each open seat as far as it is reckoned."""
    held = {one.seat: one.person for one in plan.assignments}
    sheets = [
        _plan(problem, held), _open(problem, held, why), _changes(problem, held),
        _load(problem, held),
    ]  # fmt: skip
    return sheets_bytes(sheets)


def _plan(problem: Problem, held: dict[str, str]) -> Sheet:
    header = [
        _("Team"), _("Seat"), pgettext("in a team", "Role"), _("How much it weighs"),
        pgettext("a person", "Who"), _("Unit"), _("First day"), _("First day after"),
    ]  # fmt: skip
    home = {p.id: p.department for p in problem.people}
    rows: list[Row] = [
        [s.mission, s.id, s.position, s.weight, who, home.get(who, ""), s.start, s.end]
        for s in problem.seats for who in [held.get(s.id, "")]
    ]  # fmt: skip
    return Sheet(pgettext("rail", "Plan"), header, rows)


def _open(problem: Problem, held: dict[str, str], known: Mapping[str, Reason]) -> Sheet:
    rows: list[Row] = []
    for s in problem.seats:
        if s.id in held:
            continue
        told = known.get(s.id)
        out = [f"{o.count}{colon()}{rule(o.rule)}" for o in told.excluded] if told else []
        why = " ".join(sentence(w) for w in told.why) if told else _("Not reckoned yet.")
        rows.append([s.id, s.position, s.weight, why, "; ".join(out)])
    header = [
        _("Seat"), pgettext("in a team", "Role"), _("How much it weighs"), _("Why"),
        _("How many each rule leaves out"),
    ]  # fmt: skip
    return Sheet(_("Empty seats"), header, rows)


def _changes(problem: Problem, held: dict[str, str]) -> Sheet:
    """Against the published plan, where there is one."""
    before = {one.seat: one.person for one in problem.published}
    known = {s.id for s in problem.seats}
    seats = sorted(known & (before.keys() | held.keys())) if before else []
    rows: list[Row] = [
        [s, before.get(s, ""), held.get(s, "")] for s in seats if before.get(s) != held.get(s)
    ]
    return Sheet(_("Changes"), [_("Seat"), _("Now"), _("Then")], rows)


def _load(problem: Problem, held: dict[str, str]) -> Sheet:
    of = {d.id: o.name or o.id for o in problem.organisations for d in o.departments}
    home = {p.id: of[p.department] for p in problem.people}
    people: Counter[str] = Counter(home[p] for p in set(held.values()))
    months: defaultdict[str, float] = defaultdict(float)
    for s in problem.seats:
        if s.id in held:
            months[home[held[s.id]]] += months_long(s)
    rows: list[Row] = [[unit, people[unit], round(months[unit], 1)] for unit in sorted(people)]
    return Sheet(_("Load of the senders"), [_("Unit"), _("Persons"), _("Months")], rows)
