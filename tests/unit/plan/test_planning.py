"""The office plans: a plan begins from the calendar, is solved, changed, published, mended."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.core.refusals import Overtaken, Unseen
from marrow.missions.models import Mission
from marrow.plan import access, actions
from marrow.plan.models import AbsenceCap, Placing, PlannedSeat, PlannedTeam
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, STRANGER
from tests.builders.forming import chosen
from tests.builders.planning import Planning, planning, solved

pytestmark = [pytest.mark.both, pytest.mark.django_db]
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(people: dict[str, object]) -> Planning:
    return planning(people)


def test_a_plan_begins_with_the_next_batch_and_the_seats_of_the_last(world: Planning) -> None:
    team = PlannedTeam.objects.get(scenario=world.plan, number=31)
    last = Mission.objects.get(series=world.series, number=30)
    home = last.seats.values_list("until_on", flat=True)[0]
    assert home is not None
    assert team.from_on == home - 14 * DAY
    assert [s.specialty for s in team.seats.all()] == ["GENERAL_SURGERY", "ANAESTHESIA", "NURSING"]
    assert [s.weight for s in team.seats.all()] == ["CRITICAL", "CRITICAL", "IMPORTANT"]


def test_a_stranger_learns_of_no_plan(world: Planning) -> None:
    with pytest.raises(Unseen):
        access.scenario_for(STRANGER, world.plan.pk)


def test_the_worker_solves_and_the_first_answer_stands(world: Planning) -> None:
    plan = solved(world)
    placed = dict(Placing.objects.values_list("seat__code", "person"))
    assert plan.state == "SOLVED"
    assert placed == {
        "GN31-01": world.surgeon.pk,
        "GN31-02": world.anaesthetist.pk,
        "GN31-03": world.nurse.pk,
    }
    assert plan.figures["gap"] == 0
    assert plan.figures["critical"]["covered"] == 2


def test_somebody_drops_out_and_the_next_best_comes(world: Planning) -> None:
    solved(world)
    other = world.person("Other Test", "ANAESTHESIA")
    actions.drop_out(
        scenario=world.plan.pk, person=world.anaesthetist.pk, reason="ill", by=world.office, at=NOW
    )
    run = world.run()
    assert run.plan is not None
    assert {"seat": "GN31-02", "person": str(other.pk)} in run.plan["assignments"]
    assert Placing.objects.get(seat__code="GN31-02").person == world.anaesthetist
    actions.accept_solution(run=run.pk, by=world.office, at=NOW)
    assert Placing.objects.get(seat__code="GN31-02").person == other


def test_a_pin_holds(world: Planning) -> None:
    other = world.person("Other Test", "ANAESTHESIA")
    seat = PlannedSeat.objects.get(code="GN31-02")
    actions.pin_seat(seat=seat.pk, person=other.pk, by=world.office, at=NOW)
    solved(world)
    assert Placing.objects.get(seat=seat).person == other


def test_a_pin_that_breaks_a_rule_is_named_and_nothing_is_planned(world: Planning) -> None:
    seat = PlannedSeat.objects.get(code="GN31-02")
    PlannedSeat.objects.filter(pk=seat.pk).update(specialty="NURSING")
    actions.pin_seat(seat=seat.pk, person=world.nurse.pk, by=world.office, at=NOW)
    PlannedSeat.objects.filter(pk=seat.pk).update(specialty="ANAESTHESIA")
    run = world.run()
    assert run.state == "REFUSED"
    assert run.faults


def test_publishing_enters_the_team_and_asks_its_people(world: Planning) -> None:
    solved(world)
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW)
    mission = Mission.objects.get(series=world.series, number=31)
    asked = Assignment.objects.filter(seat__mission=mission)
    assert mission.status == "PLANNED"
    assert {a.person for a in asked} == {world.surgeon, world.anaesthetist, world.nurse}
    assert {a.state for a in asked} == {"INVITED"}


def test_of_two_plans_for_the_same_team_the_second_is_told(world: Planning) -> None:
    solved(world)
    copy = actions.copy_plan(scenario=world.plan.pk, name="Other", by=world.office, at=NOW)
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    with pytest.raises(Overtaken):
        actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    other = actions.copy_plan(scenario=copy.pk, name="Third", by=world.office, at=NOW)
    with pytest.raises(Overtaken, match="published"):
        actions.publish_plan(scenario=other.pk, by=world.office, at=NOW + DAY)


def test_a_published_plan_is_mended_in_a_copy(world: Planning) -> None:
    solved(world)
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW)
    other = world.person("Other Test", "ANAESTHESIA")
    copy = actions.copy_plan(scenario=world.plan.pk, name="Mended", by=world.office, at=NOW + DAY)
    actions.drop_out(
        scenario=copy.pk, person=world.anaesthetist.pk, reason="ill", by=world.office, at=NOW + DAY
    )
    run = world.run(copy, NOW + DAY)
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + DAY)
    actions.publish_plan(scenario=copy.pk, by=world.office, at=NOW + DAY)
    told = dict(
        Assignment.objects.filter(seat__specialty="ANAESTHESIA", seat__mission__number=31)
        .values_list("person", "state")
    )  # fmt: skip
    assert told == {world.anaesthetist.pk: "WITHDRAWN", other.pk: "INVITED"}


def test_a_hospital_under_pressure_is_a_hard_limit(world: Planning) -> None:
    cap = AbsenceCap(
        unit=world.hospital, from_on=NOW.date(), until_on=NOW.date() + 2000 * DAY, people=1,
        pressure=True,
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    solved(world)
    assert Placing.objects.count() <= 1


def test_nobody_is_planned_who_is_away_or_rests(world: Planning) -> None:
    last = Mission.objects.get(series=world.series, number=30)
    held = Seat.objects.get(mission=last, specialty="ANAESTHESIA")
    chosen(held, world.anaesthetist)
    solved(world)
    assert not Placing.objects.filter(seat__code="GN31-02").exists()
