"""The first minute of a demonstration: four steps on the page itself, gone when they were read."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.sources.models import WorkItem
from tests.builders import NOW

pytestmark = [pytest.mark.django_db]


def test_it_stands_on_todays_page_of_the_demonstration_until_it_was_read(
    signed_in: dict[str, Client], settings: Any
) -> None:
    settings.DEMO = True
    office = signed_in["office"]
    page = office.get("/desk/").content.decode()
    assert page.count("<li>", page.index('class="guide"'), page.index("I have seen it")) == 4
    assert office.post("/desk/guide/end/").status_code == 302
    assert 'class="guide"' not in office.get("/desk/").content.decode()


def test_it_is_no_part_of_a_live_installation(signed_in: dict[str, Client], settings: Any) -> None:
    settings.DEMO = False
    assert 'class="guide"' not in signed_in["office"].get("/desk/").content.decode()


def test_its_hours_of_silence_are_those_of_the_line_below(
    signed_in: dict[str, Client], settings: Any
) -> None:
    settings.DEMO = True
    watch, since = uuid4(), dt.datetime.now(dt.UTC) - dt.timedelta(hours=50, minutes=5)
    told = {"hours": "41", "since": f"{since:%Y-%m-%d %H:%M} UTC", "contact": "–"}
    WorkItem.objects.create(
        id=uuid4(), key="silent:a", code="POST_SILENT_2", about_model="posts.watch", about=watch,
        params=told, role="office", opened_at=NOW, due_on=NOW.date(),
    )  # fmt: skip
    page = signed_in["office"].get("/desk/").content.decode()
    assert "A team far away has been silent for 50 hours" in page
    assert "for 50 hours (since" in page
    WorkItem.objects.update(done_at=NOW)
    page = signed_in["office"].get("/desk/").content.decode()
    assert "nobody has heard is unknown, never safe" in page
