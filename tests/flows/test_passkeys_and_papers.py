"""A passkey made and used in a real browser; an invitation on paper that opens an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from marrow.accounts.models import Account, AccountMark
from marrow.core.journal.verifying import verify

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def device(context: BrowserContext, page: Page) -> Any:
    """A phone that holds passkeys and knows its owner's finger."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def test_a_passkey_is_added_and_signs_in_alone(
    device: Any, sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("office")
    page.goto("/settings/")
    page.get_by_role("link", name="Security of your account").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill("correct horse 7")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("What you call this device").fill("Office phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Codes on paper")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.locator("main")).to_contain_text("Office phone")

    context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/desk/")
    page.goto("/settings/sessions/")
    expect(page.locator("main")).to_contain_text("this one")
    assert AccountMark.objects.filter(what="FACTOR_ADDED").exists()

    context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("office")
    page.get_by_label("Password").fill("correct horse 7")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/desk/")


def test_a_closed_account_is_not_let_in_by_its_passkey(
    device: Any, sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("unit")
    page.goto("/settings/security/passkeys/add/")
    page.get_by_label("Password").fill("correct horse 7")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Codes on paper")).to_be_visible()
    Account.objects.filter(username="unit").update(is_active=False)
    context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator("main")).to_contain_text("do not belong together")


def test_somebody_is_invited_by_paper_and_opens_their_account(
    browser: Browser, address: str, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("office")
    page.goto("/settings/")
    page.get_by_role("listitem").filter(has_text="Invitations on paper").get_by_role("link").click()
    page.get_by_label("Person's name").fill("Aminata Test")
    page.get_by_label("Role").first.select_option("recipient")
    page.get_by_label("Scope").first.select_option("area")
    page.get_by_label("Limited to").first.fill("GN")
    page.get_by_label("Language of the paper").select_option("fr")
    page.get_by_role("button", name="Make the paper").click()
    code = page.locator("#code").inner_text()
    assert re.fullmatch(r"(\w{4}-){4}\w{4}", code)
    expect(page.locator(".paper")).to_contain_text("Vous êtes invité")

    other = browser.new_context(base_url=address, locale="fr-FR").new_page()
    other.goto("/sign-in/")
    other.get_by_role("link", name="J’ai un code sur papier").click()
    other.get_by_label("Code").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Continuer").click()
    expect(other.get_by_role("heading", name="Bienvenue, Aminata Test")).to_be_visible()
    other.get_by_label("Nom d’utilisateur").fill("aminata")
    other.get_by_label("mot de passe").fill("correct horse 8")
    other.get_by_role("button", name="Ouvrir mon compte").click()
    other.wait_for_url("**/hospital/**")
    other.context.close()

    page.goto("/settings/invitations/")
    expect(page.locator("table")).to_contain_text("accepted")
    assert Account.objects.get(username="aminata").grants.get().role == "recipient"
    assert not verify().broken
