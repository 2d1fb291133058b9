"""A plan that was published is copied, changed and published again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.people.actions import add_to_person, change_person
from marrow.people.models import Unavailability
from marrow.plan import actions
from marrow.teams.actions import answer_for_unit, select
from marrow.teams.models import Assignment
from tests.builders import NOW, OFFICE
from tests.builders.forming import unit_of
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, seat_of, states, taken
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def the_nurse_is_selected(world: Planning) -> Assignment:
    solved(world)
    publish(world)
    asked = Assignment.objects.get(person=world.nurse)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(world.nurse), at=NOW)
    return select(assignment=asked.pk, by=world.office, at=NOW)


def test_a_published_plan_offers_no_answer_to_take(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """It was solved again before it was published, and nobody took that answer or left it."""
    solved(world)
    world.run(at=NOW + DAY)
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    assert "Take it" in text(office.get(page))
    publish(world, at=NOW + 2 * DAY)
    for shown in (office.get(page), office.get(page, headers={"HX-Target": "run"})):
        assert "Take it" not in text(shown)
        assert "The planner proposes" not in text(shown)


def test_somebody_selected_who_went_on_leave_since_is_named_before_the_next_plan(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    asked = the_nurse_is_selected(world)
    leave = Unavailability(from_on=TODAY + 200 * DAY, until_on=TODAY + 300 * DAY)
    add_to_person(person=world.nurse.pk, part=leave, by=OFFICE, at=NOW)
    copy = taken(world, copied(world, NOW + DAY), NOW + DAY)
    told = text(signed_in["office"].get(f"/plan/{copy.pk}/publish/"))
    assert "Nursing Test on GN31-03: not available on" in told
    assert "Nursing Test is selected for GN31-03 already: tell that they drop out" in told
    with pytest.raises(Refused, match="Nursing Test on GN31-03: not available on"):
        publish(world, copy, NOW + DAY)
    actions.drop_out(
        scenario=copy.pk, person=world.nurse.pk, why="FAMILY", by=world.office, at=NOW + 2 * DAY
    )
    publish(world, taken(world, copy, NOW + 3 * DAY), NOW + 4 * DAY)
    assert Assignment.objects.get(pk=asked.pk).state == "WITHDRAWN"


def test_somebody_selected_who_no_longer_wishes_to_go_is_named_before_the_next_plan(
    world: Planning,
) -> None:
    the_nurse_is_selected(world)
    change_person(person=world.nurse.pk, by=OFFICE, at=NOW, willing=False)
    copy = taken(world, copied(world, NOW + DAY), NOW + DAY)
    with pytest.raises(Refused, match="Nursing Test on GN31-03: has left the unit, does not wish"):
        publish(world, copy, NOW + DAY)


def test_whom_a_plan_no_longer_sent_the_next_plan_may_send_again(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The office puts another nurse there and then changes its mind: the first one refused
    nothing, and is asked again."""
    solved(world)
    publish(world)
    other, at = world.person("Other Test", "NURSING"), NOW + DAY
    asked = Assignment.objects.get(person=world.nurse)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(world.nurse), at=NOW)
    plan = world.plan
    for person in (other, world.nurse):
        plan, at = copied(world, at, plan), at + DAY
        actions.pin_seat(seat=seat_of(plan, "GN31-03").pk, person=person.pk, by=world.office, at=at)
        plan, at = taken(world, plan, at), at + DAY
        if person == world.nurse:
            shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=GN31"))
            assert "does not come" not in shown
        publish(world, plan, at)
    nursing = seat_of(plan, "GN31-03").seat
    assert nursing
    assert states(nursing) == {"Nursing Test": "INVITED", "Other Test": "RELEASED"}
    again = Assignment.objects.get(pk=asked.pk)
    assert (again.reason, again.unit_answered_on) == ("", None)
    shown = text(signed_in["office"].get(f"/teams/{nursing.mission_id}/"))
    assert "Other Test: no longer sent (“The plan “Mended” puts somebody else here.”)" in shown


def test_publishing_says_how_many_it_asked_and_not_how_many_stand_in_the_plan(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Three were asked by the plan before. The nurse drops out, and nobody comes for them."""
    solved(world)
    publish(world)
    office, copy = signed_in["office"], copied(world, NOW + DAY)
    actions.drop_out(
        scenario=copy.pk, person=world.nurse.pk, why="FAMILY", by=world.office, at=NOW + DAY
    )
    taken(world, copy, NOW + 2 * DAY)
    address = f"/plan/{copy.pk}/publish/"
    assert "0 people are asked" in text(office.get(address))
    done = office.post(address, opened(office, address, 'type="submit">Publish'), follow=True)
    assert "Published. Nobody new is asked. 1 person is withdrawn." in text(done)


def test_of_plans_published_one_after_the_other_the_one_that_stands_is_to_be_copied(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    solved(world)
    waiting, at, plan = copied(world, NOW), NOW + DAY, world.plan
    for name in ("Outbreak", "Visa"):
        publish(world, plan, at)
        plan = actions.copy_plan(scenario=plan.pk, name=name, by=world.office, at=at + DAY)
        at += 2 * DAY
    last, office = publish(world, plan, at), signed_in["office"]
    assert str(last) == "Visa"
    shown = text(office.get(f"/plan/{waiting.pk}/"))
    assert f'Copy that plan: <a href="/plan/{last.pk}/">Visa</a>' in shown
    assert "“Visa” was published for the same teams" in text(
        office.get(f"/plan/{waiting.pk}/publish/")
    )
    late = calling["office"].post(f"/api/v1/plans/{waiting.pk}/publish")
    assert late.status_code == 409
    assert "published “Visa” for the same teams meanwhile." in late.json()["detail"]
    publish(world, copied(world, at + DAY, last), at + 2 * DAY)
