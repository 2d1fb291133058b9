"""Values of a phone's lines as people read them: names for ids, words for codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity.rules.kinds import (
    AGES,
    GROUPS,
    KINDS,
    OUTCOMES,
    SATISFACTIONS,
    SEXES,
    SPEAKERS,
)
from marrow.catalogue.models import Item
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import in_tongue, semicolon
from marrow.directory.models import Organisation
from marrow.missions.models import Mission

CODES = {
    "kind": KINDS, "group": GROUPS, "outcome": OUTCOMES, "sex": SEXES, "age": AGES,
    "specialty": SPECIALTIES, "said_by": SPEAKERS, "satisfied": SATISFACTIONS,
}  # fmt: skip
LONGEST = 300  # letters of a value that a page shows
TABLES = {"organisation": Organisation, "mission": Mission, "item": Item}
WORDS: dict[str, str | Promise] = {
    "held_on": _("Day"), "kind": _("What was done"), "count": _("How many"), "sex": _("Sex"),
    "reached": _("People reached"), "item": _("Disease or technique"), "outcome": _("Outcome"),
    "with_whom": _("With whom"), "attendees": _("Who signed up"), "group": _("For whom"),
    "age": _("Age"), "specialty": _("Specialty"), "organisation": _("Hospital"),
    "mission": pgettext_lazy("of a record", "Team"), "place": pgettext_lazy("of a record", "Place"),
    "said_by": _("Who said it"), "text": _("Their own words"), "satisfied": _("How satisfied"),
}  # fmt: skip


def word_of(name: str) -> str:
    """What a value is called on a page."""
    return str(WORDS.get(name, name))


def names_called(data: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the hospitals, teams and items that these values speak of, by id."""
    found: dict[str, str] = {}
    told = list(data)
    for name, table in TABLES.items():
        ids = {pk for values in told if (pk := _uuid(values.get(name)))}
        if ids:
            rows = table._base_manager.filter(pk__in=ids)
            found |= {str(row.pk): str(row) for row in rows}
    return found


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def said(name: str, value: Any, called: Mapping[str, str]) -> str:
    """One value in the reader's words. An id of nothing that is here, and a code that nobody knows,
    are shown as they came: that is what is wrong with them."""
    if isinstance(value, list):
        return semicolon().join(map(str, value))
    if value in (None, ""):
        return ""
    if name in TABLES:
        return called.get(str(_uuid(value) or value), str(value))
    known = CODES.get(name, {}).get(str(value))
    return in_tongue(known) if known else str(value)


def in_short(values: Mapping[str, Any], called: Mapping[str, str]) -> str:
    """Which record it is: what was done, of what, on which day, where; as far as it is told."""
    names = ("kind", "item", "held_on", "organisation", "place")
    told = [said(name, values.get(name), called) for name in names]
    return " · ".join(part[:LONGEST] for part in told if part)
