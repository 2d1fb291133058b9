"""Whoever drops out while reasons are still being looked for is answered at once: the reasons make
way between two seats, are said to be coming, and come afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.core.jobs import enqueue, run_one
from marrow.core.models import Job
from marrow.plan import actions, jobs
from marrow.plan.actions.solving import EXPLAIN, JOB
from marrow.plan.models import Placing, Run, Scenario
from marrow.plan.rules.said import said
from tests.acceptance.test_a_change_of_dates_tells_its_handovers import two_teams_in_a_row
from tests.builders import NOW
from tests.builders.planning import DAY, Planning, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
COMING = "More reasons are being looked for."


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def standing(plan: Scenario) -> Run:
    """The run whose answer stands."""
    assert plan.run
    return Run.objects.get(pk=plan.run)


@pytest.fixture
def plan(world: Planning) -> Scenario:
    """Solved and taken, with its reasons still to come."""
    plan = two_teams_in_a_row(world)
    run = standing(plan)
    run.why = {s: {k: v for k, v in told.items() if k != "why"} for s, told in run.why.items()}
    run.save()
    enqueue(EXPLAIN, key=str(run.pk), at=NOW)
    return plan


def looking(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Any] | None) -> list[str]:
    """The seats for which reasons are looked for, the first of them while something happens."""
    asked: list[str] = []

    def deep(_standing: Any, seat: str, _taken: Any) -> dict[str, Any]:
        asked.append(seat)
        if meanwhile and len(asked) == 1:
            meanwhile()
        return {"why": []}

    monkeypatch.setattr(jobs, "deep", deep)
    return asked


def drops_out(world: Planning, plan: Scenario, days: int) -> Run:
    who = Placing.objects.get(seat__team__scenario=plan, seat__code="GN31-03").person
    run = actions.drop_out_and_mend(
        scenario=plan.pk, person=who.pk, why="HEALTH", by=world.office, at=NOW + days * DAY
    )
    assert run is not None
    return run


def state(run: Run) -> str:
    return Run.objects.get(pk=run.pk).state


def test_a_drop_out_is_answered_after_the_seat_at_hand_not_after_all_of_them(
    world: Planning, plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Run] = []
    asked = looking(monkeypatch, lambda: told.append(drops_out(world, plan, 1)))
    assert run_one("test")
    assert len(asked) == 1
    assert run_one("test")
    assert state(told[0]) == "DONE"
    assert len(asked) == 1
    while run_one("test"):
        pass
    stands = standing(plan)
    assert all("why" in one for one in stands.why.values()), "taken up again: it still stands"
    assert asked.count("GN31-01") == 2


def test_reasons_of_an_answer_that_no_longer_stands_are_left(
    world: Planning, plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = looking(monkeypatch, None)
    Job.objects.all().delete()
    run = drops_out(world, plan, 1)
    assert run_one("test")
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 2 * DAY)
    enqueue(EXPLAIN, key=str(plan.run), at=NOW)
    while run_one("test"):
        pass
    assert len(asked) == len(set(asked)), "those of the newer one alone"
    assert "why" not in standing(plan).why["GN31-01"]


def test_reasons_make_way_for_another_plan_that_waits_to_be_solved(
    world: Planning, plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Run] = []

    def another() -> None:
        run = actions.ask_to_solve(scenario=world.plan.pk, by=world.office, at=NOW)
        told.append(run)

    asked = looking(monkeypatch, another)
    assert run_one("test")
    assert len(asked) == 1
    assert run_one("test")
    assert state(told[0]) == "DONE"
    while run_one("test"):
        pass
    assert all("why" in one for one in standing(plan).why.values())


def test_a_plan_that_cannot_be_mended_has_its_reasons_looked_for_further(
    world: Planning, plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking(monkeypatch, None)
    Job.objects.all().delete()
    run = drops_out(world, plan, 1)
    monkeypatch.setattr(jobs, "_written", lambda _run, _asked: [said("no_seats")])
    while run_one("test"):
        pass
    assert state(run) == "REFUSED"
    assert all("why" in one for one in standing(plan).why.values())


def test_the_page_and_the_sheets_say_that_more_reasons_are_being_looked_for(
    world: Planning, plan: Scenario, monkeypatch: pytest.MonkeyPatch, signed_in: dict[str, Client]
) -> None:
    looking(monkeypatch, None)
    office, page = signed_in["office"], f"/plan/{plan.pk}/"
    Placing.objects.get(seat__team__scenario=plan, seat__code="GN31-03").delete()
    assert COMING in text(office.get(page))
    for language, words in (
        ("fr", "D’autres raisons sont en cours de recherche."), ("zh-hans", "正在寻找更多原因。"),
    ):  # fmt: skip
        office.cookies["django_language"] = language
        assert words in text(office.get(page)), language
    office.cookies["django_language"] = "en"
    assert COMING in why_empty(office, plan)
    while run_one("test"):
        pass
    assert COMING not in text(office.get(page))
    assert COMING not in why_empty(office, plan)
    assert not Job.objects.filter(kind__in=(EXPLAIN, JOB), state__in=Job.OPEN).exists()


def why_empty(office: Client, plan: Scenario) -> str:
    sheet = load_workbook(io.BytesIO(office.get(f"/plan/{plan.pk}/plan.xlsx").content))
    return " ".join(str(row[3]) for row in sheet["Empty seats"].iter_rows(2, values_only=True))
