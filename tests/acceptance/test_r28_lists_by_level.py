"""R27, R28, R72, R82, R84: disease lists by level, named techniques, systems as items."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.catalogue import shipped
from marrow.catalogue.actions import load_items
from marrow.catalogue.jobs import LISTS
from marrow.catalogue.models import Item, List
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Partnership, Programme
from marrow.sources.actions import keep_document, keep_told
from marrow.sources.actions.facts import quoted
from marrow.sources.intake.kinds import guess
from marrow.sources.models import Fact
from tests.builders import NOW, OFFICE, PAPER, a_programme
from tests.builders.capability import a_ward, climbed
from tests.builders.catalogued import a_list, a_version, an_item

SYSTEMS = "/catalogue/?specialty=HOSPITAL_MANAGEMENT&kind=SERVICE"
pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def loaded() -> None:
    load_items(told=shipped.items(), by=OFFICE, at=NOW)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def plain(shown: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


@pytest.mark.usefixtures("loaded")
def test_r28_an_office_publishes_what_a_county_should_treat_and_later_changes_it(
    signed_in: dict[str, Client],
) -> None:
    office = signed_in["office"]
    told = {
        "name_en": "Without leaving the county", "kind": "COUNTY_RECOMMENDED",
        "area": "CN-410225",
    }  # fmt: skip
    assert office.post("/catalogue/lists/new/", told).status_code == 302
    address = "/catalogue/lists/without-leaving-the-county/"
    assert "It holds nothing yet" in page(office, address)

    wrong = {"valid_from": "2026-01-01", "members": "K35\nQ99.9\n急性阑尾炎"}
    answer = office.post(f"{address}publish/", wrong)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Line 2, “Q99.9”: not in the catalogue." in said
    assert "Line 3, “急性阑尾炎”: stands on the list already." in said
    assert not List.objects.get().versions.exists()

    right = {"valid_from": "2026-01-01", "members": "K35\n剖宫产术\nHaemodialysis"}
    assert office.post(f"{address}publish/", right).status_code == 302
    shown = page(office, address)
    assert "3 items" in shown
    assert "Caesarean section" in shown
    after = {"valid_from": "2026-06-01", "members": "K35\nHaemodialysis\nMeasles", "note": "Agreed"}
    assert office.post(f"{address}publish/", after).status_code == 302
    assert "1 came, 1 went, 2 stayed." in page(office, f"{address}2/")
    assert "Caesarean section" in page(office, f"{address}1/")
    assert "Without leaving the county" in page(office, "/catalogue/items/measles/")


@pytest.mark.usefixtures("loaded")
def test_r72_named_techniques_say_at_which_level_they_should_be_done(
    signed_in: dict[str, Client],
) -> None:
    head = signed_in["head"]
    found = page(head, "/catalogue/?q=胆囊切除&kind=TECHNIQUE")
    assert "Laparoscopic cholecystectomy" in found
    shown = page(head, "/catalogue/items/laparoscopic-cholecystectomy/")
    for words in ("腹腔镜胆囊切除术", "cholécystectomie cœlioscopique", "51.23"):
        assert words in shown
    assert "Should be treated in the city as its severity says" in plain(shown)
    assert "laparoscopy tower" in shown
    assert "Change the item" not in shown
    assert head.get("/catalogue/items/caesarean-section/change/").status_code == 403


@pytest.mark.usefixtures("loaded")
def test_r72_a_county_hospital_shows_its_named_techniques_and_on_which_rung(
    people: object, client: Client
) -> None:
    ward = a_ward()
    for key, level in (("laparoscopic-cholecystectomy", 2), ("caesarean-section", 4)):
        climbed(ward, Item.objects.get(key=key), level, NOW.date())
    shown = plain(page(client, f"/care/at/{ward.hospital.pk}/"))
    ladder = shown.partition("The ladder")[2]
    assert "Laparoscopic cholecystectomy 2 " in ladder
    assert "Caesarean section 4 " in ladder


@pytest.mark.usefixtures("loaded")
def test_r82_a_management_system_climbs_the_ladder_as_care_does(
    people: object, signed_in: dict[str, Client]
) -> None:
    _climbs("surgical-safety-checklist", "Surgical safety checklist", signed_in)


@pytest.mark.usefixtures("loaded")
def test_r84_an_information_system_climbs_the_ladder_as_care_does(
    people: object, signed_in: dict[str, Client]
) -> None:
    _climbs("hospital-information-system", "Hospital information system", signed_in)


def _climbs(key: str, name: str, signed_in: dict[str, Client]) -> None:
    """In the catalogue, on the hospital's page with its step, among what was new, and on the
    target card of its partnership."""
    assert name in page(signed_in["auditor"], SYSTEMS)
    ward, programme = a_ward(), a_programme("card-test")
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=ward.hospital, starts_on="2026"
    )
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE, at=NOW
    )
    item, rows = Item.objects.get(key=key), f"/entrusting/card/{programme.key}/systems/"
    climbed(ward, item, 2, NOW.date())
    assert name not in page(signed_in["office"], rows)  # with visitors is not improved yet
    climbed(ward, item, 4, NOW.date())
    for address in (f"/care/at/{ward.hospital.pk}/", "/care/introduced/", rows):
        assert name in page(signed_in["office"], address), address


def test_an_office_says_what_an_item_needs_and_the_history_keeps_it(
    signed_in: dict[str, Client],
) -> None:
    office, item = signed_in["office"], an_item("Dialysis here")
    address = f"/catalogue/items/{item.key}/"
    told = {"kind": "EQUIPMENT", "name_en": "dialysis station", "count": "5"}
    assert office.post(f"{address}needs/", told).status_code == 302
    assert "× 5" in page(office, address)
    need = item.requirements.get()
    assert signed_in["head"].post(f"/catalogue/needs/{need.pk}/drop/").status_code == 403
    assert office.post(f"/catalogue/needs/{need.pk}/drop/").status_code == 302
    assert "What it needs is not entered." in page(office, address)
    assert "Said what an item needs" in page(office, f"/history/catalogue.item/{item.pk}/")


def test_a_version_leaves_as_a_file_that_can_be_taken_in_again(
    signed_in: dict[str, Client],
) -> None:
    row = a_list()
    a_version(row.key, [an_item("One"), an_item("Two")])
    answer = signed_in["auditor"].get(f"/catalogue/lists/{row.key}/1.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    told = list(book.active.values)  # type: ignore[union-attr]
    assert [line[3] for line in told] == ["Code of the item", "one", "two"]
    assert all(guess(LISTS, [str(cell) for cell in told[0]]).values())
    assert signed_in["stranger"].get(f"/catalogue/lists/{row.key}/").status_code == 302


def test_what_was_published_stands_beside_as_the_claim_that_it_is(
    signed_in: dict[str, Client],
) -> None:
    programme = a_programme("group-aid")
    claimed(programme, "332")
    shown = page(signed_in["office"], "/catalogue/lists/")
    assert "Published, rows unknown" in shown
    assert "serious diseases treated without leaving the region" in shown
    row = a_list(area="CN-BJ", kind="REGION_SERIOUS", programme=programme)
    a_version(row.key, [an_item("One"), an_item("Two")])
    shown = page(signed_in["office"], f"/catalogue/lists/{row.key}/")
    assert "2 items" in shown
    assert "Published: 332, rows unknown." in shown


def claimed(programme: Programme, number: str) -> None:
    document = keep_document(key="p", kind="NEWS", title="A page", by=OFFICE, at=NOW)
    quote = quoted(document, f"{number} kinds of serious diseases", "")
    fact = Fact(
        id=uuid4(), about_model="programmes.programme", about=programme.pk,
        field="serious_contained", value=number, number=Decimal(number), standing="CLAIM",
        quote=quote,
    )  # fmt: skip
    keep_told(told=[(fact, quote)], by=OFFICE, at=NOW)


def test_a_program_does_the_same(calling: dict[str, Client]) -> None:
    office, base = calling["office"], "/api/v1/catalogue"

    def post(address: str, **told: object) -> dict[str, Any]:
        answer = office.post(f"{base}{address}", told, content_type="application/json")
        assert answer.status_code in (200, 201), answer.content
        found: dict[str, Any] = answer.json()
        return found

    told = {"kind": "SERVICE", "specialty": "NEPHROLOGY", "severity": "MODERATE"}
    item = post("/items", names={"en": "Dialysis here"}, icd9cm3=["39.95"], **told)
    assert (item["key"], item["level"]) == ("dialysis-here", "CITY")
    whole = post(f"/items/{item['key']}/requirements", kind="STAFF", role="NURSE", count=5)
    assert whole["requirements"][0]["count"] == 5
    row = post("/lists", names={"en": "Ours"}, kind="OTHER", area="GN")
    version = post(
        f"/lists/{row['key']}/versions", valid_from="2026-01-01", items=["Dialysis here"]
    )
    assert version["items"] == ["dialysis-here"]
    assert office.get(f"{base}/items?q=39.95").json()["items"][0]["key"] == "dialysis-here"
    assert office.get(f"{base}/lists/{row['key']}").json()["versions"][0]["number"] == 1


def test_the_history_of_a_list_shows_its_versions_and_the_way_to_take_one_back(
    signed_in: dict[str, Client],
) -> None:
    row = a_list()
    version = a_version(row.key, [an_item("One")])
    at = f"/history/catalogue.list/{row.pk}/"
    shown = signed_in["office"].get(at).content.decode()
    act = Operation.objects.get(record=version.pk).act
    assert "Published a version of a list" in shown
    assert f"/catalogue/lists/{row.key}/1/" in shown
    assert str(act) in shown, "the way to take it back"
    assert str(act) not in signed_in["recipient"].get(at).content.decode()
    undo(act=act, by=OFFICE, at=NOW)
    later = signed_in["office"].get(at).content.decode()
    assert later.count("Published a version of a list") == 1
    assert "taken back" in later
