"""Whoever takes a team out of a plan, or sends a workbook, reads which handovers that costs or
brings before it is done; a plan as it stands has the bound of its problem beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.core.models import Operation
from marrow.plan import actions
from marrow.plan.models import PlannedTeam, Scenario
from tests.acceptance.test_a_change_of_dates_tells_its_handovers import moved, two_teams_in_a_row
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken_away
from tests.builders import NOW
from tests.builders.planning import DAY, Planning, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def main_of(office: Client, page: str) -> str:
    return text(office.get(page)).split("<main")[1]


def test_whoever_takes_a_team_out_reads_first_which_handovers_go(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    for code in ("GN31", "GN32"):
        team = PlannedTeam.objects.get(scenario=plan, code=code)
        page = f"/plan/teams/{team.pk}/drop/"
        for language, words in (
            ("en", "3 handovers are lost: GN31-01 "), ("fr", "3 passations sont perdues : GN31-01"),
            ("zh-hans", "失去 3 次交接：GN31-01 "),
        ):  # fmt: skip
            office.cookies["django_language"] = language
            assert words in main_of(office, page), (code, language)
            assert "→ GN32-03 " in main_of(office, page)


def test_handovers_that_its_dates_lost_already_do_not_go_again_as_a_team_is_taken_out(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    moved(world, plan, 60)
    for code in ("GN31", "GN32"):
        team = PlannedTeam.objects.get(scenario=plan, code=code)
        page = f"/plan/teams/{team.pk}/drop/"
        with CaptureQueriesContext(connection) as asked:
            assert "lost" not in main_of(office, page), code
        assert len(asked) <= 30
    moved(world, plan, -60)
    assert "3 handovers are lost" in main_of(office, page), "they meet again"


def test_a_workbook_that_brings_handovers_back_says_so(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    moved(world, plan, 7)
    run = world.run(plan, at=NOW + 3 * DAY)
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 3 * DAY)
    book = taken_away(office, plan)
    for sheet, rows in (("missions", 2), ("seats", 6)):
        for row in range(1, rows + 1):
            mission = at(book, "missions.id" if sheet == "missions" else "seats.mission", row)
            for code in ("from", "to") if str(mission.value).endswith("GN32") else ():
                cell = at(book, f"{sheet}.{code}", row)
                cell.value = dt.date.fromisoformat(str(cell.value)[:10]) - 7 * DAY
    page = sent_back(office, plan, book)
    for language, words in (
        ("en", "3 handovers are gained: GN31-01 "), ("fr", "3 passations sont gagnées : GN31-01 "),
        ("zh-hans", "新增 3 次交接：GN31-01 "),
    ):  # fmt: skip
        office.cookies["django_language"] = language
        assert words in main_of(office, page), language


def test_the_plan_as_it_stands_has_the_bound_of_the_same_problem_beside_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    world.run(plan, at=NOW + 2 * DAY)
    told = main_of(office, f"/plan/{plan.pk}/").split('id="effects"')[1].split("</table>")[0]
    assert "No plan has more points than" in told
    assert "not reckoned" not in told


def test_after_a_change_of_a_plan_is_taken_back_one_is_on_the_plan_again(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    moved(world, plan, 7)
    act = Operation.objects.filter(action="move_planned_team").values_list("act", flat=True)[0]
    answer = office.post(f"/journal/undo/{act}/")
    assert answer["Location"] == f"/plan/{plan.pk}/"
    assert Scenario.objects.filter(pk=plan.pk).exists()


def test_no_space_stands_between_two_chinese_sentences(signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    office.cookies["django_language"] = "zh-hans"
    lede = main_of(office, "/plan/spared/").split('class="lede">')[1].split("</p>")[0]
    assert "。" in lede
    assert "。 " not in lede
