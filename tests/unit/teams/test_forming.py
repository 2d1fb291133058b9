"""Seats are filled step by step: asked, agreed by the unit, selected, replaced; stages follow."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account, RoleGrant
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from marrow.people.access import people_for
from marrow.people.actions import add_to_person
from marrow.people.models import Credential, Person
from marrow.teams import access, plain, queries
from marrow.teams.actions import (
    answer_for_unit,
    apply_for_seat,
    begin_service,
    drop_seat,
    invite,
    move_period,
    move_stage,
    open_seats,
    replace,
    select,
    withdraw,
)
from marrow.teams.models import Assignment, ChecklistItem, Seat
from marrow.teams.rules.periods import Period, fall_together
from marrow.teams.rules.stages import AT_HOME, NEXT, OVER, possible
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_batch, a_person, a_sending_hospital
from tests.builders.forming import TODAY, a_seat, agreed, moved, unit_of
from tests.builders.leaving import an_account

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_only_the_office_opens_seats_and_only_the_unit_answers_for_its_people() -> None:
    seat, person = a_seat(), a_person()
    for stranger, told in ((LEADER, Unseen), (AUDITOR, NotAllowed)):
        with pytest.raises(told):
            open_seats(mission=seat.mission_id, seats=[Seat(role="MEMBER")], by=stranger, at=NOW)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    an_account("of the unit", "unit", person.unit)
    with pytest.raises(NotAllowed):
        answer_for_unit(
            assignment=asked.pk, agrees=True, said_by="Dr Test", on=TODAY, by=OFFICE, at=NOW
        )
    with pytest.raises(Refused, match="agreed"):
        select(assignment=asked.pk, by=OFFICE, at=NOW)


def test_a_unit_that_refuses_says_why_and_the_person_is_not_selected() -> None:
    seat, person = a_seat(), a_person()
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused):
        answer_for_unit(assignment=asked.pk, agrees=False, by=unit_of(person), at=NOW)
    answer_for_unit(
        assignment=asked.pk, agrees=False, reason="Two are away", by=unit_of(person), at=NOW
    )
    with pytest.raises(Refused):
        select(assignment=asked.pk, by=OFFICE, at=NOW)


def test_two_who_give_one_seat_at_once_the_second_is_told() -> None:
    seat = a_seat()
    one, two = agreed(seat, a_person("One Test")), agreed(seat, a_person("Two Test"))
    select(assignment=one.pk, by=OFFICE, at=NOW)
    with pytest.raises(Overtaken):
        select(assignment=two.pk, by=OFFICE, at=NOW)
    assert Assignment.objects.get(pk=two.pk).state == "AGREED"


def test_somebody_is_replaced_in_one_act_and_both_keep_their_story() -> None:
    seat = a_seat()
    one, two = agreed(seat, a_person("One Test")), agreed(seat, a_person("Two Test"))
    select(assignment=one.pk, by=OFFICE, at=NOW)
    replace(assignment=one.pk, successor=two.pk, reason="licence ended", by=OFFICE, at=NOW)
    states = dict(Assignment.objects.values_list("pk", "state"))
    assert states == {one.pk: "REPLACED", two.pk: "SELECTED"}


def test_a_seat_with_somebody_in_it_is_not_dropped() -> None:
    seat = a_seat()
    one = agreed(seat, a_person())
    select(assignment=one.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused):
        drop_seat(seat=seat.pk, by=OFFICE, at=NOW)
    withdraw(assignment=one.pk, reason="ill", by=OFFICE, at=NOW)
    assert drop_seat(seat=seat.pk, by=OFFICE, at=NOW).dropped_on == TODAY


def test_people_apply_for_themselves_while_the_call_runs() -> None:
    seat, person = a_seat(), a_person()
    me = Viewer(uuid4(), "Me", (Grant("member"),))
    Person.objects.filter(pk=person.pk).update(account=me.person)
    with pytest.raises(Refused, match="no applications"):
        apply_for_seat(seat=seat.pk, person=person.pk, by=me, at=NOW)
    moved(seat.mission, "RECRUITING")
    assert apply_for_seat(seat=seat.pk, person=person.pk, by=me, at=NOW).state == "APPLIED"
    with pytest.raises(Unseen):
        apply_for_seat(seat=seat.pk, person=a_person("Other Test").pk, by=me, at=NOW)


def test_a_mission_moves_only_to_what_may_follow_and_says_what_is_open() -> None:
    seat = a_seat()
    mission = seat.mission
    with pytest.raises(Refused, match="cannot go"):
        moved(mission, "CLOSED")
    moved(mission, "RECRUITING")
    with pytest.raises(Refused, match="1 seat is empty"):
        moved(mission, "SELECTED")
    with pytest.raises(Refused, match="Say why"):
        move_stage(mission=mission.pk, stage="SUSPENDED", on=TODAY, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="future"):
        moved(mission, "SUSPENDED", on=TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused, match="page of its team"):
        change_batch(mission=mission.pk, status="CLOSED", by=OFFICE, at=NOW)


def test_a_suspended_mission_goes_on_where_it_stopped() -> None:
    mission = a_seat().mission
    moved(mission, "RECRUITING", "SUSPENDED")
    with pytest.raises(Refused):
        moved(mission, "ON_POST")
    moved(mission, "RECRUITING")
    assert Mission.objects.get(pk=mission.pk).status == "RECRUITING"


def test_from_the_call_to_the_departure_the_clock_counts_days() -> None:
    seat = a_seat()
    select(assignment=agreed(seat, a_person()).pk, by=OFFICE, at=NOW)
    moved(seat.mission, "RECRUITING", on=TODAY - dt.timedelta(days=34))
    moved(seat.mission, "SELECTED", "TRAINING", "IN_TRANSIT")
    assert queries.formed_in(queries.stages_of(seat.mission)) == 34
    mission = Mission.objects.get(pk=seat.mission_id)
    assert mission.departed_on == TODAY.isoformat()
    assert Assignment.objects.get().state == "SERVING"


def test_nobody_leaves_whose_licence_is_over() -> None:
    person = a_person(specialty="ANAESTHESIA")
    seat = a_seat(until_on=TODAY + dt.timedelta(days=500))
    coming = agreed(seat, person)
    ends = dt.date(2026, 11, 1)
    paper = Credential(id=uuid4(), kind="LICENCE", number="1", expires_on=ends)
    add_to_person(person=person.pk, part=paper, by=OFFICE, at=NOW)
    told = queries.lacking(queries.seats_of(seat.mission), TODAY)
    assert told == {coming.pk: ["licence ends on 2026-11-01"]}
    select(assignment=coming.pk, by=OFFICE, at=NOW)
    moved(seat.mission, "RECRUITING", "SELECTED", "TRAINING")
    assert queries.lacking(queries.seats_of(seat.mission), TODAY) == told
    with pytest.raises(Refused, match="Wang Test: the licence ended on 2026-11-01"):
        moved(seat.mission, "IN_TRANSIT")
    new = Credential(
        id=uuid4(), kind="LICENCE", number="2", expires_on=TODAY + dt.timedelta(days=900)
    )
    add_to_person(person=person.pk, part=new, by=OFFICE, at=NOW)
    moved(seat.mission, "IN_TRANSIT")
    assert queries.lacking(queries.seats_of(seat.mission), TODAY) == {}
    assert Mission.objects.get(pk=seat.mission_id).size == 1


def test_persons_and_person_deployments_are_two_counts() -> None:
    person, missions = a_person(), []
    for number in (31, 32):
        seat = a_seat(a_batch(number))
        select(assignment=agreed(seat, person).pk, by=OFFICE, at=NOW)
        moved(seat.mission, "RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT", "ON_POST")
        moved(seat.mission, "HANDING_OVER", "DEBRIEFING")
        missions.append(seat.mission)
    assert queries.deployments(missions) == queries.Deployments(persons=1, deployments=2)
    assert [str(a.seat.mission_id) for a in queries.service_of(person)]


def test_who_fits_is_found_with_what_is_missing() -> None:
    unit = a_sending_hospital()
    able = a_person("Able Test", unit, specialty="ANAESTHESIA", kind="COOK")
    a_person("Young Test", unit, specialty="ANAESTHESIA", kind="COOK", grade="RESIDENT")
    a_person("Eye Test", unit, specialty="OPHTHALMOLOGY")
    seat = a_seat(
        specialty="ANAESTHESIA", grade="ATTENDING", from_on=dt.date(2027, 3, 14),
        until_on=dt.date(2028, 9, 14),
    )  # fmt: skip
    Person.objects.filter(pk=able.pk).update(grade="CHIEF")
    found, missing = queries.who_fits(OFFICE, seat, TODAY)
    assert [(str(f.person), f.verdict) for f in found] == [
        ("Able Test", "FITS"), ("Young Test", "NEARLY"),
    ]  # fmt: skip
    assert missing == {"GRADE": 1}
    busy = a_seat(a_batch(33), from_on=dt.date(2027, 1, 1), until_on=dt.date(2027, 6, 1))
    select(assignment=agreed(busy, able).pk, by=OFFICE, at=NOW)
    found, missing = queries.who_fits(OFFICE, seat, TODAY)
    assert "Able Test" not in [str(f.person) for f in found]
    assert missing["AWAY"] == 1


def test_who_was_away_already_serves_since_a_day_that_is_entered() -> None:
    seat = a_seat()
    chosen = select(assignment=agreed(seat, a_person()).pk, by=OFFICE, at=NOW)
    left = TODAY - dt.timedelta(days=90)
    with pytest.raises(Refused, match="away"):
        begin_service(assignment=chosen.pk, on=left, by=OFFICE, at=NOW)
    moved(seat.mission, "RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT")
    away = a_seat(a_batch(40))
    Mission.objects.filter(pk=away.mission_id).update(status="ON_POST")
    chosen = select(assignment=agreed(away, a_person("Late Test")).pk, by=OFFICE, at=NOW)
    assert begin_service(assignment=chosen.pk, on=left, by=OFFICE, at=NOW).started_on == left


def test_a_leader_sees_the_people_of_their_own_team_and_no_others() -> None:
    mission, chief = a_batch(31), a_person("Chief Test")
    leader = Viewer(uuid4(), "Chief", (Grant("leader"),))
    Person.objects.filter(pk=chief.pk).update(account=leader.person)
    mate, other = a_person("Mate Test"), a_person("Other Test")
    for person, role in ((chief, "LEADER"), (mate, "MEMBER")):
        select(assignment=agreed(a_seat(mission, role), person).pk, by=OFFICE, at=NOW)
    assert set(people_for(leader)) == {chief, mate}
    assert access.leads(leader, mission)
    with pytest.raises(Unseen):
        access.team_mission_for(unit_of(other), mission.pk)
    assert access.team_mission_for(AUDITOR, mission.pk) == mission
    with pytest.raises(Unseen):
        access.seat_to_fill(OFFICE, UUID(int=5))


def test_a_unit_reads_why_its_own_people_withdrew_and_nobody_elses(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    mission, elsewhere = a_batch(31), a_sending_hospital("Test Hospital F")
    own, other = a_person("Own Test"), a_person("Other Test", unit=elsewhere)
    for person in (own, other):
        row = select(assignment=agreed(a_seat(mission), person).pk, by=OFFICE, at=NOW)
        withdraw(assignment=row.pk, reason=f"Ill, says {person}", by=OFFICE, at=NOW)
    agreed(a_seat(mission), a_person("Still Test"))
    RoleGrant.objects.filter(account=people["unit"], role="unit").update(
        scope=ORGANISATION, thing=own.unit_id
    )
    page = signed_in["unit"].get(f"/teams/{mission.pk}/").content.decode()
    assert "Ill, says Own Test" in page
    assert "Ill, says Other Test" not in page
    for viewer, told in ((unit_of(own), {"", "Ill, says Own Test"}), (OFFICE, {
        "", "Ill, says Own Test", "Ill, says Other Test",
    })):  # fmt: skip
        seats = plain.team(viewer, mission.pk)["seats"]
        assert {a["reason"] for s in seats for a in s["others"]} == told


def test_every_stage_but_the_last_leads_somewhere() -> None:
    for stage in NEXT:
        before = "ON_POST" if stage == "SUSPENDED" else ""
        assert bool(possible(stage, before)) == (stage not in OVER)
    for stage in AT_HOME:
        assert "CANCELLED" in possible(stage)
    assert "CANCELLED" not in possible("ON_POST")


def test_a_team_is_formed_on_its_pages_by_office_and_unit(signed_in: dict[str, Client]) -> None:
    office, unit = signed_in["office"], signed_in["unit"]
    mission, person = a_batch(31), a_person("Able Test", specialty="ONCOLOGY", kind="COOK")
    opened = office.post(
        f"/teams/{mission.pk}/seats/", {"role": "MEMBER", "specialty": "ONCOLOGY", "count": "1"}
    )
    assert opened.status_code == 302
    seat = Seat.objects.get()
    assert "Able Test" in office.get(f"/teams/seats/{seat.pk}/").content.decode()
    office.post(f"/teams/seats/{seat.pk}/ask/{person.pk}/")
    asked = Assignment.objects.get()
    assert "Answer" in unit.get(f"/teams/{mission.pk}/").content.decode()
    assert signed_in["specialist"].get(f"/teams/{mission.pk}/").status_code == 404
    answer = f"/teams/people/{asked.pk}/answer/"
    assert office.get(answer).status_code == 403
    assert unit.post(answer, {"agrees": "no"}).status_code == 422
    assert unit.post(answer, {"agrees": "yes"}).status_code == 302
    office.post(f"/teams/people/{asked.pk}/select/")
    moved = {"stage": "RECRUITING", "on": TODAY.isoformat()}
    assert office.post(f"/teams/{mission.pk}/stage/", moved).status_code == 302
    page = office.get(f"/teams/{mission.pk}/").content.decode()
    assert "Able Test" in page
    assert "recruiting" in page
    assert "Able Test" in office.get(f"/teams/{mission.pk}/table.csv").getvalue().decode()
    assert "The team" in office.get(f"/batches/{mission.pk}/").content.decode()


def test_one_person_does_not_sit_in_two_seats_at_a_time() -> None:
    person, first = a_person(), a_batch(31)
    held = a_seat(first, from_on=dt.date(2027, 1, 1), until_on=dt.date(2028, 1, 1))
    select(assignment=agreed(held, person).pk, by=OFFICE, at=NOW)
    crossing = a_seat(first, from_on=dt.date(2027, 12, 31))
    with pytest.raises(Refused, match=r"another seat then: member, .*31st.*2027-01-01"):
        select(assignment=agreed(crossing, person).pk, by=OFFICE, at=NOW)
    after = a_seat(a_batch(33), from_on=dt.date(2028, 1, 1), until_on=dt.date(2029, 1, 1))
    assert select(assignment=agreed(after, person).pk, by=OFFICE, at=NOW).state == "SELECTED"
    asked = agreed(crossing, a_person("Other Test"))
    select(assignment=asked.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="another seat"):
        replace(
            assignment=asked.pk, reason="ill", by=OFFICE, at=NOW,
            successor=Assignment.objects.get(seat=crossing, person=person).pk,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (Period(), Period(), True),
        (Period(dt.date(2027, 1, 1)), Period(end=dt.date(2027, 1, 1)), False),
        (Period(dt.date(2027, 1, 1), dt.date(2027, 2, 1)), Period(dt.date(2027, 1, 31)), True),
        (Period(dt.date(2027, 1, 1), dt.date(2027, 1, 1)), Period(dt.date(2026, 1, 1)), False),
    ],
)
def test_times_fall_together_where_a_day_lies_in_both(
    one: Period, other: Period, together: bool
) -> None:
    assert fall_together(one, other) == fall_together(other, one) == together


def test_a_departure_that_moves_moves_every_seat_and_nobody_loses_theirs() -> None:
    mission = a_batch(31)
    held = agreed(
        a_seat(mission, from_on=TODAY, until_on=TODAY + dt.timedelta(days=500)), a_person()
    )
    Assignment.objects.filter(pk=held.pk).update(state="SELECTED")
    item = ChecklistItem.objects.create(
        id=uuid4(), assignment=held, step="PASSPORT", owner="UNIT", required=True,
        due_on=TODAY - dt.timedelta(days=5),
    )  # fmt: skip
    dropped = a_seat(mission)
    drop_seat(seat=dropped.pk, by=OFFICE, at=NOW)
    first, after = TODAY + dt.timedelta(days=60), TODAY + dt.timedelta(days=560)
    move_period(mission=mission.pk, from_on=first, until_on=after, by=OFFICE, at=NOW)
    seat = Seat.objects.get(pk=held.seat_id)
    assert (seat.from_on, seat.until_on) == (first, after)
    assert seat.assignments.get().pk == held.pk
    item.refresh_from_db()
    assert item.due_on == TODAY + dt.timedelta(days=55)  # as long before the departure as it was
    assert Seat.objects.get(pk=dropped.pk).from_on is None
    with pytest.raises(Refused, match="ends after it begins"):
        move_period(mission=mission.pk, from_on=after, until_on=first, by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        move_period(mission=mission.pk, from_on=first, until_on=after, by=AUDITOR, at=NOW)
    Mission.objects.filter(pk=mission.pk).update(status="ON_POST")
    with pytest.raises(Refused, match="has left"):
        move_period(mission=mission.pk, from_on=first, until_on=after, by=OFFICE, at=NOW)


def test_whoever_applied_finds_their_application_and_withdraws_it(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    person = a_person()
    Person.objects.filter(pk=person.pk).update(account=people["member"].pk)
    held = agreed(a_seat(a_batch(31)), person)
    member = signed_in["member"]
    page = member.get("/teams/").content.decode()
    assert "Your way into a team" in page
    assert f"/teams/people/{held.pk}/withdraw/" in page
    answer = member.post(f"/teams/people/{held.pk}/withdraw/", {"reason": "Family"}, follow=True)
    assert answer.status_code == 200
    assert "Your way into a team" not in answer.content.decode()


def test_the_office_is_told_that_a_unit_refused_before_it_asks_again(
    signed_in: dict[str, Client],
) -> None:
    """For the same seat nobody is asked twice; for another seat of the team the office decides."""
    mission, person = a_batch(31), a_person("Able Test", specialty="ONCOLOGY")
    seat, other = (a_seat(mission, specialty="ONCOLOGY") for _n in range(2))
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    answer_for_unit(
        assignment=asked.pk, agrees=False, reason="Needed on the ward", by=unit_of(person), at=NOW
    )
    office = signed_in["office"]
    said = f"the unit refuses ({TODAY.isoformat()}): “Needed on the ward”"
    page = office.get(f"/teams/seats/{seat.pk}/").content.decode()
    assert said in page.split("Not asked again for this seat")[1]
    assert f"/teams/seats/{seat.pk}/ask/{person.pk}/" not in page
    with pytest.raises(Refused) as told:
        invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    assert f"Able Test is not asked for this seat again: {said}" in str(told.value)
    page = office.get(f"/teams/seats/{other.pk}/").content.decode()
    assert f"another seat of this team: {said}" in page
    assert "Not asked again for this seat" not in page
    assert invite(seat=other.pk, person=person.pk, by=OFFICE, at=NOW).state == "INVITED"
