"""A link that takes everything and answers nothing: the phone locks, starts and opens all the same.

Who is signed in on a phone shuts nobody out who has something on it.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.activity.models import Visits
from marrow.sync.models import Installation
from tests.builders import a_batch, a_series
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, count, ready, unlock

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
AT_ONCE = 4_000  # ms on a busy machine: far less than the 25 s that a dead link is waited for


class Line:
    """What stands between a phone and the server; once it hangs, nothing comes through it."""

    def __init__(self, behind: int) -> None:
        self.behind, self.hangs, self.over = behind, False, threading.Event()
        self.loses = False  # what hung comes through never, also when the line is good again
        self.hung = threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self.door.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):  # the door is closed at the end
            while not self.over.is_set():
                near, _where = self.door.accept()
                far = socket.create_connection(("127.0.0.1", self.behind))
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if hung := self.hangs:
                    self.hung.set()
                while (self.hangs or (hung and self.loses)) and not self.over.wait(0.05):
                    pass
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@pytest.fixture
def line(transactional_db: None, live_server: Any) -> Iterator[Line]:
    made = Line(int(str(live_server.url).rsplit(":", 1)[1]))
    yield made
    made.over.set()
    made.door.close()


@pytest.fixture
def address(line: Line) -> str:
    return f"http://localhost:{line.port}"


def comes_in(page: Page, role: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(role)
    page.get_by_label("Password").fill("correct horse 7")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")


def test_lock_takes_what_was_read_off_the_screen_at_once(
    sign_in: Callable[[str], Page], context: BrowserContext, line: Line
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    count(page, 7)
    expect(page.locator(".log")).to_contain_text("Visits × 7")
    line.hangs = True
    context.set_offline(False)
    left = page.evaluate(
        """() => {
          [...document.querySelectorAll("button")].find(one => one.textContent === "Lock").click();
          return document.querySelector("#field").textContent;
        }"""
    )
    assert "Visits" not in left, "it goes with the touch, whatever is waited for"
    expect(page.get_by_label("Passcode")).to_be_visible(timeout=AT_ONCE)
    unlock(page)
    expect(page.locator(".log")).to_contain_text("Visits × 7")


def test_the_app_starts_and_opens_on_a_link_that_hangs(
    sign_in: Callable[[str], Page], context: BrowserContext, line: Line
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    line.hangs = True
    page.reload(wait_until="commit", timeout=2 * AT_ONCE)
    expect(page.get_by_label("Passcode")).to_be_visible(timeout=AT_ONCE)
    unlock(page)
    count(page, 4)
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    line.hangs = False
    expect(page.locator("#waiting")).to_have_text("All sent.", timeout=60_000)
    assert Visits.objects.get().count == 4


def test_a_network_that_comes_is_used_at_once_whatever_hung_on_the_one_before(
    sign_in: Callable[[str], Page], line: Line
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    line.hangs = line.loses = True
    count(page, 4)
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    assert line.hung.wait(15), "the phone asks, and hears nothing"
    line.hangs = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#waiting")).to_have_text("All sent.", timeout=2 * AT_ONCE)
    assert Visits.objects.get().count == 4


def test_who_is_signed_in_shuts_nobody_out_who_has_records_on_the_phone(
    sign_in: Callable[[str], Page], context: BrowserContext, world: dict[str, Account]
) -> None:
    page = sign_in("member")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    count(page, 6)
    context.set_offline(False)
    context.clear_cookies()
    comes_in(page, "leader")
    page.goto("/field/")
    ready(page)
    expect(page.get_by_role("button", name="Begin as")).to_be_visible()
    unlock(page)
    expect(page.locator(".log")).to_contain_text("Visits × 6")
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert Visits.objects.get().count == 6, "sent under the member's own name"
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("button", name="Begin as").click()
    page.get_by_label("Passcode").fill(PASSCODE)
    page.get_by_label("Once more").fill(PASSCODE)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("link", name="Record visits")).to_be_visible()
    expect(page.locator(".log")).to_have_count(0)
    people = set(Installation.objects.values_list("account", flat=True))
    assert people == {world["member"].pk, world["leader"].pk}
