"""R111: a hospital lowers its limit below those of its people who are selected or asked already.
They stay, the hospital is named with its numbers, and nobody else is taken from there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from marrow.core.jobs import run_one
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.people.actions import add_to_person
from marrow.people.models import Person, Unavailability
from marrow.plan import actions
from marrow.plan.models import AbsenceCap, PlannedTeam, Run, Scenario
from marrow.teams.actions import answer_for_unit, select
from marrow.teams.models import Assignment
from tests.builders import NOW, OFFICE, a_sending_hospital
from tests.builders.forming import a_seat, chosen, unit_of
from tests.builders.planning import DAY, TODAY, Planning, licensed, planning, solved
from tests.builders.publishing import copied, publish, seat_of, taken
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def all_are_selected(world: Planning) -> None:
    """The surgeon, the anaesthetist and the nurse, all of one hospital."""
    solved(world)
    publish(world)
    for asked in Assignment.objects.filter(state="INVITED"):
        answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(asked.person), at=NOW)
        select(assignment=asked.pk, by=world.office, at=NOW)


def spares(world: Planning, people: int) -> None:
    cap = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=TODAY + 2000 * DAY, people=people,
        pressure=True,
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)


def a_copy_with_a_second_nurse(world: Planning) -> Scenario:
    copy = copied(world, NOW + DAY)
    team = PlannedTeam.objects.get(scenario=copy)
    actions.add_planned_seat(
        team=team.pk, told={"role": "MEMBER", "specialty": "NURSING", "weight": "CRITICAL"},
        by=world.office, at=NOW + DAY,
    )  # fmt: skip
    return copy


def seated(run: Run) -> dict[str, str]:
    return {one["seat"]: one["person"] for one in (run.plan or {})["assignments"]}


def test_who_is_selected_stays_and_nobody_else_is_taken_from_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    all_are_selected(world)
    world.person("Second Nurse", "NURSING")
    spares(world, 0)
    plan = a_copy_with_a_second_nurse(world)
    run = world.run(plan, NOW + 2 * DAY)
    assert run.state == "DONE", run.faults
    assert seated(run).keys() == {"GN31-01", "GN31-02", "GN31-03"}
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=GN31"))
    assert f"{world.hospital} may have 0 away in 2026-12 – " in shown
    assert "3 of its people are selected already. They keep their seats" in shown
    assert "not for your eyes" not in shown
    assert "Remove pins" not in shown
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 2 * DAY)
    publish(world, plan, NOW + 3 * DAY)
    assert Assignment.objects.filter(state="SELECTED").count() == 3


def test_the_smallest_change_is_found_as_well(world: Planning) -> None:
    all_are_selected(world)
    spares(world, 1)
    plan = copied(world, NOW + DAY)
    run = actions.ask_to_solve(scenario=plan.pk, by=world.office, at=NOW + DAY, mends=True)
    while run_one("test"):
        pass
    run.refresh_from_db()
    assert run.state == "DONE", run.faults
    assert len(seated(run)) == 3


def test_another_hospital_gives_the_second_nurse(world: Planning) -> None:
    all_are_selected(world)
    world.person("Second Nurse", "NURSING")
    spares(world, 2)
    other = licensed("Other Nurse", "NURSING", a_sending_hospital("Tianjin Test Hospital"))
    run = world.run(a_copy_with_a_second_nurse(world), NOW + 2 * DAY)
    assert seated(run)["GN31-04"] == str(other.pk)
    assert len(seated(run)) == 4


def test_a_pin_beyond_the_limit_is_told_with_who_is_selected_already(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    all_are_selected(world)
    second = world.person("Second Nurse", "NURSING")
    spares(world, 1)
    plan = a_copy_with_a_second_nurse(world)
    actions.pin_seat(
        seat=seat_of(plan, "GN31-04").pk, person=second.pk, by=world.office, at=NOW + DAY
    )
    assert world.run(plan, NOW + 2 * DAY).state == "REFUSED"
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/"))
    told = f"4 people of {world.hospital} would be away in 2026-12 – "
    assert shown.count(told) == 1
    assert "and 1 may be: 3 are selected already, the others are pinned." in shown


def away_for_another_team(world: Planning) -> None:
    """One of the hospital is selected for the batch before."""
    before = Mission.objects.get(number=30)
    seat = a_seat(before, from_on=TODAY, until_on=TODAY + 3000 * DAY)
    chosen(seat, world.person("Away Test", "PAEDIATRICS"))


def test_the_limit_is_told_with_those_who_are_away_for_other_teams(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    all_are_selected(world)
    away_for_another_team(world)
    world.person("Second Nurse", "NURSING")
    spares(world, 3)
    plan = a_copy_with_a_second_nurse(world)
    run = world.run(plan, NOW + 2 * DAY)
    assert run.state == "DONE", run.faults
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 2 * DAY)
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=GN31"))
    assert f"{world.hospital} may have 3 away in 2026-12 – " in shown
    assert "(away already: 1), and 3 are selected in this plan." in shown
    assert "(3, and 1 of them without this plan), which keeps back (1): Second Nurse" in shown


def test_who_was_selected_against_a_rule_counts_for_the_limit(world: Planning) -> None:
    """The nurse is on leave then, and is planned round; two others may go, and one is left."""
    all_are_selected(world)
    leave = Unavailability(from_on=TODAY + 200 * DAY, until_on=TODAY + 300 * DAY)
    add_to_person(person=world.nurse.pk, part=leave, by=OFFICE, at=NOW)
    world.person("Second Nurse", "NURSING")
    spares(world, 3)
    run = world.run(a_copy_with_a_second_nurse(world), NOW + 2 * DAY)
    people = {UUID(one) for one in seated(run).values()}
    units = Person.objects.filter(pk__in=people).values_list("unit", flat=True)
    assert list(units).count(world.hospital.pk) == 3


def all_are_asked(world: Planning) -> None:
    solved(world)
    publish(world)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"INVITED"}


def test_who_is_only_asked_stays_asked_and_nobody_else_is_taken_from_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    all_are_asked(world)
    world.person("Second Nurse", "NURSING")
    spares(world, 0)
    plan = a_copy_with_a_second_nurse(world)
    run = world.run(plan, NOW + 2 * DAY)
    assert run.state == "DONE", run.faults
    assert seated(run).keys() == {"GN31-01", "GN31-02", "GN31-03"}
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + 2 * DAY)
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=GN31"))
    assert f"{world.hospital} may have 0 away in 2026-12 – " in shown
    assert "3 of its people are asked already. They keep their seats" in shown
    assert "Asked already, and kept though the limit was lowered" in shown
    publish(world, plan, NOW + 3 * DAY)
    assert Assignment.objects.filter(state="INVITED").count() == 3
    assert Assignment.objects.count() == 3


def test_of_those_who_stand_and_are_asked_all_are_kept_and_told(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The surgeon is selected, the two others are asked; two may be away."""
    all_are_asked(world)
    asked = Assignment.objects.get(person=world.surgeon)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(asked.person), at=NOW)
    select(assignment=asked.pk, by=world.office, at=NOW)
    spares(world, 2)
    plan = copied(world, NOW + DAY)
    run = actions.ask_to_solve(scenario=plan.pk, by=world.office, at=NOW + DAY, mends=True)
    while run_one("test"):
        pass
    run.refresh_from_db()
    assert len(seated(run)) == 3, run.faults
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/"))
    assert "3 of its people are selected or asked already, 2 of them only asked." in shown


def test_those_who_are_asked_are_told_with_who_is_away_for_other_teams(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    all_are_asked(world)
    away_for_another_team(world)
    spares(world, 1)
    plan = copied(world, NOW + DAY)
    assert len(seated(world.run(plan, NOW + 2 * DAY))) == 3
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/"))
    assert f"{world.hospital} may have 1 away in 2026-12 – " in shown
    told = "(away already: 1), and 3 are asked in this plan. They keep their seats"
    assert told in shown


def test_a_plan_that_stood_before_the_limit_was_lowered_is_published_with_those_who_are_asked(
    world: Planning,
) -> None:
    all_are_asked(world)
    plan = copied(world, NOW + DAY)
    spares(world, 0)
    publish(world, plan, NOW + 2 * DAY)
    assert Assignment.objects.filter(state="INVITED").count() == 3


def test_whom_a_plan_puts_in_the_place_of_one_who_is_asked_counts_for_the_lowered_limit(
    world: Planning,
) -> None:
    all_are_asked(world)
    second = world.person("Second Nurse", "NURSING")
    plan = copied(world, NOW + DAY)
    actions.pin_seat(
        seat=seat_of(plan, "GN31-03").pk, person=second.pk, by=world.office, at=NOW + DAY
    )
    taken(world, plan, NOW + 2 * DAY)
    spares(world, 0)
    with pytest.raises(Refused, match="its cap is 0"):
        publish(world, plan, NOW + 3 * DAY)


def test_who_is_asked_and_drops_out_is_not_kept(world: Planning) -> None:
    all_are_asked(world)
    spares(world, 0)
    plan = copied(world, NOW + DAY)
    actions.drop_out(
        scenario=plan.pk, person=world.nurse.pk, why="HEALTH", by=world.office, at=NOW + DAY
    )
    assert seated(world.run(plan, NOW + 2 * DAY)).keys() == {"GN31-01", "GN31-02"}


def test_who_is_only_asked_is_let_go_where_no_plan_keeps_them(world: Planning) -> None:
    """The anaesthetist drops out, so that the surgeon who is asked cannot go. The nurse can."""
    all_are_asked(world)
    spares(world, 0)
    plan = copied(world, NOW + DAY)
    actions.drop_out(
        scenario=plan.pk, person=world.anaesthetist.pk, why="HEALTH", by=world.office,
        at=NOW + DAY,
    )  # fmt: skip
    run = world.run(plan, NOW + 2 * DAY)
    assert run.state == "DONE", run.faults
    assert seated(run).keys() == {"GN31-03"}
