"""Pages of a list by cursor: what is added meanwhile moves nothing that was read already.

A cursor is the place of the last row in the list's order, signed, so that it can be nothing else.
The order ends in something that only one row has.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from marrow.ui.rest.answers import Told
from marrow.ui.rest.problems import Invalid, fault

MOST = 200
MAC = 8  # bytes


class Window(Schema):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="Rows of a page.")] = 50
    cursor: Annotated[
        str, Field(max_length=600, description="`next` of the page before; nothing is the start.")
    ] = ""


InPages = Annotated[Window, Query()]
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one page, and the cursor of the next ('' at the end)."""

    rows: list[Any]
    after: str


def part_of(rows: Rows, window: Window, order: Sequence[str], about: str) -> Part:
    """The part of a queryset (of rows or of `.values`) that a window asks for.

    `order` names columns, `-` before what runs down; the last one is unique. `about` ties the
    cursor to this list with these filters.
    """
    names = [name.removeprefix("-") for name in order]
    if window.cursor:
        rows = rows.filter(_beyond(order, _read(rows.model, names, window.cursor, about)))
    found = list(rows.order_by(*order)[: window.limit + 1])
    shown = found[: window.limit]
    if len(found) <= window.limit:
        return Part(shown, "")
    last = shown[-1]
    place = [last[n] if isinstance(last, dict) else getattr(last, n) for n in names]
    return Part(shown, _written(place, about))


def _beyond(order: Sequence[str], place: Sequence[Any]) -> Q:
    """Rows that come after a place, column by column."""
    found, same = Q(), Q()
    for name, value in zip(order, place, strict=True):
        column = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        found |= same & Q(**{f"{column}__{step}": value})
        same &= Q(**{column: value})
    return found


def _written(place: Sequence[Any], about: str) -> str:
    told = orjson.dumps(place, default=str)
    return base64.urlsafe_b64encode(_mac(told, about) + told).decode().rstrip("=")


def _read(model: type[Model], names: Sequence[str], cursor: str, about: str) -> list[Any]:
    try:
        data = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        data = b""
    mac, told = data[:MAC], data[MAC:]
    if not hmac.compare_digest(mac, _mac(told, about)):
        message = _("This is no cursor of this list. Use “next” as it was given.")
        raise Invalid([fault("cursor", "bad-cursor", message)])
    return [
        model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in zip(names, orjson.loads(told), strict=True)
    ]


def _mac(told: bytes, about: str) -> bytes:
    return hmac.new(_key(), about.encode() + b"\0" + told, hashlib.sha256).digest()[:MAC]


@functools.cache
def _key() -> bytes:
    return hashlib.sha256(b"marrow cursors:" + settings.SECRET_KEY.encode()).digest()


def page(request: HttpRequest, part: Part, show: Callable[[Any], Told] | None = None) -> Told:
    """A page as it is sent: its rows, and the address of the next."""
    rows = [show(row) for row in part.rows] if show else part.rows
    following = None
    if part.after:
        asked = {**request.GET.dict(), "cursor": part.after}
        following = f"{request.path}?{urlencode(asked)}"
    return {"items": rows, "next": following}


def about(request: HttpRequest) -> str:
    """A list and its filters, for the cursor: only the window may move."""
    asked = sorted((k, v) for k, v in request.GET.items() if k not in ("cursor", "limit"))
    return f"{request.path}?{urlencode(asked)}"
