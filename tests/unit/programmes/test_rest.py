"""A programme has its own rest between two missions; who fits its seats is judged by it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.refusals import NotAllowed, Refused
from marrow.directory.models import Area
from marrow.missions.models import Mission
from marrow.programmes.actions import set_rest
from marrow.teams.models import Assignment
from marrow.teams.queries import rest_of, who_fits
from tests.builders import AUDITOR, NOW, OFFICE, a_batch, a_person
from tests.builders.forming import a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOME = NOW.date() - dt.timedelta(days=200)
LEAVES = NOW.date() + dt.timedelta(days=60)


@pytest.fixture
def mission(places: dict[str, Area]) -> Mission:
    return a_batch(31)


def came_home(mission: Mission) -> Assignment:
    seat = a_seat(mission)
    row = Assignment(id=uuid4(), seat=seat, person=a_person(), state="SERVED", ended_on=HOME)
    row.save()
    return row


def test_the_rule_of_the_programme_decides_who_rests(mission: Mission) -> None:
    person = came_home(mission).person
    seat = a_seat(mission, from_on=LEAVES, until_on=LEAVES + dt.timedelta(days=500))
    found = {f.person.pk: f.lacks for f in who_fits(OFFICE, seat, NOW.date())[0]}[person.pk]
    assert any("12 months after a mission" in lack for lack in found)

    set_rest(key=mission.programme.key, months=6, by=OFFICE, at=NOW)
    seat.refresh_from_db()
    found = {f.person.pk: f.lacks for f in who_fits(OFFICE, seat, NOW.date())[0]}[person.pk]
    assert not any("rests" in lack for lack in found)
    assert rest_of(person, NOW.date()) == ""

    set_rest(key=mission.programme.key, months=24, by=OFFICE, at=NOW)
    assert rest_of(person, NOW.date()).endswith("24 months by the programme’s rule")


def test_only_its_office_sets_it_within_reason(mission: Mission) -> None:
    key = mission.programme.key
    with pytest.raises(NotAllowed):
        set_rest(key=key, months=6, by=AUDITOR, at=NOW)
    with pytest.raises(Refused):
        set_rest(key=key, months=1000, by=OFFICE, at=NOW)


def test_the_office_keeps_it_on_a_page(signed_in: dict[str, Client], mission: Mission) -> None:
    key = mission.programme.key
    page = f"/office/programmes/{key}/rest/"
    assert signed_in["auditor"].get(page).status_code == 403
    assert signed_in["office"].get("/office/programmes/none/rest/").status_code == 404
    answer = signed_in["office"].post(page, {"months": "18", "initial-months": ""})
    assert answer.status_code == 302
    assert b"18 months" in signed_in["office"].get(f"/programmes/{key}/").content
    stale = signed_in["office"].post(page, {"months": "6", "initial-months": ""})
    assert stale.status_code == 409


def test_a_program_sets_it(calling: dict[str, Client], mission: Mission) -> None:
    at = f"/api/v1/programmes/{mission.programme.key}"
    begun = calling["office"].get(at).headers["ETag"]
    told: dict[str, Any] = {"content_type": "application/json", "headers": {"If-Match": begun}}
    answer = calling["office"].put(f"{at}/rest", {"months": 9}, **told)
    assert answer.status_code == 200, answer.content
    assert calling["office"].get(at).json()["rest_months"] == 9
    assert calling["office"].put(f"{at}/rest", {"months": 3}, **told).status_code == 412
