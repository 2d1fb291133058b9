"""What a workbook changes, line by line, in the words of its columns and the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.catalogue.queries import specialty_name
from marrow.core.words import TONGUES, colon, listing, tongue
from marrow.people.queries import language_name
from marrow.plan.queries.told import paper_name, place_name
from marrow.plan.queries.wording import with_names
from marrow.plan.queries.workbook import headed
from marrow.plan.rules.facts import Change
from marrow.plan.rules.workbook.columns import CHOICES, choices_of, column_of
from marrow.plan.words.workbook import TITLES
from marrow.ui.templatetags.marrow import at_most_decimals

#: the sheet of each list of a problem
_SHEETS = {"organisations": "hospitals", "cells": "needs", "head": "settings"}
_PLACES = ("destination", "area", "refuses", "areas")
_SPECIALTIES = ("specialty", "second_specialty", "accepts", "specialties")
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One line: of what, which, and what becomes of it."""

    sheet: str
    what: str
    words: str


def shown(found: Iterable[Change], names: Names, new: str = "") -> Iterator[ChangeShown]:
    """`names`: what ids and codes are called, as far as the reader sees them; `new`: what is said
    of a row that is only there afterwards."""
    for one in (part for told in found for part in _parts(told)):
        sheet = _sheet(one)
        which, words = _which(one, names), _becomes(one, names)
        words = new if new and one.what == "new" else words
        yield ChangeShown(TITLES[sheet][_at()], with_names(which, {}), with_names(words, {}))


def _at() -> int:
    return TONGUES.index(tongue())


def _sheet(one: Change) -> str:
    return "caps" if one.field == "absence_cap" else _SHEETS.get(one.list, one.list)


def _which(one: Change, names: Names) -> str:
    parts = [p for p in one.key.split("|") if p]
    if one.list in ("cells", "budgets"):
        parts = [place_name(parts[0]), *parts[1:]]
    if one.list == "cells":
        parts[1] = specialty_name(parts[1])
    return listing().join(names.get(p, p) for p in parts)


def _parts(one: Change) -> Iterator[Change]:
    """A change of what stands in several cells as one of each."""
    if one.list == "organisations" and one.field == "departments":
        yield from _of_departments(one)
    elif one.list == "head" and isinstance(one.after, dict):
        before = one.before or {}
        for key, value in one.after.items():
            if before.get(key) != value:
                told = None if one.before is None else before.get(key)
                yield replace(one, field=f"{one.field}.{key}", before=told, after=value)
    elif one.list == "missions" and one.field == "sender_pool":
        for key, value in (one.after or {}).items():
            if (one.before or {}).get(key) != value:
                yield replace(one, field=key, before=(one.before or {}).get(key), after=value)
    else:
        yield one


def _of_departments(one: Change) -> Iterator[Change]:
    old = {d["id"]: d for d in one.before or ()}
    new = {d["id"]: d for d in one.after or ()}
    for key in [*old, *(k for k in new if k not in old)]:
        if key not in new or (key not in old and one.before is not None):
            yield Change(one.list, key, "gone" if key not in new else "new")
            continue
        for field in ("specialty", "absence_cap"):
            before, after = old.get(key, {}).get(field), new[key].get(field)
            if before != after and (after or before):
                yield replace(one, key=key, field=field, before=before, after=after)


def _becomes(one: Change, names: Names) -> str:
    if one.what == "gone":
        return pgettext("a row of a workbook", "left out")
    if one.what == "new":
        return pgettext("a row of a workbook", "new")
    if one.field == "absence_cap":
        return _caps(one)
    column = _column(one)
    field = headed(column, _at()) if column else one.field
    after = _value(one, column, one.after, names)
    if one.before is None:
        return f"{field}{colon()}{after}"
    return f"{field}{colon()}{_value(one, column, one.before, names)} → {after}"


def _column(one: Change) -> str:
    if one.list == "head":
        return f"settings.{one.field}"
    return column_of(_sheet(one), (one.list, one.field))


def _caps(one: Change) -> str:
    """The months that change, and no others."""
    old = {c["month"]: c["people"] for c in one.before or ()}
    new = {c["month"]: c["people"] for c in one.after or ()}
    months = sorted(m for m in old.keys() | new.keys() if old.get(m) != new.get(m))
    return _cut("; ".join(
        f"{m}{colon()}{new.get(m, '–')}" if one.before is None
        else f"{m}{colon()}{old.get(m, '–')} → {new.get(m, '–')}"
        for m in months
    ))  # fmt: skip


def _value(one: Change, column: str, value: Any, names: Names) -> str:
    """A field's value in a line; what is long is cut."""
    own = _WRITTEN.get(one.field)
    if own and value is not None:
        return _cut(own(value))
    if one.field == "available":
        return _free(value)
    if isinstance(value, list):
        return _cut("; ".join(_word(one.field, column, v, names) for v in value) or "–")
    return _cut(_word(one.field, column, value, names))


def _word(field: str, column: str, value: Any, names: Names) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        value = "yes" if value else "no"
        return CHOICES["yes"][value][_at()]
    if words := choices_of(column).get(str(value)):
        return words[_at()]
    if isinstance(value, float):
        return at_most_decimals(value)
    last = field.rpartition(".")[2]
    by_code: Callable[[str], str] | None = (
        place_name if last in _PLACES
        else specialty_name if last in _SPECIALTIES or field.startswith("trade.")
        else language_name if last == "language" and isinstance(value, str)
        else paper_name if last == "certificates"
        else None
    )  # fmt: skip
    return by_code(str(value)) if by_code else names.get(str(value), str(value))


def _languages(told: Any) -> str:
    """`French 3`: of a person by code, of a seat with code and level, of a team the code."""
    if isinstance(told, str):
        return language_name(told)
    levels = {told["code"]: told["level"]} if "code" in told else told
    return "; ".join(f"{language_name(code)} {level}" for code, level in levels.items()) or "–"


def _papers(told: Any) -> str:
    words = [
        paper_name(p) if isinstance(p, str) else f"{paper_name(p['code'])} {p['until']}"
        for p in told
    ]
    return "; ".join(words) or "–"


def _wishes(told: Any) -> str:
    words = [
        f"{w['mission'] or place_name(w['area'])} {at_most_decimals(w['points'])}" for w in told
    ]
    return "; ".join(words) or "–"


def _windows(told: Any) -> str:
    return "; ".join(f"{w['from']} – {w['to']}" for w in told) or "–"


def _last(told: Any) -> str:
    home = f"{CHOICES['kind'][told['kind']][_at()]} {told['ended_on']}"
    if not (rested := told.get("rested_on")):
        return home
    return _("%(home)s, may leave again %(day)s") % {"home": home, "day": rested}


def _homecomings(told: Any) -> str:
    return "; ".join(f"{CHOICES['kind'][h['kind']][_at()]} {h['ended_on']}" for h in told) or "–"


def _free(told: Any) -> str:
    if told:
        return _cut(_windows(told))
    return CHOICES["free"]["always" if told is None else "never"][_at()]


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "languages": _languages, "language": _languages, "certificates": _papers, "prefers": _wishes,
    "under_pressure": _windows, "rests": _windows, "homecomings": _homecomings,
    "last_deployment": _last,
}  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "…"
