"""A workbook lowers limits and shortens the time in which somebody is free, and never the other
way: what hospitals and people tell holds (R111)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from openpyxl.workbook import Workbook

from marrow.people.actions import add_to_person
from marrow.people.models import Person, Unavailability
from marrow.plan import actions
from marrow.plan.models import AbsenceCap, Happening, PlannedSeat, PlannedTeam, Run, Scenario
from marrow.plan.queries.problem import problem_of
from marrow.teams.models import Assignment
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.acceptance.test_a_workbook_that_moves_a_team import spares
from tests.builders import NOW, a_batch, a_sending_hospital
from tests.builders.forming import a_seat, agreed, chosen
from tests.builders.planning import DAY, TODAY, Planning, licensed, planning
from tests.builders.publishing import copied
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
STAYS = "so it stays as they tell it"


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def limits(book: Workbook, old: int, new: int, months: int = 99) -> Workbook:
    """The first so many limits of a workbook that are `old` made `new`."""
    sheet = at(book, "caps.organisation", 1).parent
    cells = [c for row in sheet.iter_rows(min_row=3, min_col=3) for c in row if c.value == old]
    assert cells
    for cell in cells[:months]:
        cell.value = new
    return book


def without(book: Workbook, *told: object) -> Workbook:
    """No row that names one of these."""
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 2, -1):
            words = " ".join(str(cell.value or "") for cell in sheet[row])
            if any(str(one) in words for one in told):
                sheet.delete_rows(row)
    return book


def seated(world: Planning, plan: Scenario) -> set[str]:
    run = world.run(plan, at=NOW + 2 * DAY)
    assert run.state == Run.State.DONE
    assert run.plan is not None
    return {one["person"] for one in run.plan["assignments"]}


@pytest.mark.parametrize("told", ["GENERAL_SURGERY", "NURSING"])
@pytest.mark.parametrize("pressure", [True, False])
def test_a_department_that_tells_its_limit_after_a_workbook_told_one_is_heard(
    world: Planning, signed_in: dict[str, Client], told: str, pressure: bool
) -> None:
    office = signed_in["office"]
    spares(world, 3, specialty=told)
    made = taken(
        office, sent_back(office, world.plan, limits(taken_away(office, world.plan), 3, 2))
    )
    assert str(world.nurse.pk) in seated(world, made)
    spares(world, 0, specialty="NURSING", pressure=pressure)
    assert str(world.nurse.pk) not in seated(world, made)


@pytest.mark.parametrize("months", [1, 99])
def test_what_a_hospital_tells_after_a_workbook_holds_in_every_month(
    world: Planning, signed_in: dict[str, Client], months: int
) -> None:
    office = signed_in["office"]
    spares(world, 3)
    book = limits(taken_away(office, world.plan), 3, 2, months)
    made = taken(office, sent_back(office, world.plan, book))
    spares(world, 1)
    assert len(seated(world, made)) == 1
    team = PlannedTeam.objects.get(scenario=made)
    actions.move_planned_team(
        team=team.pk, from_on=team.from_on + 700 * DAY, until_on=team.until_on + 700 * DAY,
        minimum=team.minimum, overlap_days=team.overlap_days, by=world.office, at=NOW,
    )  # fmt: skip
    assert len(seated(world, made)) == 1, "nor is it without one in the months to which it moved"


def test_who_is_away_since_counts_where_a_workbook_told_the_limit(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    spares(world, 3)
    book = limits(taken_away(office, world.plan), 3, 2, months=1)
    made = taken(office, sent_back(office, world.plan, book))
    team = PlannedTeam.objects.get(scenario=made)
    for n in (44, 45):
        seat = a_seat(a_batch(n), specialty="NURSING", from_on=team.from_on, until_on=team.until_on)
        chosen(seat, world.person(f"Elsewhere {n}", "NURSING"))
    assert len(seated(world, made)) == 1


def test_a_workbook_that_raises_a_limit_says_that_it_stays(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    spares(world, 1)
    page = sent_back(office, world.plan, limits(taken_away(office, world.plan), 1, 3))
    shown = text(office.get(page))
    assert "differs from “Guinea 31” in 0 things" in shown
    assert STAYS in shown
    assert "2026-12: 3 → 1" in shown
    assert len(seated(world, taken(office, page))) == 1


def test_a_limit_told_while_a_workbook_was_away_stays(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    spares(world, 1)
    page = sent_back(office, world.plan, book)
    assert "1 → –" not in text(office.get(page))
    assert len(seated(world, taken(office, page))) == 1


def test_what_a_hospital_spares_more_in_a_plan_is_kept_by_its_workbook(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    spares(world, 1)
    actions.reckon_with_cap(
        scenario=world.plan.pk, unit=world.hospital.pk, people=2, why="OTHER", reason="told",
        by=world.office, at=NOW,
    )  # fmt: skip
    book = limits(taken_away(office, world.plan), 3, 2)
    made = taken(office, sent_back(office, world.plan, book))
    assert len(seated(world, made)) == 2, "of the three the workbook takes one off"
    told = Happening.objects.get(scenario=made, kind="CAP")
    actions.take_back_happening(happening=told.pk, by=world.office, at=NOW)
    assert seated(world, made) == set()


def test_under_pressure_nobody_goes_beyond_what_the_hospital_tells(world: Planning) -> None:
    spares(world, 1)
    actions.reckon_with_cap(
        scenario=world.plan.pk, unit=world.hospital.pk, people=1, why="OTHER", reason="told",
        by=world.office, at=NOW,
    )  # fmt: skip
    assert len(seated(world, world.plan)) == 2
    spares(world, 0, pressure=True)
    assert seated(world, world.plan) == set()


def test_a_seat_lasts_as_long_as_its_team_whatever_a_workbook_tells(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Its hospital is under pressure in the team's last two months."""
    office, team = signed_in["office"], PlannedTeam.objects.get(scenario=world.plan)
    start, end = team.until_on - 60 * DAY, team.until_on + DAY
    cap = AbsenceCap(unit=world.hospital, from_on=start, until_on=end, people=0, pressure=True)
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    book = taken_away(office, world.plan)
    for row in (1, 2, 3):
        at(book, "seats.to", row).value = team.until_on - 100 * DAY
    page = sent_back(office, world.plan, book)
    assert STAYS in text(office.get(page))
    assert seated(world, taken(office, page)) == set()


def test_seats_go_along_with_a_team_of_which_a_workbook_moved_the_days_alone(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, team = signed_in["office"], PlannedTeam.objects.get(scenario=world.plan)
    book = taken_away(office, world.plan)
    for code, day in (("from", team.from_on), ("to", team.until_on)):
        at(book, f"missions.{code}", 1).value = day + 60 * DAY
    page = sent_back(office, world.plan, book)
    assert STAYS not in text(office.get(page))
    made = taken(office, page)
    told = problem_of(made, world.office, TODAY).problem
    assert {(s.start, s.end) for s in told.seats} == {
        (team.from_on + 60 * DAY, team.until_on + 60 * DAY)
    }
    assert made.facts == {}


@pytest.mark.parametrize("since", ["on leave", "chosen elsewhere", "left", "under a limit"])
def test_somebody_whose_seat_a_workbook_dropped_comes_again_as_the_records_are(
    world: Planning, signed_in: dict[str, Client], since: str
) -> None:
    office, other = signed_in["office"], a_sending_hospital("Other Hospital")
    eyes = licensed("Eye Two", "OPHTHALMOLOGY", other)
    asked = {"role": "MEMBER", "specialty": "OPHTHALMOLOGY", "weight": "ORDINARY"}
    team = PlannedTeam.objects.get(scenario=world.plan)
    seat = actions.add_planned_seat(team=team.pk, told=asked, by=world.office, at=NOW)
    book = without(taken_away(office, world.plan), seat.code)
    made = taken(office, sent_back(office, world.plan, book))
    mine = PlannedTeam.objects.get(scenario=made)
    actions.add_planned_seat(team=mine.pk, told=asked, by=world.office, at=NOW)
    assert str(eyes.pk) in seated(world, made)
    if since == "on leave":
        leave = Unavailability(from_on=TODAY, until_on=TODAY + 2000 * DAY)
        add_to_person(person=eyes.pk, part=leave, by=world.office, at=NOW)
    elif since == "chosen elsewhere":
        chosen(a_seat(a_batch(44), from_on=team.from_on, until_on=team.until_on), eyes)
    elif since == "left":
        Person.objects.filter(pk=eyes.pk).update(left_on=str(TODAY))
    else:
        cap = AbsenceCap(unit=other, from_on=TODAY, until_on=TODAY + 3000 * DAY, people=0)
        actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    assert str(eyes.pk) not in seated(world, made)


def published(world: Planning) -> Scenario:
    """A plan in its place, of the same teams."""
    world.run(world.plan)
    actions.publish_plan(scenario=world.plan.pk, by=world.office, at=NOW + DAY)
    return copied(world, NOW + DAY, world.plan)


def test_somebody_who_is_only_asked_may_be_left_out_in_a_workbook(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, plan = signed_in["office"], published(world)
    page = sent_back(office, plan, without(taken_away(office, plan), world.nurse.pk))
    made = taken(office, page)
    for door in ("", "publish/", "problem.xlsx"):
        assert office.get(f"/plan/{made.pk}/{door}").status_code == 200
    assert str(world.nurse.pk) not in seated(world, made)


def test_somebody_who_goes_already_stays_though_a_workbook_leaves_them_out(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = published(world)
    held = Assignment.objects.get(person=world.nurse)
    Assignment.objects.filter(pk=held.pk).update(state="SELECTED")
    office = signed_in["office"]
    page = sent_back(office, plan, without(taken_away(office, plan), world.nurse.pk))
    shown = text(office.get(page))
    assert STAYS in shown
    assert str(world.nurse) in shown
    assert str(world.nurse.pk) in seated(world, taken(office, page))


@pytest.mark.parametrize("state", ["INVITED", "AGREED", "SELECTED"])
def test_a_hospital_that_a_workbook_left_out_and_somebody_of_it_on_the_way_since(
    world: Planning, signed_in: dict[str, Client], state: str
) -> None:
    office, other = signed_in["office"], a_sending_hospital("Other Hospital")
    nurse = licensed("Nurse Two", "NURSING", other)
    book = without(taken_away(office, world.plan), other.pk, nurse.pk)
    made = taken(office, sent_back(office, world.plan, book))
    world.run(made, at=NOW + DAY)
    actions.publish_plan(scenario=made.pk, by=world.office, at=NOW + DAY)
    plan = copied(world, NOW + 2 * DAY, made)
    seat = PlannedSeat.objects.get(team__scenario=made, specialty="NURSING").seat
    assert seat
    Assignment.objects.filter(seat=seat).delete()
    held = agreed(seat, nurse)
    Assignment.objects.filter(pk=held.pk).update(state=state)
    assert office.get(f"/plan/{plan.pk}/publish/").status_code == 200
    assert (str(nurse.pk) in seated(world, plan)) is (state != "INVITED")
