"""The rows behind an answer say what the answer says: of its day, its moment and its list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marrow.capacity.actions import void_step
from marrow.capacity.queries import Question
from marrow.capacity.queries.matrix import rows_of
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item, List
from marrow.core.journal.sequencer import sequence
from marrow.directory.models import Area
from tests.builders import NOW
from tests.builders.capability import Ward, a_service, a_ward, climbed, listed
from tests.builders.catalogued import a_version

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def page(client: Client, listing: List, item: Item, told: str = "") -> str:
    return client.get(
        reverse("capacity:item", args=[listing.key, item.key]) + told
    ).content.decode()


def test_rows_of_a_past_moment_show_the_step_that_was_known_then(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    first = climbed(ward, item, 4, TODAY - 30 * DAY)
    later = climbed(ward, item, 5, TODAY - 20 * DAY, at=NOW + 9 * DAY)
    sequence()
    area = Area.objects.get(code="GN")
    answer, (row,), _more = rows_of(Question(area, listing, TODAY, NOW + DAY), item)
    assert (answer, row.level, row.step) == (Care.BY_LOCALS, 4, first)
    _answer, (row,), _more = rows_of(Question(area, listing, TODAY), item)
    assert (row.level, row.step) == (5, later)


def test_a_step_that_was_taken_back_since_still_stands_as_it_was_known(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    row = climbed(ward, item, 4, TODAY)
    void_step(step=row.pk, reason="Another hospital’s cases", by=ward.head, at=NOW + 2 * DAY)
    sequence()
    asked = Question(Area.objects.get(code="GN"), listing, TODAY, NOW + DAY)
    answer, (found,), _more = rows_of(asked, item)
    assert (answer, found.step) == (Care.BY_LOCALS, row)


def test_a_matrix_of_a_past_moment_opens_rows_of_that_moment(client: Client, ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 4, TODAY)
    sequence()
    day = timezone.localdate().isoformat()
    matrix = client.get(reverse("capacity:matrix", args=[listing.key]) + f"?known={day}")
    there = reverse("capacity:item", args=[listing.key, item.key])
    assert f"{there}?on={day}&amp;known={day}" in matrix.content.decode()
    shown = page(client, listing, item, f"?on={day}&known={day}")
    assert f"As it was known on {day}." in shown
    assert "As it was known on" not in page(client, listing, item)


def test_a_table_tells_its_place_version_day_and_moment(client: Client, ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 4, TODAY)
    sequence()
    day = timezone.localdate().isoformat()
    there = reverse("capacity:sheet", args=[listing.key, "csv"])
    answer = client.get(f"{there}?on={TODAY.isoformat()}&known={day}")
    named = f"care-{listing.key}-v1-{TODAY.isoformat()}-known-{day}.csv"
    assert named in answer["Content-Disposition"]
    header, row = b"".join(answer).decode("utf-8-sig").splitlines()
    assert header.endswith("Place,Version,On the day,As known on")
    assert row.endswith(f"Guinea,1,{TODAY.isoformat()},{day}")


def test_an_item_that_is_not_on_the_list_is_never_told_as_not_assessed(
    client: Client, ward: Ward
) -> None:
    stays, goes, never = a_service("Stays"), a_service("Goes"), a_service("Never listed")
    listing = listed(stays, goes)
    for one in (goes, never):
        climbed(ward, one, 5, TODAY - 30 * DAY)
    a_version(listing.key, (stays,), TODAY - 10 * DAY)
    for one in (goes, never):
        shown = page(client, listing, one, f"?on={TODAY.isoformat()}")
        assert "not on the list" in shown
        assert "not assessed" not in shown
        assert "nobody assessed it" not in shown
        assert str(ward.hospital) in shown
    before = page(client, listing, goes, f"?on={(TODAY - 11 * DAY).isoformat()}")
    assert "not on the list" not in before
