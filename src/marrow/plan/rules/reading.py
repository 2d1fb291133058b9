"""A problem or plan read from a file: the record that is wrong is named, never a trace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from marrow.plan.rules.problem import Plan, Problem
from marrow.plan.rules.said import Named, Said, said

MOST_FAULTS = 50
LONG = 60  # letters told of a name
F = TypeVar("F", Problem, Plan)


class BadFile(ValueError):
    """What is wrong with the file: each fault names its record."""

    def __init__(self, faults: Sequence[Said]) -> None:
        super().__init__(", ".join(f.code for f in faults))
        self.faults = list(faults)


def problem_from(text: str | bytes) -> Problem:
    """Raises BadFile with every fault of form; `sense.faults` tells those of sense."""
    return _read(Problem, text)


def plan_from(text: str | bytes) -> Plan:
    """Raises BadFile."""
    return _read(Plan, text)


def _read(form: type[F], text: str | bytes) -> F:
    try:
        told = json.loads(text, object_pairs_hook=_once)
    except _Twice as twice:
        raise BadFile([said("field_twice", field=cut(twice.field), name=cut(twice.name))]) from None
    except (ValueError, RecursionError) as e:
        raise BadFile([said("no_json", why=str(e)[:200])]) from None
    if not isinstance(told, dict):
        raise BadFile([said("no_object")])
    try:
        return form.model_validate(told)
    except ValidationError as e:
        found = e.errors(include_url=False)
        faults = [told_of_form(told, x) for x in found[:MOST_FAULTS]]
        if len(found) > MOST_FAULTS:
            faults.append(said("more_faults", count=len(found) - MOST_FAULTS))
        raise BadFile(faults) from None


class _Twice(Exception):
    """A field that stands twice in one object."""

    def __init__(self, field: str, name: str) -> None:
        super().__init__(field)
        self.field, self.name = field, name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; which of two values is meant cannot be told. Raises _Twice."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        field = next(name for name in names if names.count(name) > 1)
        raise _Twice(field, str(told.get("id") or told.get("seat") or "–"))
    return told


def cut(name: str) -> str:
    """A name as long as a sentence can bear."""
    return name if len(name) <= LONG else name[: LONG - 1] + "…"


#: of what pydantic refuses: our code, and which of its figures the sentence tells
_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "extra_forbidden": ("no_such_field", ()),
    "missing": ("missing", ()),
    "greater_than_equal": ("too_small", ("ge",)),
    "less_than_equal": ("too_large_figure", ("le",)),
    "finite_number": ("not_finite", ()),
    "literal_error": ("not_of_choices", ("expected",)),
    "date_from_datetime_parsing": ("no_date", ()),
    "date_parsing": ("no_date", ()),
    "date_type": ("no_date", ()),
    "too_short": ("too_short", ()),
    "string_too_short": ("too_short", ()),
    "string_pattern_mismatch": ("wrong_form", ("pattern",)),
}


def told_of_form(told: dict[str, Any], error: Any) -> Said:
    """What pydantic refuses, as a message that names the record."""
    kind, figures = _KINDS.get(error["type"], ("wrong_value", ()))
    limits = error.get("ctx", {})
    if error["type"] in ("too_short", "too_long") and limits.get("min_length") != 1:
        kind, figures = "not_so_many", ("asked",)
        limits = {"asked": limits.get("min_length", limits.get("max_length", 0))}
    found = cut(json.dumps(error.get("input"), ensure_ascii=False, default=str))
    more: dict[str, Named] = {f: _plain(limits[f]) for f in figures if f in limits}
    return said(kind, where=_where(told, error["loc"]), found=found, **more)


def _plain(limit: Any) -> Named:
    return limit if isinstance(limit, int | float) else str(limit)


def _where(told: Any, path: Sequence[str | int]) -> str:
    """`people 192 (P-0192), available 2, to`: counted from one, and named by its id."""
    words: list[str] = []
    at = told
    for step in path:
        at = _next(at, step)
        if isinstance(step, int) and words:
            name = (at.get("id") or at.get("seat")) if isinstance(at, dict) else None
            words[-1] += f" {step + 1}" + (f" ({cut(str(name))})" if name else "")
        else:
            words.append(cut(str(step)))
    return ", ".join(words) or "."


def _next(at: Any, step: str | int) -> Any:
    try:
        return at[step]
    except (KeyError, IndexError, TypeError):
        return None
