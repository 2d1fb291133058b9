"""At 360 px a curve keeps its axis, a table that scrolls says so, years stand over their levels."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page

from tests.builders import NOW
from tests.builders.capability import Ward, a_service, a_ward, climbed, listed

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
YEAR = dt.timedelta(days=365)


@pytest.fixture
def phone(browser: Browser, address: str, world: object) -> Page:
    made = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    return made.new_page()


def ten_years() -> tuple[Ward, str]:
    ward, items = a_ward(), [a_service(f"Technique {n}") for n in range(1, 4)]
    for number, item in enumerate(items):
        climbed(ward, item, 2, NOW.date() - (10 - number) * YEAR)
        climbed(ward, item, 4, NOW.date() - (5 - number) * YEAR)
    return ward, listed(*items).key


def test_figures_can_be_read_on_a_narrow_phone(phone: Page) -> None:
    ward, key = ten_years()
    phone.goto(f"/care/at/{ward.hospital.pk}/")
    axis = phone.locator(".curves-axis text")
    assert axis.last.is_visible()
    for number in axis.all():
        at = number.bounding_box()
        assert at is not None
        assert at["x"] >= 0
    last = phone.locator(".curves text", has_text="locals:").bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 360  # its end stands first
    heads = phone.locator("#ladder thead th:visible")
    cells = phone.locator("#ladder tbody tr:nth-child(2) td:not(.small):visible")
    over = [one.bounding_box() for one in heads.all()]
    under = [one.bounding_box() for one in cells.all()]
    assert len(over) == len(under) > 3
    for head, cell in zip(over, under, strict=True):
        assert head is not None
        assert cell is not None
        assert abs(head["x"] - cell["x"]) < 1
    phone.goto(f"/care/list/{key}/changes/")
    table = phone.locator(".wide").first
    assert table.evaluate("t => t.scrollWidth > t.clientWidth")
    table.focus()
    phone.keyboard.press("ArrowRight")
    phone.wait_for_timeout(500)  # it scrolls smoothly
    assert table.evaluate("t => t.scrollLeft") > 0
    assert "gradient" in table.evaluate("t => getComputedStyle(t).backgroundImage")


@pytest.mark.parametrize(
    ("tongue", "name"), [("fr-FR", "équipes locales\u00a0:"), ("zh-CN", "本地：")]
)
def test_the_number_at_the_end_of_a_curve_is_not_cut(
    browser: Browser, address: str, world: object, tongue: str, name: str
) -> None:
    _ward, key = ten_years()
    made = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, locale=tongue
    )
    page = made.new_page()
    page.goto(f"/care/list/{key}/")
    box = page.locator(".curves-box").bounding_box()
    last = page.locator(".curves text", has_text=name).first.bounding_box()
    assert box is not None
    assert last is not None
    assert last["x"] + last["width"] <= box["x"] + box["width"]
