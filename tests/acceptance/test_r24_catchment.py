"""R24, R25, R29, R31: whom a hospital serves, what they suffer from, how they live, which label."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from marrow.need.models import Catchment
from marrow.sources.models import Quote
from tests.builders.needing import Lack, a_lack, a_need

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SOURCE = {"source": "Health survey", "words": "serves a population of 2.3 million"}


@pytest.fixture
def lack(people: object) -> Lack:
    return a_lack()


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, (address, answer.content)
    return answer.content.decode()


def test_r24_the_population_that_a_hospital_serves_has_its_day_and_its_source(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    client, hospital = lack.client(), lack.ward.hospital
    address = f"/need/at/{hospital.pk}/people/"
    told = {"kind": "POPULATION", "number": "2300000", "since": "2020", **SOURCE}
    assert client.post(address, {**told, "since": ""}).status_code == 422
    assert client.post(address, {**told, "words": ""}).status_code == 422
    assert client.post(address, told).status_code == 302
    need = a_need(lack)
    for where in (
        f"/need/at/{hospital.pk}/", f"/care/at/{hospital.pk}/", f"/directory/{hospital.pk}/",
        f"/need/one/{need.pk}/",
    ):  # fmt: skip
        shown = page(signed_in["office"], where)
        assert "2,300,000" in shown, where
        assert "as of 2020" in shown, where
    row = Catchment.objects.get()
    assert "2.3 million" in page(client, f"/facts/{row.pk}/number/")
    assert client.post(f"/need/people/{row.pk}/take-back/", {"reason": "wrong"}).status_code == 302
    assert "2,300,000" not in page(client, f"/need/at/{hospital.pk}/")


@pytest.mark.parametrize(
    "source",
    [
        {"source": "Register", "words": "ask Kadiatou on 622 45 18 90"},
        {"source": "Register", "words": "see dossier 20451 of the ward"},
        {"source": "Letter, tel. 622 45 18 90", "words": "serves 2.3 million people"},
        {"source": "Register", "words": "patient Mariama Diallo was turned away"},
    ],
)
def test_r24_the_words_of_a_source_tell_no_stranger_who_or_where_a_person_is(
    lack: Lack, source: dict[str, str]
) -> None:
    client, address = lack.client(), f"/need/at/{lack.ward.hospital.pk}/people/"
    told = {"kind": "POPULATION", "number": "2300000", "since": "2020", **source}
    answer = client.post(address, told, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "looks like a" in answer.content.decode()
    assert not Catchment.objects.exists()
    assert not Quote.objects.filter(text=source["words"]).exists()


def test_r24_the_public_opens_the_source_of_every_figure_of_a_place(
    lack: Lack, signed_in: dict[str, Client], client: Client
) -> None:
    told = {"kind": "POPULATION", "number": "2300000", "since": "2020", **SOURCE}
    assert lack.client().post(f"/need/at/{lack.ward.hospital.pk}/people/", told).status_code == 302
    told = {"kind": "LABEL", "said": "priority county", "since": "2012", **SOURCE}
    assert signed_in["office"].post("/need/of/GN/people/", told).status_code == 302
    for where in (f"/directory/{lack.ward.hospital.pk}/", "/directory/places/GN/"):
        sources = re.findall(r'href="(/facts/[^"]+)"', page(client, where))
        assert sources, where
        for source in sources:
            assert f'<a href="{where}"' in page(client, source)
    row = Catchment.objects.get(kind="LABEL")
    signed_in["office"].post(f"/need/people/{row.pk}/take-back/", {"reason": "wrong"})
    assert client.get(f"/facts/{row.pk}/words/").status_code == 404


def test_r29_how_people_live_and_how_far_the_next_hospital_is(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    client, hospital = lack.client(), lack.ward.hospital
    address, other = f"/need/at/{hospital.pk}/people/", "Hôpital Autre 31"
    scattered = {"kind": "SCATTERED", "said": "herdsmen in scattered tents", **SOURCE}
    distance = {"kind": "DISTANCE", "number": "180", "next_hospital": other, **SOURCE}
    assert client.post(address, {**distance, "number": ""}).status_code == 422
    for told in (scattered, distance, {"kind": "DENSITY", "number": "0.5", **SOURCE}):
        assert client.post(address, told).status_code == 302, told
    shown = page(signed_in["auditor"], f"/need/at/{hospital.pk}/")
    for words in ("herdsmen in scattered tents", "180", other, "0.5"):
        assert words in shown


def test_r25_what_weighs_on_people_s_health_stands_with_its_source_beside_the_needs(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    """Many tumour patients, and why it hurts: said in words, with a number where it is known."""
    client, office = lack.client(), signed_in["office"]
    said = "many tumour patients, treated far away"
    told = {"kind": "BURDEN", "said": said, "since": "2020", **SOURCE}
    address = f"/need/at/{lack.ward.hospital.pk}/people/"
    assert client.post(address, {**told, "said": ""}).status_code == 422
    named = {**told, "said": "many tumours; the first was Mrs Smith of the market, 42"}
    assert client.post(address, named).status_code == 422
    assert client.post(address, told).status_code == 302
    assert office.post("/need/of/GN/people/", {**told, "number": "940"}).status_code == 302
    assert said in page(office, f"/need/at/{lack.ward.hospital.pk}/")
    for where in (f"/need/{lack.list.key}/", "/need/of/GN/", "/directory/places/GN/"):
        shown = page(office, where)
        assert f"940 {said}" in shown, where
        assert "What weighs on people’s health" in shown, where


def test_r31_the_label_of_an_area_has_its_time_and_stands_beside_its_needs(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    told = {
        "kind": "LABEL", "said": "priority county", "since": "2012", "until": "2020", **SOURCE,
    }  # fmt: skip
    assert lack.client().post("/need/of/GN/people/", told).status_code == 403
    assert office.post("/need/of/GN/people/", told).status_code == 302
    for where in (f"/need/{lack.list.key}/", "/need/of/GN/", "/directory/places/GN/"):
        shown = page(office, where)
        assert "priority county" in shown, where
        assert "2012 – 2020" in shown, where
