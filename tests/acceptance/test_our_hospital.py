"""R55, R58, R86: the recipient's home says who is here, what was asked for, what waits for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marrow.accounts.actions import give_role
from marrow.accounts.models import Account
from marrow.capacity.models import Equipment
from marrow.core.models import Operation
from marrow.hospitals.models import Request
from tests.acceptance.test_light import MOST_BYTES, MOST_QUERIES, weight
from tests.builders import ADMIN, NOW, a_hospital
from tests.builders.leaving import Leaving, handed_in, leaving

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def entered(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world(people: object) -> Leaving:
    return leaving()


def home(client: Client) -> tuple[str, str]:
    """The address of the hospital's own page, and what it says."""
    address = str(client.get("/hospital/").headers["Location"])
    answer = client.get(address)
    assert answer.status_code == 200
    return address, answer.content.decode()


def test_a_hospital_sees_its_team_and_signs_what_it_leaves(world: Leaving) -> None:
    row = handed_in(world)
    _address, page = home(entered(world.accounts["hospital"]))
    assert "Our team now" in page
    assert str(world.left) in page
    assert f"/handovers/{row.pk}/sign/recipient/" in page
    assert "autoclave" in page  # a fault that the team leaves


def test_a_hospital_asks_for_something_and_reads_the_answer_at_home(
    world: Leaving, signed_in: dict[str, Client]
) -> None:
    client, office = entered(world.accounts["hospital"]), signed_in["office"]
    address, _page = home(client)
    organisation = address.split("/")[2]
    told = {"kind": "SPECIALTY", "specialty": "ANAESTHESIA", "text": "an anaesthetist from March"}
    assert client.post(f"/hospitals/{organisation}/ask/", told).status_code == 302
    row = Request.objects.get()
    assert "an anaesthetist from March" in office.get("/desk/").content.decode()
    answer = office.post(f"/hospitals/requests/{row.pk}/answer/", {"answer": "with the next team"})
    assert answer.status_code == 302
    assert "with the next team" in client.get("/desk/").content.decode()
    assert "with the next team" in home(client)[1]
    assert client.post(f"/hospitals/requests/{row.pk}/close/").status_code == 302


def test_what_a_hospital_asked_for_or_closed_is_not_taken_back_by_the_office(
    world: Leaving, signed_in: dict[str, Client]
) -> None:
    client, office = entered(world.accounts["hospital"]), signed_in["office"]
    organisation = home(client)[0].split("/")[2]
    told = {"kind": "OTHER", "text": "a second fridge for the vaccines"}
    assert client.post(f"/hospitals/{organisation}/ask/", told).status_code == 302
    row = Request.objects.get()

    def taken_back(action: str) -> str:
        act = Operation.objects.filter(action=action).latest("id").act
        answer = office.post(f"/journal/undo/{act}/")
        assert answer.status_code == 409
        return answer.content.decode()

    assert "cannot be taken back" in taken_back("ask_for")
    assert "a second fridge for the vaccines" in home(client)[1]
    office.post(f"/hospitals/requests/{row.pk}/answer/", {"answer": "it comes in May"})
    assert client.post(f"/hospitals/requests/{row.pk}/close/").status_code == 302
    assert "cannot be taken back" in taken_back("close_request")
    assert Request.objects.get().state == "CLOSED"


def test_broken_equipment_is_told_and_mended(world: Leaving, signed_in: dict[str, Client]) -> None:
    client = entered(world.accounts["hospital"])
    organisation = home(client)[0].split("/")[2]
    told = {"label": "oxygen concentrator", "broken": "compressor", "who_waits": "newborns"}
    address = f"/hospitals/{organisation}/broken/"
    assert client.post(address, {**told, "label": ""}).status_code == 422  # which machine?
    assert client.post(address, told).status_code == 302
    for page in (home(client)[1], signed_in["office"].get("/hospitals/").content.decode()):
        assert "oxygen concentrator" in page
        assert "since when: unknown" in page
    machine = Equipment.objects.get()
    assert "oxygen concentrator" in client.get(f"/care/at/{organisation}/").content.decode()
    works = f"/care/machines/{machine.pk}/?state=WORKS"
    assert works in home(client)[1]
    mended = {"state": "WORKS", "on": _today(), "words": "new part"}
    assert client.post(works, mended).status_code == 302
    assert "oxygen concentrator" not in home(client)[1]
    chosen = {"equipment": str(machine.pk), "broken": "compressor again", "broken_since": _today()}
    assert client.post(address, chosen).status_code == 302
    assert "compressor again" in home(client)[1]
    assert Equipment.objects.count() == 1


def _today() -> str:
    return timezone.localdate().isoformat()


def test_who_speaks_for_several_hospitals_chooses_and_sees_no_other(world: Leaving) -> None:
    account, other = world.accounts["hospital"], a_hospital("Trois Test")
    strange = a_hospital("Quatre Test")
    give_role(account=account, role="recipient", scope="organisation", thing=other.pk, by=ADMIN,
              at=NOW)  # fmt: skip
    client = entered(account)
    choice = client.get("/hospital/").content.decode()
    assert str(other) in choice
    assert str(world.hospital) in choice
    assert client.get(f"/hospital/{other.pk}/").status_code == 200
    assert client.get(f"/hospital/{strange.pk}/").status_code == 404


def test_the_hospital_lands_on_its_own_page_and_the_specialist_on_cases(
    world: Leaving, people: dict[str, Account]
) -> None:
    for username, lands in (
        ("hospital", "/hospital/"), ("specialist", "/consults/"), ("office", "/desk/"),
    ):  # fmt: skip
        told = {"login": username, "password": "correct horse 7"}
        answer = Client().post("/sign-in/", told)
        assert answer.status_code == 302
        assert answer.headers["Location"] == lands


def test_the_page_is_light(world: Leaving) -> None:
    handed_in(world)
    client = entered(world.accounts["hospital"])
    address, _page = home(client)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert len(asked) <= MOST_QUERIES, len(asked)
    assert weight(answer.content) <= MOST_BYTES
