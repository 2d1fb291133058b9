"""What a request may hold: closed bodies, and the page's own forms filled from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django import forms
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

from marrow.core.refusals import Unseen
from marrow.ui.rest.faults import of_form
from marrow.ui.rest.problems import Invalid, fault

T = TypeVar("T")
K = TypeVar("K")
F = TypeVar("F", bound=forms.Form)
PLAIN = r"^[^\x00]*$"
ONE_LINE = r"^[^\x00\r\n]*$"
SPELLED = {
    "names": "name",
    "body": "body",
    "place": "place",
    "translations": "text",
}  # fields of a body → what their form's fields begin with
DAY = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"


def text(most: int, least: int = 0) -> Any:
    """What a text may be: so long, and without the sign that no database takes."""
    return Field(min_length=least, max_length=most, pattern=PLAIN)


Told = Annotated[
    str,
    Field(pattern=DAY, max_length=10, description="2006, 2006-09 or 2006-09-04, as it is told."),
]


def _first_day(told: Any) -> Any:
    return f"{told}-01" if isinstance(told, str) and re.fullmatch(r"\d{4}-\d{2}", told) else told


Month = Annotated[
    dt.date, BeforeValidator(_first_day), Field(description="2026-10, or a day of it: 2026-10-01.")
]
Code = Annotated[str, Field(max_length=20, pattern=ONE_LINE)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00\r\n;]*$")]
Place = Annotated[
    str, Field(max_length=20, pattern=ONE_LINE, description="Code of a place: GN, CN-BJ.")
]


class Body(Schema):
    """A body has the fields that are named, and no others."""

    model_config = ConfigDict(extra="forbid")


class Names(Body):
    """A name in the tongues in which it is known; at least one."""

    en: Annotated[str, text(200)] = ""
    zh: Annotated[str, text(200)] = ""
    fr: Annotated[str, text(200)] = ""

    def told(self) -> dict[str, str]:
        return {t: s.strip() for t, s in self.model_dump().items() if s.strip()}


class Source(Body):
    """Where an entry comes from: the document and the clause that says it."""

    title: Annotated[str, text(400, 1)]
    words: Annotated[str, text(300, 1)]
    published_on: Told = ""


class Sourced(Body):
    source: Source


class Reason(Body):
    reason: Annotated[str, text(300)] = ""


class Why(Body):
    """A reason that must be given."""

    reason: Annotated[str, text(300, 1)]


class NamesOut(Schema):
    en: str = ""
    zh: str = ""
    fr: str = ""


class Page(Schema, Generic[T]):
    """A page of a list; `next` is the address of the page after it, or nothing at the end."""

    items: list[T]
    next: str | None


class About(Schema):
    """A record of any kind: the word for its kind, and its id."""

    model: str
    id: UUID


def filled(made: Callable[[dict[str, Any]], F], told: Body, **more: object) -> F:
    """The form of a page, filled from a body; what it does not take is told by field (422)."""
    data, names = _flat({**told.model_dump(exclude_unset=True), **more})
    form = made(data)
    if not form.is_valid():
        raise of_form(form, names)
    return form


def filled_over(over: Callable[[Any], F], told: Body, **more: object) -> F:
    """A form that begins with what is there, changed by what a body says; `over` makes it.

    It sends along what it began from, as a page does: so what is emptied counts as changed. A null
    empties its field.
    """
    blank = over(None)
    before = {n: str(v) if isinstance(v, UUID) else v for n, v in blank.initial.items()}
    begun = {blank.add_initial_prefix(n): v for n, v in before.items() if v is not None}
    sent = told.model_dump(exclude_unset=True)
    emptied = {n: "" for n, v in sent.items() if v is None and n in blank.fields}
    return filled(lambda data: over({**before, **begun, **emptied, **data}), told, **more)


def _flat(told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Form fields from a body: names and source stand in objects of their own there."""
    data: dict[str, Any] = {}
    called: dict[str, str] = {}
    for key, value in told.items():
        if key in SPELLED and isinstance(value, dict):
            for tongue, said in value.items():
                data[f"{SPELLED[key]}_{tongue}"] = said
                called[f"{SPELLED[key]}_{tongue}"] = f"{key}.{tongue}"
        elif key == "source" and isinstance(value, dict):
            for form_name, name in (("source", "title"), ("words",) * 2, ("published_on",) * 2):
                data[form_name] = value.get(name, "")
                called[form_name] = f"source.{name}"
        elif value is not None:
            data[key] = str(value) if isinstance(value, UUID) else value
    return data, called


def meant(field: str, find: Callable[[K], T], key: K | None) -> T | None:
    """What a body names. What is not there is the body's fault (422), not the address's (404)."""
    if key is None or key == "":
        return None
    try:
        return find(key)
    except Unseen as unseen:
        raise Invalid([fault(field, "unseen", str(unseen.message))]) from unseen


def lines(texts: Iterable[str]) -> str:
    """Several values in the one field of a form that takes a line each."""
    return "\n".join(texts)
