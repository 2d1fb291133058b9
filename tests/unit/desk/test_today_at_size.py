"""Today asks the database no more for many teams than for few."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.accounts.models import RoleGrant
from marrow.directory.models import Area
from marrow.people.models import Credential
from tests.builders import NOW, a_batch, a_person, a_sending_hospital, personas
from tests.builders.forming import a_seat, agreed, chosen, moved

LEAVES = NOW.date() + dt.timedelta(days=90)
HOME = LEAVES + dt.timedelta(days=300)


def teams(*numbers: int) -> None:
    """Each with a seat that nobody has, one to choose for, and one whose holder's licence ends."""
    unit = a_sending_hospital(f"Hospital {numbers}")
    for number in numbers:
        mission = a_batch(number)
        moved(mission, "RECRUITING")
        a_seat(mission, specialty="ANAESTHESIA", from_on=LEAVES)
        agreed(a_seat(mission, from_on=LEAVES), a_person(f"Li Test {number}", unit))
        held = a_person(f"Zhao Test {number}", unit, specialty="ANAESTHESIA")
        Credential.objects.create(person=held, kind="LICENCE", expires_on=LEAVES)
        chosen(a_seat(mission, from_on=LEAVES, until_on=HOME), held)


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/desk/").content.decode()
    assert "the licence ends on" in page
    assert "nobody has this seat" in page
    assert "choose, or say no" in page
    return len(asked)


@pytest.mark.django_db
def test_today_of_an_office_of_an_area_asks_as_little_for_twelve_teams_as_for_two(
    places: dict[str, Area],
) -> None:
    account = personas(places["CN"])["office"]
    RoleGrant.objects.filter(account=account).update(scope="area", thing=places["CN"].pk)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/teams/")  # a session's first page writes that it began
    teams(31, 32)
    few = questions(client)
    teams(*range(33, 43))
    assert questions(client) <= few <= 30
