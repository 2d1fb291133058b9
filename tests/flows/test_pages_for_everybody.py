"""Every page in three languages, both themes, on a phone and a desk: axe finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from marrow.accounts.models import Account
from marrow.core.models import Operation
from marrow.directory.actions import load_areas
from marrow.directory.gazetteer import places
from marrow.missions import demo
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from tests.acceptance.conftest import NAMED
from tests.builders import NOW, OFFICE, ROOT, personas

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
AXE = ROOT / "field/node_modules/axe-core/axe.min.js"
PUBLIC = ("/", "/map/", "/timeline/", "/programmes/", "/batches/", "/figures/", "/honours/",
          "/memorial/", "/directory/?q=guinea", "/directory/places/GN/", "/documents/", "/sign-in/",
          "/field/", "/code/")  # fmt: skip
OFFICE_PAGES = ("/desk/", "/settings/security/", "/settings/sessions/", "/settings/tokens/",
                "/settings/invitations/",
                "/settings/security/app/", "/findings/", "/imports/", "/journal/", "/settings/",
                "/directory/new/",
                "/directory/doubles/", "/phones/set-aside/", "/jobs/", "/office/programmes/new/",
                "/office/programmes/beijing-teams/change/",
                "/office/programmes/beijing-teams/add/partnership/",
                "/office/programmes/beijing-teams/remember/fallen/")  # fmt: skip
VIEWS = (
    ("en", "light", 1280), ("zh-hans", "dark", 390), ("fr", "light", 390), ("fr", "dark", 1280),
)  # fmt: skip


@pytest.fixture
def filled(address: str) -> dict[str, Account]:
    world = places()
    codes = {code for name in NAMED.split() for code in world[name].path.split("/") if code}
    load_areas(areas=[world[c] for c in world if c in codes], aliases=[], by=OFFICE, at=NOW)
    demo.fill(OFFICE, NOW)
    return personas(next(a for a in world.values() if a.code == "CN"))


def faults(page: Page, address: str, width: int) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [
        f"{address} {v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary'][:200]}"
        for v in found["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return told + ([f"{address} is {wide} wide at {width}"] if wide > width else [])


@pytest.mark.parametrize(("language", "theme", "width"), VIEWS)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(
    browser: Browser,
    address: str,
    filled: dict[str, Account],
    language: str,
    theme: str,
    width: int,
) -> None:
    context = browser.new_context(
        base_url=address, color_scheme=theme, viewport={"width": width, "height": 800},  # type: ignore[arg-type]
        bypass_csp=True,
    )  # fmt: skip
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    batch = Mission.objects.get(series__recipient_area__code="GN", number=30)
    more = [f"/programmes/{p.key}/" for p in Programme.objects.all()[:4]]
    more += [f"/batches/{batch.pk}/", f"/series/{batch.series_id}/", f"/facts/{batch.pk}/size/"]
    found = [f for where in (*PUBLIC, *more) for f in faults(page, where, width)]
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill("office")
    page.locator("input[name=password]").fill("correct horse 7")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk/")
    act = Operation.objects.filter(model="missions.mission")[0].act
    more = [
        f"/history/missions.mission/{batch.pk}/", f"/journal/acts/{act}/", f"/journal/undo/{act}/",
        f"/office/missions/{batch.pk}/change/", f"/office/series/{batch.series_id}/batches/",
    ]  # fmt: skip
    found += [f for where in (*OFFICE_PAGES, *more) for f in faults(page, where, width)]
    context.close()
    assert not found, "\n".join(found)
