"""A question asked on a phone with a photograph: a specialist sees it once its bytes are here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.consults.actions import take
from marrow.consults.models import Consult, Photo
from marrow.sync.models import Receipt, SentFile
from tests.builders import NOW
from tests.builders.on_post import a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_visit_from_a_phone import begin, ready, send, unlock
from tests.flows.test_the_phone_for_everybody import SMALL, looked_at, saves, to
from tests.flows.test_what_a_phone_hands_on import a_large_photograph

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


def asks(page: Page, file: Path) -> None:
    """All but the last press."""
    page.get_by_label("Which specialty").select_option("PAEDIATRICS")
    page.get_by_label("The case").fill("A rash for five days.")
    page.get_by_label("Your question").fill("What is this rash?")
    page.locator("select[name=age]").select_option("CHILD")
    page.get_by_label("Who agreed").select_option("GUARDIAN")
    page.get_by_label("How they agreed").select_option("SPOKEN")
    page.get_by_label("Photograph").set_input_files(file)
    expect(page.locator(".shots img")).to_have_count(1)


def test_a_specialist_sees_the_photograph_that_was_asked_about_with_no_network(
    as_: As, world: dict[str, Account], settings: LazySettings, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    page = as_("member")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    page.wait_for_function("document.querySelector('#waiting')?.textContent === 'All sent.'")
    page.context.set_offline(True)
    to(page, "ask/new")
    asks(page, a_large_photograph(tmp_path / "a.jpg"))
    assert not looked_at(page, "ask-photograph")
    page.reload()
    ready(page)
    unlock(page)
    page.wait_for_selector(".big")
    to(page, "ask/new")
    expect(page.locator(".shots img"), "its draft keeps it").to_have_count(1)
    saves(page)
    page.get_by_role("link", name="What is this rash?").click()
    expect(page.locator(".shots figcaption")).to_have_count(1)
    page.context.set_offline(False)
    send(page)
    case, photo = Consult.objects.get(), Photo.objects.get()
    assert (photo.consult_id, photo.width <= 1280) == (case.pk, True)
    assert not SentFile.objects.exists(), "it lies under the key of its case alone"
    assert not Receipt.objects.filter(outcome="QUARANTINED").exists()
    take(consult=case.pk, by=viewer_of(world["specialist"]), at=NOW)
    office = as_("specialist")
    office.goto(f"/consults/{case.pk}/")
    image = office.locator("#photos img")
    expect(image).to_have_count(1)
    assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
