"""Somebody's service begins on a day that can be, ends early or with the team, and counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused
from marrow.missions.models import Mission
from marrow.people.rules.fitting import rests_until
from marrow.recognition.actions import issue_certificates
from marrow.recognition.queries import lines_of
from marrow.teams import queries
from marrow.teams.actions import begin_service, drop_seat, end_service, replace, withdraw
from marrow.teams.models import Assignment, Seat
from tests.builders import AUDITOR, NOW, OFFICE, a_batch, a_person
from tests.builders.forming import TODAY, a_seat, agreed, chosen, moved, unit_of

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
LEFT, HOME = TODAY - 500 * DAY, TODAY - 20 * DAY


def on_post(
    specialty: str = "", role: str = "MEMBER", mission: Mission | None = None
) -> Assignment:
    """Somebody on post since 500 days."""
    seat = a_seat(mission, role, specialty=specialty, from_on=LEFT, until_on=LEFT + 540 * DAY)
    held = chosen(seat, a_person(f"Gone {specialty or role} Test", specialty=specialty))
    Mission.objects.filter(pk=seat.mission_id).update(status="ON_POST", departed_on=f"{LEFT}")
    Assignment.objects.filter(pk=held.pk).update(state="SERVING", started_on=LEFT)
    return Assignment.objects.select_related("seat__mission", "person").get(pk=held.pk)


def counts(mission: Mission) -> tuple[int, int]:
    found = queries.deployments([mission])
    return found.persons, found.deployments


def test_who_goes_home_early_from_a_post_keeps_the_service_the_rest_and_the_certificate(
    signed_in: dict[str, Client],
) -> None:
    row, office = on_post(), signed_in["office"]
    mission, team = row.seat.mission, f"/teams/{row.seat.mission_id}/"
    page = office.get(team).content.decode()
    assert "Enter an early return" in page
    assert "Does not come" not in page
    gone = {"on": HOME.isoformat(), "reason": "Ill, flew home"}
    assert office.post(f"/teams/people/{row.pk}/home/", gone).status_code == 302
    page = office.get(team).content.decode()
    assert "went home early (“Ill, flew home”)" in page
    assert "1 person, 1 person-deployment" in page
    assert counts(mission) == (1, 1)
    (line,) = queries.service_of(row.person)
    assert (line.started_on, line.ended_on) == (LEFT, HOME)
    assert "12 months after a mission" in queries.rest_of(row.person, TODAY)
    issue_certificates(
        mission=mission.pk, issuer={"en": "Test Office"}, signed_by="Chen Test", languages="ALL",
        issued_on=TODAY, by=OFFICE, at=NOW,
    )  # fmt: skip
    (told,) = lines_of(mission)
    assert told.certificate is not None
    assert told.certificate.days == 481


def test_who_was_replaced_on_post_rests_and_is_certified_until_the_day_that_is_entered() -> None:
    row = on_post("ONCOLOGY")
    comes = agreed(row.seat, a_person("Comes Test"))
    with pytest.raises(Refused, match="Choose a day of the service"):
        replace(
            assignment=row.pk,
            successor=comes.pk,
            reason="family",
            on=TODAY + DAY,
            by=OFFICE,
            at=NOW,
        )
    replace(assignment=row.pk, successor=comes.pk, reason="family", on=HOME, by=OFFICE, at=NOW)
    assert Assignment.objects.get(pk=comes.pk).started_on == HOME
    assert counts(row.seat.mission) == (2, 2)
    last = rests_until(HOME, None) - DAY  # the day before they may leave again
    assert queries.rest_of(row.person, TODAY).startswith(f"rests until {last}: ")
    moved(row.seat.mission, "HANDING_OVER", "DEBRIEFING")
    names = {str(line.assignment.person) for line in lines_of(row.seat.mission)}
    assert names == {"Gone ONCOLOGY Test", "Comes Test"}
    other = a_seat(a_batch(44), specialty="ONCOLOGY", from_on=TODAY + 40 * DAY)
    found, missing = queries.who_fits(OFFICE, other, TODAY)
    assert missing["REST"] == 1
    (rests,) = (lack for f in found for lack in f.lacks if "rest" in lack)
    assert rests.startswith(f"rests until {last}: ")


def test_the_day_of_going_home_lies_in_the_service_and_only_who_serves_goes_home() -> None:
    row = on_post()
    for day in (LEFT - DAY, TODAY + DAY):
        with pytest.raises(Refused, match=f"not before {LEFT}, not after today, {TODAY}"):
            end_service(assignment=row.pk, on=day, reason="ill", by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="Say why"):
        end_service(assignment=row.pk, on=HOME, reason=" ", by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        end_service(assignment=row.pk, on=HOME, reason="ill", by=AUDITOR, at=NOW)
    selected = chosen(a_seat(a_batch(33)), a_person("At Home Test"))
    with pytest.raises(Refused, match="does not come"):
        end_service(assignment=selected.pk, on=TODAY, reason="ill", by=OFFICE, at=NOW)


def test_who_serves_does_not_fail_to_come_whoever_says_it() -> None:
    row = on_post()
    for by in (OFFICE, unit_of(row.person)):
        with pytest.raises(Refused, match="on which day they went home"):
            withdraw(assignment=row.pk, reason="ill", by=by, at=NOW)


def test_the_seat_of_who_went_home_is_given_to_another_and_it_is_taken_back_by_undo() -> None:
    row = on_post()
    end_service(assignment=row.pk, on=HOME, reason="ill", by=OFFICE, at=NOW)
    shown = queries.seats_of(row.seat.mission)[0]
    assert shown.holder is None
    act = Operation.objects.filter(action="end_service").latest("id").act
    undo(act=act, by=OFFICE, at=NOW)
    assert Assignment.objects.get(pk=row.pk).state == "SERVING"
    end_service(assignment=row.pk, on=HOME, reason="ill", by=OFFICE, at=NOW)
    comes = chosen(Seat.objects.get(pk=row.seat_id), a_person("Comes Test"))
    assert comes.state == "SELECTED"


def test_who_withdrew_from_a_post_before_there_was_a_word_for_it_counts_as_having_served() -> None:
    row = on_post()
    Assignment.objects.filter(pk=row.pk).update(state="WITHDRAWN", ended_on=HOME)
    assert counts(row.seat.mission) == (1, 1)
    assert len(queries.service_of(row.person)) == 1
    last = rests_until(HOME, None) - DAY  # the day before they may leave again
    assert queries.rest_of(row.person, TODAY).startswith(f"rests until {last}: ")
    assert len(lines_of(row.seat.mission)) == 1


def test_serves_since_takes_no_day_ahead_nor_long_before_the_team_left_and_says_what_to_do(
    signed_in: dict[str, Client],
) -> None:
    row = on_post()
    mission, office = row.seat.mission, signed_in["office"]
    comes = chosen(a_seat(mission, "COOK", from_on=LEFT), a_person("Cook Test"))
    since = f"/teams/people/{comes.pk}/since/"
    ahead = office.post(since, {"on": "2099-01-01"})
    assert ahead.status_code == 422
    assert "Enter it once they serve; until then they are selected." in ahead.content.decode()
    before = office.post(since, {"on": f"{LEFT - 61 * DAY}"})
    assert before.status_code == 422
    assert "correct its departure first" in before.content.decode()
    assert Assignment.objects.get(pk=comes.pk).state == "SELECTED"
    assert counts(mission) == (1, 1)
    begin_service(assignment=comes.pk, on=LEFT - 60 * DAY, by=OFFICE, at=NOW)
    assert counts(mission) == (2, 2)


def comes_to(number: int, row: Assignment) -> Assignment:
    """Somebody selected for another team, from the day after they came home."""
    seat = a_seat(a_batch(number), from_on=HOME + DAY, until_on=HOME + 300 * DAY)
    return chosen(seat, row.person)


def test_serves_since_lies_on_no_day_of_another_service() -> None:
    for number, state in ((41, "SERVED"), (42, "WENT_HOME")):
        row = on_post(mission=a_batch(number), specialty="ONCOLOGY")
        Assignment.objects.filter(pk=row.pk).update(state=state, ended_on=HOME)
        comes = comes_to(number + 10, row)
        Mission.objects.filter(pk=comes.seat.mission_id).update(status="ON_POST")
        told = f"{row.person} holds another seat then"
        with pytest.raises(Refused, match=told):
            begin_service(assignment=comes.pk, on=HOME - 9 * DAY, by=OFFICE, at=NOW)
        assert Assignment.objects.get(pk=comes.pk).state == "SELECTED"
        begin_service(assignment=comes.pk, on=HOME, by=OFFICE, at=NOW)


def test_no_team_leaves_on_a_day_on_which_somebody_of_it_serves_in_another() -> None:
    row = on_post(mission=a_batch(41))
    Assignment.objects.filter(pk=row.pk).update(state="SERVED", ended_on=HOME)
    team = comes_to(51, row).seat.mission
    moved(team, "RECRUITING", "SELECTED", "TRAINING", on=HOME - 30 * DAY)
    with pytest.raises(Refused, match=f"{row.person} holds another seat then"):
        moved(team, "IN_TRANSIT", on=HOME - 9 * DAY)
    moved(team, "IN_TRANSIT", on=HOME + DAY)


def test_who_fits_a_seat_on_post_is_judged_by_today_not_by_the_first_day_of_the_seat() -> None:
    row = on_post("ONCOLOGY")
    rested = on_post("ONCOLOGY", mission=a_batch(35)).person
    Assignment.objects.filter(person=rested).update(state="SERVED", ended_on=LEFT - 10 * DAY)
    end_service(assignment=row.pk, on=HOME, reason="ill", by=OFFICE, at=NOW)
    found, missing = queries.who_fits(OFFICE, row.seat, TODAY)
    assert "REST" not in missing, "their year at home is over, though it was not when the team left"
    (one,) = [f for f in found if f.person.pk == rested.pk]
    assert not [lack for lack in one.lacks if "rests" in lack]


def test_a_team_does_not_leave_without_its_leader() -> None:
    mission = a_batch(31)
    leads = chosen(a_seat(mission, "LEADER"), a_person("Chief Test"))
    chosen(a_seat(mission), a_person("Mate Test"))
    moved(mission, "RECRUITING", "SELECTED", "TRAINING")
    withdraw(assignment=leads.pk, reason="ill", by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="Nobody is in the team leader’s seat: select somebody"):
        moved(mission, "IN_TRANSIT")
    drop_seat(seat=leads.seat_id, by=OFFICE, at=NOW)
    moved(mission, "IN_TRANSIT")
    assert Mission.objects.get(pk=mission.pk).status == "IN_TRANSIT"
