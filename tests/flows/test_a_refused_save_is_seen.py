"""Why a form was not saved is read on a small phone right above the button that was pressed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from marrow.accounts.models import Account
from tests.builders.on_post import a_team_on_post
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, ready
from tests.flows.test_photographs_on_a_phone import FORGETS, plain
from tests.flows.test_the_phone_for_everybody import PICTURES, SMALL, looked_at, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 640}, {"width": 390, "height": 844})


@pytest.fixture
def phone(
    sign_in: Callable[[str], Page], world: dict[str, Account], settings: LazySettings,
    tmp_path: Path,
) -> Page:  # fmt: skip
    settings.UPLOADS = tmp_path / "uploads"
    a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    page = sign_in("leader")
    begin(page)
    return page


def in_tongue(page: Page, tongue: str) -> None:
    page.evaluate("to => localStorage.setItem('marrow-tongue', to)", tongue)
    page.reload()
    ready(page)
    page.locator("input[name=passcode]").fill(PASSCODE)
    page.locator("button[type=submit]:visible").click()
    page.wait_for_selector(".big")


#: tops and bottoms in px of the words, the button and what is at fault; what lies on the words
SEEN = """() => {
  const [note, button] = ["form .stands .note", "form button.main"].map(
    one => document.querySelector(one));
  const box = one => { const r = one.getBoundingClientRect(); return [r.top, r.bottom]; };
  const at = note.getBoundingClientRect();
  const over = document.elementFromPoint(at.left + 5, (at.top + at.bottom) / 2);
  const marked = document.querySelector("form .amiss, form [aria-invalid]");
  return { note: box(note), button: box(button), free: over === note,
           fault: marked && box(marked), foot: box(note.parentElement)[0] };
}"""


def refused(page: Page, name: str) -> None:
    """Press Save where one stands; the words are on the screen, whole, and above the button."""
    page.locator("form button.main").dblclick()
    expect(page.locator("form .stands .note")).not_to_be_empty()
    page.wait_for_timeout(100)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"refused-{name}.png")
    told = page.evaluate(SEEN)
    assert page.viewport_size is not None
    height = page.viewport_size["height"]
    assert 0 < told["note"][0] < told["note"][1] <= told["button"][0], name
    assert told["button"][1] <= height, name
    assert told["free"], f"{name}: something lies on the words"
    assert "picture" in name or told["fault"], f"{name}: nothing is marked"
    if told["fault"]:
        assert 0 <= told["fault"][0] < told["fault"][1] <= told["foot"], f"{name}: out of sight"


def with_a_picture_gone(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".shots img")).to_have_count(1)
    page.wait_for_timeout(200)  # its draft is kept
    page.evaluate(FORGETS, 0)


def in_sight(page: Page) -> None:
    """The photograph that is gone, with its button, and not under the foot."""
    box, foot = (page.locator(one).bounding_box() for one in (".shots figure", ".stands"))
    assert box is not None
    assert foot is not None
    assert 0 <= box["y"] < box["y"] + box["height"] <= foot["y"]


@pytest.mark.parametrize("tongue", ["fr", "zh", "en"])
def test_why_nothing_was_saved_stands_above_the_button_and_what_is_at_fault_is_in_sight(
    phone: Page, tongue: str, tmp_path: Path
) -> None:
    if tongue != "en":
        in_tongue(phone, tongue)
    file = plain(tmp_path, 1)[0]
    for size in SIZES:
        phone.set_viewport_size(size)
        name = f"{tongue}-{size['width']}"
        for screen in ("OPERATION", "TRAINED", "VOICE", "DEMONSTRATION"):
            to(phone, f"record/{screen}")
            refused(phone, f"{screen}-{name}")
        to(phone, "record/ADMISSION")
        phone.locator("form input[type=search]").fill("xyz")
        refused(phone, f"not-chosen-{name}")
        to(phone, "record/LECTURE")
        phone.locator("input[name=reached]").fill("12")
        with_a_picture_gone(phone, file)
        refused(phone, f"LECTURE-picture-{name}")
        in_sight(phone)
        phone.locator(".shots button").click()
        expect(phone.locator("form .stands .note"), "it is no more so").to_be_empty()
        to(phone, "ask/new")
        refused(phone, f"ask-{name}")
        phone.evaluate("window.scrollTo(0, 0)")
        refused(phone, f"ask-from-its-head-{name}")


def test_a_question_whose_photograph_is_gone_says_so_where_save_was_pressed(
    phone: Page, tmp_path: Path
) -> None:
    in_tongue(phone, "fr")
    phone.set_viewport_size(SIZES[0])
    to(phone, "ask/new")
    for name, value in (
        ("story", "Éruption depuis cinq jours."),
        ("question", "Quelle est-elle ?"),
    ):
        phone.locator(f"[name={name}]").fill(value)
    agreed = (("specialty", "PAEDIATRICS"), ("consent_by", "GUARDIAN"), ("consent_how", "SPOKEN"))
    for name, value in agreed:
        phone.locator(f"[name={name}]").select_option(value)
    file = tmp_path / "upright.jpg"
    Image.new("RGB", (900, 1200), (90, 120, 90)).save(file)
    with_a_picture_gone(phone, file)
    refused(phone, "ask-picture")
    in_sight(phone)
    assert not looked_at(phone, "refused-ask")


def test_names_that_the_office_would_not_take_are_refused_before_they_are_called_saved(
    phone: Page,
) -> None:
    names = phone.locator("textarea[name=attendees]")
    for tongue, many, long in (
        ("en", "at most 500 names", "longer than 120 letters"),
        ("zh", "最多500个姓名", "超过120个字"),
        ("fr", "au plus 500 noms", "dépasse 120 lettres"),
    ):
        in_tongue(phone, tongue)
        to(phone, "record/TRAINED")
        phone.locator("input[name=kind]").first.check()
        if not names.is_visible():
            phone.locator("form details summary").first.click()
        for text, words in ((", ".join(f"Dr {n}" for n in range(501)), many), ("王" * 121, long)):
            names.fill(text)
            refused(phone, f"names-{tongue}")
            expect(phone.locator("form .stands .note")).to_contain_text(words)
    names.fill("王伟、李娜、张敏、刘洋、陈静、杨磊")
    expect(phone.locator("input[name=count]")).to_have_value("6")


def test_what_a_form_goes_to_lies_under_neither_end_of_the_screen(
    phone: Page, tmp_path: Path
) -> None:
    """A thumb that means *Take out* does not press Save."""
    phone.set_viewport_size(SMALL)  # type: ignore[arg-type]
    to(phone, "record/LECTURE")
    phone.locator("input[type=file]").set_input_files(plain(tmp_path, 2))
    expect(phone.locator(".shots img")).to_have_count(2)
    for control in phone.locator("form :is(input:not([type=hidden]), select, .shots button)").all():
        phone.evaluate("window.scrollTo(0, 0)")
        control.focus()
        under = control.evaluate("""one => one.getBoundingClientRect().bottom
            - document.querySelector(".stands").getBoundingClientRect().top""")
        assert under <= 0 or not control.is_visible(), control.evaluate("one => one.outerHTML")
