"""The first minute of a demonstration: four steps on the page itself, gone when they were read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

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
