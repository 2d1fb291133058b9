"""R74, R85: what a hospital says is no longer done does not stay without an answer; how anybody
comes to what an area can treat."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client

from marrow.capacity.actions import answer_check
from marrow.capacity.models import SustainedCheck
from marrow.catalogue.models import Item
from marrow.core.viewer import Viewer
from marrow.ui.waiting import waiting
from tests.builders import NOW
from tests.builders.capability import Ward, a_service, a_ward, climbed, listed, proposed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY, DAY = NOW.date(), dt.timedelta(days=1)
LEFT = TODAY - 200 * DAY


@pytest.fixture
def ward() -> Ward:
    """Its nephrologist left 200 days ago."""
    found = a_ward()
    assignment = found.mission.seats.get().assignments.get()
    assignment.started_on, assignment.ended_on = LEFT - 400 * DAY, LEFT
    assignment.save(update_fields=["started_on", "ended_on"])
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def answered(ward: Ward, item: Item, months: int, *, still: bool, after: int = 0) -> None:
    answer_check(
        organisation=ward.hospital.pk, item=item.key, mission=ward.mission.pk, months=months,
        answer=SustainedCheck(still=still), by=ward.head, at=NOW + dt.timedelta(minutes=after),
    )  # fmt: skip


def asks(viewer: Viewer) -> list[str]:
    return [w.href for w in waiting(viewer, TODAY) if "no longer done" in w.what]


def test_no_longer_done_waits_on_today_until_a_step_down_is_recorded(
    ward: Ward, client: Client
) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 4, LEFT - 9 * DAY)
    assert asks(ward.head) == asks(ward.office) == []
    answered(ward, item, 6, still=False)
    there = f"/care/at/{ward.hospital.pk}/propose/{item.key}/"
    assert asks(ward.head) == asks(ward.office) == [there]
    assert asks(ward.elsewhere) == asks(ward.visitor) == []
    rows = f"/care/list/{listing.key}/item/{item.key}/"
    assert f"said on {TODAY} to be no longer done" in page(client, rows)
    proposed(ward, item, 2, TODAY, by=ward.head, reason="Its last nurse left", at=NOW + DAY / 24)
    assert asks(ward.head) == asks(ward.office) == []
    assert "to be no longer done" not in page(client, rows)


def test_a_later_answer_that_it_is_done_again_settles_it(ward: Ward) -> None:
    item = a_service()
    climbed(ward, item, 4, LEFT - 9 * DAY)
    answered(ward, item, 3, still=False)
    assert asks(ward.head)
    answered(ward, item, 6, still=True, after=1)
    assert asks(ward.head) == []


def test_who_already_recorded_the_step_down_is_not_asked_for_it(ward: Ward) -> None:
    item = a_service()
    climbed(ward, item, 4, LEFT - 9 * DAY)
    proposed(ward, item, 3, TODAY - 9 * DAY, by=ward.head, reason="Its last nurse left")
    answered(ward, item, 6, still=False, after=1)
    assert asks(ward.head) == []


@pytest.mark.parametrize("address", ["/", "/map/", "/figures/", "/programmes/"])
def test_from_every_public_page_one_comes_to_care_without_leaving(
    client: Client, address: str
) -> None:
    assert 'href="/care/"' in client.get(address).content.decode()


def test_a_place_tells_what_it_treats_and_opens_its_lists(ward: Ward, client: Client) -> None:
    item, other = a_service(), a_service("Another")
    listing = listed(item, other)
    climbed(ward, item, 4, LEFT - 9 * DAY)
    at = "/directory/places/GN/"
    assert "1 of 2 listed treated by locals alone" in page(client, at)
    assert f'href="/care/list/{listing.key}/"' in client.get(at).content.decode()


@pytest.mark.parametrize("who", ["specialist", "recipient", "unit", "leader", "head", "office"])
def test_everybody_who_works_here_finds_it_in_the_menu(
    signed_in: dict[str, Client], who: str
) -> None:
    assert re.search(r'href="/care/"[ >]', signed_in[who].get("/care/").content.decode())


def test_a_program_tells_the_months_once_and_cases_below_none_are_refused(
    ward: Ward, calling: dict[str, Client]
) -> None:
    item = a_service()
    climbed(ward, item, 4, LEFT - 9 * DAY)
    at = f"/api/v1/organisations/{ward.hospital.pk}/checks/{item.key}/{ward.mission.pk}"

    def told(**more: object) -> int:
        said = {"months": 6, "still": True, **more}
        return calling["office"].post(at, said, content_type="application/json").status_code

    assert told(cases=-1) == 422
    assert told(months=7) == 422
    assert not SustainedCheck.objects.exists()
    assert told(cases=12) == 201
    assert SustainedCheck.objects.values_list("months", "still", "cases").get() == (6, True, 12)


def test_who_records_a_step_down_finds_no_level_chosen(
    ward: Ward, signed_in: dict[str, Client]
) -> None:
    item = a_service()
    climbed(ward, item, 4, LEFT - 9 * DAY)
    shown = signed_in["office"].get(f"/care/at/{ward.hospital.pk}/propose/{item.key}/")
    form = shown.content.decode().split('name="level"')[1].split("</select>")[0]
    assert re.findall(r'value="(\d?)" selected', form) in ([], [""])
