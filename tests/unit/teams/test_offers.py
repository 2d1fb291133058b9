"""A page offers only what its action takes at that stage."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.teams.actions import invite, open_seats
from marrow.teams.models import Seat
from tests.builders import NOW, OFFICE, a_batch, a_person
from tests.builders.forming import a_seat

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
