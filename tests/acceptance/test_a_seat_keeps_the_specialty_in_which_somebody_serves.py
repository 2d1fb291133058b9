"""Whose specialty stands beside the locals is not changed by the word of a seat, on no day past."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from marrow.capacity.queries import Question, care_of
from marrow.capacity.queries.ladder import steps_to_sign
from marrow.capacity.rules.care import Care
from marrow.core.refusals import Refused
from marrow.teams.actions import change_seat
from marrow.teams.models import Seat
from tests.builders import NOW, as_shown
from tests.builders.capability import Ward, a_service, a_ward, climbed, gone_home, listed, proposed
from tests.builders.catalogued import an_item

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY, DAY = NOW.date(), dt.timedelta(days=1)
BEFORE = TODAY - 20 * DAY


def test_what_a_seat_asks_for_does_not_change_who_stood_by_today_or_before(
    signed_in: dict[str, Client],
) -> None:
    ward = a_ward(at=NOW - 60 * DAY)
    kidneys, nerves = a_service(), an_item("Stroke unit", kind="SERVICE", specialty="NEUROLOGY")
    for item in (kidneys, nerves):
        climbed(ward, item, 3, BEFORE)
    listing = listed(kidneys, nerves)
    days = [Question(listing.area, listing, day) for day in (BEFORE + DAY, TODAY)]
    as_it_was = [care_of(day) for day in days]
    assert all(told[str(kidneys.pk)] is Care.WITH_VISITORS for told in as_it_was)
    assert all(told[str(nerves.pk)] is not Care.WITH_VISITORS for told in as_it_was)
    seat = Seat.objects.get(mission=ward.mission)
    with pytest.raises(Refused, match="open another seat"):
        change_seat(seat=seat.pk, told={"specialty": "NEUROLOGY"}, by=ward.office, at=NOW)
    where = f"/teams/seats/{seat.pk}/change/"
    begun = as_shown(signed_in["office"].get(where).context["form"])
    answer = signed_in["office"].post(where, {**begun, "specialty": "NEUROLOGY"})
    assert answer.status_code == 422
    assert "open another seat" in answer.content.decode()
    assert [care_of(day) for day in days] == as_it_was
    change_seat(seat=seat.pk, told={"specialty": "NEPHROLOGY", "grade": ""}, by=ward.office, at=NOW)


def test_nobody_becomes_the_expert_of_an_item_by_what_their_seat_is_said_to_ask_for() -> None:
    ward = a_ward()
    Seat.objects.filter(mission=ward.mission).update(role="MEMBER")
    nerves = an_item("Stroke unit", kind="SERVICE", specialty="NEUROLOGY")
    proposed(ward, nerves, 3, TODAY, by=ward.head)
    assert [side for _row, side in steps_to_sign(ward.visitor)] == []
    seat = Seat.objects.get(mission=ward.mission)
    with pytest.raises(Refused):
        change_seat(seat=seat.pk, told={"specialty": "NEUROLOGY"}, by=ward.office, at=NOW)
    assert [side for _row, side in steps_to_sign(ward.visitor)] == []


def test_a_seat_keeps_the_specialty_of_who_went_home_from_it() -> None:
    ward: Ward = a_ward()
    gone_home(ward, TODAY)
    seat = Seat.objects.get(mission=ward.mission)
    with pytest.raises(Refused, match="served in this seat"):
        change_seat(seat=seat.pk, told={"specialty": "NEUROLOGY"}, by=ward.office, at=NOW)
