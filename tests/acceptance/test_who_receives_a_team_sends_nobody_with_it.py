"""A plan sends people of those who send: nobody of the hospital, or of the country, to which a team
goes is counted among them, seated, or told as a reason of an empty seat."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.plan.actions import change_planned_seat, pin_seat
from marrow.plan.models import Placing, PlannedSeat, Scenario
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.problem import Problem
from marrow.programmes.models import Programme, Series
from tests.builders import NOW, OFFICE, a_hospital, a_sending_hospital, a_site
from tests.builders.planning import TODAY, Planning, licensed, planning, solved
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def asked(world: Planning) -> Problem:
    return problem_of(Scenario.objects.get(pk=world.plan.pk), world.office, TODAY).problem


def test_a_nurse_of_the_country_to_which_the_team_goes_is_no_candidate(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    there = licensed("Nurse There", "NURSING", a_hospital())
    Person.objects.filter(pk=world.nurse.pk).update(willing=False)
    assert str(there.pk) not in {p.id for p in asked(world).people}
    solved(world)
    assert not Placing.objects.filter(person=there).exists()
    office = signed_in["office"]
    page = text(office.get(f"/plan/{world.plan.pk}/"))
    assert "Nobody of this specialty is known" in page
    assert "3 seats · 2 people" in page
    seat = PlannedSeat.objects.get(team__scenario=world.plan, code="GN31-03")
    assert str(there) not in text(office.get(f"/plan/seats/{seat.pk}/pin/"))


def test_nobody_of_the_hospital_that_receives_is_pinned_there(world: Planning) -> None:
    there = licensed("Nurse There", "NURSING", a_hospital())
    seat = PlannedSeat.objects.get(team__scenario=world.plan, code="GN31-03")
    with pytest.raises(Refused) as refused:
        pin_seat(seat=seat.pk, person=there.pk, by=world.office, at=NOW)
    assert "which receives mission GN31" in str(refused.value.message)


def test_a_hospital_that_served_the_series_sends_nobody_wherever_it_lies(world: Planning) -> None:
    """A hospital of the sending area that is helped by a team is not asked to send for it."""
    helped = a_sending_hospital("Helped Test Hospital")
    licensed("Nurse Helped", "NURSING", helped)
    assert "Helped" in str({o.name for o in asked(world).organisations})
    a_site(Mission.objects.get(series=world.series, number=30), organisation=helped)
    assert "Helped" not in str({o.name for o in asked(world).organisations})


@pytest.mark.parametrize("sender", ["CN", None])
def test_a_province_that_helps_itself_sends_its_own(world: Planning, sender: str | None) -> None:
    """The area to which a series goes lies in the area that sends, or nobody said who sends."""
    before = {p.id for p in asked(world).people}
    assert len(before) == 3
    home = Person.objects.get(pk=world.nurse.pk).unit.area
    assert home
    Series.objects.filter(pk=world.series.pk).update(recipient_area=home)
    area = Area.objects.get(code=sender) if sender else None
    Programme.objects.filter(pk=world.series.programme_id).update(sender=area)
    assert {p.id for p in asked(world).people} >= before


def test_of_another_country_than_the_senders_nobody_is_counted(world: Planning) -> None:
    unit = enter_organisation(
        kind="HOSPITAL", names=names("Lusaka Test Hospital"), area=Area.objects.get(code="ZM"),
        by=OFFICE, at=NOW,
    )  # fmt: skip
    licensed("Nurse Zambia", "NURSING", unit)
    assert len(asked(world).people) == 3


def test_a_title_that_nobody_told_is_told_as_unknown_and_not_as_low(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    Person.objects.filter(pk=world.nurse.pk).update(grade="")
    seat = PlannedSeat.objects.get(team__scenario=world.plan, code="GN31-03")
    change_planned_seat(seat=seat.pk, told={"grade": "ATTENDING"}, by=world.office, at=NOW)
    solved(world)
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    assert "1 has no professional title on record" in page
    assert "too low a title" not in page
