"""An answer that waits while somebody changes the plan tells no figures that are no longer so, and
is not taken: it says to solve the plan again, or to mend it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.jobs import run_one
from marrow.core.refusals import Overtaken
from marrow.plan import actions
from marrow.plan.models import Placing, PlannedTeam, Scenario
from tests.acceptance.test_a_change_of_dates_tells_its_handovers import moved, two_teams_in_a_row
from tests.builders import NOW
from tests.builders.planning import DAY, Planning, planning
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db
SINCE = "The plan was changed since this answer was asked for, so it cannot be taken."


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def test_a_team_moved_while_an_answer_waits_tells_no_handovers_of_before(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    page = f"/plan/{plan.pk}/"
    run = world.run(plan, at=NOW + 2 * DAY)
    assert "3 of 3" in text(office.get(page)).split("The planner proposes")[1]
    moved(world, plan, 7)
    shown = text(office.get(page)).split("The planner proposes")[1].split("</section>")[0]
    assert SINCE in shown
    assert "3 of 3" not in shown
    assert "What comes of it" not in shown
    assert f"/plan/runs/{run.pk}/accept/" not in shown
    assert f"/plan/runs/{run.pk}/leave/" in shown
    for language, words in (
        ("fr", "Calculez le plan à nouveau ou réparez-le."),
        ("zh-hans", "请重新求解，或修补计划。"),
    ):
        office.cookies["django_language"] = language
        assert words in text(office.get(page)), language


def test_an_answer_of_before_a_change_is_not_taken_from_a_page_that_was_open(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    plan, office = two_teams_in_a_row(world), signed_in["office"]
    page, day = f"/plan/{plan.pk}/", NOW + 2 * DAY
    run = world.run(plan, at=day)
    address = f"/plan/runs/{run.pk}/accept/"
    as_it_was = opened(office, page, f'action="{address}"')
    moved(world, plan, 7)
    told = calling["office"].get(f"/api/v1/plan-runs/{run.pk}").json()
    assert told["overtaken"] is True
    assert not {"handovers", "before"} & told["plan"].keys()
    assert told["plan"]["assignments"]
    for answer in (
        office.post(address, as_it_was),
        calling["office"].post(f"/api/v1/plan-runs/{run.pk}/accept", {}, "application/json"),
    ):
        assert answer.status_code == 409
        assert SINCE in text(answer)
    run.refresh_from_db()
    assert run.judged == ""
    assert Scenario.objects.get(pk=plan.pk).run != run.pk
    again = world.run(plan, at=day + DAY)
    told = calling["office"].get(f"/api/v1/plan-runs/{again.pk}").json()
    assert told["overtaken"] is False
    assert len(told["plan"]["handovers"]["lost"]) == 3
    assert SINCE not in text(office.get(page))
    actions.accept_solution(run=again.pk, by=world.office, at=day + DAY)
    assert Scenario.objects.get(pk=plan.pk).run == again.pk


def test_a_second_who_drops_out_is_mended_with_the_first(world: Planning) -> None:
    """Both in one moment: the answer of before the second is left, the next one keeps to both."""
    plan = two_teams_in_a_row(world)
    rows = Placing.objects.filter(seat__team__scenario=plan, seat__code__in=("GN31-01", "GN32-02"))
    first, second = (p.person for p in rows.order_by("seat__code"))
    answers = []
    for who in (first, second):
        answers.append(
            actions.drop_out_and_mend(
                scenario=plan.pk, person=who.pk, why="HEALTH", by=world.office, at=NOW
            )
        )
        while run_one("test"):
            pass
    before, then = answers
    assert before is not None
    assert then is not None
    with pytest.raises(Overtaken):
        actions.accept_solution(run=before.pk, by=world.office, at=NOW)
    actions.accept_solution(run=then.pk, by=world.office, at=NOW)
    stands = Placing.objects.filter(seat__team__scenario=plan).values_list("person", flat=True)
    assert not {first.pk, second.pk} & set(stands)


def test_the_first_answer_is_taken_though_the_plan_was_changed_meanwhile(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Nobody stands in a seat yet: it is what is mended next."""
    actions.ask_to_solve(scenario=world.plan.pk, by=world.office, at=NOW)
    team = PlannedTeam.objects.get(scenario=world.plan)
    actions.move_planned_team(
        team=team.pk, from_on=team.from_on + DAY, until_on=team.until_on + DAY,
        minimum=team.minimum, overlap_days=team.overlap_days, by=world.office, at=NOW,
    )  # fmt: skip
    while run_one("test"):
        pass
    assert Placing.objects.filter(seat__team__scenario=world.plan).count() == 3
    shown = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "changed since it was solved" in shown
    assert "Mend: the smallest change" in shown
