"""R51, R109: a team is called for, chosen, trained and sent, against a clock, on its pages."""

from __future__ import annotations

import datetime as dt
import io
from uuid import uuid4

import pytest
from django.test import Client
from docx import Document

from marrow.accounts.models import Account, RoleGrant
from marrow.people.models import Person
from marrow.teams.models import (
    AskedUnit,
    Assignment,
    Call,
    ChecklistItem,
    Panel,
    Seat,
    TrainingSession,
)
from tests.builders import a_batch, a_person, a_sending_hospital

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    """Pages read the clock themselves."""
    return dt.datetime.now(dt.UTC).date()


def sent(client: Client, where: str, **told: str) -> None:
    answer = client.post(where, told)
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def read(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    found: str = answer.content.decode()
    return found


def test_r51_a_team_is_formed_in_thirty_four_days_and_says_what_was_last(
    signed_in: dict[str, Client], today: dt.date
) -> None:
    office, unit = signed_in["office"], signed_in["unit"]
    mission, person = a_batch(31, status="PLANNED"), a_person("Li Mei", specialty="ANAESTHESIA")
    Person.objects.filter(pk=person.pk).update(names={"en": "Li Mei", "zh": "李梅"})
    team, began = f"/teams/{mission.pk}/", today - 34 * DAY

    # the programme keeps its list, the office opens a seat and calls
    sent(
        office, f"/teams/list/{mission.programme.key}/", VISA_owner="OFFICE", VISA_days="21",
        VISA_required="on", TRAINING_owner="OFFICE", TRAINING_days="14", TRAINING_required="on",
        VACCINATION_owner="PERSON", VACCINATION_days="90", VACCINATION_required="on",
    )  # fmt: skip
    sent(
        office, f"{team}seats/", role="LEADER", specialty="ANAESTHESIA", count="1",
        from_on=(today + 30 * DAY).isoformat(), until_on=(today + 570 * DAY).isoformat(),
    )  # fmt: skip
    sent(
        office, f"{team}call/", text="An anaesthetist for eighteen months", public="on",
        opens_on=began.isoformat(), closes_on=(today + DAY).isoformat(),
    )  # fmt: skip
    sent(office, f"{team}stage/", stage="RECRUITING", on=began.isoformat())
    assert "An anaesthetist for eighteen months" in read(Client(), "/teams/calls/")  # R109

    # the unit puts somebody forward, which is its yes, a panel judges, the office selects
    call, seat = Call.objects.get(), Seat.objects.get()
    sent(unit, f"/teams/calls/{call.pk}/forward/", seat=str(seat.pk), person=str(person.pk))
    row = Assignment.objects.get()
    sent(office, f"{team}panel/new/", meets_on=today.isoformat(), members="Wu Test, chair")
    assert office.post(f"/teams/people/{row.pk}/select/").status_code == 422
    panel = Panel.objects.get()
    sent(office, f"/teams/panels/{panel.pk}/judge/{row.pk}/", decision="RECOMMENDED", score="88")
    sent(office, f"/teams/people/{row.pk}/select/")

    # the checklist names what is late, the departure waits for it
    assert "1 is overdue" in read(office, f"{team}checklist/")
    for stage in ("SELECTED", "TRAINING"):
        sent(office, f"{team}stage/", stage=stage, on=today.isoformat())
    leave = {"stage": "IN_TRANSIT", "on": today.isoformat()}
    waits = office.post(f"{team}stage/", leave)
    assert waits.status_code == 422
    assert "Li Mei still has open: vaccinations, visa, training" in waits.content.decode()

    # training is attended, the rest is ticked off, and the team leaves
    plan = {"held_on": today.isoformat(), "topic": "Malaria", "required": "on"}
    sent(office, f"{team}training/new/", **plan)
    session = TrainingSession.objects.get()
    sent(office, f"/teams/training/{session.pk}/", **{str(row.pk): "PRESENT"})
    for item in ChecklistItem.objects.filter(done_on=None):
        day = today - DAY if item.step == "VISA" else today - 2 * DAY
        sent(office, f"/teams/checklist/{item.pk}/", on=day.isoformat())
    letter = office.get(f"{team}letters/DISPATCH/zh/letter.docx")
    said = Document(io.BytesIO(letter.content))
    assert "李梅" in "".join(p.text for p in said.paragraphs)
    sent(office, f"{team}stage/", **leave)
    assert "formed in 34 days" in read(office, team)
    clock = read(office, f"{team}checklist/")
    assert "formed in 34 days" in clock
    assert f"Li Mei: training, {today}" in clock


def test_r109_staff_are_encouraged_to_join_and_apply_themselves(
    signed_in: dict[str, Client], today: dt.date
) -> None:
    """S3: "more medical talents" are called; S1: staff are encouraged to sign up themselves."""
    office, member, anybody = signed_in["office"], signed_in["member"], Client()
    mission, person = a_batch(31, status="PLANNED"), a_person("Zhang Mei")
    Person.objects.filter(pk=person.pk).update(account=Account.objects.get(username="member").pk)
    team, last = f"/teams/{mission.pk}/", (today + 9 * DAY).isoformat()
    sent(office, f"{team}seats/", role="MEMBER", count="1")
    told = {"text": "Come and heal with us", "opens_on": today.isoformat(), "closes_on": last}
    assert "No call is open now" in read(anybody, "/teams/calls/")
    sent(office, f"{team}call/", public="on", **told)
    sent(office, f"{team}stage/", stage="RECRUITING", on=today.isoformat())

    # anybody reads it without an account, until when, and is led to signing in
    page = read(anybody, "/teams/calls/")
    assert "Come and heal with us" in page
    assert last in page
    assert "/sign-in/" in page
    assert "/teams/calls/" in read(anybody, "/"), "the public page leads there"

    # one of the staff applies by themselves; their unit answers, and the office sees who wishes
    call, seat = Call.objects.get(), Seat.objects.get()
    apply = f"/teams/seats/{seat.pk}/apply/{person.pk}/"
    assert apply in read(member, f"/teams/calls/{call.pk}/")
    for nobody in (anybody, signed_in["specialist"]):
        assert nobody.post(apply).status_code in (302, 403, 404)
        assert not Assignment.objects.exists()
    sent(member, apply)
    assert Assignment.objects.get().state == Assignment.State.APPLIED
    assert "Zhang Mei" in read(office, team)
    assert apply not in read(member, f"/teams/calls/{call.pk}/"), "once"


def test_r51_a_late_answer_to_a_call_is_refused_with_its_last_day(
    signed_in: dict[str, Client], today: dt.date
) -> None:
    mission, person = a_batch(31, status="PLANNED"), a_person()
    office, team = signed_in["office"], f"/teams/{mission.pk}/"
    sent(office, f"{team}seats/", role="MEMBER", count="1")
    last = today - DAY
    sent(
        office, f"{team}call/", text="Come", opens_on=(today - 9 * DAY).isoformat(),
        closes_on=last.isoformat(),
    )  # fmt: skip
    told = {"seat": str(Seat.objects.get().pk), "person": str(person.pk)}
    late = signed_in["unit"].post(f"/teams/calls/{Call.objects.get().pk}/forward/", told)
    assert late.status_code == 422
    assert f"closed on {last}" in late.content.decode()
    assert "No call is open now" in read(Client(), "/teams/calls/")


def test_r51_a_call_offers_its_forms_to_whom_it_asks_alone_and_says_whom(
    signed_in: dict[str, Client], today: dt.date
) -> None:
    """Everybody may read it; South Test Hospital is not asked, nor who works there."""
    office, unit, member = signed_in["office"], signed_in["unit"], signed_in["member"]
    mission, person = a_batch(31, status="RECRUITING"), a_person("Zhang Mei")
    Person.objects.filter(pk=person.pk).update(account=Account.objects.get(username="member").pk)
    RoleGrant.objects.filter(role="unit").update(scope="organisation", thing=person.unit_id)
    team, asked = f"/teams/{mission.pk}/", a_sending_hospital("Asked Test Hospital")
    told = {"text": "Come", "opens_on": today.isoformat(), "closes_on": (today + DAY).isoformat()}
    sent(office, f"{team}seats/", role="MEMBER", count="1")
    sent(office, f"{team}call/", public="on", **told, unit_1="Asked Test Hospital")
    call = Call.objects.get()
    assert [one.unit for one in call.asked.all()] == [asked]
    page, forward = f"/teams/calls/{call.pk}/", f"/teams/calls/{call.pk}/forward/"
    for one in (unit, member):
        shown = read(one, page)
        assert forward not in shown
        assert "/apply/" not in shown
        assert "Asked Test Hospital" in shown
        assert "has not answered" not in shown
    AskedUnit.objects.create(id=uuid4(), call=call, unit=person.unit)
    assert forward in read(unit, page)
    assert "/apply/" in read(member, page)


def test_r51_the_call_of_a_team_that_was_cancelled_says_so_and_offers_nothing(
    signed_in: dict[str, Client], today: dt.date
) -> None:
    office, unit = signed_in["office"], signed_in["unit"]
    mission = a_batch(31, status="RECRUITING")
    a_person("Zhang Mei")
    team, told = f"/teams/{mission.pk}/", {"text": "Come", "opens_on": today.isoformat()}
    sent(office, f"{team}seats/", role="MEMBER", count="1")
    sent(office, f"{team}call/", public="on", **told, closes_on=(today + DAY).isoformat())
    page = f"/teams/calls/{Call.objects.get().pk}/"
    assert "/forward/" in read(unit, page)
    cancel = {"stage": "CANCELLED", "on": today.isoformat(), "reason": "no agreement"}
    sent(office, f"{team}stage/", **cancel)
    for one in (office, unit):
        shown = read(one, page)
        assert "Closed, as the team was cancelled" in shown
        assert "Seats that are open" not in shown
        assert "/forward/" not in shown
    assert "closed, as the team was cancelled" in read(office, team)
