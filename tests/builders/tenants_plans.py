"""A tenant's plan, with what it is given: who drops out, a budget, a workbook, wishes, a couple."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from marrow.core.viewer import Viewer
from marrow.directory.models import Area, Organisation
from marrow.people.actions import say_wish, tell_couple
from marrow.plan.actions import (
    ask_to_solve,
    drop_out,
    make_plan,
    send_workbook,
    set_absence_cap,
    set_budget,
)
from marrow.plan.models import AbsenceCap, Scenario
from marrow.plan.queries.workbooks import template_of
from tests.builders import NOW, a_person

TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """The series whose next teams are planned, who sends, and from where."""

    series: UUID
    unit: Organisation
    area: Area


def planned(by: Viewer, unit: Viewer, of: Planned, person: UUID, mark: str) -> dict[str, str]:
    """The parts of addresses that name what belongs to a plan; `mark` stands in every text."""
    plan = make_plan(
        name=f"plan {mark}", series=[of.series], from_on=TODAY, until_on=TODAY + 900 * DAY, by=by,
        at=NOW,
    )  # fmt: skip
    team = plan.teams.filter(seats__isnull=False).first()
    assert team is not None
    told = AbsenceCap(
        id=uuid4(), unit=of.unit, from_on=TODAY, until_on=TODAY + 90 * DAY, people=3, reason=mark
    )
    out = drop_out(scenario=plan.pk, person=person, reason=mark, by=by, at=NOW)
    found = {
        "scenario": plan.pk, "team": team.pk, "planned": team.seats.all()[0].pk,
        "happening": out.pk, "run": ask_to_solve(scenario=plan.pk, by=by, at=NOW).pk,
        "cap": set_absence_cap(cap=told, by=unit, at=NOW).pk, **_inputs(plan, by, of, mark),
        **_wishes(unit, of, person, mark),
    }  # fmt: skip
    return {name: str(pk) for name, pk in found.items()}


def _inputs(plan: Scenario, by: Viewer, of: Planned, mark: str) -> dict[str, UUID]:
    budget = set_budget(scenario=plan.pk, area=of.area, year=2027, amount=Decimal(9), by=by, at=NOW)
    sent = send_workbook(
        scenario=plan.pk, name=f"{mark}.xlsx", content=template_of(plan, by, TODAY), by=by, at=NOW
    )
    return {"budget": budget.pk, "workbook": sent.pk}


def _wishes(unit: Viewer, of: Planned, person: UUID, mark: str) -> dict[str, UUID]:
    other = a_person(f"Other {mark}", of.unit)
    couple = tell_couple(person=person, other=other.pk, rule="APART", by=unit, at=NOW)
    wish = say_wish(person=person, kind="REFUSES", area=of.area, by=unit, at=NOW)
    return {"wish": wish.pk, "couple": couple.pk}
