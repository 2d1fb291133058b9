"""R28, R74: the list of a region is asked for one county of it, on the page, in files and API."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.capacity.actions import expect_hospital
from marrow.capacity.models import Step
from marrow.catalogue.models import Item, List
from marrow.directory.models import Area, Organisation
from tests.builders import NOW, OFFICE
from tests.builders.capability import a_service, a_ward, climbed, listed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def region() -> List:
    """A list of China: Beijing does one item alone, Gansu only what is serious."""
    mild, serious = a_service("Mild one"), a_service("Serious one")
    type(serious).objects.filter(pk=serious.pk).update(severity="SERIOUS")
    type(mild).objects.filter(pk=mild.pk).update(severity="MINOR")
    found = listed(mild, serious)
    for number, (code, items) in enumerate({"CN-BJ": [mild], "CN-GS": [mild, serious]}.items()):
        ward = a_ward(61 + number)
        for item in items:
            climbed(ward, item, 4, NOW.date())
        home = Area.objects.get(code=code)
        Organisation.objects.filter(pk=ward.hospital.pk).update(area=home)
    List.objects.filter(pk=found.pk).update(area=Area.objects.get(code="CN"))
    return found


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_region_s_list_tells_what_one_place_of_it_treats(
    region: List, client: Client, django_assert_max_num_queries: Any
) -> None:
    at = f"/care/list/{region.key}/"
    assert "2 by locals alone" in page(client, at)
    assert "1 by locals alone" in page(client, f"{at}?area=CN-BJ")
    with django_assert_max_num_queries(30):
        assert "2 by locals alone" in page(client, f"{at}?area=CN-GS")
    assert 'value="CN-BJ" selected' in client.get(f"{at}?area=CN-BJ").content.decode()


def test_every_page_behind_it_stays_with_that_place(region: List, client: Client) -> None:
    at = f"/care/list/{region.key}/"
    narrow = client.get(f"{at}?area=CN-BJ&specialty=").content.decode()
    for link in re.findall(rf'href="({at}[^"]+)"', narrow):
        if "expect" not in link:
            assert "area=CN-BJ" in link
    serious = next(i for i in re.findall(rf"{at}item/([^/]+)/", narrow) if "serious" in i)
    assert "not assessed" in page(client, f"{at}item/{serious}/?area=CN-BJ")
    assert "by locals alone" in page(client, f"{at}item/{serious}/?area=CN-GS")
    assert "Hôpital Échelle 61" not in page(client, f"{at}changes/?area=CN-GS")
    sheet = client.get(f"{at}sheet.csv?area=CN-BJ")
    assert "CN-BJ" in sheet["Content-Disposition"]


def test_a_place_outside_the_list_s_area_is_refused_and_none_is_not_found(
    region: List, client: Client
) -> None:
    at = f"/care/list/{region.key}/"
    assert "does not lie in the area of this list" in page(client, f"{at}?area=GN", 422)
    page(client, f"{at}?area=ZZ-9", 404)


def test_the_api_answers_for_a_part_and_refuses_what_lies_outside(
    region: List, calling: dict[str, Client]
) -> None:
    at, program = f"/api/v1/care/{region.key}", calling["office"]
    whole, part = program.get(at).json(), program.get(f"{at}?area=CN-BJ").json()
    assert (whole["area"], whole["counts"]) == ("CN", {"BY_LOCALS": 2})
    assert (part["area"], part["counts"]) == ("CN-BJ", {"BY_LOCALS": 1, "NOT_ASSESSED": 1})
    assert program.get(f"{at}?area=GN").status_code == 422
    assert program.get(f"{at}?area=ZZ-9").status_code == 404


def test_needs_of_a_list_are_narrowed_by_severity(
    region: List, signed_in: dict[str, Client]
) -> None:
    at, office = f"/need/{region.key}/", signed_in["office"]
    assert "Mild one" in page(office, at)
    shown = page(office, f"{at}?severity=SERIOUS")
    assert "Serious one" in shown
    assert "Mild one" not in shown


def test_a_place_without_a_list_of_its_own_leads_to_the_region_s(
    region: List, client: Client
) -> None:
    shown = client.get("/directory/places/CN-BJ/").content.decode()
    assert f'href="/care/list/{region.key}/?area=CN-BJ"' in shown


def test_the_api_answers_for_one_severity_and_refuses_a_word_that_is_none(
    region: List, calling: dict[str, Client]
) -> None:
    at, program = f"/api/v1/care/{region.key}", calling["office"]
    told = program.get(f"{at}?severity=SERIOUS&area=CN-BJ").json()
    assert told["counts"] == {"NOT_ASSESSED": 1}
    assert [one["care"] for one in told["items"]] == ["NOT_ASSESSED"]
    assert program.get(f"{at}?specialty=ONCOLOGY").json()["items"] == []
    assert program.get(f"{at}?severity=GRAVE").status_code == 422


@pytest.fixture
def leaving(region: List) -> List:
    """In Beijing patients must leave for what is serious: its hospital told so; Gansu does it."""
    at_home = Organisation.objects.get(area__code="CN-BJ", steps__isnull=False)
    serious = Item.objects.get(severity="SERIOUS")
    expect_hospital(key=region.key, organisation=at_home.pk, by=OFFICE, at=NOW)
    Step.objects.create(
        id=uuid4(), organisation=at_home, item=serious, level=0, on=NOW.date(), state="HOLDS",
        proposed_at=NOW, held_at=NOW, proposed_by=uuid4(),
    )  # fmt: skip
    return region


def test_needs_of_a_list_are_asked_of_one_place_of_its_area(
    leaving: List, signed_in: dict[str, Client], django_assert_max_num_queries: Any
) -> None:
    at, office = f"/need/{leaving.key}/", signed_in["office"]
    assert "must leave" not in page(office, at).split("Needs, by people helped")[1]
    with django_assert_max_num_queries(31):  # one of them is the session's
        shown = page(office, f"{at}?area=CN-BJ")
    needs = shown.split("Needs, by people helped")[1]
    assert "Serious one" in needs
    assert "must leave" in needs
    assert "1 by locals alone" in shown
    assert "must leave" not in page(office, f"{at}?area=CN-GS").split("Needs, by people helped")[1]
    assert 'value="CN-BJ" selected' in office.get(f"{at}?area=CN-BJ").content.decode()
    assert "does not lie in the area of this list" in page(office, f"{at}?area=GN", 422)
    page(office, f"{at}?area=ZZ-9", 404)


def test_the_api_tells_what_one_place_lacks(leaving: List, calling: dict[str, Client]) -> None:
    at, program = f"/api/v1/needs/of/{leaving.key}", calling["office"]

    def lacking(asked: str) -> list[str]:
        return [line["care"] for line in program.get(at + asked).json()["lines"]]

    assert (lacking(""), lacking("?area=CN-BJ"), lacking("?area=CN-GS")) == ([], ["MUST_LEAVE"], [])
    assert lacking("?area=CN-BJ&severity=MINOR") == []
    assert lacking("?area=CN-BJ&severity=SERIOUS") == ["MUST_LEAVE"]
    assert program.get(f"{at}?area=CN-BJ").json()["area"] == "CN-BJ"
    assert program.get(f"{at}?area=GN").status_code == 422
    assert program.get(f"{at}?severity=GRAVE").status_code == 422
