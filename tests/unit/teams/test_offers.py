"""A page offers only what its action takes at that stage."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.teams.actions import change_seat, invite, open_seats
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, a_batch, a_person
from tests.builders.forming import a_seat, chosen, moved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_a_team_that_is_home_again_offers_no_seat_no_call_and_no_departure(
    signed_in: dict[str, Client],
) -> None:
    mission = a_batch(31)
    a_seat(mission)
    links = [f"/teams/{mission.pk}/{page}/" for page in ("seats", "call", "period")]
    for status, offered in (("RECRUITING", 3), ("ON_POST", 1), ("DEBRIEFING", 0)):
        Mission.objects.filter(pk=mission.pk).update(status=status)
        page = signed_in["office"].get(f"/teams/{mission.pk}/").content.decode()
        assert sum(f'href="{link}"' in page for link in links) == offered
    seat = mission.seats.get()
    with pytest.raises(Refused, match="home again"):
        invite(seat=seat.pk, person=a_person().pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="over"):
        open_seats(mission=mission.pk, seats=[Seat(role="MEMBER")], by=OFFICE, at=NOW)


def test_a_seat_of_a_team_that_is_home_again_offers_nothing_that_is_refused(
    signed_in: dict[str, Client],
) -> None:
    row = chosen(a_seat(a_batch(31)), a_person())
    mission, seat = row.seat.mission, f"/teams/seats/{row.seat_id}/"
    links = (seat, f"{seat}change/", f"/teams/people/{row.pk}/replace/")
    for status, state, offered in (("ON_POST", "SERVING", 3), ("DEBRIEFING", "SERVED", 0)):
        Mission.objects.filter(pk=mission.pk).update(status=status)
        Assignment.objects.filter(pk=row.pk).update(state=state)
        page = signed_in["office"].get(f"/teams/{mission.pk}/").content.decode()
        assert sum(f'href="{link}"' in page for link in links) == offered
    with pytest.raises(Refused, match="home again: its seats stay"):
        change_seat(seat=row.seat_id, told={"grade": "CHIEF"}, by=OFFICE, at=NOW)


def test_a_team_that_was_cancelled_is_not_called_home_again(signed_in: dict[str, Client]) -> None:
    mission = a_batch(31)
    seat = a_seat(mission)
    moved(mission, "CANCELLED")
    page = signed_in["office"].get(f"/teams/{mission.pk}/").content.decode()
    assert f"/teams/seats/{seat.pk}/" not in page
    with pytest.raises(Refused, match="was cancelled: nobody is asked"):
        invite(seat=seat.pk, person=a_person().pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="was cancelled: its seats stay"):
        change_seat(seat=seat.pk, told={"grade": "CHIEF"}, by=OFFICE, at=NOW)
