"""A7 in a real browser: two months of work in a base of an older form, opened by today's app.

Nothing of it is lost, and all of it arrives, once. How long the app takes to start with it is told
and not judged: a machine that does much else says little of a phone.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Request, expect

from marrow.accounts.models import Account
from marrow.activity.models import Deed, Visits
from marrow.core.journal.verifying import verify
from marrow.missions.models import Mission
from marrow.sync.models import Installation, Receipt, SentFile
from marrow.sync.queries import broken_chains
from marrow.sync.rules.schemas import UPCASTERS
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.older_base import AGES, HELD, KEEPS_KEYS, STANDS
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, unlock
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.long, pytest.mark.django_db(transaction=True)]
RECORDS, SHOTS = 2400, 60  # of sixty days
LINES = RECORDS + SHOTS
SILENT = dt.timedelta(days=200)
MOST_BYTES = 512 * 1024


@pytest.fixture
def team(world: dict[str, Account], settings: LazySettings, tmp_path: Path) -> Team:
    """On post for two months, and more forms of a record than the phone ever heard of."""
    settings.UPLOADS = tmp_path / "uploads"
    made = a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    Mission.objects.filter(pk=made.mission.pk).update(departed_on="2026-09-19")
    return made


def photographs(many: int) -> list[str]:
    """Small ones, no two alike, as base64."""
    found = []
    for n in range(many):
        drawn = io.BytesIO()
        Image.new("RGB", (64, 48), (n * 4, 90, 250 - n * 4)).save(drawn, "JPEG")
        found.append(base64.b64encode(drawn.getvalue()).decode())
    return found


def came_back(page: Page, waiting: str) -> tuple[float, float]:
    """Seconds from nothing to the lock, and from the passcode to what waits on this phone."""
    begun = time.monotonic()
    page.goto("/field/")
    ready(page)
    page.get_by_label("Passcode").wait_for()
    locked = time.monotonic()
    unlock(page)
    expect(page.locator("#waiting")).to_have_text(waiting, timeout=60_000)
    return locked - begun, time.monotonic() - locked


def two_months_with_an_older_app(page: Page, team: Team) -> dict[str, Any]:
    """What the leader began with today's app becomes what an older one left, lines and all; a form
    stands half written. How many lines there are, and the chain's hash after the last."""
    page.context.add_init_script(HELD)
    begin(page)
    to(page, "record/LECTURE")
    page.get_by_label("How many people it reached").fill("12")
    page.wait_for_selector("form[data-draft=kept]")
    page.evaluate(KEEPS_KEYS)
    page.goto("/sign-in/")
    place = {"organisation": str(team.site.organisation_id), "mission": str(team.mission.pk)}
    told = {"records": RECORDS, "shots": photographs(SHOTS), "place": place}
    made: dict[str, Any] = page.evaluate(AGES, told | {"first": "2026-09-20T08:00:00Z"})
    assert made["lines"] == LINES
    return made


def signs_in_where_it_is_asked(page: Page) -> None:
    page.get_by_text("Sign in once under your own name").wait_for()
    assert not Deed.objects.exists(), "a phone that was silent for so long opens nothing"
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("User name").fill("leader")
    page.get_by_label("Password").fill("correct horse 7")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/field/**")
    ready(page)


def sent(page: Page) -> tuple[float, int]:
    """How long it took until all was sent, s, and the bytes of lines that went over the wire."""
    sizes = list[int]()

    def measured(request: Request) -> None:
        if request.url.endswith("/sync/v1"):
            sizes.append(len(request.post_data_buffer or b""))

    page.on("request", measured)
    begun = time.monotonic()
    unlock(page)
    expect(page.locator("#waiting")).to_have_text("All sent.", timeout=300_000)
    return time.monotonic() - begun, sum(sizes)


def test_a7_two_months_in_an_older_base_are_opened_by_todays_app_and_all_of_it_arrives_once(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    page = sign_in("leader")
    older = two_months_with_an_older_app(page, team)
    # meanwhile nobody is signed in there any more, and the server knows forms that are to come
    context.clear_cookies()
    Installation.objects.update(seen_at=dt.datetime.now(dt.UTC) - SILENT)
    for schema in (2, 3):
        monkeypatch.setitem(UPCASTERS, ("record", schema), lambda line: line)

    context.set_offline(True)
    first, again = (came_back(page, f"{LINES} only on this phone") for _n in range(2))
    assert page.evaluate(STANDS) == {
        "version": 30, "ops": LINES, "recs": RECORDS, "blobs": SHOTS, "chunks": SHOTS, "drafts": 1,
        "tables": ["blobs", "chunks", "drafts", "kept", "meta", "ops", "recs", "seen"],
    }  # fmt: skip
    count(page, 7)
    expect(page.locator("#waiting")).to_have_text(f"{LINES + 1} only on this phone")
    context.set_offline(False)
    signs_in_where_it_is_asked(page)
    seconds, size = sent(page)

    assert (Deed.objects.count(), SentFile.objects.count()) == (RECORDS, SHOTS)
    assert list(Visits.objects.values_list("count", flat=True)) == [7]
    assert Installation.objects.count() == 1, "it stays the phone that it was"
    assert set(Receipt.objects.values_list("outcome", flat=True)) == {"NEW"}
    assert Receipt.objects.get(q=LINES).hash == older["h"], "each byte as it was kept"
    assert list(broken_chains()) == []
    assert not verify().broken
    assert size <= MOST_BYTES
    to(page, "record/LECTURE")
    expect(page.get_by_label("How many people it reached")).to_have_value("12")
    with capsys.disabled():
        print(  # noqa: T201  how long the app takes to start with it is what this test tells
            f"\nA7: {RECORDS} records and {SHOTS} photographs of an older base, no network: to the"
            f" lock {first[0]:.2f} s, from the passcode {first[1]:.2f} s (the second time"
            f" {again[0]:.2f} s, {again[1]:.2f} s); sent in {seconds:.0f} s, {size} bytes of lines"
        )
