"""What waits for a person because of a team: what, why, by when, and the link that acts."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.missions.models import Mission
from marrow.people.models import Credential
from marrow.teams.actions import (
    answer_for_unit,
    answer_nobody,
    begin_service,
    end_service,
    invite,
    open_call,
    select,
    withdraw,
)
from marrow.teams.models import Assignment, Call
from marrow.teams.queries import how_many_fit, waits_in, who_fits
from marrow.teams.queries.open_ends import chosen, ending, rotations
from marrow.ui.waiting import Waiting, waiting
from tests.builders import (
    AUDITOR,
    LEADER,
    NOW,
    OFFICE,
    STRANGER,
    a_batch,
    a_person,
    a_sending_hospital,
)
from tests.builders.forming import a_seat, agreed, moved, unit_of

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
LEAVES = TODAY + dt.timedelta(days=90)


def lines(viewer: Viewer, part: str) -> list[Waiting]:
    return [w for w in waiting(viewer, TODAY) if part in w.what]


def forming(number: int = 31) -> Mission:
    mission = a_batch(number)
    moved(mission, "RECRUITING")
    return mission


def test_an_empty_seat_says_by_when_and_who_would_fill_it() -> None:
    seat = a_seat(forming(), specialty="ANAESTHESIA", from_on=LEAVES)
    (line,) = lines(OFFICE, "nobody has this seat")
    assert (line.by, line.href) == (LEAVES, f"/teams/seats/{seat.pk}/")
    assert "Nobody here has this specialty" in line.why
    person = a_person(specialty="ANAESTHESIA")
    (line,) = lines(OFFICE, "nobody has this seat")
    assert "no licence is entered: 1" in line.why
    Credential.objects.create(person=person, kind="LICENCE")
    (line,) = lines(OFFICE, "nobody has this seat")
    assert "end of the licence not told: 1" in line.why
    Credential.objects.update(expires_on=LEAVES)
    (line,) = lines(OFFICE, "nobody has this seat")
    assert "1 person fits" in line.why
    invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    (line,) = lines(OFFICE, "nobody has this seat")
    assert "1 person is on the way into it" in line.why


def test_a_seat_that_somebody_has_is_no_work() -> None:
    seat = a_seat(forming(), from_on=LEAVES)
    held = agreed(seat, a_person())
    select(assignment=held.pk, by=OFFICE, at=NOW)
    assert lines(OFFICE, "nobody has this seat") == []


def test_a_seat_that_was_left_on_post_waits_for_the_office_and_the_unit_that_is_asked() -> None:
    mission = a_batch(31)
    seat = a_seat(mission, from_on=TODAY - dt.timedelta(days=400), until_on=LEAVES)
    held = select(assignment=agreed(seat, a_person()).pk, by=OFFICE, at=NOW)
    Mission.objects.filter(pk=mission.pk).update(status="ON_POST")
    begin_service(assignment=held.pk, on=seat.from_on or TODAY, by=OFFICE, at=NOW)
    assert lines(OFFICE, "nobody has this seat") == []
    follows = a_person("Follows Test")
    invite(seat=seat.pk, person=follows.pk, by=OFFICE, at=NOW)
    assert lines(unit_of(follows), "asks for Follows Test"), "before the other goes home"
    end_service(assignment=held.pk, on=TODAY, reason="Ill", by=OFFICE, at=NOW)
    (line,) = lines(OFFICE, "nobody has this seat")
    assert (line.by, line.href) == (TODAY, f"/teams/seats/{seat.pk}/")
    comes = a_person("Zhao Test")
    asked = invite(seat=seat.pk, person=comes.pk, by=OFFICE, at=NOW)
    (line,) = lines(unit_of(comes), "asks for Zhao Test")
    assert line.by == TODAY
    assert waits_in(unit_of(comes), TODAY) == {mission.pk: ["1 answer"]}
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(comes), at=NOW)
    (line,) = lines(OFFICE, "Zhao Test may come")
    assert line.by == TODAY
    Mission.objects.filter(pk=mission.pk).update(status="DEBRIEFING")
    assert lines(OFFICE, "Zhao Test may come") == lines(unit_of(comes), "Zhao Test") == []


def test_each_empty_seat_says_why() -> None:
    mission = forming()
    first, second, third = (
        a_seat(mission, role, from_on=LEAVES + dt.timedelta(days=n))
        for n, role in enumerate(("COOK", "ENGINEER", "INTERPRETER"))
    )
    row = select(assignment=agreed(third, a_person("Li Test")).pk, by=OFFICE, at=NOW)
    withdraw(assignment=row.pk, reason="Ill", by=OFFICE, at=NOW)
    said = {w.href: w.why for w in lines(OFFICE, "nobody has this seat")}
    assert said[f"/teams/seats/{first.pk}/"].startswith("Nobody fits. ")
    assert said[f"/teams/seats/{second.pk}/"] == "Nobody was asked for it or applied yet."
    why = "Nobody is on the way into it: 1 person said no, withdrew or left it."
    assert said[f"/teams/seats/{third.pk}/"] == why


def test_many_empty_seats_are_counted_after_the_first_six() -> None:
    mission = forming()
    for _n in range(8):
        a_seat(mission, from_on=LEAVES)
    assert len(lines(OFFICE, "nobody has this seat")) == 6
    assert lines(OFFICE, "2 more seats are empty")


def test_the_unit_that_is_asked_answers_and_then_the_office_chooses() -> None:
    person, seat = a_person(), a_seat(forming(), from_on=LEAVES)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    (line,) = lines(unit_of(person), "asks for Wang Test")
    assert line.href == f"/teams/people/{asked.pk}/answer/"
    assert lines(unit_of(a_person("Li Test", unit=None)), "Wang Test") == []
    assert lines(OFFICE, "may come with") == []
    other = a_person("Zhao Test")
    agreed(a_seat(seat.mission), other)
    (line,) = lines(OFFICE, "may come with")
    assert line.what.startswith("Zhao Test may come")


def test_a_licence_that_ends_before_the_team_is_home_is_told_unless_another_lasts() -> None:
    person = a_person()
    Credential.objects.create(person=person, kind="LICENCE", expires_on=LEAVES)
    seat = a_seat(forming(), from_on=LEAVES, until_on=LEAVES + dt.timedelta(days=300))
    select(assignment=agreed(seat, person).pk, by=OFFICE, at=NOW)
    (line,) = lines(OFFICE, "the licence ends on")
    assert (line.by, line.href) == (LEAVES, f"/people/{person.pk}/")
    Credential.objects.update(expires_on=seat.last_on)
    assert lines(OFFICE, "the licence ends on") == [], "it is good for the last day"
    Credential.objects.update(expires_on=LEAVES)
    other = Credential.objects.create(person=person, kind="LICENCE", expires_on=None)
    (line,) = lines(OFFICE, "the licence ends on")
    assert line.why == "Of another licence the end is not told: say when it ends."
    Credential.objects.filter(pk=other.pk).update(expires_on=seat.last_on)
    assert lines(OFFICE, "the licence ends on") == []


def test_a_team_whose_time_ends_says_who_follows() -> None:
    mission = a_batch(31, status="ON_POST")
    ends = TODAY + dt.timedelta(days=30)
    seat = a_seat(mission, from_on=TODAY - dt.timedelta(days=400), until_on=ends)
    held = select(assignment=agreed(seat, a_person()).pk, by=OFFICE, at=NOW)
    begin_service(assignment=held.pk, on=seat.from_on or TODAY, by=OFFICE, at=NOW)
    (line,) = lines(OFFICE, "ends its time")
    assert (line.by, line.why) == (seat.last_on, "Nobody is named to follow it yet.")
    a_batch(32, mission.series)
    (line,) = lines(OFFICE, "ends its time")
    assert "follows it" in line.why
    Mission.objects.filter(pk=mission.pk).update(planned_end_on="2026-11-01")
    (line,) = lines(OFFICE, "is past the end of its time")
    assert line.by == dt.date(2026, 11, 1)


def test_the_calendar_tells_of_a_team_that_is_home_the_day_on_which_it_came() -> None:
    mission, ends = a_batch(31), dt.date(2030, 12, 31)
    Mission.objects.filter(pk=mission.pk).update(status="ON_POST", departed_on="2026-01-05")
    a_seat(mission, from_on=TODAY, until_on=ends + dt.timedelta(days=1))
    assert rotations(OFFICE) == [(mission, dt.date(2026, 1, 5), ends)]
    Mission.objects.filter(pk=mission.pk).update(status="DEBRIEFING", returned_on="2026-11-20")
    assert rotations(OFFICE) == [(mission, dt.date(2026, 1, 5), dt.date(2026, 11, 20))]
    Mission.objects.filter(pk=mission.pk).update(returned_on="2026-11")
    assert rotations(OFFICE) == [(mission, dt.date(2026, 1, 5), None)]


def test_whoever_forms_another_team_or_none_is_told_nothing() -> None:
    a_seat(forming(), from_on=LEAVES)
    elsewhere = Viewer(uuid4(), "Elsewhere", (Grant("office", PROGRAMME, uuid4()),))
    for viewer in (elsewhere, AUDITOR, LEADER, STRANGER):
        assert [w for w in waiting(viewer, TODAY) if "seat" in w.what] == []


def test_what_is_due_first_stands_first_on_the_page(signed_in: dict[str, Client]) -> None:
    mission = forming()
    a_seat(mission, role="COOK", from_on=LEAVES + dt.timedelta(days=5))
    a_seat(mission, role="ENGINEER", from_on=LEAVES)
    page = signed_in["office"].get("/desk/").content.decode()
    assert 0 < page.index("Engineer") < page.index("Cook")
    assert "2 things need a person." in page
    assert Assignment.objects.count() == 0


def test_a_call_waits_for_the_unit_that_it_asks_until_it_has_answered() -> None:
    mission, person = forming(), a_person()
    unit = unit_of(person)
    assert person.unit is not None
    open_call(
        mission=mission.pk, text="We look for an anaesthetist", opens_on=TODAY, by=OFFICE, at=NOW,
        closes_on=TODAY + dt.timedelta(days=9), units=[person.unit],
    )  # fmt: skip
    (line,) = lines(unit, "asks your unit")
    assert line.by == TODAY + dt.timedelta(days=9)
    assert (
        lines(unit_of(a_person("Li Test", unit=a_sending_hospital("Elsewhere"))), "asks your unit")
        == []
    )
    assert lines(OFFICE, "asks your unit") == []
    seat = a_seat(mission, from_on=LEAVES)
    invite(seat=seat.pk, person=a_person("Zhao Test", unit=person.unit).pk, by=OFFICE, at=NOW)
    (asked,) = lines(unit, "asks for Zhao Test")
    assert asked.by == TODAY + dt.timedelta(days=9)  # the call's last day, not the seat's first
    call = Call.objects.get()
    answer_nobody(asked=call.asked.get().pk, reason="None to spare", by=unit, at=NOW)
    assert lines(unit, "asks your unit") == []


def test_whom_an_office_chooses_among_and_whose_licence_ends_are_one_question(
    django_assert_num_queries: Any,
) -> None:
    mission = forming()
    for n in range(3):
        agreed(a_seat(mission, from_on=LEAVES + dt.timedelta(days=n)), a_person(f"May {n} Test"))
    ends = LEAVES + dt.timedelta(days=20)
    for n in (1, 0):
        seat = a_seat(mission, from_on=LEAVES, until_on=LEAVES + dt.timedelta(days=600))
        person = a_person(f"Goes {n} Test")
        Credential.objects.create(
            person=person, kind="LICENCE", expires_on=ends + dt.timedelta(days=n)
        )
        Credential.objects.create(person=person, kind="LICENCE", expires_on=LEAVES)
        select(assignment=agreed(seat, person).pk, by=OFFICE, at=NOW)
    with django_assert_num_queries(1):
        found = chosen(OFFICE, 2)
        told = [str(one.person) for one in found.among]
        early = [(str(one.person), day, str(one.seat.mission)) for one, day in found.ending]
    assert (told, found.in_all) == (["May 0 Test", "May 1 Test"], 3)
    assert early == [
        ("Goes 0 Test", ends, str(mission)),
        ("Goes 1 Test", ends + dt.timedelta(days=1), str(mission)),
    ]
    assert chosen(STRANGER, 2).in_all == 0


def test_how_many_fit_a_seat_is_one_question_and_says_what_its_page_says(
    django_assert_num_queries: Any,
) -> None:
    seat = a_seat(forming(), specialty="ANAESTHESIA", from_on=LEAVES, languages={"fr": "B1"})
    for name in ("Zed Test", "Able Test", "Mid Test"):
        person = a_person(name, specialty="ANAESTHESIA", kind="COOK")
        person.languages.create(language="fr", level="C1")
    with django_assert_num_queries(1):
        assert how_many_fit(OFFICE, seat, TODAY) == (3, {})
    found, missing = who_fits(OFFICE, seat, TODAY)
    assert [str(one.person) for one in found] == ["Able Test", "Mid Test", "Zed Test"]
    assert missing == {}


def test_a_team_ends_with_the_last_of_its_seats_and_with_no_seat_that_ends_not_at_all() -> None:
    first, last = TODAY + dt.timedelta(days=10), TODAY + dt.timedelta(days=30)
    mission, endless, later = a_batch(31), a_batch(32), a_batch(33)
    for until in (first, last, None):
        a_seat(mission, until_on=until)
    a_seat(endless)
    a_seat(later, until_on=TODAY + dt.timedelta(days=400))
    Mission.objects.update(status="ON_POST")
    assert [(m.pk, day) for m, day, _follows in ending(OFFICE, TODAY)] == [
        (mission.pk, last - dt.timedelta(days=1))
    ]
