"""Plans' part of the demonstration: the next teams of three invented series, solved, a copy in
which somebody drops out, mended, and one made of a workbook; how many an invented hospital can
spare."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from django.utils import translation
from openpyxl import Workbook as Xlsx
from openpyxl import load_workbook

from marrow.accounts.demo import persona
from marrow.core.book import same_id
from marrow.core.jobs import run_now
from marrow.core.viewer import Viewer
from marrow.directory.demo import SENDERS
from marrow.directory.models import Area
from marrow.people.models import Person
from marrow.plan.actions import (
    accept_solution,
    ask_to_solve,
    copy_plan,
    drop_out,
    make_plan,
    move_planned_team,
    pin_seat,
    send_workbook,
    set_absence_cap,
    set_budget,
    take_workbook,
)
from marrow.plan.actions.solving import JOB, MEND
from marrow.plan.models import AbsenceCap, Placing, PlannedTeam, Run, Scenario
from marrow.plan.queries.workbooks import template_of
from marrow.programmes.models import Series

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
#: at the hospital of the last one needs are confirmed that no team answers yet
SERIES = ("demonstration", "demonstration-testland", "demonstration-county")
NAME = "未来两年轮换计划（虚构）"
WHAT_IF = "如有人退出（虚构）"
STAYS = "队长人选已定（虚构）"
LEAVES = "家中老人需要照顾（虚构）"
BOOK, OF_BOOK = "护理岗改为关键.xlsx", "护理岗改为关键（虚构）"
A_MONTH, A_YEAR = Decimal(30), Decimal(13000)  # thousands, of an invented office
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
        _budget(plan, office, at)
        run = ask_to_solve(scenario=plan.pk, by=office, at=at - HOUR)
        run_now(JOB, key=str(run.pk), at=at)
        _what_if(plan, office, at)
        _by_workbook(plan, office, at)


def _budget(plan: Scenario, office: Viewer, at: dt.datetime) -> None:
    """What the teams cost, and what those whom the invented province sends may cost in a year: no
    figure is invented of a real place."""
    for team in PlannedTeam.objects.filter(scenario=plan):
        move_planned_team(
            team=team.pk, from_on=team.from_on, until_on=team.until_on, minimum=team.minimum,
            overlap_days=team.overlap_days, monthly_cost=A_MONTH, by=office, at=at - DAY,
        )  # fmt: skip
    senders = Area.objects.get(code=SENDERS)
    for year in (at.year, at.year + 1):
        set_budget(scenario=plan.pk, area=senders, year=year, amount=A_YEAR, by=office, at=at - DAY)


def _what_if(plan: Scenario, office: Viewer, at: dt.datetime) -> None:
    """A copy in which somebody drops out and somebody else is pinned, with the smallest change that
    the planner finds for it."""
    copy = copy_plan(scenario=plan.pk, name=WHAT_IF, by=office, at=at)
    placed = list(
        Placing.objects.filter(seat__team__scenario=copy, seat__seat=None).order_by("seat__code")[
            :2
        ]
    )
    if len(placed) > 1:
        stays, leaves = placed
        pin_seat(seat=stays.seat_id, person=stays.person_id, reason=STAYS, by=office, at=at)
        drop_out(
            scenario=copy.pk, person=leaves.person_id, why="FAMILY", reason=LEAVES, by=office,
            at=at,
        )  # fmt: skip
        _answered(copy, office, at, mends=True)


def _answered(plan: Scenario, office: Viewer, at: dt.datetime, *, mends: bool) -> None:
    """The planner's answer to what a plan asks by now, taken by the office."""
    run = ask_to_solve(scenario=plan.pk, by=office, at=at, mends=mends)
    run_now(MEND if mends else JOB, key=str(run.pk), at=at)
    run.refresh_from_db()
    if run.state == Run.State.DONE and not run.judged:
        accept_solution(run=run.pk, by=office, at=at)


def _by_workbook(plan: Scenario, office: Viewer, at: dt.datetime) -> None:
    """A plan made of a workbook in which nurses weigh as critical; one with a wrong row waits."""
    book = load_workbook(io.BytesIO(template_of(plan, office, at.date())))
    sheet = next(s for s in book if s["A2"].value == "seats.id")
    at_code = {cell.value: n for n, cell in enumerate(sheet[2], start=1)}
    for row in range(3, sheet.max_row + 1):
        if "NURSING" in str(sheet.cell(row, at_code["seats.accepts"]).value):
            sheet.cell(row, at_code["seats.weight"], "critical")
    sent = send_workbook(scenario=plan.pk, name=BOOK, content=_bytes(book), by=office, at=at)
    if sent.problem:
        made = take_workbook(workbook=sent.pk, name=OF_BOOK, by=office, at=at)
        _answered(made, office, at, mends=False)
    sheet.cell(3, at_code["seats.grade_min"], 9)
    send_workbook(scenario=plan.pk, name=BOOK, content=_bytes(book), by=office, at=at)


def _bytes(book: Xlsx) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
