"""The days of a service are put right by the office, alone or with the team's."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.missions.models import Mission
from marrow.recognition.actions import withdraw_certificate
from marrow.teams.actions import change_service, replace
from marrow.teams.models import Assignment, StageChange
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_person
from tests.builders.calling import sent as asked
from tests.builders.forming import TODAY, a_seat, agreed, chosen
from tests.builders.honouring import a_team_at_home, certified

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
HOME = TODAY - 2 * DAY
BEGAN = HOME - 540 * DAY
TOLD = {"reason": "the flight was a week later", "by": OFFICE, "at": NOW}


def team() -> tuple[Mission, list[Assignment]]:
    mission, _people = a_team_at_home()
    return mission, list(Assignment.objects.filter(seat__mission=mission).order_by("pk"))


def days(mission: Mission) -> list[tuple[dt.date | None, dt.date | None]]:
    rows = Assignment.objects.filter(seat__mission=mission).order_by("pk")
    return list(rows.values_list("started_on", "ended_on"))


def test_the_day_on_which_a_team_arrived_moves_for_all_who_began_on_it() -> None:
    mission, rows = team()
    Assignment.objects.filter(pk=rows[2].pk).update(started_on=BEGAN + 90 * DAY)
    later = BEGAN + 7 * DAY
    changed = change_service(assignment=rows[0].pk, started_on=later, together=True, **TOLD)  # type: ignore[arg-type]
    assert len(changed) == 2
    assert days(mission) == [(later, HOME), (later, HOME), (BEGAN + 90 * DAY, HOME)]
    act = Operation.objects.filter(action="change_service").latest("id")
    assert act.note == "the flight was a week later"
    undo(act=act.act, by=OFFICE, at=NOW, note="it was right")
    assert days(mission)[0] == (BEGAN, HOME)


def test_the_days_of_one_alone_are_put_right_by_the_page_and_by_the_programs_door(
    signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    mission, rows = team()
    page = f"/teams/people/{rows[1].pk}/days/"
    assert page in signed_in["office"].get(f"/teams/{mission.pk}/").content.decode()
    sent = {
        "started_on": BEGAN, "initial-started_on": BEGAN, "ended_on": HOME - DAY,
        "initial-ended_on": HOME, "reason": "went a day before",
    }  # fmt: skip
    assert signed_in["office"].post(page, sent).status_code == 302
    assert days(mission) == [(BEGAN, HOME), (BEGAN, HOME - DAY), (BEGAN, HOME)]
    told = {"started_on": f"{BEGAN - DAY}", "reason": "came a day before"}
    address = f"/api/v1/assignments/{rows[1].pk}/days"
    answer = asked(calling["office"], "POST", address, told)
    assert answer.status_code == 200, answer.content
    assert days(mission)[1] == (BEGAN - DAY, HOME - DAY)
    assert signed_in["auditor"].post(page, sent).status_code == 403
    assert signed_in["recipient"].post(page, sent).status_code in (403, 404)


def test_days_that_a_certificate_tells_stay_until_it_is_withdrawn() -> None:
    mission, rows = team()
    papers = certified(mission)
    with pytest.raises(Refused, match="certificates that hold tell of these services"):
        change_service(
            assignment=rows[0].pk, started_on=BEGAN + DAY, together=True, **TOLD,  # type: ignore[arg-type]
        )  # fmt: skip
    mine = next(paper for paper in papers if paper.assignment_id == rows[0].pk)
    withdraw_certificate(certificate=mine.pk, reason="wrong days", by=OFFICE, at=NOW)
    change_service(assignment=rows[0].pk, started_on=BEGAN + DAY, **TOLD)  # type: ignore[arg-type]
    assert days(mission) == [(BEGAN + DAY, HOME), (BEGAN, HOME), (BEGAN, HOME)]


def test_days_that_cannot_be_are_refused_and_nothing_moves() -> None:
    mission, rows = team()
    Mission.objects.filter(pk=mission.pk).update(departed_on=f"{BEGAN}")
    one = {"assignment": rows[0].pk, **TOLD}
    for wrong, words in (
        ({"started_on": HOME + DAY}, "choose a day of these"),
        ({"started_on": BEGAN - 90 * DAY}, "choose a day of these"),
        ({"ended_on": TODAY + DAY}, "in the future"),
        ({"ended_on": BEGAN - DAY}, "choose a day of these"),
        ({"started_on": BEGAN}, "the days that stand"),
        ({"started_on": BEGAN + DAY, "reason": " "}, "Say why"),
    ):
        with pytest.raises(Refused, match=words):
            change_service(**{**one, **wrong})  # type: ignore[arg-type]
    assert days(mission) == [(BEGAN, HOME)] * 3
    with pytest.raises(Unseen):
        change_service(**{**one, "by": LEADER, "started_on": BEGAN + DAY})  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        change_service(**{**one, "by": AUDITOR, "started_on": BEGAN + DAY})  # type: ignore[arg-type]
    still = chosen(a_seat(), a_person("Waits Test"))
    with pytest.raises(Refused, match="have not begun"):
        change_service(assignment=still.pk, started_on=TODAY, **TOLD)  # type: ignore[arg-type]


def test_nobody_serves_in_two_teams_and_no_two_in_a_seat_by_days_put_right() -> None:
    mission, rows = team()
    other = chosen(a_seat(), rows[0].person)
    Assignment.objects.filter(pk=other.pk).update(
        state="SERVED", started_on=BEGAN - 30 * DAY, ended_on=BEGAN - DAY
    )
    with pytest.raises(Refused, match="holds another seat then"):
        change_service(assignment=rows[0].pk, started_on=BEGAN - 5 * DAY, **TOLD)  # type: ignore[arg-type]
    assert days(mission)[0] == (BEGAN, HOME)


def test_one_follows_the_other_in_a_seat() -> None:
    first = chosen(a_seat(), a_person("Goes Test"))
    mission = first.seat.mission
    Mission.objects.filter(pk=mission.pk).update(status="ON_POST")
    Assignment.objects.filter(pk=first.pk).update(state="SERVING", started_on=BEGAN)
    comes = agreed(first.seat, a_person("Comes Test"))
    replace(
        assignment=first.pk, successor=comes.pk, on=HOME - 30 * DAY, reason="ill", by=OFFICE, at=NOW
    )
    with pytest.raises(Refused, match="Goes Test served in this seat then"):
        change_service(assignment=comes.pk, started_on=HOME - 40 * DAY, **TOLD)  # type: ignore[arg-type]
    change_service(assignment=first.pk, ended_on=HOME - 40 * DAY, **TOLD)  # type: ignore[arg-type]
    change_service(assignment=comes.pk, started_on=HOME - 40 * DAY, **TOLD)  # type: ignore[arg-type]


def test_nobody_serves_on_after_their_team_came_home() -> None:
    mission, rows = team()
    Mission.objects.filter(pk=mission.pk).update(returned_on=f"{HOME}")
    with pytest.raises(Refused, match=f"came home on {HOME}"):
        change_service(assignment=rows[0].pk, ended_on=HOME + DAY, **TOLD)  # type: ignore[arg-type]
    assert days(mission) == [(BEGAN, HOME)] * 3
    Mission.objects.filter(pk=mission.pk).update(returned_on=f"{HOME + DAY}")
    change_service(assignment=rows[0].pk, ended_on=HOME + DAY, **TOLD)  # type: ignore[arg-type]
    act = Operation.objects.filter(action="change_service").latest("id").act
    Mission.objects.filter(pk=mission.pk).update(returned_on=f"{HOME - DAY}")
    with pytest.raises(Refused, match="came home on"):
        undo(act=act, by=OFFICE, at=NOW)
    Mission.objects.filter(pk=mission.pk).update(returned_on="")
    StageChange.objects.create(
        id=uuid4(), mission=mission, stage="DEBRIEFING", before="HANDING_OVER", step=1, on=HOME
    )
    with pytest.raises(Refused, match=f"came home on {HOME}"):
        change_service(assignment=rows[1].pk, ended_on=HOME + DAY, **TOLD)  # type: ignore[arg-type]


def taken_back(nth: int) -> None:
    acts = list(
        Operation.objects.filter(action="change_service")
        .order_by("id")
        .values_list("act", flat=True)
    )
    undo(act=acts[nth], by=OFFICE, at=NOW, note="it was right")


def test_days_taken_back_put_nobody_into_two_teams_at_once() -> None:
    mission, rows = team()
    other = chosen(a_seat(), rows[0].person)
    Assignment.objects.filter(pk=other.pk).update(
        state="SERVED", started_on=BEGAN - 60 * DAY, ended_on=BEGAN - DAY
    )
    change_service(assignment=other.pk, ended_on=BEGAN - 30 * DAY, **TOLD)  # type: ignore[arg-type]
    change_service(assignment=rows[0].pk, started_on=BEGAN - 20 * DAY, **TOLD)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="holds another seat then"):
        taken_back(0)
    taken_back(1)
    taken_back(0)
    assert days(mission)[0] == (BEGAN, HOME)


def test_days_taken_back_put_no_two_into_one_seat() -> None:
    first = chosen(a_seat(), a_person("Goes Test"))
    Mission.objects.filter(pk=first.seat.mission_id).update(status="ON_POST")
    Assignment.objects.filter(pk=first.pk).update(state="SERVING", started_on=BEGAN)
    comes = agreed(first.seat, a_person("Comes Test"))
    replace(assignment=first.pk, successor=comes.pk, on=HOME, reason="ill", by=OFFICE, at=NOW)
    change_service(assignment=first.pk, ended_on=HOME - 9 * DAY, **TOLD)  # type: ignore[arg-type]
    change_service(assignment=comes.pk, started_on=HOME - 9 * DAY, **TOLD)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Comes Test served in this seat then"):
        taken_back(0)
    taken_back(1)
    taken_back(0)
    first.refresh_from_db()
    assert first.ended_on == HOME
