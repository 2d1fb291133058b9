"""From when on, and until when, a hospital and its departments should have reported."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest

from marrow.activity import actions
from marrow.activity.queries import reports
from marrow.activity.rules.months import after
from marrow.directory.actions import merge_organisations, unmerge_organisation
from marrow.directory.models import Department
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from tests.builders import NOW, OFFICE
from tests.builders.counting import MARCH, Counting, a_month, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db]
JUNE, YEARS_LATER = dt.date(2026, 6, 1), dt.date(2030, 2, 10)


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def missing(world: Counting, year: int, today: dt.date) -> set[int]:
    """As the hospital's months, its home and the list of places tell it; the latter for its last
    twelve."""
    found = sum(unit.missing for unit in reports.units_of(year, today, world.hospital))
    lines, _pages = reports.places(world.viewer("hospital"), today)
    (line,) = [line for line in lines if line.organisation == world.hospital]
    return {found, reports.missing_of(world.hospital, year, today), line.missing or 0}


def of_department(world: Counting, month: dt.date, department: Department) -> None:
    by = world.viewer("clerk")
    row = actions.open_report(
        organisation=world.hospital.pk, department=department, month=month, by=by, at=NOW
    )
    actions.fill_report(report=row.pk, values={"VISIT": Decimal(3)}, by=by, at=NOW)
    actions.submit(report=row.pk, by=by, at=NOW)


def a_department(world: Counting) -> Department:
    names = {"en": "Surgery"}
    return Department.objects.create(
        id=uuid4(), organisation=world.hospital, kind="CLINICAL", names=names
    )


def test_a_hospital_that_was_merged_owes_no_months_after_that_day(world: Counting) -> None:
    a_month(world, {"VISIT": 30}, MARCH)
    assert missing(world, 2026, NOW.date()) == {7}
    merge_organisations(
        loser=world.hospital.pk, winner=world.other.pk, by=OFFICE,
        at=dt.datetime(2026, 6, 20, tzinfo=dt.UTC),
    )  # fmt: skip
    assert missing(world, 2026, NOW.date()) == {2}  # April and May
    assert missing(world, 2030, YEARS_LATER) == {0}
    unmerge_organisation(loser=world.hospital.pk, by=OFFICE, at=NOW)
    assert missing(world, 2026, NOW.date()) == {7}


def test_a_department_that_reports_with_the_whole_owes_no_months_of_its_own(
    world: Counting,
) -> None:
    of_department(world, MARCH, a_department(world))
    assert missing(world, 2026, NOW.date()) == {7}
    for month in range(6, 11):
        a_month(world, {"VISIT": 30}, dt.date(2026, month, 1))
    assert missing(world, 2026, NOW.date()) == {2}  # April and May: nobody told them


def test_a_department_that_reports_beside_the_whole_goes_on_owing_its_months(
    world: Counting,
) -> None:
    of_department(world, MARCH, a_department(world))
    for month in range(3, 11):
        a_month(world, {"VISIT": 30}, dt.date(2026, month, 1))
    assert missing(world, 2026, NOW.date()) == {7}


def test_a_silent_hospital_owes_months_while_it_is_served_and_else_for_a_year(
    world: Counting,
) -> None:
    a_month(world, {"VISIT": 30}, MARCH)
    assert missing(world, 2029, YEARS_LATER) == {12}  # a team is on post there
    Mission.objects.filter(pk=world.team.pk).update(status="CLOSED")
    assert missing(world, 2029, YEARS_LATER) == {0}
    (unit,) = reports.units_of(2027, YEARS_LATER, world.hospital)
    assert [m.first for m in unit.months if m.missing] == [dt.date(2027, n, 1) for n in (1, 2, 3)]


def test_a_running_programme_that_keeps_a_series_at_a_hospital_serves_it(world: Counting) -> None:
    a_month(world, {"VISIT": 30}, MARCH)
    Mission.objects.filter(pk=world.team.pk).update(status="CLOSED")
    world.team.series.recipient = world.hospital  # type: ignore[union-attr]
    world.team.series.save()  # type: ignore[union-attr]
    for status, owed in (("RUNNING", 12), ("COMPLETED", 0)):
        Programme.objects.filter(pk=world.team.programme_id).update(status=status)
        assert missing(world, 2029, YEARS_LATER) == {owed}


def test_a_month_that_was_sent_back_or_is_a_draft_does_not_begin_what_a_hospital_owes(
    world: Counting,
) -> None:
    row = a_month(world, {"VISIT": 30}, dt.date(1970, 1, 1))
    actions.send_back(report=row.pk, reason="a wrong year", by=OFFICE, at=NOW)
    by = world.viewer("clerk")
    actions.open_report(organisation=world.hospital.pk, month=MARCH, by=by, at=NOW)
    assert missing(world, 1990, NOW.date()) == {0}
    a_month(world, {"VISIT": 30}, JUNE)
    assert missing(world, 2026, NOW.date()) == {4}
    (unit,) = reports.units_of(2026, NOW.date(), world.hospital)
    assert [m.first for m in unit.months if m.due] == [after(JUNE, n) for n in range(5)]
