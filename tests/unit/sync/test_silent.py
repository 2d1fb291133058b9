"""A phone of which nothing was heard for half a year: its person signs in once, nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from marrow.accounts.models import Account, RoleGrant
from marrow.activity.models import Visits
from marrow.missions.models import Mission
from marrow.sync.actions import end_phone
from marrow.sync.models import Installation, Receipt
from tests.builders import ADMIN
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def silent_for(phone: Phone, days: float) -> None:
    heard = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    Installation.objects.filter(pk=phone.row.pk).update(seen_at=heard)


def told_by(answer: HttpResponseBase) -> list[dict[str, Any]]:
    """The lines of an answer."""
    assert isinstance(answer, HttpResponse)
    return [json.loads(line) for line in answer.content.splitlines()]


def signs_in_on_it(client: Client, phone: Phone, token: str = "") -> int:
    """What the app does once its person is signed in on the phone."""
    told = {"Authorization": f"Marrow {token or phone.token}"}
    account = {"Marrow-Account": str(phone.here.account)}
    answer = client.post("/field/enrol/", headers=told | account)
    if answer.status_code == 200:
        assert answer.json()["inst"] == str(phone.row.pk), "it stays the phone that it was"
        assert answer.json()["token"] == phone.token
    return answer.status_code


def test_a_phone_back_after_200_days_sends_everything_after_one_sign_in(
    phone: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    phone.count(batch.pk, 3)
    phone.line({"r": str(batch.pk), "t": "visits", "k": "create", "d": {"count": "what"}})
    assert phone.push().ack == 2
    for count in range(1, 31):
        phone.count(batch.pk, count)
    silent_for(phone, 200)
    for _n in range(2):
        refused = phone.post(phone.body(3, cur={}))
        assert refused.status_code == 401
        assert told_by(refused)[0]["type"] == "/problems/idle-installation"
    assert (Visits.objects.count(), phone.here.last_q) == (1, 2), "nothing is taken, nothing told"
    files = {"Authorization": f"Marrow {phone.token}", "Tus-Resumable": "1.0.0"}
    assert Client(headers=files).post("/sync/files/").status_code == 401
    assert signs_in_on_it(signed_in["leader"], phone) == 200
    sent = phone.post(phone.body(3, aside=[2]))
    assert sent.status_code == 200
    assert told_by(sent)[0]["ack"] == 32
    assert (Visits.objects.count(), Receipt.objects.count()) == (31, 32), "each once"
    assert Installation.objects.count() == 1


def test_half_a_year_is_counted_from_when_it_was_last_heard(phone: Phone, batch: Mission) -> None:
    phone.count(batch.pk)
    silent_for(phone, 179.9)
    assert phone.post(phone.body()).status_code == 200
    assert phone.post(phone.body()).status_code == 200, "heard just now: as good as new"
    silent_for(phone, 180.1)
    assert phone.post(phone.body()).status_code == 401


def test_only_its_own_person_wakes_a_silent_phone(
    phone: Phone, batch: Mission, signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    silent_for(phone, 200)
    assert signs_in_on_it(Client(), phone) == 302
    assert signs_in_on_it(signed_in["member"], phone) == 409
    forged = {"Authorization": f"Marrow {phone.token}"}
    assert signed_in["member"].post("/field/enrol/", headers=forged).status_code == 404
    assert phone.post(phone.body()).status_code == 401
    other = Phone(people["member"])
    told = {"Authorization": "Marrow no-token-of-a-phone"}
    assert signed_in["leader"].post("/field/enrol/", headers=told).status_code == 200
    assert phone.post(phone.body()).status_code == 401, "that made another phone known"
    assert other.post(other.body()).status_code == 200


def test_a_phone_that_was_ended_is_told_that_however_long_it_was_silent(
    phone: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    end_phone(phone=phone.row.pk, by=ADMIN, at=dt.datetime.now(dt.UTC))
    silent_for(phone, 400)
    phone.count(batch.pk)
    assert signs_in_on_it(signed_in["leader"], phone) == 200
    answer = phone.post(phone.body())
    assert told_by(answer)[0]["ended"] is True
    assert Receipt.objects.get().outcome == "QUARANTINED"


def test_what_was_recorded_comes_also_from_who_is_of_no_team_any_more(
    phone: Phone, batch: Mission, signed_in: dict[str, Client]
) -> None:
    phone.count(batch.pk)
    silent_for(phone, 200)
    RoleGrant.objects.filter(account=phone.row.account).update(revoked_at=dt.datetime.now(dt.UTC))
    assert phone.post(phone.body()).status_code == 401
    assert signed_in["leader"].post("/field/enrol/").status_code == 403, "no new phone is theirs"
    assert signs_in_on_it(signed_in["leader"], phone) == 200
    assert phone.post(phone.body()).status_code == 200
    assert Receipt.objects.count() == 1


def test_a_silent_phone_whose_person_signs_in_no_more_still_hands_over_what_it_holds(
    phone: Phone, batch: Mission
) -> None:
    phone.count(batch.pk)
    silent_for(phone, 200)
    Account.objects.filter(pk=phone.row.account).update(is_active=False)
    answer = phone.post(phone.body(cur={}))
    told = told_by(answer)
    assert (told[0]["closed"], len(told)) == (True, 1), "it is told nothing"
    assert Receipt.objects.get().outcome == "QUARANTINED"
