"""What the API answers it also takes: an item by key or id, a month; and how machines are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.activity.models import Deed, Report
from tests.builders.calling import a_token, bearing, sent
from tests.builders.capability import a_service
from tests.builders.counting import Counting, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def ok(answer: Any) -> Any:
    assert answer.status_code < 300, answer.content
    return answer.json()


def test_a_month_is_taken_as_it_is_told_or_by_its_first_day(world: Counting) -> None:
    clerk = bearing(a_token(world.accounts["clerk"])[1])
    where = f"/api/v1/organisations/{world.hospital.pk}/monthly-reports"
    first = ok(sent(clerk, "POST", where, {"month": "2026-10-01", "values": {"VISIT": 7}}))
    assert first["month"] == "2026-10"
    again = ok(sent(clerk, "POST", where, {"month": first["month"], "values": {"VISIT": 8}}))
    assert again["id"] == first["id"]
    assert sent(clerk, "POST", where, {"month": "2026-13", "values": {}}).status_code == 422
    assert Report.objects.count() == 1


def test_an_item_is_taken_by_its_key_and_by_its_id(world: Counting) -> None:
    clerk, item = bearing(a_token(world.accounts["clerk"])[1]), a_service()
    where = f"/api/v1/organisations/{world.hospital.pk}/deeds"
    told = {"kind": "OPERATION_DONE", "held_on": "2026-10-05"}
    for named in (item.key, str(item.pk)):
        assert ok(sent(clerk, "POST", where, {**told, "item": named}))["item"] == str(item.pk)
    assert Deed.objects.filter(item=item).count() == 2
    assert sent(clerk, "POST", where, {**told, "item": "no-such"}).status_code == 404
    steps = f"/api/v1/organisations/{world.hospital.pk}/steps"
    step = {"level": 0, "on": "2026-10-05", "reason": "no machine"}
    assert ok(sent(clerk, "POST", steps, {**step, "item": str(item.pk)}))["item"] == str(item.pk)


def test_whether_a_machine_works_is_told(world: Counting, calling: dict[str, Client]) -> None:
    office, house = calling["office"], f"/api/v1/organisations/{world.hospital.pk}"
    for label, more in (("Waits", {}), ("Works", {"installed_on": "2026-10-01"})):
        told = {"label": label, **more}
        made = ok(sent(office, "POST", f"{house}/machines", told))
    broke = {"state": "DOWN", "on": "2026-10-09", "words": "the pump"}
    ok(sent(office, "POST", f"/api/v1/machines/{made['id']}/changes", broke))
    listed = ok(calling["auditor"].get(f"/api/v1/machines?organisation={world.hospital.pk}"))
    waits, works = listed["items"]
    assert (waits["state"], waits["since"], waits["changes"]) == (None, None, [])
    assert (works["state"], works["since"]) == ("DOWN", "2026-10-09")
    assert [c["state"] for c in works["changes"]] == ["WORKS", "DOWN"]
