"""After a workbook said who there is, seats still come and go on the pages of the plan: nobody is
looked for at a hospital that it left out, and a couple of which one is gone is none."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.plan import actions
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.acceptance.test_a_workbook_that_moves_a_team import spares
from tests.builders import NOW, a_sending_hospital
from tests.builders.planning import Planning, licensed, planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def an_eye_doctor_is_asked_for(world: Planning, made: Scenario) -> None:
    actions.add_planned_seat(
        team=PlannedTeam.objects.get(scenario=made).pk, by=world.office, at=NOW,
        told={"role": "MEMBER", "specialty": "OPHTHALMOLOGY", "weight": "ORDINARY"},
    )  # fmt: skip


def seated(world: Planning, made: Scenario) -> set[str]:
    run = world.run(made)
    assert (run.state, run.faults) == ("DONE", [])
    assert run.plan is not None
    return {a["person"] for a in run.plan["assignments"]}


def test_nobody_comes_of_a_hospital_that_a_workbook_left_out(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, other = signed_in["office"], a_sending_hospital("Other Hospital")
    nurse = licensed("Nurse Two", "NURSING", other)
    eyes = licensed("Eye Two", "OPHTHALMOLOGY", other)
    book = taken_away(office, world.plan)
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 2, -1):
            told = " ".join(str(cell.value or "") for cell in sheet[row])
            if str(other.pk) in told or str(nurse.pk) in told:
                sheet.delete_rows(row)
    made = taken(office, sent_back(office, world.plan, book))
    an_eye_doctor_is_asked_for(world, made)
    who = seated(world, made)
    assert str(world.nurse.pk) in who
    assert not {str(eyes.pk), str(nurse.pk)} & who


def test_a_department_that_a_workbook_adds_hides_no_other_of_its_hospital(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    eyes, office = world.person("Eye Test", "OPHTHALMOLOGY"), signed_in["office"]
    book = taken_away(office, world.plan)
    row = at(book, "hospitals.organisation", 1).parent.max_row - 1
    at(book, "hospitals.organisation", row).value = str(world.hospital.pk)
    at(book, "hospitals.department", row).value = f"{world.hospital.pk}/TCM"
    at(book, "hospitals.specialty", row).value = "NURSING"
    made = taken(office, sent_back(office, world.plan, book))
    an_eye_doctor_is_asked_for(world, made)
    assert str(eyes.pk) in seated(world, made)


def test_a_couple_of_which_one_is_looked_for_no_more_keeps_no_plan_from_being_solved(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "couples.a", 1).value = str(world.surgeon.pk)
    at(book, "couples.b", 1).value = str(world.nurse.pk)
    at(book, "couples.rule", 1).value = "apart"
    made = taken(office, sent_back(office, world.plan, book))
    seat = PlannedSeat.objects.get(team__scenario=made, code="GN31-03")
    actions.drop_planned_seat(seat=seat.pk, by=world.office, at=NOW)
    assert str(world.surgeon.pk) in seated(world, made)


def test_r111_pressure_that_a_hospital_tells_later_is_no_higher_for_a_workbook(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """A workbook says that two can be away; then the hospital is under pressure and spares
    nobody."""
    spares(world, 3)
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    sheet = at(book, "caps.organisation", 1).parent
    for column in range(3, sheet.max_column + 1):
        if sheet.cell(3, column).value == 3:
            sheet.cell(3, column).value = 2
    made = taken(office, sent_back(office, world.plan, book))
    assert len(seated(world, made)) == 2, "as the workbook says"
    spares(world, 0, pressure=True)
    assert seated(world, made) == set()
