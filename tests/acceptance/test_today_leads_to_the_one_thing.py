"""A line of Today has one link; work is ticked off on its own page, not in passing."""

from __future__ import annotations

import datetime as dt
import re
from uuid import UUID

import pytest
from django.test import Client

from marrow.directory.models import Area
from marrow.sources.models import WorkItem
from tests.builders import NOW, a_batch

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def item(places: dict[str, Area]) -> UUID:
    row = WorkItem.objects.create(
        key="w", code="A_CHECK", role="office", opened_at=NOW, about_model="missions.mission",
        about=a_batch(20).pk, due_on=NOW.date(),
    )  # fmt: skip
    return row.pk


def test_each_line_of_today_has_one_link(item: UUID, signed_in: dict[str, Client]) -> None:
    page = signed_in["office"].get("/desk/", headers={"accept-language": "en"}).content.decode()
    lines = re.findall(r'<div class="do">(.*?)<div class="small muted">', page, re.DOTALL)
    assert lines
    assert all(line.count("<a ") == 1 and "<button" not in line for line in lines)
    assert f'href="/waiting/{item}/"' in page


def test_work_is_ticked_off_on_its_own_page(item: UUID, signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    where = f"/waiting/{item}/"
    page = office.get(where, headers={"accept-language": "en"}).content.decode()
    assert "By when" in page
    assert f'action="{where}done/"' in page
    assert signed_in["member"].get(where).status_code == 404, "it waits for an office"
    assert office.post(f"{where}done/").status_code == 302
    assert office.get(where).status_code == 404, "nothing waits any more"


def test_a_call_for_help_stands_before_a_longer_silence(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    for code, key, due in (("POST_SILENT_1", "s", NOW - 3 * DAY), ("POST_HELP", "h", NOW)):
        WorkItem.objects.create(
            key=key, code=code, role="office", opened_at=NOW, about_model="missions.mission",
            about=a_batch(20 + len(key + code)).pk, due_on=due.date(),
            params={"team": "A team", "who": "Li Test", "hours": 41, "since": "2026-01-01"},
        )  # fmt: skip
    page = signed_in["office"].get("/desk/", headers={"accept-language": "en"}).content.decode()
    first, second = re.findall(r'<div class="do">(.*?)</div>', page, re.DOTALL)[:2]
    assert ("help" in first, "help" in second) == (True, False), (first, second)
