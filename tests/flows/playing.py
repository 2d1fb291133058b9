"""How a story is played in a browser: its clock, and what its people do on pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from marrow.catalogue.models import Item
from marrow.core.jobs import run_one
from tests.builders.calling import now

DAYS = dt.timedelta(days=1)
As = Callable[[str], Page]  # the page of whoever has this user name, signed in


class Clock:
    """The clock of the product, which this story moves ahead."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = dt.timedelta()
        patch.setattr("django.utils.timezone.now", lambda: now() + self.ahead)

    def today(self, days: int = 0) -> str:
        return (timezone.localdate() + days * DAYS).isoformat()

    def wait(self, time: dt.timedelta) -> None:
        """Time passes, and a real worker does what has come due."""
        self.ahead += time
        while run_one("story"):
            pass


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page | Locator, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def fill(page: Page, told: dict[str, str]) -> None:
    """Fill a form in and send it off; what was kept is said on the next page."""
    for label, value in told.items():
        field = page.locator("main").get_by_label(re.compile(rf"^{re.escape(label)}:?$"))
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def keep(page: Page, told: dict[str, str], button: str = "Keep") -> None:
    fill(page, told)
    with page.expect_navigation():  # of an answer that is refused too: its errors are looked for
        press(page, button)
    expect(page.locator("main .error, main .errorlist")).to_have_count(0)


def stage(page: Page, team: str, name: str, on: str) -> None:
    page.goto(team)
    follow(page, "Next stage")
    keep(page, {"Next stage": name, "Since which day": on})
    expect(page.locator("main")).to_contain_text(name)


def signs(page: Page, team: str) -> None:
    page.goto(team.replace("/teams/", "/handovers/of/"))
    follow(page, "Sign")
    page.get_by_label("I read every line of it").check()
    keep(page, {}, "Sign")


def hand_in(page: Page) -> None:
    """Hand the handover in; what it still lacks is ticked off as seen."""
    follow(page, "Hand in")
    expect(page.get_by_role("button", name="Hand in", exact=True)).to_be_visible()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    keep(page, {}, "Hand in")


def propose(page: Page, hospital: str, item: Item, level: str, on: str, cases: int = 0) -> None:
    """Propose a step from the page of a hospital; of a step up, with the cases that show it."""
    page.goto(hospital)
    follow(page, "Propose a step")
    keep(page, {"What is it about": str(item)}, "Next")
    told = {"Level": level, "Since which day": on}
    if cases:
        told |= {"Cases that show it": str(cases), "First case": on, "Last case": on}
        told["How they were done, and with whom"] = "as the register tells"
    keep(page, told)
