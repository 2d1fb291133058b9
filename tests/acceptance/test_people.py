"""R34–R57, R112: people, what is owed to them, and how a team is formed, on their pages."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.teams.actions import answer_for_unit, invite, move_stage, open_seats, select
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, a_batch, a_person

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
POLICY = {"source": "Policy on incentives", "words": "promotion is eased after a mission"}


@pytest.fixture
def office(signed_in: dict[str, Client]) -> Client:
    return signed_in["office"]


def kept(client: Client, person: Person, part: str, **told: str) -> str:
    """Keep something on a record by its form; returns the record's page."""
    answer = client.post(f"/people/{person.pk}/add/{part}/", told)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client.get(f"/people/{person.pk}/").content.decode()


def seated(mission: Mission, person: Person, role: str = "MEMBER") -> Assignment:
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, person.unit_id),))
    seat = Seat(id=uuid4(), role=role)
    open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=NOW)
    return select(assignment=asked.pk, by=OFFICE, at=NOW)


def test_r34_leaders_advisers_public_health_staff_and_experts_have_seats(office: Client) -> None:
    mission = a_batch(30)
    for words, role in (
        ("Team leader", "LEADER"), ("Health policy adviser", "ADVISER"),
        ("Public health member", "PUBLIC_HEALTH"), ("Member of an expert group", "EXPERT"),
        ("Interpreter", "INTERPRETER"), ("Cook", "COOK"),
    ):  # fmt: skip
        before = office.get(f"/teams/{mission.pk}/").content.decode()
        assert f"<b>{words}" not in before, "only who is sent stands there"
        seated(mission, a_person(f"Test {len(words)}", kind="OTHER"), role)
        assert f"<b>{words}" in office.get(f"/teams/{mission.pk}/").content.decode()


def test_r36_former_members_in_leading_posts_are_counted(office: Client) -> None:
    """S1: more than ten outstanding members "came into leading posts"; whoever never served, or
    has only a higher title, is none of them, and each is counted once."""
    never, member, titled = (a_person(f"{n} Test") for n in ("Never", "Member", "Titled"))
    home, served = (
        a_batch(30),
        {"state": "SERVED", "started_on": NOW.date(), "ended_on": NOW.date()},
    )
    for person in (member, titled):
        held = seated(home, person)
        Assignment.objects.filter(pk=held.pk).update(**served)

    def counted() -> str:
        found = re.search(r"\d+ former members? of [^.]*", office.get("/people/").content.decode())
        return found[0] if found else ""

    kept(office, never, "career", kind="LEADING_POST", what="President")
    kept(office, titled, "career", kind="TITLE", what="Chief physician")
    assert counted() == ""
    shown = kept(office, member, "career", kind="LEADING_POST", what="Vice president")
    assert "Vice president" in shown
    assert str(home) in shown, "the service stands beside what came of it"
    kept(office, member, "career", kind="LEADING_POST", what="President")
    assert counted() == "1 former member of a team came into a leading post"
    kept(office, titled, "career", kind="LEADING_POST", what="Head of department")
    assert counted() == "2 former members of teams came into leading posts"


def test_r36_who_selects_reads_what_became_of_somebody(office: Client) -> None:
    mission, person = a_batch(31, status="RECRUITING"), a_person("Chosen Test")
    kept(office, person, "career", kind="LEADING_POST", what="Vice president of the unit")
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, person.unit_id),))
    seat = Seat(id=uuid4(), role="LEADER")
    open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=NOW)
    assert (
        "Vice president of the unit" in office.get(f"/teams/people/{asked.pk}/cv/").content.decode()
    )


def test_r37_promotion_credit_incentive_and_study_stand_on_the_record(office: Client) -> None:
    person = a_person()
    for kind, words in (
        ("PROMOTION", "credit for a professional title"), ("INCENTIVE", "incentive"),
        ("STUDY", "further study"),
    ):  # fmt: skip
        assert words in kept(office, person, "benefit", kind=kind, granted_on="2026", **POLICY)


def test_r38_a_benefit_opens_the_policy_that_grants_it(office: Client) -> None:
    person = a_person()
    refused = office.post(f"/people/{person.pk}/add/benefit/", {"kind": "PROMOTION"})
    assert refused.status_code == 422
    shown = kept(office, person, "benefit", kind="PROMOTION", **POLICY)
    assert "Policy on incentives" in shown
    source = office.get(f"/facts/{person.benefits.get().pk}/kind/").content.decode()
    assert "promotion is eased after a mission" in source
    assert Client().get(f"/facts/{person.benefits.get().pk}/kind/").status_code == 404


def test_r44_a_member_says_how_they_are_and_only_few_read_it(
    signed_in: dict[str, Client],
) -> None:
    person = a_person()
    signed_in["office"].post(f"/people/{person.pk}/account/", {"username": "member"})
    signed_in["member"].post(f"/people/{person.pk}/mine/", {"mine": "yes"})
    told = {"feeling": "STRAINED", "words": "Little sleep"}
    assert signed_in["member"].post(f"/people/{person.pk}/care/me/", told).status_code == 302
    assert "Little sleep" in signed_in["office"].get(f"/people/{person.pk}/care/").content.decode()
    assert signed_in["unit"].get(f"/people/{person.pk}/care/").status_code == 403
    assert signed_in["auditor"].get(f"/people/{person.pk}/care/").status_code == 403


def test_r51_the_clock_runs_from_the_call_to_the_departure(office: Client) -> None:
    mission = a_batch(31)
    seated(mission, a_person())
    called = NOW.date() - dt.timedelta(days=34)
    move_stage(mission=mission.pk, stage="RECRUITING", on=called, by=OFFICE, at=NOW)
    for stage in ("SELECTED", "TRAINING", "IN_TRANSIT"):
        move_stage(mission=mission.pk, stage=stage, on=NOW.date(), by=OFFICE, at=NOW)
    assert "formed in 34 days" in office.get(f"/teams/{mission.pk}/").content.decode()


def test_r54_a_team_stays_through_an_emergency_with_the_reason(office: Client) -> None:
    mission = a_batch(28)
    seated(mission, a_person())
    for stage in ("RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT", "ON_POST"):
        move_stage(mission=mission.pk, stage=stage, on=NOW.date(), by=OFFICE, at=NOW)
    told = {"stage": "EXTENDED", "on": NOW.date().isoformat()}
    assert office.post(f"/teams/{mission.pk}/stage/", told).status_code == 422
    told["reason"] = "An outbreak: no relief can come"
    assert office.post(f"/teams/{mission.pk}/stage/", told).status_code == 302
    assert "no relief can come" in office.get(f"/teams/{mission.pk}/").content.decode()


def test_r57_managers_are_sent_as_well_as_clinicians(office: Client) -> None:
    mission, person = a_batch(30), a_person("Wu Test", kind="CADRE")
    assert "<b>Manager" not in office.get(f"/teams/{mission.pk}/").content.decode()
    seated(mission, person, "CADRE")
    assert "<b>Manager" in office.get(f"/teams/{mission.pk}/").content.decode()
    assert "30th medical team" in office.get(f"/people/{person.pk}/").content.decode()


def test_r112_what_members_learned_stands_on_their_record(office: Client) -> None:
    shown = kept(office, a_person(), "learning", what="Malaria in children", learned_on="2026")
    assert "Malaria in children" in shown
