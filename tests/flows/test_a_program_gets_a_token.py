"""A person makes a token, tries it on the API's page, and ends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from tests.builders.calling import bearing

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


def test_a_token_is_made_tried_and_ended(page: Page, world: dict[str, Account]) -> None:
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill("office")
    page.locator("input[name=password]").fill("correct horse 7")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk/")
    page.goto("/settings/")
    page.get_by_role("link", name="Access tokens").click()
    page.get_by_label("Name").fill("monthly report")
    page.get_by_label("What it may do").select_option("READ")
    page.get_by_role("button", name="Make it").click()
    secret = page.locator("code.token").inner_text()
    assert bearing(secret).get("/api/v1/me").status_code == 200
    page.goto("/api/docs#/missions/list_missions")
    expect(page.get_by_role("heading", name="Marrow")).to_be_visible()
    # the page draws hundreds of operations, on a machine that plays other journeys beside
    page.get_by_role("button", name="Try it out").click(timeout=60_000)
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table tbody .response-col_status").first
    expect(answer).to_contain_text("200")
    page.goto("/settings/tokens/")
    assert secret not in page.content()
    page.get_by_role("button", name="End this token").click()
    expect(page.get_by_text("It opens nothing from now on.")).to_be_visible()
    assert bearing(secret).get("/api/v1/me").status_code == 401
    assert faults == [], "the content policy lets the page be what it is"
