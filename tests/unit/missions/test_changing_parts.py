"""The office changes places of work, sending units and honours, each with its source."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.directory.models import Area
from marrow.missions.actions import change_donation, change_honour, change_site, change_unit
from marrow.missions.models import Donation, Honour, SendingUnit, Site
from marrow.sources.models import Fact
from tests.builders import (
    AUDITOR,
    NOW,
    OFFICE,
    PAPER,
    a_batch,
    a_donation,
    a_hospital,
    a_sending_unit,
    a_site,
    an_honour,
    as_shown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOURCE = {"source": "A later letter", "words": "as the letter says it"}
DOORS = ("sites", "units", "honours", "donations")


@pytest.fixture
def held(places: dict[str, Area]) -> dict[str, Any]:
    batch = a_batch(5)
    return {
        "sites": a_site(batch),
        "units": a_sending_unit(batch, a_hospital("Hôpital Un")),
        "honours": an_honour(batch, body={"zh": "某部"}, count=2),
        "donations": a_donation(batch, given_on="2001"),
    }


def door(kind: str, row: UUID) -> str:
    return f"/office/{kind}/{row}/change/"


def changes(client: Client, address: str, **told: Any) -> None:
    begun = as_shown(client.get(address).context["form"])
    answer = client.post(address, {**begun, **SOURCE, **told})
    assert answer.status_code == 302, answer.context["form"].errors


def told_of(row: Any, field: str) -> Fact:
    return Fact.objects.get(about=row.pk, field=field, standing="SHOWN")


def test_a_place_of_work_becomes_a_hospital_and_the_old_telling_stands_beside(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    hospital, row = a_hospital("Hôpital Deux"), held["sites"]
    changes(signed_in["office"], door("sites", row.pk), organisation="hopital deux", area="")
    row = Site.objects.get(pk=row.pk)
    assert (row.organisation, row.area) == (hospital, None)
    fact = told_of(row, "site")
    assert (fact.value, fact.quote.document.title) == ("Hôpital Deux", "A later letter")
    assert Fact.objects.get(about=row.pk, standing="ALSO").quote.document.title == "A paper"


def test_the_form_shows_names_and_an_untouched_hospital_stays(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["units"], signed_in["office"]
    address = door("units", row.pk)
    assert f"Hôpital Un [{row.organisation_id}]" in office.get(address).content.decode()
    changes(office, address, persons=7)
    row = SendingUnit.objects.get(pk=row.pk)
    assert (str(row.organisation), row.persons) == ("Hôpital Un", 7)
    assert told_of(row, "persons").number == 7
    assert told_of(row, "organisation").quote.document.title == "A paper"


def test_of_an_honour_s_names_only_the_written_language_changes(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row = held["honours"]
    changes(
        signed_in["office"], door("honours", row.pk), body_en="A ministry", count="", to="TEAM",
        given_on="2019-05",
    )  # fmt: skip
    row = Honour.objects.get(pk=row.pk)
    assert row.body == {"en": "A ministry", "zh": "某部"}
    assert (row.names, row.count, row.to, row.given_on) == (
        {"en": "Medal"}, None, "TEAM", "2019-05",
    )  # fmt: skip
    assert told_of(row, "body").value == "A ministry"
    assert not Fact.objects.filter(about=row.pk, field="count").exists()


def test_the_page_offers_the_change_to_its_office_alone_and_opens_the_sources(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    page = f"/batches/{held['sites'].mission_id}/"
    for name, offered in (("office", True), ("member", False), ("stranger", False)):
        shown = signed_in[name].get(page).content.decode()
        found = {kind: door(kind, row.pk) in shown for kind, row in held.items()}
        assert found == dict.fromkeys(DOORS, offered), name
    told = (("sites", "site"), ("units", "organisation"), ("honours", "names"))
    for kind, field in told:
        assert f'{held[kind].pk}/{field}/"' in shown, kind
    honours = signed_in["office"].get("/honours/").content.decode()
    assert door("honours", held["honours"].pk) in honours


@pytest.mark.parametrize("kind", DOORS)
def test_who_may_and_who_may_not(
    kind: str, held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address = door(kind, held[kind].pk)
    met = {name: client.get(address).status_code for name, client in signed_in.items()}
    assert met.pop("office") == 200
    assert met.pop("stranger") == 302
    assert set(met.values()) == {403}
    assert signed_in["member"].post(address, SOURCE).status_code == 403
    assert signed_in["office"].get(door(kind, uuid4())).status_code == 404


@pytest.mark.parametrize("kind", DOORS)
def test_the_actions_prove_it_themselves(kind: str, held: dict[str, Any]) -> None:
    acts: dict[str, Any] = {
        "sites": change_site, "units": change_unit, "honours": change_honour,
        "donations": change_donation,
    }  # fmt: skip
    act = acts[kind]
    name, rest = kind[:-1], {"told": {}, "source": PAPER, "at": NOW}
    with pytest.raises(NotAllowed):
        act(**{name: held[kind].pk}, by=AUDITOR, **rest)
    with pytest.raises(Unseen):
        act(**{name: uuid4()}, by=OFFICE, **rest)
    with pytest.raises(Refused):
        act(**{name: held[kind].pk}, by=OFFICE, **{**rest, "told": {"mission": None}})


def test_two_people_change_one_field_and_nobody_s_words_are_lost(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address, office = door("units", held["units"].pk), signed_in["office"]
    begun = as_shown(office.get(address).context["form"])
    changes(office, address, persons=6)
    late = office.post(address, {**begun, **SOURCE, "persons": 9})
    assert late.status_code == 409
    assert 'value="9"' in late.content.decode()
    assert SendingUnit.objects.get(pk=held["units"].pk).persons == 6


def test_two_people_write_two_languages_of_one_name_and_both_stand(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address, office = door("honours", held["honours"].pk), signed_in["office"]
    begun = as_shown(office.get(address).context["form"])
    changes(office, address, name_en="Order")
    answer = office.post(address, {**begun, **SOURCE, "name_zh": "勋章"})
    assert answer.status_code == 302
    assert Honour.objects.get(pk=held["honours"].pk).names == {"en": "Order", "zh": "勋章"}


BAD: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("sites", {"area": ""}, "organisation"),
    ("sites", {"area": "nowhere at all"}, "area"),
    ("units", {"organisation": ""}, "organisation"),
    ("units", {"persons": "-1"}, "persons"),
    ("honours", {"name_en": " "}, "name_en"),
    ("honours", {"given_on": "2019-13"}, "given_on"),
    ("honours", {"to": "NOBODY"}, "to"),
    ("honours", {"count": 3, "words": ""}, "words"),
)


@pytest.mark.parametrize(("kind", "told", "field"), BAD)
def test_what_cannot_be_is_asked_again_beside_its_field(
    kind: str, told: dict[str, Any], field: str, held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address = door(kind, held[kind].pk)
    begun = as_shown(signed_in["office"].get(address).context["form"])
    answer = signed_in["office"].post(address, {**begun, **SOURCE, **told})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_donation_changes_from_its_programmes_page_with_its_source(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["donations"], signed_in["office"]
    address = door("donations", row.pk)
    page = f"/programmes/{row.programme.key}/"
    assert address in office.get(page).content.decode()
    assert address not in signed_in["stranger"].get(page).content.decode()
    changes(office, address, kind="BUILDING", area="GN", given_on="2001-03", name_zh="一栋楼")
    row = Donation.objects.get(pk=row.pk)
    assert (row.kind, str(row.area), row.given_on) == ("BUILDING", "Guinea", "2001-03")
    assert row.names == {"en": "A scanner", "zh": "一栋楼"}
    assert told_of(row, "given_on").quote.document.title == "A later letter"


def test_a_donation_of_no_kind_is_refused(held: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="kind of donation"):
        change_donation(
            donation=held["donations"].pk, told={"kind": "SHIP"}, source=PAPER, by=OFFICE, at=NOW
        )
