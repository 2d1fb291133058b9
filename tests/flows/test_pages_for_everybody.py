"""Every page in three languages, both themes, on a phone and a desk: axe finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from marrow.accounts.models import Account
from marrow.core.models import Operation
from marrow.directory.demo import COUNTY
from marrow.directory.models import Area
from marrow.missions import demo
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from marrow.sync.actions import end_phone
from tests.acceptance.conftest import NAMED
from tests.builders import ADMIN, NOW, OFFICE, ROOT, in_staff_mode, load_places, personas
from tests.builders.trying import AT_LENGTH
from tests.unit.sync.phones import Phone

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


def seen(pages: Sequence[str], theme: str, width: int) -> Sequence[str]:
    """Each time, half of the pages in two of the views, half in the others: all in both widths and
    themes; with --long every page in every view."""
    half = (theme, width) in (("light", 1280), ("dark", 390))
    return pages if AT_LENGTH else pages[half::2]


@pytest.fixture
def filled(address: str) -> dict[str, Account]:
    load_places(*NAMED.split(), COUNTY)
    demo.fill(OFFICE, NOW)
    return personas(Area.objects.get(code="CN"))


def faults(page: Page, address: str, width: int) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    return looked_over(page, address, width)


def looked_over(page: Page, address: str, width: int) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a page may allow no tag
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [
        f"{address} {v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary'][:200]}"
        for v in found["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return told + ([f"{address} is {wide} wide at {width}"] if wide > width else [])


@pytest.fixture
def sent(filled: dict[str, Account]) -> None:
    """What phones sent: a count that was taken, and two lines that were set aside."""
    batch = Mission.objects.get(series__recipient_area__code="GN", number=30)
    phone = Phone(filled["leader"], "Leader's phone")
    record = phone.count(batch.pk, 3)
    phone.count(batch.pk, 4, record)
    phone.count(batch.pk, 0)
    phone.lines.append(b"[")
    phone.push()
    ended = Phone(filled["member"])
    end_phone(phone=ended.row.pk, by=ADMIN, at=NOW)


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
    public = seen((*PUBLIC, *more), theme, width)
    found = [f for where in public for f in faults(page, where, width)]
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
    inside = seen((*OFFICE_PAGES, *more), theme, width)
    found += [f for where in inside for f in faults(page, where, width)]
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "theme", "width"), VIEWS)
def test_axe_finds_nothing_on_the_pages_of_accounts_and_phones(
    browser: Browser,
    address: str,
    filled: dict[str, Account],
    sent: None,
    language: str,
    theme: str,
    width: int,
) -> None:
    found = []
    office = filled["office"].pk
    for role, pages in (
        ("admin", ("/settings/", "/settings/accounts/", f"/settings/accounts/{office}/",
                   "/settings/staff/", "/settings/invitations/", "/settings/tokens/",
                   "/settings/why/", "/settings/why/?username=office&address=/desk/",
                   "/phones/")),
        ("leader", ("/settings/", "/phones/")),
        ("office", ("/phones/set-aside/",)),
    ):  # fmt: skip
        context = browser.new_context(
            base_url=address, color_scheme=theme, viewport={"width": width, "height": 800},  # type: ignore[arg-type]
            bypass_csp=True,
        )  # fmt: skip
        context.add_cookies([
            {"name": "django_language", "value": language, "url": address},
            {"name": "sessionid", "value": session_of(filled[role]), "url": address},
        ])  # fmt: skip
        page = context.new_page()
        found += [f for where in pages for f in faults(page, where, width)]
        if role == "admin":
            for where in ("/settings/accounts/", f"/settings/accounts/{office}/"):
                page.goto(where)
                forms = page.locator("main form:has(select), main form:has(input[name=username])")
                with page.expect_navigation():
                    forms.first.evaluate("form => form.submit()")  # the browser does not look first
                found += looked_over(page, f"{where} refused", width)
        if role == "office":
            for details in page.locator("main details summary").all():
                details.click()
            found += looked_over(page, "/phones/set-aside/ unfolded", width)
        context.close()
    assert not found, "\n".join(found)


def session_of(account: Account) -> str:
    """The key of a session of this account, in staff mode if it is an administrator's."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    if account.username == "admin":
        in_staff_mode(client)
    return str(client.session.session_key)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "zh-hans", "fr"])
def test_no_name_on_the_map_covers_another_as_this_browser_draws_it(
    browser: Browser, address: str, filled: dict[str, Account], language: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto("/map/")
    names, covered = page.evaluate(COVERED)
    page.goto("/timeline/")
    across, inside = page.evaluate(
        "[...document.querySelectorAll('.timeline')].map(e => [e.scrollWidth, e.clientWidth])[0]"
    )
    context.close()
    assert names > 5
    assert covered == []
    assert across <= inside, "the whole time is seen, nothing scrolls"


COVERED = """() => {
  const told = [...document.querySelectorAll("svg.map text")];
  const boxes = told.map((e) => [e.textContent, e.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  return [told.length, boxes.flatMap(([one, a], n) =>
    boxes.slice(n + 1).filter(([, b]) => meet(a, b)).map(([other]) => [one, other]))];
}"""
