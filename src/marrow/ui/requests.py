"""A request as Marrow's views get it: with its viewer, and htmx's word about it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from marrow.core.viewer import Viewer

LONGEST = 9  # digits of a number in an address


class MarrowRequest(HttpRequest):
    viewer: Viewer
    htmx: HtmxDetails


def asked_from(request: MarrowRequest) -> tuple[str, dict[str, str]]:
    """The page on which htmx acts, as far as the browser says: its path, and what it asks for."""
    told = urlsplit(request.htmx.current_url_abs_path or "")
    return told.path, dict(parse_qsl(told.query)[:20])


def asked_number(request: HttpRequest, name: str = "page", default: int = 1) -> int:
    """A number of the address ("?page=3"), at least 1; the default for everything else."""
    text = request.GET.get(name, "")
    good = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return max(int(text), 1) if good else default
