"""R111: an epidemic team goes at once while the sender itself is under pressure: what the sender
can spare is a hard limit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from marrow.plan import actions
from marrow.plan.models import AbsenceCap, Placing, PlannedTeam
from tests.builders import NOW, a_programme, a_sending_hospital
from tests.builders.planning import DAY, TODAY, Planning, licensed, planning

pytestmark = pytest.mark.django_db
SIX = ("INFECTIOUS", "INFECTIOUS", "CRITICAL_CARE", "CRITICAL_CARE", "LABORATORY", "EPIDEMIOLOGY")


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def epidemic(world: Planning) -> PlannedTeam:
    """Six people of the one hospital are wanted tomorrow, two of them for infectious diseases."""
    for n, specialty in enumerate(SIX):
        licensed(f"Expert {n} Test", specialty, world.hospital)
    return actions.add_planned_team(
        scenario=world.plan.pk, programme=a_programme("epidemics").key, title="Outbreak",
        kind="OUTBREAK_EXPERTS", from_on=TODAY + DAY, until_on=TODAY + 40 * DAY,
        seats=[(s, SIX.count(s)) for s in dict.fromkeys(SIX)], by=world.office, at=NOW,
    )  # fmt: skip


def spared(world: Planning, people: int, until: dt.date = TODAY + 60 * DAY) -> None:
    cap = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=until, people=people, pressure=True
    )
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)


def seated(team: PlannedTeam) -> int:
    return Placing.objects.filter(seat__team=team).count()


def test_six_people_go_tomorrow_where_nothing_keeps_them(world: Planning) -> None:
    team = epidemic(world)
    world.run()
    assert seated(team) == 6


def test_r111_a_hospital_under_pressure_gives_no_more_than_it_says(world: Planning) -> None:
    team = epidemic(world)
    spared(world, 2)
    world.run()
    assert seated(team) == 2


def test_another_hospital_takes_the_rest_on(world: Planning) -> None:
    team = epidemic(world)
    spared(world, 2)
    other = a_sending_hospital("Tianjin Test Hospital")
    for n, specialty in enumerate(SIX):
        licensed(f"Other {n} Test", specialty, other)
    world.run()
    units = list(Placing.objects.filter(seat__team=team).values_list("person__unit", flat=True))
    assert len(units) == 6
    assert units.count(world.hospital.pk) <= 2


def test_one_that_spares_nobody_gives_nobody(world: Planning) -> None:
    team = epidemic(world)
    spared(world, 0)
    world.run()
    assert seated(team) == 0
