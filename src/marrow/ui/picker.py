"""A text field that proposes as you type; without JavaScript the whole name can be written."""

from __future__ import annotations

import re
from typing import Any

from django.forms import TextInput
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

_MARKED = re.compile(r"\[([^\[\]]+)\]\s*$")


class Picker(TextInput):
    """An input with a list of proposals, fetched from the page `url` by htmx.

    A proposal reads "Guinea [GN]": the name for people, and in brackets what it is known by.
    `more` is asked along, as "near=…": then the nearest are proposed before a letter is typed.
    """

    more = ""

    def __init__(self, url: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "size": "44", **(attrs or {})})
        self.url = url

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        held = self.build_attrs(self.attrs, attrs)
        proposals = f"{held.get('id', name)}-list"
        held |= {
            "type": "text", "name": name, "value": value or "", "list": proposals,
            "hx-get": f"{reverse(self.url)}?field={name}" + (f"&{self.more}" if self.more else ""),
            "hx-trigger": ("focus once, " if self.more else "") + "input changed delay:200ms",
            "hx-target": f"#{proposals}", "hx-swap": "innerHTML",
        }  # fmt: skip
        return format_html("<input{}><datalist id={}></datalist>", flatatt(held), proposals)


def marked(typed: str) -> str:
    """What stands in the brackets of a proposal; the text itself when nothing does."""
    found = _MARKED.search(typed)
    return found.group(1).strip() if found else typed.strip()
