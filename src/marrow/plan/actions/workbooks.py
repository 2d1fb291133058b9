"""A workbook is sent back for a plan and looked at; then a plan is made of what it tells."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.plan import access
from marrow.plan.actions.scenarios import (
    after_the_answer,
    copied,
    copy_parts,
    scope,
    to_change,
    touched,
)
from marrow.plan.actions.teams import remove_seat
from marrow.plan.models import (
    Budget,
    Happening,
    Pin,
    PlannedSeat,
    PlannedTeam,
    Scenario,
    Workbook,
)
from marrow.plan.queries.budgets import budgets_of
from marrow.plan.queries.overlay import spared_more
from marrow.plan.queries.problem import problem_of
from marrow.plan.queries.why import as_json
from marrow.plan.queries.workbook import cells_of
from marrow.plan.queries.workbooks import not_of_records, told_by
from marrow.plan.rules.facts import Facts, difference, without
from marrow.plan.rules.kinds import NO_SPECIALTY, grade_of, level_of
from marrow.plan.rules.problem import Problem, Weights
from marrow.plan.rules.workbook.reading import problem_of as read_problem
from marrow.teams.models import Seat

TAKE = Act("take_workbook", gettext_lazy("Made a plan of a workbook"))
FORGET = Act("forget_workbook", gettext_lazy("Let a plan go by the records again"))
MOST_BYTES = 20 * 2**20
Field = tuple[str, str, str]
#: what the records reckon of each list by the days of the teams and of the whole plan
RECKONED = {
    "seats": ("cost",), "missions": ("rest_days",),
    "people": ("available", "last_deployment", "rests", "homecomings", "away_already"),
    "organisations": ("absence_cap", "under_pressure", "departments"),
}  # fmt: skip
SPAN = ("horizon_from", "horizon_to")


def send_workbook(
    *, scenario: UUID, name: str, content: bytes, by: Viewer, at: dt.datetime
) -> Workbook:
    """Read a workbook for a plan. Nothing changes: it says what is wrong, or what would change."""
    row = access.scenario_to_plan(by, scenario)
    sender = access.account_of(by)
    if len(content) > MOST_BYTES:
        raise Refused(_("The workbook is larger than 20 MB. Leave out what does not change."))
    cells = _cells(content)
    read = read_problem(cells)
    base = problem_of(row, by, at.date()).problem
    wrong = [*read.wrong, *not_of_records(read, base, row, by)]
    sent = Workbook(
        id=uuid4(), scenario=row, name=Path(name.replace("\\", "/")).name[:200],
        sent_by=sender, sent_at=at, cells=cells,
        wrong=[[w.sheet, w.row, as_json(w.what)] for w in wrong],
        problem=read.problem.written() if read.problem and not wrong else "",
    )  # fmt: skip
    sent.save()
    return sent


def _cells(content: bytes) -> Mapping[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        return cells_of(Path(file.name))


def take_workbook(*, workbook: UUID, name: str, by: Viewer, at: dt.datetime) -> Scenario:
    """A new plan with what the workbook tells; the plan for which it was sent stays as it is."""
    sent = access.workbook_for(by, workbook)
    _prove_not_taken(sent)
    if not sent.problem:
        raise Refused(_("Something is wrong with rows of this workbook. Nothing is taken in."))
    if not name.strip():
        raise Refused(_("Give the plan a name."))
    base = problem_of(sent.scenario, by, at.date()).problem
    wanted = told_by(sent, base)
    with transaction.atomic():
        _prove_not_taken(sent)
        copy = _head(copied(sent.scenario, name, by, at), wanted, sent, at)
        with journal(TAKE, by=by, at=at, scope=scope(copy)) as page:
            told = difference(base, wanted)
            _write(page, sent.scenario, copy, told, by)
            mine = problem_of(copy, by, at.date()).problem
            facts = _kept(difference(mine, wanted))
            earlier = _said(sent.scenario.facts)
            said = earlier | (_said(told) - _costs_copied(told, base, earlier))
            copy.facts = _counted_from(_reckoned_anew(facts, said), copy)
            page.save(copy)
        Workbook.objects.filter(pk=sent.pk).update(made=copy.pk, cells={}, problem="")
    return copy


def _prove_not_taken(sent: Workbook) -> None:
    made = Scenario.objects.filter(pk__in=Workbook.objects.filter(pk=sent.pk).values("made"))
    if plan := made.first():
        raise Overtaken(_("A plan was made of this workbook already: “%s”.") % plan)


def _head(copy: Scenario, wanted: Problem, sent: Workbook, at: dt.datetime) -> Scenario:
    usual = Weights().model_dump()
    copy.weights = {n: v for n, v in wanted.weights.model_dump().items() if v != usual[n]}
    copy.seed, copy.book, copy.facts = wanted.seed, sent.name, {}
    copy.changed_at = after_the_answer(copy, at)
    return copy


def _kept(facts: dict[str, Any]) -> dict[str, Any]:
    """Pins are rows of the plan; only those of records that the workbook let go are facts."""
    gone = facts.pop("pins", {}).get("gone", [])
    return facts | ({"pins": {"gone": gone}} if gone else {})


def _said(told: Facts) -> set[Field]:
    """What somebody told: of which list, which record, which field."""
    found = {("head", "", field) for field in told.get("head", {})}
    for name in RECKONED:
        rows = dict(told.get(name, {}).get("changed", {}))
        rows |= {one["id"]: one for one in told.get(name, {}).get("new", ())}
        found |= {(name, key, field) for key, fields in rows.items() for field in fields}
    return found


def _costs_copied(told: Facts, base: Problem, said: Collection[Field]) -> set[Field]:
    """New seats with the cost that the records reckoned for others of their team: a row copied
    tells no cost of its own."""
    costs = {(s.mission, s.cost) for s in base.seats if ("seats", s.id, "cost") not in said}
    new = told.get("seats", {}).get("new", ())
    return {("seats", one["id"], "cost") for one in new if (one["mission"], one["cost"]) in costs}


def _reckoned_anew(facts: dict[str, Any], said: Collection[Field]) -> dict[str, Any]:
    """What nobody told and the records reckon goes by them: by the days to which teams moved."""
    for name, fields in RECKONED.items():
        for key, row in facts.get(name, {}).get("changed", {}).items():
            unsaid = tuple(f for f in fields if f in row and (name, key, f) not in said)
            facts = without(facts, name, key, unsaid)
    head = facts.get("head", {})
    span = {f for f in SPAN if ("head", "", f) not in said}
    facts = {**facts, "head": {f: v for f, v in head.items() if f not in span}}
    return {
        name: one for name, one in facts.items() if (one if name == "head" else any(one.values()))
    }


def _counted_from(facts: dict[str, Any], copy: Scenario) -> dict[str, Any]:
    """With how many more, or fewer, hospitals spare in this plan by what was said before: limits
    that were told count that already."""
    if "organisations" not in facts:
        return facts
    more = spared_more(Happening.objects.filter(scenario=copy))
    return facts | ({"spared": dict(more)} if any(more.values()) else {})


def _write(page: Page, old: Scenario, copy: Scenario, told: Facts, by: Viewer) -> None:
    page.save(copy)
    copy_parts(page, old, copy)
    teams = {t.code: t for t in PlannedTeam.objects.filter(scenario=copy)}
    rows = PlannedSeat.objects.filter(team__scenario=copy).select_related("team")
    seats = {s.code: s for s in rows}
    _teams(page, teams, told.get("missions", {}))
    _seats(page, teams, seats, told.get("seats", {}))
    _drop_teams(page, teams, told.get("missions", {}))
    _pins(page, copy, told.get("pins", {}), by)
    _budgets(page, copy, told.get("budgets", {}))
    head = told.get("head", {})
    copy.from_on = dt.date.fromisoformat(head.get("horizon_from", str(copy.from_on)))
    copy.until_on = dt.date.fromisoformat(head.get("horizon_to", str(copy.until_on)))


_OF_A_TEAM = {
    "from": "from_on", "to": "until_on", "overlap_days": "overlap_days",
    "minimum_people": "minimum", "hats": "hats",
}  # fmt: skip


def _teams(page: Page, teams: Mapping[str, PlannedTeam], told: Facts) -> None:
    for code, fields in told.get("changed", {}).items():
        team = teams[code]
        for field, column in _OF_A_TEAM.items():
            if field in fields:
                value = fields[field]
                if field in ("from", "to"):
                    value = dt.date.fromisoformat(value)
                setattr(team, column, value)
        if "language" in fields:
            team.language = fields["language"] or ""
        page.save(team)


def _drop_teams(page: Page, teams: Mapping[str, PlannedTeam], told: Facts) -> None:
    for code in told.get("gone", ()):
        for seat in teams[code].seats.all():
            remove_seat(page, seat)
        page.remove(teams[code])


def _seats(
    page: Page, teams: Mapping[str, PlannedTeam], seats: Mapping[str, PlannedSeat], told: Facts
) -> None:
    for code in told.get("gone", ()):
        remove_seat(page, seats[code])
    for code, fields in told.get("changed", {}).items():
        page.save(_of_book(seats[code], fields))
    for one in told.get("new", ()):
        role = one["position"].partition(" ")[0]
        row = PlannedSeat(
            id=uuid4(), team=teams[one["mission"]], code=one["id"],
            role=role if role in Seat.Role.values else "MEMBER",
        )  # fmt: skip
        page.save(_of_book(row, one))


def _of_book(seat: PlannedSeat, fields: Mapping[str, Any]) -> PlannedSeat:
    """What a row of the plan can hold of a seat; the rest is kept as facts."""
    if "accepts" in fields:
        first = fields["accepts"][0]
        seat.specialty = "" if first == NO_SPECIALTY else first
    if "grade_min" in fields:
        seat.grade = grade_of(fields["grade_min"])
    if "language" in fields:
        asked = fields["language"]
        level = level_of(asked["level"]) if asked else ""
        seat.languages = {asked["code"]: level} if level else {}
    if "weight" in fields:
        seat.weight = fields["weight"].upper()
    return seat


def _pins(page: Page, copy: Scenario, told: Facts, by: Viewer) -> None:
    held = {
        p.seat.code: p for p in Pin.objects.filter(seat__team__scenario=copy).select_related("seat")
    }
    rows = {s.code: s for s in PlannedSeat.objects.filter(team__scenario=copy)}
    for code in told.get("gone", ()):
        if code in held:
            page.remove(held[code])
    asked: dict[str, Mapping[str, Any]] = {one["seat"]: one for one in told.get("new", ())}
    asked |= told.get("changed", {})
    for code, fields in asked.items():
        pin = held.get(code) or Pin(id=uuid4(), seat=rows[code], pinned_by=access.account_of(by))
        if "person" in fields:
            pin.person = _seen(by, fields["person"])
        pin.reason = str(fields.get("reason", pin.reason))[:300]
        page.save(pin)


def _budgets(page: Page, copy: Scenario, told: Facts) -> None:
    """Budgets of areas that Marrow knows are rows of the plan; of others they are facts."""
    rows = {f"{b.area.code}|{b.year}": b for b in budgets_of(copy)}
    for key in told.get("gone", ()):
        if key in rows:
            page.remove(rows[key])
    for key, fields in told.get("changed", {}).items():
        if key in rows and "amount" in fields:
            rows[key].amount = Decimal(str(fields["amount"]))
            page.save(rows[key])
    for one in told.get("new", ()):
        if area := Area.objects.filter(code=one["area"]).first():
            amount = Decimal(str(one["amount"]))
            page.save(Budget(id=uuid4(), scenario=copy, area=area, year=one["year"], amount=amount))


def _seen(by: Viewer, person: str | None) -> Person | None:
    return people_for(by).get(pk=person) if person else None


def forget_workbook(*, scenario: UUID, by: Viewer, at: dt.datetime) -> Scenario:
    """The plan goes by the records again: what its workbook told otherwise falls away."""
    row = to_change(by, scenario)
    if not row.facts and not row.book:
        raise Refused(_("This plan goes by the records already."))
    row.facts, row.book = {}, ""
    with journal(FORGET, by=by, at=at, scope=scope(row)) as page:
        touched(page, row, at)
    return row
