"""Plans' part of the demonstration: the next teams of two invented series, solved, and a
copy in which somebody drops out; how many an invented hospital can spare."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from marrow.accounts.demo import persona
from marrow.core.book import same_id
from marrow.core.jobs import run_now
from marrow.core.viewer import Viewer
from marrow.people.models import Person
from marrow.plan.actions import (
    ask_to_solve,
    copy_plan,
    drop_out,
    make_plan,
    pin_seat,
    set_absence_cap,
)
from marrow.plan.actions.solving import EXPLAIN, JOB
from marrow.plan.models import AbsenceCap, Placing, Scenario
from marrow.programmes.models import Series

DAY = dt.timedelta(days=1)
SERIES = ("demonstration", "demonstration-testland")
NAME = "未来两年轮换计划（虚构）"
WHAT_IF = "如有人退出（虚构）"
STAYS = "队长人选已定（虚构）"
LEAVES = "家中有事（虚构）"
WHY = "发热门诊扩容，人手紧张（虚构）"


def fill(by: Viewer, at: dt.datetime) -> None:
    """A second call adds nothing."""
    rows = list(Series.objects.filter(key__in=SERIES))
    if Scenario.objects.exists() or not rows:
        return
    office, today = persona("demo-office"), at.date()
    unit = Person.objects.get(pk=same_id("person", "demonstration", "Ma Yun")).unit
    with translation.override("zh-hans"):
        cap = AbsenceCap(
            id=same_id("cap", unit.pk), unit=unit, from_on=today, until_on=today + 200 * DAY,
            people=6, pressure=True, reason=WHY,
        )  # fmt: skip
        set_absence_cap(cap=cap, by=office, at=at - 2 * DAY)
        plan = make_plan(
            name=NAME, series=[s.pk for s in rows], from_on=today, until_on=today + 700 * DAY,
            by=office, at=at - DAY,
        )  # fmt: skip
        run = ask_to_solve(scenario=plan.pk, by=office, at=at)
        run_now(JOB, key=str(run.pk), at=at)
        run_now(EXPLAIN, key=str(run.pk), at=at)
        _what_if(plan, office, at)


def _what_if(plan: Scenario, office: Viewer, at: dt.datetime) -> None:
    """A copy in which somebody drops out, and somebody else is pinned; it waits to be solved."""
    copy = copy_plan(scenario=plan.pk, name=WHAT_IF, by=office, at=at)
    placed = list(
        Placing.objects.filter(seat__team__scenario=copy, seat__seat=None).order_by("seat__code")[
            :2
        ]
    )
    if len(placed) > 1:
        stays, leaves = placed
        pin_seat(seat=stays.seat_id, person=stays.person_id, reason=STAYS, by=office, at=at)
        drop_out(scenario=copy.pk, person=leaves.person_id, reason=LEAVES, by=office, at=at)
