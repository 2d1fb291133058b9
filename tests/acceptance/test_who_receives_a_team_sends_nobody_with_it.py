"""A plan sends people of those who send: nobody of the hospital, or of the country, to which a team
goes is counted among them, seated, or told as a reason of an empty seat."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.plan.actions import (
    accept_solution,
    change_planned_seat,
    copy_plan,
    make_plan,
    pin_seat,
    publish_plan,
)
from marrow.plan.models import Placing, PlannedSeat, Scenario
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.problem import Problem
from marrow.programmes.models import Programme, Series
from tests.builders import (
    NOW,
    OFFICE,
    a_batch,
    a_hospital,
    a_programme,
    a_sending_hospital,
    a_series,
    a_site,
)
from tests.builders.forming import a_seat
from tests.builders.planning import DAY, TODAY, Planning, licensed, planning, solved
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


def two_programmes(world: Planning, sender: str | None = "CN-GS") -> Scenario:
    """A plan of two programmes, Guinea's that Beijing sends and Zambia's that another province
    does. There are two nurses, both of Beijing, and a surgeon of the other province."""
    programme = a_programme(sender=Area.objects.get(code="CN-GS"))
    if sender is None:
        Programme.objects.filter(pk=programme.pk).update(sender=None)
    series = a_series(programme, recipient="ZM")
    a_seat(
        a_batch(20, series, months=18), "MEMBER", specialty="NURSING", from_on=TODAY - 500 * DAY,
        until_on=TODAY + 48 * DAY,
    )  # fmt: skip
    world.person("Second Nurse", "NURSING")
    licensed("Surgeon Other", "GENERAL_SURGERY", of_the_other())
    return make_plan(
        name="Of two programmes", series=[world.series.pk, series.pk], from_on=TODAY,
        until_on=TODAY + 400 * DAY, by=world.office, at=NOW,
    )  # fmt: skip


def of_the_other() -> Organisation:
    return enter_organisation(
        kind="HOSPITAL", names=names("Lanzhou Test Hospital"), at=NOW, by=OFFICE,
        area=Area.objects.get(code="CN-GS"),
    )  # fmt: skip


def seated(plan: Scenario) -> dict[str, Person]:
    rows = Placing.objects.filter(seat__team__scenario=plan).select_related("seat", "person__unit")
    return {row.seat.code: row.person for row in rows}


def test_a_team_is_filled_by_people_of_its_own_programme_s_sender(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = two_programmes(world)
    run = world.run(plan)
    assert run.state == "DONE", run.faults
    found = seated(plan)
    assert "ZM21-01" not in found
    assert {p.unit for p in found.values()} == {world.hospital}
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=ZM21"))
    assert "2 are not asked" in shown
    assert f"{world.hospital} is asked for ZM21 as well" in shown
    other = Person.objects.get(specialty="GENERAL_SURGERY", unit__area__code="CN-GS").unit
    own, day = licensed("Nurse Other", "NURSING", other), NOW + DAY
    accept_solution(run=world.run(plan, at=day).pk, by=world.office, at=day)
    assert seated(plan)["ZM21-01"] == own
    assert {p.unit for code, p in seated(plan).items() if code != "ZM21-01"} == {world.hospital}


def test_where_a_programme_tells_no_sender_all_are_asked_as_before(world: Planning) -> None:
    plan = two_programmes(world, sender=None)
    pools = {m.id: m.sender_pool for m in problem_of(plan, world.office, TODAY).problem.missions}
    assert pools["ZM21"].all
    assert not pools["GN31"].all  # Beijing sends it, and nobody of another province
    world.run(plan)
    assert seated(plan)["ZM21-01"].unit == world.hospital


def test_whom_the_office_pins_goes_whoever_sends_the_team(world: Planning) -> None:
    plan = two_programmes(world)
    seat = PlannedSeat.objects.get(team__scenario=plan, code="ZM21-01")
    pin_seat(seat=seat.pk, person=world.nurse.pk, by=world.office, at=NOW)
    run = world.run(plan)
    assert run.state == "DONE", run.faults
    assert seated(plan)["ZM21-01"].pk == world.nurse.pk


def test_who_is_on_the_way_stays_though_another_area_is_told_to_send_since(
    world: Planning,
) -> None:
    plan = two_programmes(world, sender=None)
    world.run(plan)
    nurse = seated(plan)["ZM21-01"]
    publish_plan(scenario=plan.pk, by=world.office, at=NOW)
    sender = Area.objects.get(code="CN-GS")
    ours = Series.objects.filter(recipient_area__code="ZM").values("programme")
    Programme.objects.filter(pk__in=ours).update(sender=sender)
    copy = copy_plan(scenario=plan.pk, name="Copy", by=world.office, at=NOW + DAY)
    run = world.run(copy, at=NOW + DAY)
    assert run.state == "DONE", run.faults
    assert run.plan is not None
    assert {"seat": "ZM21-01", "person": str(nurse.pk)} in run.plan["assignments"]
