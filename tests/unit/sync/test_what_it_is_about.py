"""What was set aside says what it is about, so that nobody decides blind; a void can be lifted."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import submit, void_deed, void_visits
from marrow.activity.models import Deed, Report, Visits
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.intents import DESCRIBERS, Sent
from marrow.sync.models import Receipt
from marrow.sync.queries import SetAside, set_aside
from tests.builders import ADMIN, AUDITOR, NOW, OFFICE
from tests.builders.capability import a_service, proposed
from tests.builders.entrusted import TODAY, House, logged
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import counts, notes, operates, place, says
from tests.unit.sync.test_signatures import house, signs

__all__ = ["house"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
DAY = "2026-11-20"


def aside() -> SetAside:
    [line] = set_aside(OFFICE)
    return line


def values(line: SetAside) -> dict[str, str]:
    return {str(one.word): one.sent for one in line.compared}


def writes(phone: Phone, team: Team, month: str, **cells: int) -> None:
    record = str(uuid4())
    says(phone, "count", "set", {**place(team), "month": month, "cells": cells}, UUID(record))


def test_counts_that_were_set_aside_say_of_which_month_hospital_and_team(
    leader: Phone, team: Team
) -> None:
    writes(leader, team, "1999-01", VISIT=5)
    leader.push()
    assert aside().about.text == f"1999-01 · {team.site.organisation} · {team.mission}"


def test_a_month_that_was_handed_in_meanwhile_is_told_as_that(leader: Phone, team: Team) -> None:
    counts(leader, team, {"VISIT": 3})
    leader.push()
    submit(report=Report.objects.get().pk, by=team.leader, at=NOW)
    counts(leader, team, {"RESCUE": 7})
    assert notes(leader) == [("quarantined", "CLOSED")]
    assert aside().why == "the report of this month was handed in"


def test_a_correction_says_of_which_record_it_is(leader: Phone, team: Team) -> None:
    record = operates(leader, team)
    says(leader, "record", "set", {"age": "NEVER"}, record, b={"age": ""})
    leader.push()
    about = "operations supervised · 2026-11-20 · Hôpital Test 31"
    assert aside().about.text == about
    with override("fr"):
        assert aside().about.text.endswith(" · 2026-11-20 · Hôpital Test 31")


def test_a_correction_of_what_was_set_aside_itself_names_the_line_that_made_it(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, kind="MAGIC")
    says(leader, "record", "set", {"count": 0}, record, b={"count": 1})
    leader.push()
    told = {line.row.q: line.about.text for line in set_aside(OFFICE)}
    assert told == {1: "", 2: "It is about what line 1 says, which was set aside too."}


def test_of_a_correction_of_visits_only_what_the_phone_sent_is_shown(
    leader: Phone, team: Team
) -> None:
    record = leader.count(team.mission.pk, 8)
    says(leader, "visits", "set", {"count": 0}, record, b={"count": 8})
    leader.push()
    line = aside()
    assert values(line) == {"Visits": "0"}
    assert line.about.text == f"Visits × 8 · 2026-11-20 · {team.mission}"


def test_a_photograph_says_of_which_record_it_is_and_shows_no_digest(
    leader: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record = operates(leader, team)
    for sha in ("a" * 64, "b" * 63):
        data = {"of": "record", "record": str(record), "sha256": sha}
        says(leader, "file", "create", data)
    says(leader, "file", "create", {**data, "record": str(uuid4()), "sha256": "c" * 64})
    leader.push()
    told = {line.about.text for line in set_aside(OFFICE)}
    assert told == {
        "operations supervised · 2026-11-20 · Hôpital Test 31", "of a record that is not here",
    }  # fmt: skip
    page = signed_in["office"].get("/phones/set-aside/", headers={"Accept-Language": "fr"})
    shown = page.content.decode().split("<h1>")[1]
    assert "<dt>" not in shown
    assert "acte qui n’est pas ici" in shown


def test_names_that_only_the_wire_knows_are_shown_to_nobody(leader: Phone) -> None:
    data = {"of": "reading", "consult": str(uuid4()), "alive": True, "held_on": DAY}
    says(leader, "births", "create", data)
    leader.push()
    assert values(aside()) == {"held": DAY}


def test_the_signature_of_a_step_says_of_which_step_it_is(
    people: dict[str, Account], house: House
) -> None:
    step = proposed(house.ward, a_service(), 1, TODAY, by=house.ward.head)
    answer = {"so": False, "reason": "Not here."}
    told = signs(Phone(people["leader"]), "step", step=str(step.pk), side="HEAD", **answer)
    assert told == [("quarantined", "NOT-ALLOWED")]
    line = aside()
    assert line.about.text.startswith(f"{step.item} · {step.organisation} · ")
    assert line.about.text.endswith(f" → 1 a visitor does it · {TODAY.isoformat()}")
    assert values(line) == {"Answer": "it was not so", "Reason": "Not here."}


def test_the_signature_of_a_case_names_its_person_to_whom_their_logbook_opens(
    people: dict[str, Account], house: House
) -> None:
    case = logged(house, a_service(), by=viewer_of(people["member"]))
    told = signs(Phone(people["member"]), "case", case=str(case.pk))
    assert told == [("quarantined", "NOT-ALLOWED")]
    role, day = case.get_role_display(), case.on.isoformat()
    what = f"{case.item} · {role} · {case.organisation} · {day}"
    [seen] = set_aside(AUDITOR)
    assert seen.about.text == f"{case.person} · {what}"
    assert values(seen) == {"Answer": "it was so: signed"}
    [about] = DESCRIBERS["signature:case"]([Sent(uuid4(), "create", {"case": str(case.pk)})], ADMIN)
    assert about.text == what


def test_what_the_phone_sent_is_taken_where_the_record_was_taken_back(
    leader: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record = operates(leader, team)
    leader.push()
    void_deed(deed=record, reason="Entered twice", by=OFFICE, at=NOW)
    says(leader, "record", "set", {"age": "U1"}, record, b={"age": ""})
    assert notes(leader) == [("conflict", "")]
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "Held here: taken back, reason “Entered twice”." in page
    assert "Taking what the phone sent makes it count again." in page
    receipt = Receipt.objects.get(outcome="CONFLICT")
    assert try_again(receipt=receipt.pk, by=OFFICE, at=NOW).outcome == "CONFLICT", "not by itself"
    assert try_again(receipt=receipt.pk, by=OFFICE, at=NOW, prevails=True).settled_at == NOW
    row = Deed.objects.get()
    assert (row.age, row.void_reason) == ("U1", "")


def test_visits_that_were_taken_back_count_again_as_the_phone_put_them_right(
    leader: Phone, team: Team
) -> None:
    record = leader.count(team.mission.pk, 102)
    leader.push()
    void_visits(visits=record, reason="Entered twice", by=OFFICE, at=NOW)
    says(leader, "visits", "set", {"count": 122}, record, b={"count": 102})
    leader.push()
    assert aside().about.void == "Entered twice"
    try_again(receipt=aside().row.pk, by=OFFICE, at=NOW, prevails=True)
    row = Visits.objects.get()
    assert (row.count, row.void_reason) == (122, "")


def test_a_line_that_was_left_is_not_said_to_count_again_when_taken(
    leader: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record = leader.count(team.mission.pk, 102)
    leader.push()
    void_visits(visits=record, reason="Entered twice", by=OFFICE, at=NOW)
    says(leader, "visits", "set", {"count": 122}, record, b={"count": 102})
    leader.push()
    leave_as_is(receipt=aside().row.pk, by=OFFICE, at=NOW)
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "Held here: taken back, reason “Entered twice”." in page
    assert "makes it count again" not in page


@pytest.mark.parametrize("of", [{}, {"of": ""}, {"of": "reading"}, {"of": "nobody"}])
def test_a_message_that_does_not_say_of_what_it_is_shows_nobody_its_text(
    leader: Phone, signed_in: dict[str, Client], of: dict[str, str]
) -> None:
    secret = "SECRET: found at dawn"
    data = {**of, "words": secret, "text": secret, "question": secret, "note": secret}
    says(leader, "message", "create", data)
    leader.push()
    assert values(aside()) == {}
    assert "SECRET" not in signed_in["office"].get("/phones/set-aside/").content.decode()


def test_where_nothing_can_be_chosen_no_button_is_offered_and_the_reason_is_told(
    leader: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record = leader.count(team.mission.pk, 3)
    leader.count(team.mission.pk, 4, record)
    leader.push()
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "Take what the phone sent" not in page
    assert "It came as a new record, and another stands here under its number" in page
