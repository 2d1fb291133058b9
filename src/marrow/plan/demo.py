"""Plans' part of the demonstration: the next teams of two invented series, how many an invented
hospital can spare. The worker solves it when the demonstration begins."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from marrow.accounts.demo import persona
from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.people.models import Person
from marrow.plan.actions import ask_to_solve, make_plan, set_absence_cap
from marrow.plan.models import AbsenceCap, Scenario
from marrow.programmes.models import Series

DAY = dt.timedelta(days=1)
SERIES = ("demonstration", "demonstration-testland")
NAME = "未来两年轮换计划（虚构）"
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
        ask_to_solve(scenario=plan.pk, by=office, at=at)
