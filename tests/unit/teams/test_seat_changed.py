"""One seat is changed: what it asks for, its time; whoever is in it stays."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import NotAllowed, Refused
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.teams.actions import change_seat, move_period
from marrow.teams.models import Seat
from tests.builders import AUDITOR, NOW, OFFICE, a_batch, a_person, as_shown
from tests.builders.forming import a_seat, chosen

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LEAVES = NOW.date() + dt.timedelta(days=100)
DAY = dt.timedelta(days=1)
TIME: dict[str, Any] = {"from_on": LEAVES, "until_on": LEAVES + 500 * DAY}


@pytest.fixture
def mission(places: dict[str, Area]) -> Mission:
    return a_batch(31)


def test_an_office_changes_one_seat_on_a_page_and_the_others_stay(
    signed_in: dict[str, Client], mission: Mission
) -> None:
    seat, other = (
        a_seat(mission, specialty="ANAESTHESIA", languages={"en": "B2", "fr": "B1"}, **TIME)
        for _n in range(2)
    )
    page = f"/teams/seats/{seat.pk}/change/"
    assert signed_in["auditor"].get(page).status_code == 403
    begun = as_shown(signed_in["office"].get(page).context["form"])
    told = {**begun, "specialty": "NURSING", "language": "en", "level": "C1"}
    assert signed_in["office"].post(page, told).status_code == 302
    seat.refresh_from_db()
    assert (seat.specialty, seat.languages) == ("NURSING", {"en": "C1", "fr": "B1"})
    assert Seat.objects.get(pk=other.pk).specialty == "ANAESTHESIA"
    stale = signed_in["office"].post(page, {**begun, "specialty": "NEUROSURGERY"})
    assert stale.status_code == 409


def test_the_time_of_a_seat_moves_only_while_the_team_is_at_home(mission: Mission) -> None:
    held = chosen(a_seat(mission, **TIME), a_person())
    later = {"from_on": LEAVES + 30 * DAY}
    assert change_seat(seat=held.seat_id, told=later, by=OFFICE, at=NOW).from_on == later["from_on"]
    elsewhere = chosen(
        a_seat(
            a_batch(32), from_on=LEAVES + 600 * DAY, until_on=LEAVES + 900 * DAY
        ), held.person,
    )  # fmt: skip
    with pytest.raises(Refused, match="holds another seat"):
        change_seat(seat=elsewhere.seat_id, told={"from_on": LEAVES + 60 * DAY}, by=OFFICE, at=NOW)
    Mission.objects.filter(pk=mission.pk).update(status="ON_POST")
    with pytest.raises(Refused, match="on post"):
        change_seat(seat=held.seat_id, told=TIME, by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        change_seat(seat=held.seat_id, told={}, by=AUDITOR, at=NOW)


def test_a_program_changes_only_what_it_sends(calling: dict[str, Client], mission: Mission) -> None:
    at = f"/api/v1/seats/{a_seat(mission, specialty='ANAESTHESIA', grade='CHIEF').pk}"
    office = calling["office"]
    version = {"If-Match": office.get(at).headers["ETag"]}
    sent = {"data": {"grade": "ATTENDING"}, "content_type": "application/json"}
    answer = office.patch(at, headers=version, **sent)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.content
    assert (answer.json()["grade"], answer.json()["specialty"]) == ("ATTENDING", "ANAESTHESIA")
    assert office.patch(at, headers=version, **sent).status_code == 412  # type: ignore[arg-type]


def test_moving_a_departure_puts_nobody_into_two_teams_at_once(mission: Mission) -> None:
    first = chosen(a_seat(mission, **TIME), a_person())
    second = a_batch(32)
    later: dict[str, Any] = {"from_on": LEAVES + 600 * DAY, "until_on": LEAVES + 900 * DAY}
    chosen(a_seat(second, **later), first.person)
    moved = {"from_on": LEAVES + 400 * DAY, "until_on": LEAVES + 700 * DAY}
    last = TIME["until_on"] - DAY  # as the page of the seat tells it
    told = f"Wang Test holds another seat then: member, {mission} ({TIME['from_on']} – {last})"
    with pytest.raises(Refused, match=re.escape(told)):
        move_period(mission=second.pk, by=OFFICE, at=NOW, **moved)
    assert second.seats.get().from_on == later["from_on"]
    moved["from_on"] = TIME["until_on"]
    move_period(mission=second.pk, by=OFFICE, at=NOW, **moved)
    assert second.seats.get().from_on == TIME["until_on"]
