"""A team that is moved may no longer meet the one before it: which handovers go with that is told
when it is moved, beside an answer before it is taken, and of a workbook before a plan is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.plan import actions
from marrow.plan.forms import MoveForm
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken_away
from tests.builders import NOW, as_shown
from tests.builders.planning import DAY, Planning, planning
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def two_teams_in_a_row(world: Planning) -> Scenario:
    """Guinea's 31st and 32nd team, with somebody for each seat, solved and taken."""
    for n in range(2):
        for specialty in ("GENERAL_SURGERY", "ANAESTHESIA", "NURSING"):
            world.person(f"{specialty.title()} {n}", specialty)
    plan = actions.make_plan(
        name="Two in a row", series=[world.series.pk], from_on=NOW.date(),
        until_on=NOW.date() + 900 * DAY, by=world.office, at=NOW,
    )  # fmt: skip
    assert [t.code for t in PlannedTeam.objects.filter(scenario=plan).order_by("code")] == [
        "GN31", "GN32",
    ]  # fmt: skip
    run = world.run(plan)
    assert run.plan is not None
    assert run.plan["links"] == [3, 3], run.plan
    return Scenario.objects.get(pk=plan.pk)


def moved(world: Planning, plan: Scenario, days: int) -> None:
    team = PlannedTeam.objects.get(scenario=plan, code="GN32")
    actions.move_planned_team(
        team=team.pk, from_on=team.from_on + days * DAY, until_on=team.until_on + days * DAY,
        minimum=team.minimum, overlap_days=team.overlap_days, by=world.office, at=NOW + 2 * DAY,
    )  # fmt: skip


def test_an_answer_after_dates_were_moved_tells_which_handovers_go(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The 32nd team leaves a week later: no two are on post for two weeks any more."""
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    page, day = f"/plan/{plan.pk}/", NOW + 2 * DAY
    placed = dict(
        PlannedSeat.objects.filter(team__scenario=plan).values_list("code", "placing__person")
    )
    moved(world, plan, 7)
    run = world.run(plan, at=day)
    assert run.plan is not None
    assert run.plan["links"] == [0, 0]
    told = {(a, who, b, to) for a, who, b, to in run.plan["handovers"]["lost"]}
    assert told == {
        (f"GN31-0{n}", str(placed[f"GN31-0{n}"]), f"GN32-0{n}", str(placed[f"GN32-0{n}"]))
        for n in (1, 2, 3)
    }
    text(office.get(page))
    for language, words in (
        ("en", "3 handovers that the plan had when it was solved are lost: GN31-01 "),
        ("zh-hans", "与上次求解时相比，失去 3 次交接：GN31-01 "),
        ("fr", "3 passations prévues lors du dernier calcul du plan sont perdues"),
    ):
        office.cookies["django_language"] = language
        with CaptureQueriesContext(connection) as asked:
            shown = text(office.get(page))
        assert len(asked) <= 30, language
        assert words in shown, language
        of_them = shown.split(words)[1].split("</p>")[0]
        assert not any(who in of_them for _a, who, _b, _to in told), language
    office.cookies["django_language"] = "en"
    assert "Nursing" in text(office.get(page)).split("are lost: ")[1].split("</p>")[0]
    actions.accept_solution(run=run.pk, by=world.office, at=day)
    moved(world, plan, -7)
    back = world.run(plan, at=day + DAY)
    assert back.plan is not None
    assert back.plan["links"] == [3, 3]
    gained = "3 handovers that the plan did not have when it was solved are gained: GN31-01 "
    for language, words in (
        ("en", gained),
        ("zh-hans", "与上次求解时相比，新增 3 次交接：GN31-01 "),
        ("fr", "Par rapport au dernier calcul du plan, 3 passations sont gagnées : GN31-01 "),
    ):
        office.cookies["django_language"] = language
        assert words in text(office.get(page)), language


def test_an_answer_that_changes_no_handover_speaks_of_none(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = two_teams_in_a_row(world)
    world.run(plan, at=NOW + DAY)
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/"))
    assert "The planner proposes" in shown
    assert "are lost" not in shown
    assert "gained:" not in shown


def test_whoever_moves_a_team_is_told_at_once_which_handovers_that_costs(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    team = PlannedTeam.objects.get(scenario=plan, code="GN32")
    address = f"/plan/teams/{team.pk}/move/"
    told = opened(office, address) | as_shown(MoveForm.over(team, None))
    later = {"from_on": team.from_on + 7 * DAY, "until_on": team.until_on + 7 * DAY}
    answer = office.post(address, told | later, follow=True)
    assert answer.redirect_chain[-1][0] == f"/plan/{plan.pk}/?team=GN32", "read from its beginning"
    shown = text(answer).split("<main")[1]
    assert "3 handovers that the plan had when it was solved are lost: GN31-01 " in shown
    team.refresh_from_db()
    fewer = opened(office, address) | as_shown(MoveForm.over(team, None)) | {"minimum": "2"}
    answer = office.post(address, fewer, follow=True)
    assert answer.redirect_chain[-1][0] == f"/plan/{plan.pk}/?team=GN32#seats"
    assert "are lost" not in text(answer).split("<main")[1]


def test_a_workbook_that_moves_a_team_tells_which_handovers_that_costs(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The 32nd team leaves a week later than it did: no two are on post together for the two weeks
    that are asked."""
    plan = two_teams_in_a_row(world)
    office, book = signed_in["office"], taken_away(signed_in["office"], plan)
    for sheet, rows in (("missions", 2), ("seats", 6)):
        for row in range(1, rows + 1):
            mission = at(book, "missions.id" if sheet == "missions" else "seats.mission", row)
            for code in ("from", "to") if str(mission.value).endswith("GN32") else ():
                cell = at(book, f"{sheet}.{code}", row)
                cell.value = dt.date.fromisoformat(str(cell.value)[:10]) + 7 * DAY
    page = sent_back(office, plan, book)
    for language, words in (
        ("en", "3 handovers are lost: GN31-01 "),
        ("fr", "3 passations sont perdues : GN31-01 "),
        ("zh-hans", "失去 3 次交接：GN31-01 "),
    ):
        office.cookies["django_language"] = language
        shown = text(office.get(page))
        assert words in shown, shown.split("<main")[1][:3000]
        told = shown.split(words)[1].split("</p>")[0]
        assert "→ GN32-03 " in told
        assert "Nursing" in told
        assert told.endswith("。" if language == "zh-hans" else "."), "a whole sentence"
    unchanged = sent_back(office, plan, taken_away(office, plan))
    office.cookies["django_language"] = "en"
    assert "are lost" not in text(office.get(unchanged))


def test_two_teams_that_never_meet_hand_nothing_over(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The 32nd team is set to go and to be home again before the 31st leaves."""
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    first, team = PlannedTeam.objects.filter(scenario=plan).order_by("code")
    address = f"/plan/teams/{team.pk}/move/"
    told = opened(office, address) | as_shown(MoveForm.over(team, None))
    start = first.from_on - 20 * DAY
    before = {"from_on": start, "until_on": start + 18 * DAY}
    shown = text(office.post(address, told | before, follow=True)).split("<main")[1]
    assert "3 handovers that the plan had when it was solved are lost: GN31-01 " in shown
    run = world.run(plan, at=NOW + 2 * DAY)
    assert run.plan is not None, run.faults
    assert run.plan["links"] == [0, 0], "nobody is on post together"
    assert run.plan["points_by_tier"][2] == 0
    assert len(run.plan["handovers"]["lost"]) == 3


def test_handovers_that_come_back_are_told_as_good_news(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    moved(world, plan, 7)
    run = world.run(plan, at=NOW + 3 * DAY)
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 3 * DAY)
    team = PlannedTeam.objects.get(scenario=plan, code="GN32")
    address = f"/plan/teams/{team.pk}/move/"
    told = opened(office, address) | as_shown(MoveForm.over(team, None))
    back = {"from_on": team.from_on - 7 * DAY, "until_on": team.until_on - 7 * DAY}
    answer = office.post(address, told | back, follow=True)
    gained = "3 handovers that the plan did not have when it was solved are gained: GN31-01 "
    said = next(m for m in answer.context["messages"] if gained in str(m))
    assert said.tags == "success"
    assert answer.redirect_chain[-1][0] == f"/plan/{plan.pk}/?team=GN32"
