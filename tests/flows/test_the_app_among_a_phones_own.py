"""The field app is put among a phone's own: the browser finds all that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.builders import a_batch, a_series
from tests.flows.test_a_visit_from_a_phone import begin
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
OFFERS = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = async () => { window.asked = (window.asked ?? 0) + 1; };
  dispatchEvent(offer);
}"""


def test_a_browser_may_install_the_app_and_its_name_is_in_the_readers_language(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    browser = context.new_cdp_session(page)
    assert browser.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    asked = page.locator("link[rel=manifest]").get_attribute("href")
    assert asked
    assert asked == browser.send("Page.getAppManifest")["url"].removeprefix(_origin(page))
    told: dict[str, Any] = page.request.get(asked).json()
    assert (told["start_url"], told["scope"], told["display"]) == (
        "/field/", "/field/", "standalone",
    )  # fmt: skip
    for icon in told["icons"]:
        drawn = page.evaluate(
            "src => new Promise((ok, no) => { const image = new Image(); image.onerror = no;"
            " image.onload = () => ok(`${image.naturalWidth}x${image.naturalHeight}`);"
            " image.src = src; })",
            icon["src"],
        )
        assert drawn == icon["sizes"]
    french = page.request.get("/field/fr.webmanifest").json()
    assert (french["lang"], french["name"]) == ("fr", "Application de terrain · Marrow")
    assert page.request.get("/field/de.webmanifest").status == 404


def test_where_the_browser_offers_it_the_app_is_put_on_the_phone_with_one_touch(
    sign_in: Callable[[str], Page],
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    put = page.get_by_role("button", name="Put the app on this phone")
    expect(put).to_have_count(0)
    page.evaluate(OFFERS)
    to(page, "safe")
    put.click()
    expect(put).to_have_count(0)
    assert page.evaluate("window.asked") == 1


def _origin(page: Page) -> str:
    return str(page.evaluate("location.origin"))
