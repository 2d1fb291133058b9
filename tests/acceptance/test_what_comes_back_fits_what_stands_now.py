"""What is taken back by the journal is held to the rules of the forms: it fits what stands now."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from marrow.people.actions import change_person, enter_person
from marrow.people.models import Person
from marrow.teams.actions import answer_for_unit, invite, move_period, open_seats, select
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, PAPER, a_batch, a_person, a_sending_hospital, a_series

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def take_back(action: str, nth: int = 0) -> None:
    """Take the newest act of this kind back, or one before it."""
    rows = Operation.objects.filter(action=action).order_by("-id").values_list("act", flat=True)
    undo(act=list(dict.fromkeys(rows))[nth], by=OFFICE, at=NOW)


def selected(mission: Mission, person: Person, from_on: dt.date, until_on: dt.date) -> Assignment:
    seat = Seat(id=uuid4(), role="MEMBER", from_on=from_on, until_on=until_on)
    open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, person.unit_id),))
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=NOW)
    return select(assignment=asked.pk, by=OFFICE, at=NOW)


def test_a_team_does_not_get_its_time_back_while_one_of_it_sits_in_another_team_then() -> None:
    series, person = a_series(), a_person("Member Test")
    first, second = a_batch(31, series, status="RECRUITING"), a_batch(32, status="RECRUITING")
    early, late = TODAY + 60 * DAY, TODAY + 500 * DAY
    selected(first, person, early, early + 300 * DAY)
    move_period(mission=first.pk, from_on=late, until_on=late + 300 * DAY, by=OFFICE, at=NOW)
    other = selected(second, person, early, early + 300 * DAY)
    with pytest.raises(Refused, match="holds another seat then"):
        take_back("move_period")
    assert Seat.objects.get(mission=first).from_on == late
    Assignment.objects.filter(pk=other.pk).update(state="RELEASED")
    take_back("move_period")
    assert Seat.objects.get(mission=first).from_on == early


def test_days_of_a_team_come_back_only_in_the_order_of_a_journey() -> None:
    batch = a_batch(30, a_series(), status="ON_POST", departed_on="2026-05-04")
    for told in ({"departed_on": "2026-04-20"}, {"arrived_on": "2026-05-02"}):
        change_batch(mission=batch.pk, source=PAPER, by=OFFICE, at=NOW, **told)
    with pytest.raises(Refused, match="cannot arrive before it left"):
        take_back("change_batch", 1)
    batch.refresh_from_db()
    assert (batch.departed_on, batch.arrived_on) == ("2026-04-20", "2026-05-02")
    take_back("change_batch")
    take_back("change_batch", 1)
    batch.refresh_from_db()
    assert (batch.departed_on, batch.arrived_on) == ("2026-05-04", "")


def test_nobody_is_there_twice_by_taking_back_what_was_taken_back() -> None:
    unit = a_sending_hospital()

    def enter(name: str) -> Person:
        return enter_person(
            unit=unit, names={"en": name}, kind="DOCTOR", birth_year=1981, by=OFFICE, at=NOW
        )

    enter("Zed Delta")
    take_back("enter_person")
    again = enter("Zed Delta")
    with pytest.raises(Refused, match="is entered already"):
        take_back("undo")
    change_person(person=again.pk, names={"en": "Zed Echo"}, by=OFFICE, at=NOW)
    take_back("undo")
    with pytest.raises(Refused, match="is entered already"):
        take_back("change_person")
    assert sorted(Person.objects.values_list("names__en", flat=True)) == ["Zed Delta", "Zed Echo"]
