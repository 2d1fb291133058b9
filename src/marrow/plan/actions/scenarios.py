"""Plans are begun from the calendar of series, copied, and their weights moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.plan import access
from marrow.plan.models import (
    Budget,
    Happening,
    Pin,
    Placing,
    PlannedSeat,
    PlannedTeam,
    Run,
    Scenario,
)
from marrow.plan.queries.forming import begun
from marrow.plan.rules.problem import Weights

MAKE = Act("make_plan", gettext_lazy("Began a plan"))
COPY = Act("copy_plan", gettext_lazy("Copied a plan"))
CHANGE = Act("change_plan", gettext_lazy("Changed a plan"))
MOST_POINTS = 1_000_000
MOST_YEARS = 5
TICK = dt.timedelta(microseconds=1)
FIRST_YEAR, LAST_YEAR = 1950, 2149
R = TypeVar("R", bound=Record)


def scope(row: Scenario) -> str:
    return f"plan:{row.pk}"


def make_plan(
    *, name: str, series: Sequence[UUID], from_on: dt.date, until_on: dt.date, by: Viewer,
    at: dt.datetime,
) -> Scenario:  # fmt: skip
    """Begin a plan of the teams that form, and of the next batches of these series; `until_on` is
    the first day after it."""
    rows = access.series_to_plan(by, series)
    if not rows:
        raise Refused(_("Choose at least one series."))
    if not name.strip() or by.person is None:
        raise Refused(_("Give the plan a name."))
    _prove_time(from_on, until_on)
    scenario = Scenario(
        id=uuid4(), name=name.strip()[:120], from_on=from_on, until_on=until_on,
        state=Scenario.State.DRAFT, made_by=by.person, made_at=at, changed_at=at,
    )  # fmt: skip
    made = begun(scenario, rows, at.date())
    if not made.teams:
        raise Refused(
            _("No team of these series forms or follows in this time. Enter the last batch first.")
        )
    with journal(MAKE, by=by, at=at, scope=scope(scenario)) as page:
        page.save(scenario)
        page.save_all(made.teams)
        page.save_all(made.seats)
    return scenario


def _prove_time(from_on: dt.date, until_on: dt.date) -> None:
    prove_days(from_on, until_on)
    if until_on <= from_on:
        raise Refused(_("A plan ends after it begins."))
    if (until_on - from_on).days > MOST_YEARS * 366:
        raise Refused(_("A plan is for five years at most."))


def prove_days(*days: dt.date) -> None:
    """Far from every calendar no months and no rests can be counted."""
    if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        told = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise Refused(_("Days of a plan lie in the years %(first)s to %(last)s.") % told)


def copy_plan(*, scenario: UUID, name: str, by: Viewer, at: dt.datetime) -> Scenario:
    """A plan of its own with all that this one has: changed, it leaves this one as it is."""
    row = access.scenario_to_plan(by, scenario)
    copy = copied(row, name, by, at)
    with journal(COPY, by=by, at=at, scope=scope(copy)) as page:
        page.save(copy)
        copy_parts(page, row, copy)
    return copy


def copied(row: Scenario, name: str, by: Viewer, at: dt.datetime) -> Scenario:
    """A new plan as this one is, not yet written, without its parts. Where it is called as this
    one, it is called so in each language."""
    if not name.strip() or by.person is None:
        raise Refused(_("Give the plan a name."))
    called: dict[str, Any] = {"name": name.strip()[:120]}
    if row.is_called(name) and row.also("name"):
        called = {"name": row.name, "tongues": {"name": row.also("name")}}
    return Scenario(
        id=uuid4(), **called, from_on=row.from_on, until_on=row.until_on,
        seed=row.seed, weights=dict(row.weights), copied_from=row, made_by=by.person, made_at=at,
        changed_at=min(row.changed_at, at), solved_at=row.solved_at, run=row.run,
        figures=dict(row.figures), facts=dict(row.facts), book=row.book,
        state=Scenario.State.SOLVED if row.figures else Scenario.State.DRAFT,
    )  # fmt: skip


def copy_parts(page: Page, row: Scenario, copy: Scenario) -> None:
    """The teams, seats, people, pins, budgets and happenings of a plan, as those of its copy."""
    teams = {t.pk: _like(t, scenario=copy) for t in PlannedTeam.objects.filter(scenario=row)}
    old = PlannedSeat.objects.filter(team__scenario=row)
    seats = {s.pk: _like(s, team=teams[s.team_id]) for s in old}
    page.save_all(teams.values())
    page.save_all(seats.values())
    for model in (Placing, Pin):
        held = model._base_manager.filter(seat__in=list(seats))
        page.save_all([_like(one, seat=seats[one.seat_id]) for one in held])
    for of_plan in (Happening, Budget):
        page.save_all(
            [_like(one, scenario=copy) for one in of_plan._base_manager.filter(scenario=row)]
        )


def _like(row: R, **other: object) -> R:
    """A new row that says the same, but for what is named."""
    told = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    new = type(row)(**{**told, "id": uuid4()})
    for name, value in other.items():
        setattr(new, name, value)
    return new


def change_plan(
    *, scenario: UUID, told: Mapping[str, object], by: Viewer, at: dt.datetime
) -> Scenario:
    """Change a plan's name, time, seed or weights."""
    row = to_change(by, scenario)
    weights = told.get("weights", row.weights)
    if not isinstance(weights, dict) or set(weights) - set(Weights.model_fields):
        raise Refused(_("There is no such weight."))
    if any(not 0 <= float(points) <= MOST_POINTS for points in weights.values()):
        raise Refused(_("A weight is a number from 0 to 1,000,000."))
    for column in ("from_on", "until_on", "seed", "weights"):
        if column in told:
            setattr(row, column, told[column])
    if "name" in told and not row.is_called(str(told["name"])):
        row.say("name", str(told["name"]))
    if not row.name.strip():
        raise Refused(_("Give the plan a name."))
    _prove_time(row.from_on, row.until_on)
    with journal(CHANGE, by=by, at=at, scope=scope(row)) as page:
        touched(page, row, at)
    return row


def to_change(by: Viewer, scenario: UUID) -> Scenario:
    """A plan that may be changed: one that is published stays as it was published, one that is put
    aside as it is."""
    return changeable(access.scenario_to_plan(by, scenario))


def changeable(row: Scenario) -> Scenario:
    if row.state == Scenario.State.PUBLISHED:
        raise Refused(_("This plan is published. Copy it, and change the copy."))
    prove_not_aside(row)
    return row


def prove_not_aside(row: Scenario) -> None:
    if row.aside_at:
        raise Refused(_("This plan is put aside. Take it back first."))


def touched(page: Page, row: Scenario, at: dt.datetime) -> None:
    """What is asked changed: the answer that stands is no longer of it."""
    row.changed_at = after_the_answer(row, at)
    page.save(row)


def after_the_answer(row: Scenario, at: dt.datetime) -> dt.datetime:
    """A moment after that of the answer which stands, and of the question at which the planner
    works: what is told in the same moment was told after it."""
    asked = Run.objects.filter(scenario=row, judged="").aggregate(last=Max("asked_at"))["last"]
    return max([at, *(moment + TICK for moment in (row.solved_at, asked) if moment)])
