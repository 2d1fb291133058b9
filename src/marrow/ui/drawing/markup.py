"""Elements of SVG and HTML as text, always escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

Value = str | int | float

# XML allows no control characters, not even as references
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"(https?:)?/|[#?]")


def text(value: Value) -> str:
    """Any words as character data, for content and quoted attributes alike."""
    return html.escape(_UNPRINTABLE.sub("", _plain(value)))


def element(name: str, attributes: Mapping[str, Value], *inner: str) -> str:
    """One element; `inner` is markup already. Attributes with the value "" are left out."""
    told = "".join(f' {key}="{text(value)}"' for key, value in attributes.items() if value != "")
    return f"<{name}{told}>{''.join(inner)}</{name}>"


def link(href: str, attributes: Mapping[str, Value], *inner: str, instead: str = "g") -> str:
    """An `<a>`; where the address is empty or would run a script, `instead` holds the content."""
    if not _ADDRESS.match(href):
        return element(instead, attributes, *inner)
    return element("a", {"href": href, **attributes}, *inner)


def _plain(value: Value) -> str:
    """Numbers in at most a tenth of a unit: finer is invisible and only costs bytes."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
