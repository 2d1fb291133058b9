"""R25, R31, R78: what is lacking is a need by its hospital's word, the most people first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.catalogue.actions import publish_version
from marrow.missions.models import Mission
from marrow.need.models import Need, NeedChange
from marrow.need.queries import precision_of, seats_to_link
from marrow.sources.models import Document
from tests.acceptance.test_light import MOST_QUERIES
from tests.builders import NOW, OFFICE
from tests.builders.calling import a_token, bearing
from tests.builders.capability import a_service, climbed, proposed
from tests.builders.catalogued import a_list, a_version
from tests.builders.consulting import a_photograph
from tests.builders.forming import a_seat
from tests.builders.needing import LONG_AGO, SCAN, Lack, a_lack, a_need, left

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def lack(people: object) -> Lack:
    return a_lack()


def page(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, (address, answer.content)
    of_page = [q for q in asked if "SAVEPOINT" not in q["sql"] and "session" not in q["sql"]]
    assert len(of_page) <= MOST_QUERIES, (address, len(of_page))
    return answer.content.decode()


def test_r25_needs_stand_in_the_order_of_people_helped_and_unknown_is_not_none(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    more = [a_service(name) for name in ("Alpha unknown", "Beta few", "Gamma none")]
    publish_version(
        key=lack.list.key, items=[lack.item, *more], valid_from=dt.date(2021, 1, 1), by=OFFICE,
        at=NOW,
    )  # fmt: skip
    for item in more:
        proposed(lack.ward, item, 0, LONG_AGO, by=lack.ward.head, reason="never done")
    left(lack.item, "2025", 410)
    left(more[1], "2025", 12)
    left(more[2], "2025", 0)
    shown = page(signed_in["auditor"], f"/need/{lack.list.key}/")
    before, heading, shown = shown.partition("Needs, by people helped")
    assert heading
    order = [shown.index(name) for name in (str(lack.item), "Beta few", "Gamma none", "Alpha unk")]
    assert order == sorted(order)
    assert "unknown is not none" in shown
    assert "Left in the last year for what is lacking: 422" in before


def test_r25_twenty_lists_are_measured_at_once(lack: Lack, signed_in: dict[str, Client]) -> None:
    """Each list says what its own page says."""
    left(lack.item, "2025", 410)
    for number in range(20):
        more = a_list(f"List {number}", area=("GN", "CN-GS")[number % 2])
        a_version(more.key, [lack.item], dt.date(2021, 1, 1))
    shown = page(signed_in["auditor"], "/need/")
    assert shown.count("1 must leave") == 1  # of the others nobody said who should have it
    assert shown.count("1 not assessed") == 20
    assert "Left in the last year for what is lacking: 410" in shown


def test_r25_a_hospital_confirms_on_a_phone_in_two_taps(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    left(lack.item, "2025", 410)
    office = signed_in["office"]
    address = f"/need/{lack.list.key}/name/{lack.item.key}/"
    told = {"organisation": str(lack.ward.hospital.pk), "words": "one nephrologist"}
    assert office.post(address, told).status_code == 302
    assert office.post(address, told).status_code == 409  # it stands already
    need = Need.objects.get()
    assert "waits for the hospital to confirm" in page(office, f"/need/{lack.list.key}/")
    confirm = f"/need/one/{need.pk}/confirm/"
    for other in ("office", "head"):
        assert signed_in[other].post(confirm).status_code == 403
    assert signed_in["recipient"].post(confirm).status_code == 404  # of another hospital
    assert signed_in["recipient"].get(f"/need/one/{need.pk}/").status_code == 404
    assert signed_in["unit"].get(f"/need/at/{need.organisation_id}/").status_code == 404
    client = lack.client()
    assert confirm in page(client, "/desk/")
    assert "Yes, we need this" in page(client, confirm)
    assert client.post(confirm).status_code == 302
    assert client.post(confirm).status_code == 409
    assert "confirmed by the hospital" in page(client, f"/hospital/{lack.ward.hospital.pk}/")
    assert "Mariama Test" in page(office, f"/need/one/{need.pk}/")


def test_a_hospital_that_names_its_own_need_has_confirmed_it(lack: Lack) -> None:
    address = f"/need/{lack.list.key}/name/{lack.item.key}/"
    told = {"organisation": str(lack.ward.hospital.pk)}
    assert lack.client().post(address, told).status_code == 302
    need = Need.objects.get()
    assert need.state == "VALIDATED"
    assert [c.state for c in need.changes.all()] == ["IDENTIFIED", "VALIDATED"]


def test_r25_the_office_enters_a_paper_with_its_scan(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    need, office = a_need(lack), signed_in["office"]
    address = f"/need/one/{need.pk}/paper/"
    told = {"signer": "Dr Test", "title": "Letter of 3 March"}
    wrong = SimpleUploadedFile("a.html", b"<script>")
    assert office.post(address, {**told, "scan": wrong}).status_code == 422
    for name, none in (("a.pdf", b"%PDF-1.4 hello"), ("a.jpg", a_photograph()[:900])):
        cut = office.post(address, {**told, "scan": SimpleUploadedFile(name, none)})
        assert cut.status_code == 422, name
        assert b"cannot be opened" in cut.content
    need.refresh_from_db()
    assert need.state == "IDENTIFIED"
    right = SimpleUploadedFile("a.pdf", SCAN)
    assert lack.client().post(address, {**told, "scan": right}).status_code == 403
    right.seek(0)
    assert office.post(address, {**told, "scan": right}).status_code == 302
    change = NeedChange.objects.get(way="PAPER")
    assert (change.by_name, change.state) == ("Dr Test", "VALIDATED")
    assert Document.objects.filter(pk=str(change.document), title="Letter of 3 March").exists()
    scan = office.get(f"/need/papers/{change.pk}/")
    assert scan.content == SCAN
    assert scan.headers["Content-Disposition"].startswith("attachment")
    assert lack.client().get(f"/need/papers/{change.pk}/").status_code == 200
    assert signed_in["recipient"].get(f"/need/papers/{change.pk}/").status_code == 404
    assert signed_in["head"].get(f"/need/papers/{change.pk}/").status_code == 403


def test_r23_r25_a_seat_answers_it_and_the_measure_says_when_it_is_met(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    need, office = a_need(lack), signed_in["office"]
    link = f"/need/one/{need.pk}/link/"
    seat = {"seat": f"{lack.ward.mission.pk}:{lack.seat.pk}"}
    assert office.post(link, seat).status_code == 422  # not confirmed yet
    lack.client().post(f"/need/one/{need.pk}/confirm/")
    assert "0 of 1 seats" in page(office, "/need/precision/")
    assert office.post(link, seat).status_code == 302
    need.refresh_from_db()
    assert need.state == "PLANNED"
    assert "100 %: 1 of 1 seats answers a need" in page(office, "/need/precision/")
    french = office.get("/need/precision/", headers={"accept-language": "fr"}).content.decode()
    assert "1 poste sur 1 répond à un besoin" in french
    climbed(lack.ward, lack.item, 4, NOW.date())
    shown = page(office, f"/need/one/{need.pk}/")
    assert "The measure says: met: locals do it" in shown
    assert office.post(f"/need/one/{need.pk}/on/SUSTAINED/").status_code == 409
    assert office.post(f"/need/one/{need.pk}/on/MET/").status_code == 302
    need.refresh_from_db()
    assert need.state == "MET"


def test_a_seat_that_is_taken_away_leaves_the_need_open(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    need, office = a_need(lack, by=lack.speaks), signed_in["office"]
    office.post(f"/need/one/{need.pk}/link/", {"seat": f"mission:{lack.ward.mission.pk}"})
    answer = need.answers.get()
    assert answer.seat is None
    assert "100 %" in page(office, "/need/precision/")  # its seat is of the need's specialty
    assert (
        office.post(f"/need/answers/{answer.pk}/end/", {"reason": "sent elsewhere"}).status_code
        == 302
    )
    need.refresh_from_db()
    assert need.state == "VALIDATED"
    assert "0 %: 0 of 1" in page(office, "/need/precision/")


def test_cooks_interpreters_and_teams_that_are_home_are_no_aid_that_answers(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    need, office, team = a_need(lack, by=lack.speaks), signed_in["office"], lack.ward.mission
    office.post(f"/need/one/{need.pk}/link/", {"seat": f"{team.pk}:{lack.seat.pk}"})
    for role, specialty in (("COOK", "CATERING"), ("INTERPRETER", "INTERPRETING")):
        a_seat(team, role, specialty=specialty)
    assert "100 %: 1 of 1 seats" in page(office, "/need/precision/")
    Mission.objects.filter(pk=team.pk).update(status="DEBRIEFING")
    assert "no team that is forming or away" in page(office, "/need/precision/")
    assert precision_of(OFFICE).share is None
    assert not seats_to_link(OFFICE, need)


def test_a_need_is_declined_with_its_reason_and_can_be_named_anew(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    need = a_need(lack)
    address = f"/need/one/{need.pk}/decline/"
    assert lack.client().post(address, {"reason": ""}).status_code == 422
    assert signed_in["head"].post(address, {"reason": "no"}).status_code == 403
    assert lack.client().post(address, {"reason": "the next hospital does it"}).status_code == 302
    assert "the next hospital does it" in page(signed_in["auditor"], f"/need/one/{need.pk}/")
    assert a_need(lack).pk != need.pk


def test_what_is_not_known_to_be_lacking_is_no_need(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    climbed(lack.ward, lack.item, 4, NOW.date())
    address = f"/need/{lack.list.key}/name/{lack.item.key}/"
    told = {"organisation": str(lack.ward.hospital.pk)}
    assert signed_in["office"].post(address, told).status_code == 422
    assert not Need.objects.exists()


def test_a_program_does_the_same(lack: Lack, calling: dict[str, Client]) -> None:
    office, hospital = calling["office"], bearing(a_token(lack.recipient)[1])

    def post(client: Client, address: str, status: int = 200, **told: object) -> dict[str, Any]:
        answer = client.post(f"/api/v1{address}", told, content_type="application/json")
        assert answer.status_code == status, answer.content
        found: dict[str, Any] = answer.json()
        return found

    of = f"/organisations/{lack.ward.hospital.pk}"
    telling: dict[str, Any] = {
        "item": lack.item.key,
        "period": "2025",
        "patients": 40,
        "told_from": "a register",
    }
    post(office, "/areas/GN/outflows", 422, **{**telling, "item": "no-such-item"})
    row = post(office, "/areas/GN/outflows", 201, **telling)
    assert (row["area"], row["kilometres"], row["cost"]) == ("GN", None, None)
    new = post(office, f"/outflows/{row['id']}/correct", **{**telling, "patients": 44})
    assert new["supersedes"] == row["id"]
    own = post(hospital, f"{of}/outflows", 201, **telling)
    post(hospital, f"/outflows/{own['id']}/take-back", reason="wrong ward")
    source = {"title": "Survey", "words": "serves 2.3 million"}
    people: dict[str, Any] = {
        "kind": "POPULATION",
        "number": 2300000,
        "since": "2020",
        "source": source,
    }
    known = post(hospital, f"{of}/catchments", 201, **people)
    post(hospital, f"/catchments/{known['id']}/take-back", reason="wrong")
    post(office, "/areas/GN/catchments", 201, **people)
    need = post(
        office, f"/needs/of/{lack.list.key}", 201, organisation=str(lack.ward.hospital.pk),
        item=lack.item.key,
    )  # fmt: skip
    post(office, f"/needs/{need['id']}/confirm", 403)
    assert post(hospital, f"/needs/{need['id']}/confirm")["state"] == "VALIDATED"
    link = post(
        office, f"/needs/{need['id']}/answers", 201, mission=str(lack.ward.mission.pk)
    )  # fmt: skip
    assert office.get("/api/v1/precision").json()["answering"] == 1
    post(office, f"/need-answers/{link['id']}/end", reason="elsewhere")
    line = office.get(f"/api/v1/needs/of/{lack.list.key}").json()["lines"][0]
    assert line["left"] == {"patients": 44, "months": 12, "at_least": False}
    assert office.get(f"/api/v1/burden/GN/{lack.item.key}").json()["saved"] is None
    whole = office.get(f"/api/v1/needs/{need['id']}").json()
    assert [c["state"] for c in whole["changes"]][-1] == "VALIDATED"
    post(hospital, f"/needs/{need['id']}/move", 409, state="MET")
    assert post(hospital, f"/needs/{need['id']}/decline", reason="solved")["state"] == "DECLINED"
