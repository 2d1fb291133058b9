"""A day to come is answered with today, by the page and through the API, and both say so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders.capability import a_service, a_ward, climbed, listed

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_the_page_and_the_api_answer_a_day_to_come_with_today(calling: dict[str, Client]) -> None:
    item = a_service()
    climbed(a_ward(), item, 4, dt.date(2026, 1, 10))
    where, far = listed(item).key, "2099-01-01"
    page = calling["auditor"].get(
        f"/care/list/{where}/?on={far}", headers={"accept-language": "en"}
    )
    assert "2099-01-01 is still to come" in page.content.decode()
    told = _asked(calling, where, far)
    assert told["on"] == timezone.localdate().isoformat()
    assert told == _asked(calling, where, "")


def _asked(calling: dict[str, Client], where: str, on: str) -> Any:
    answer = calling["auditor"].get(f"/api/v1/care/{where}", {"on": on} if on else {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_day_before_all_records_is_told_and_breaks_nothing(calling: dict[str, Client]) -> None:
    key = listed(a_service()).key
    for name in ("on", "known"):
        page = Client().get(f"/care/list/{key}/?{name}=0001-01-01")
        assert (page.status_code, b"is no day" in page.content) == (200, True)
    for question in ("on=0001-01-01", "known_by=0001-01-01T00:00:00%2B14:00"):
        assert calling["auditor"].get(f"/api/v1/care/{key}?{question}").status_code == 422


@pytest.mark.parametrize("asked", ["from=2099-01-01", "from=2099-01-01&until=2026-01-01"])
def test_what_changed_since_a_day_to_come_is_told_until_today_as_its_notice_says(
    calling: dict[str, Client], asked: str
) -> None:
    key, today = listed(a_service()).key, timezone.localdate().isoformat()
    answer = Client().get(
        f"/care/list/{key}/changes/?{asked}", headers={"accept-language": "en"}
    ).content.decode()  # fmt: skip
    assert "2099-01-01 is still to come" in answer
    assert "on=2099" not in answer
    assert 'value="2099' not in answer
    assert f'<th scope="col" class="num">{today}</th></tr>' in answer
