"""Of a unit without an account the office enters what it answered, and is told that it is so."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import RoleGrant
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.directory.models import Organisation
from marrow.teams.actions import answer_for_unit, invite, select
from marrow.teams.models import Assignment
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_batch, a_person, a_sending_hospital
from tests.builders.forming import TODAY, a_seat
from tests.builders.leaving import an_account

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_of_a_unit_without_an_account_the_office_enters_who_said_what_and_when() -> None:
    seat, person = a_seat(), a_person()
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    told: dict[str, Any] = {"assignment": asked.pk, "agrees": True, "at": NOW + dt.timedelta(5)}
    said: dict[str, Any] = {"said_by": "Director Test", "on": TODAY + dt.timedelta(2)}
    for stranger, wrong in ((AUDITOR, NotAllowed), (LEADER, Unseen)):
        with pytest.raises(wrong):
            answer_for_unit(**told, **said, by=stranger)
    for lacks in (
        {"said_by": " "}, {"on": None}, {"on": TODAY - dt.timedelta(1)},
        {"on": TODAY + dt.timedelta(6)},
    ):  # fmt: skip
        with pytest.raises(Refused):
            answer_for_unit(**told, **{**said, **lacks}, by=OFFICE)
    answer_for_unit(**told, **said, by=OFFICE)
    row = Assignment.objects.get()
    assert (row.state, row.unit_answered_on) == ("AGREED", TODAY + dt.timedelta(2))
    assert row.unit_answered_by == "Director Test"
    assert Operation.objects.latest("id").action == "enter_unit_answer"
    assert select(assignment=asked.pk, by=OFFICE, at=NOW + dt.timedelta(5)).state == "SELECTED"


def test_the_office_is_told_where_a_unit_answers_and_enters_its_paper_on_the_page(
    signed_in: dict[str, Client],
) -> None:
    office, person = signed_in["office"], a_person("Able Test")
    RoleGrant.objects.filter(role="unit").update(scope="organisation", thing=uuid4())
    seat = a_seat(a_batch(31))
    ask, team = f"/teams/seats/{seat.pk}/ask/{person.pk}/", f"/teams/{seat.mission_id}/"
    assert "has no account" in office.post(ask, follow=True).content.decode()
    where = f"/teams/people/{Assignment.objects.get().pk}/answer/"
    assert where in office.get(team).content.decode()
    assert where not in signed_in["auditor"].get(team).content.decode()
    told = {
        "agrees": "yes",
        "said_by": "Director Test",
        "on": dt.datetime.now(dt.UTC).date().isoformat(),
    }
    for stranger, status in (("auditor", 403), ("unit", 404)):
        assert signed_in[stranger].post(where, told).status_code == status, stranger
    assert office.post(where, {**told, "said_by": ""}).status_code == 422
    assert office.post(where, told).status_code == 302
    page = office.get(team).content.decode()
    assert "on paper: Director Test" in page
    assert f"/teams/people/{Assignment.objects.get().pk}/select/" in page
    other = a_person("Other Test", an_account_of_its_own())
    told_where = office.post(f"/teams/seats/{seat.pk}/ask/{other.pk}/", follow=True)
    assert "answers on its own page" in told_where.content.decode()


def an_account_of_its_own() -> Organisation:
    unit = a_sending_hospital("Second Test Hospital")
    an_account("second", "unit", unit)
    return unit
