"""R18: houses of two levels refer up and send back: a standing way, and how many went it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from marrow.directory.models import Organisation
from marrow.need.models import ReferralWay, SentBack
from tests.builders import a_hospital
from tests.builders.calling import a_token, bearing
from tests.builders.needing import Lack, a_lack, a_recipient, left

pytestmark = [pytest.mark.both, pytest.mark.django_db]
HOW = "call the doctor on duty; a letter goes along"


@pytest.fixture
def lack(people: object) -> Lack:
    return a_lack()


@pytest.fixture
def below(people: object) -> Organisation:
    return a_hospital("Centre de santé Essai")


def words(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, (address, answer.content)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def opened(client: Client, at: Organisation, other: Organisation, **told: str) -> ReferralWay:
    sent = {"other": f"{other} [{other.pk}]", "how": HOW, "started_on": "2024-03", **told}
    assert client.post(f"/need/at/{at.pk}/way/", sent).status_code == 302
    return ReferralWay.objects.latest("told_at")


def both_ways(lack: Lack, below: Organisation) -> tuple[ReferralWay, ReferralWay]:
    client, house = lack.client(), lack.ward.hospital
    up = opened(client, house, below, stands="BELOW", direction="UP")
    back = opened(client, house, below, stands="BELOW", direction="BACK", specialty="NEPHROLOGY")
    return up, back


def test_r18_both_houses_show_how_patients_go_up_and_how_they_come_back(
    lack: Lack, below: Organisation, client: Client
) -> None:
    both_ways(lack, below)
    house = lack.ward.hospital
    for at, other, up, back in (
        (house, below, "Referred up from", "Sent back to"),
        (below, house, "Referred up to", "Sent back from"),
    ):
        shown = words(client, f"/care/at/{at.pk}/")
        for said in (f"{up} {other}", f"{back} {other}", HOW, "since 2024-03"):
            assert said in shown, (at, said)
        assert "In the last year" not in shown  # how many is not for everybody
        told_by_other = shown.count("as the other house tells it")
        assert told_by_other == (2 if at == below else 0), "nobody speaks in another house's name"


def test_r18_how_patients_go_says_whom_one_calls_by_their_office_and_names_no_patient(
    lack: Lack, below: Organisation
) -> None:
    client, house = lack.client(), lack.ward.hospital
    told = {"other": f"{below} [{below.pk}]", "stands": "BELOW", "direction": "UP"}
    address = f"/need/at/{house.pk}/way/"
    for how in ("Letter as with Mrs Smith, breast cancer, in May", "迪亚洛先生术后转来"):
        answer = client.post(address, {**told, "how": how})
        assert answer.status_code == 422
        assert "looks like a person’s name" in answer.content.decode()
    kept = {**told, "how": "Call the midwife Mrs Barry; a letter goes with the patient"}
    assert client.post(address, kept).status_code == 302


def test_r18_how_many_went_up_and_came_back_is_told_and_unknown_is_not_none(
    lack: Lack, below: Organisation, signed_in: dict[str, Client]
) -> None:
    _up, back = both_ways(lack, below)
    client, page = lack.client(), f"/need/at/{lack.ward.hospital.pk}/"
    assert words(client, page).count("In the last year: unknown") == 2
    tell = f"/need/ways/{back.pk}/back/"
    for wrong in ({"period": "2030"}, {"period": "soon"}, {"patients": ""}):
        assert client.post(tell, {"period": "2025", "patients": "9", **wrong}).status_code == 422
    assert client.post(tell, {"period": "2025", "patients": "37"}).status_code == 302
    assert client.post(tell, {"period": "2025", "patients": "31"}).status_code == 302
    theirs = a_recipient(below.pk, "of-the-centre")
    left(lack.item, "2025", 52, organisation=below.pk, to_organisation=lack.ward.hospital)
    told = words(client, page)
    assert "In the last year: 52" in told
    assert "In the last year: 31" in told
    row = SentBack.objects.get()
    assert "37" in words(signed_in["office"], f"/history/need.sentback/{row.pk}/")
    lower = Client()
    lower.force_login(theirs, backend="django.contrib.auth.backends.ModelBackend")
    assert "In the last year: 31" in words(lower, f"/need/at/{below.pk}/")


def test_r18_a_way_stands_once_ends_and_is_kept_by_its_two_houses_alone(
    lack: Lack, below: Organisation, signed_in: dict[str, Client]
) -> None:
    up, back = both_ways(lack, below)
    client, house = lack.client(), lack.ward.hospital
    again = {"other": f"{below} [{below.pk}]", "stands": "BELOW", "direction": "UP", "how": HOW}
    assert client.post(f"/need/at/{house.pk}/way/", again).status_code == 409
    itself = {**again, "other": f"{house} [{house.pk}]"}
    assert client.post(f"/need/at/{house.pk}/way/", itself).status_code == 422
    stranger = Client()
    elsewhere = a_recipient(a_hospital("Hôpital Ailleurs").pk, "elsewhere")
    stranger.force_login(elsewhere, backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.post(f"/need/at/{house.pk}/way/", again).status_code == 403
    for row, part in ((up, "end"), (back, "back")):
        assert stranger.get(f"/need/ways/{row.pk}/{part}/").status_code == 404
        assert signed_in["auditor"].get(f"/need/ways/{row.pk}/{part}/").status_code == 403
    assert client.post(f"/need/ways/{up.pk}/back/", {"period": "2025", "patients": "3"}
                       ).status_code == 422  # fmt: skip
    end = f"/need/ways/{up.pk}/end/"
    assert client.post(end, {"on": "2020"}).status_code == 422
    assert client.post(end, {"on": "2026-01"}).status_code == 302
    assert client.post(end, {"on": "2026-01"}).status_code == 409
    assert "ended 2026-01" in words(client, f"/need/at/{house.pk}/")


def test_r18_a_program_does_the_same(lack: Lack, below: Organisation) -> None:
    hospital = bearing(a_token(lack.recipient)[1])
    start = f"/api/v1/organisations/{lack.ward.hospital.pk}/referral-ways"
    told = {"other": str(below.pk), "stands": "BELOW", "direction": "BACK", "how": HOW}
    made = hospital.post(start, told, content_type="application/json")
    assert made.status_code == 201, made.content
    way = f"/api/v1/referral-ways/{made.json()['id']}"
    count = {"period": "2025", "patients": 12}
    answer = hospital.post(f"{way}/sent-back", count, content_type="application/json")
    assert answer.status_code == 200, answer.content
    row = hospital.get(start).json()["items"][0]
    assert (row["below"], row["above"]) == (str(below.pk), str(lack.ward.hospital.pk))
    assert row["last_year"] == {"patients": 12, "months": 12, "at_least": False}
    ended = hospital.post(f"{way}/end", {"on": "2026"}, content_type="application/json")
    assert ended.json()["stopped_on"] == "2026"
