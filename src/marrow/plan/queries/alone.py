"""A plan of a file as sheets to read: who goes, what is open and why, what changes, the load."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.words import colon
from marrow.plan.rules.engine.explain import reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.problem import Plan, Problem
from marrow.plan.rules.teams import months_long
from marrow.plan.words import rule, sentence
from marrow.ui.papers.tables import Row, Sheet, sheets_bytes


def plan_book(problem: Problem, plan: Plan) -> bytes:
    """The plan of a problem, with the reason of each open seat."""
    held = {one.seat: one.person for one in plan.assignments}
    sheets = [
        _plan(problem, held), _open(problem, plan, held), _changes(problem, held),
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


def _open(problem: Problem, plan: Plan, held: dict[str, str]) -> Sheet:
    rows: list[Row] = []
    if empty := [s for s in problem.seats if s.id not in held]:
        standing = Standing.of(problem, plan.assignments)
        for s in empty:
            told = reason(standing, s.id)
            out = [f"{o.count}{colon()}{rule(o.rule)}" for o in told.excluded]
            why = " ".join(sentence(w) for w in told.why)
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
