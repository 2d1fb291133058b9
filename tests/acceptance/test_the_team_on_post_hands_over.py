"""The team that is on post hands over to the first one of a plan: that is counted, told where dates
move it away, and no day with nobody there goes untold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.missions.models import Mission
from marrow.plan import actions
from marrow.plan.actions import set_absence_cap
from marrow.plan.forms import MoveForm
from marrow.plan.models import AbsenceCap, Placing, PlannedTeam
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.checker import breaches, counted
from marrow.plan.rules.engine.solve import solve
from marrow.teams.models import Assignment, Seat
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.acceptance.test_what_a_moved_team_costs import with_another_seat
from tests.builders import NOW, a_batch, a_programme, a_series, as_shown
from tests.builders.forming import a_seat, chosen
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db
LEAVES = TODAY + 48 * DAY  # the first day without the 30th team


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    """The 30th team is on post until then, with a person in each seat; the plan is solved."""
    row = planning(people)
    for seat in Seat.objects.filter(mission__number=30):
        held = chosen(seat, row.person(f"Now {seat.specialty.title()}", seat.specialty))
        Assignment.objects.filter(pk=held.pk).update(state="SERVING", started_on=seat.from_on)
    Mission.objects.filter(number=30).update(status="ON_POST")
    return row


def team(world: Planning) -> PlannedTeam:
    return PlannedTeam.objects.get(scenario=world.plan, code="GN31")


def moved_on_its_page(world: Planning, office: Client, days: int) -> Any:
    row = team(world)
    address = f"/plan/teams/{row.pk}/move/"
    told = opened(office, address) | as_shown(MoveForm.over(row, None))
    later = {"from_on": row.from_on + days * DAY, "until_on": row.until_on + days * DAY}
    return office.post(address, told | later, follow=True)


def moved(world: Planning, days: int) -> None:
    row = team(world)
    actions.move_planned_team(
        team=row.pk, from_on=row.from_on + days * DAY, until_on=row.until_on + days * DAY,
        minimum=row.minimum, overlap_days=row.overlap_days, by=world.office, at=NOW,
    )  # fmt: skip


def test_each_seat_that_meets_its_forerunner_gains_a_handover(world: Planning) -> None:
    assert team(world).from_on == LEAVES - 14 * DAY
    run = world.run()
    assert run.plan is not None, run.faults
    assert run.plan["links"] == [3, 3]
    assert run.plan["points_by_tier"][2] == 9
    problem = problem_of(world.plan, world.office, TODAY).problem
    assert [(one.id, one.mission, one.end) for one in problem.on_post] == [
        (f"GN30-0{n}", "GN31", LEAVES) for n in (1, 2, 3)
    ]
    plan = solve(problem)
    assert breaches(problem, plan) == []
    assert counted(problem, plan.assignments)[2] == 9


@pytest.mark.parametrize(("limit", "filled"), [(2, 3), (1, 2)])
def test_who_is_on_post_counts_once_for_a_limit(world: Planning, limit: int, filled: int) -> None:
    """One surgeon is away until the 31st is there; with room for two another one goes."""
    set_absence_cap(
        cap=AbsenceCap(
            unit=world.hospital, specialty="GENERAL_SURGERY", from_on=TODAY,
            until_on=LEAVES + 300 * DAY, people=limit,
        ), by=world.office, at=NOW,
    )  # fmt: skip
    solved(world)
    assert Placing.objects.filter(seat__team__scenario=world.plan).count() == filled


def test_whoever_moves_the_next_team_away_is_told_what_is_lost_and_when_nobody_is_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    world.run()
    office = signed_in["office"]
    answer = moved_on_its_page(world, office, 60)
    shown = text(answer).split("<main")[1]
    start, last = LEAVES, LEAVES + 45 * DAY
    assert f"leaves before GN31 comes: nobody is there from {start} to {last}." in shown
    assert "3 handovers that the plan had when it was solved are lost: GN30-01 " in shown
    assert "Now General_Surgery" in shown
    run = world.run(at=NOW + DAY)
    assert run.plan is not None, run.faults
    assert run.plan["links"] == [0, 0]
    assert len(run.plan["handovers"]["lost"]) == 3


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "leaves before GN31 comes: nobody is there from {} to {}."),
        ("zh-hans", "撤离后GN31才到：{}至{}无人在岗。"),
        ("fr", "part avant l’arrivée de GN31 : personne n’est en poste du {} au {}."),
    ],
)
def test_the_calendar_tells_the_days_on_which_nobody_is_there(
    world: Planning, signed_in: dict[str, Client], language: str, words: str
) -> None:
    office = signed_in["office"]
    office.cookies["django_language"] = language
    page = f"/plan/{world.plan.pk}/"
    told = words.format(LEAVES, LEAVES + 5 * DAY)
    assert told not in text(office.get(page))
    moved(world, 20)
    text(office.get(page))
    with CaptureQueriesContext(connection) as asked:
        shown = text(office.get(page))
    assert told in shown
    assert len(asked) <= 30


def test_a_team_that_comes_as_the_one_before_leaves_leaves_no_gap(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    moved(world, 14)
    assert "nobody is there" not in text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    moved(world, 1)
    told = f"nobody is there from {LEAVES} to {LEAVES}."
    assert told in text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))


def test_a_seat_that_nobody_is_in_on_post_hands_nothing_over(world: Planning) -> None:
    """Where nobody at all is on record of the team on post, somebody is there all the same."""
    held = Assignment.objects.filter(seat__mission__number=30)
    held.filter(seat__role="LEADER").delete()
    run = world.run()
    assert run.plan is not None
    assert run.plan["links"] == [2, 2]
    held.delete()
    run = world.run(at=NOW + DAY)
    assert run.plan is not None
    assert run.plan["links"] == [3, 3]
    assert Placing.objects.filter(seat__team__scenario=world.plan).count() == 3


def test_a_workbook_that_changes_nothing_loses_no_handover(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    world.run()
    office = signed_in["office"]
    page = sent_back(office, world.plan, taken_away(office, world.plan))
    assert "lost" not in text(office.get(page))


def test_a_workbook_that_moves_the_next_team_away_names_who_hands_over_to_nobody(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    world.run()
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    for sheet, rows in (("missions", 1), ("seats", 3)):
        for row in range(1, rows + 1):
            for code in ("from", "to"):
                cell = at(book, f"{sheet}.{code}", row)
                cell.value = dt.date.fromisoformat(str(cell.value)[:10]) + 30 * DAY
    shown = text(office.get(sent_back(office, world.plan, book)))
    assert "3 handovers are lost: GN30-01 Now General_Surgery → GN31-01 " in shown


def test_a_team_of_which_every_seat_was_taken_out_keeps_no_plan_from_being_solved(
    world: Planning,
) -> None:
    actions.add_planned_team(
        scenario=world.plan.pk, programme=a_programme("eyes").key, title="Eyes",
        kind="SHORT_SURGICAL", from_on=TODAY + 60 * DAY, until_on=TODAY + 80 * DAY,
        seats=[("NURSING", 1)], by=world.office, at=NOW,
    )  # fmt: skip
    for seat in team(world).seats.all():
        actions.drop_planned_seat(seat=seat.pk, by=world.office, at=NOW)
    run = world.run()
    assert (run.state, run.faults) == ("DONE", [])


def test_a_seat_that_a_workbook_calls_as_one_of_the_team_on_post_keeps_no_plan_from_being_solved(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    with_another_seat(book, "GN30-01")
    made = taken(office, sent_back(office, world.plan, book))
    run = world.run(made, at=NOW + DAY)
    assert (run.state, run.faults) == ("DONE", [])
    assert run.plan is not None
    assert run.plan["links"] == [3, 3]


def test_a_middle_team_of_which_every_seat_was_taken_out_keeps_no_plan_from_being_solved(
    world: Planning,
) -> None:
    plan = actions.make_plan(
        name="Three", series=[world.series.pk], from_on=TODAY, until_on=TODAY + 1200 * DAY,
        by=world.office, at=NOW,
    )  # fmt: skip
    for seat in PlannedTeam.objects.get(scenario=plan, code="GN31").seats.all():
        actions.drop_planned_seat(seat=seat.pk, by=world.office, at=NOW)
    run = world.run(plan)
    assert (run.state, run.faults) == ("DONE", [])


def test_the_day_on_which_a_team_was_to_leave_is_over_so_no_gap_is_told(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    Seat.objects.filter(mission__number=30).update(until_on=TODAY - 20 * DAY)
    assert "nobody is there" not in text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))


def test_a_team_taken_out_of_a_plan_leaves_a_gap_that_is_told(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    long = TODAY + 1200 * DAY
    plan = actions.make_plan(
        name="Three",
        series=[world.series.pk],
        from_on=TODAY,
        until_on=long,
        by=world.office,
        at=NOW,
    )
    actions.drop_planned_team(
        team=PlannedTeam.objects.get(scenario=plan, code="GN31").pk, by=world.office, at=NOW
    )
    page = text(signed_in["office"].get(f"/plan/{plan.pk}/"))
    assert f"leaves before GN32 comes: nobody is there from {LEAVES} to " in page


def test_two_series_to_one_area_call_nobody_by_another_ones_seat(world: Planning) -> None:
    other = a_series(a_programme("second"))
    batch = a_batch(31, other, status="ON_POST")
    for role, of in (("LEADER", "GENERAL_SURGERY"), ("MEMBER", "NURSING")):
        a_seat(batch, role, specialty=of, from_on=TODAY - 500 * DAY, until_on=LEAVES)
    plan = actions.make_plan(
        name="Two", series=[world.series.pk, other.pk], from_on=TODAY,
        until_on=TODAY + 400 * DAY, by=world.office, at=NOW,
    )  # fmt: skip
    problem = problem_of(plan, world.office, TODAY).problem
    assert {"GN31-01"} <= {s.id for s in problem.seats}
    assert {o.id for o in problem.on_post if o.mission == "GN32"} == {"GN31B-01", "GN31B-02"}
