"""Forms as a browser sends them: with all that stands hidden in them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

FORM = re.compile(r"<form[^>]*>.*?</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]*? value="([^"]*)"')


def text(answer: Any) -> str:
    return str(answer.content.decode())


def opened(browser: Client, page: str, with_button: str = "") -> dict[str, str]:
    """The hidden fields of the form of a page that has this button."""
    answer = browser.get(page)
    assert answer.status_code == 200, page
    return hidden_of(text(answer), with_button)


def hidden_of(page: str, with_button: str = "") -> dict[str, str]:
    main = page.split("<main")[1]
    form = next(f for f in FORM.findall(main) if with_button in f)
    return {name: unescape(value) for name, value in HIDDEN.findall(form)}


def slip_on(browser: Client, page: str) -> str:
    return opened(browser, page)["slip"]
