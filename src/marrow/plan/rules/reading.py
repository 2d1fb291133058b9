"""A problem or plan read from a file: the record that is wrong is named, never a trace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from marrow.plan.rules.problem import Plan, Problem

MOST_FAULTS = 50
F = TypeVar("F", Problem, Plan)


class BadFile(ValueError):
    """What is wrong with the file, one sentence a fault, each naming its record."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


def problem_from(text: str | bytes) -> Problem:
    """Raises BadFile with every fault of form; `sense.faults` tells those of sense."""
    return _read(Problem, text)


def plan_from(text: str | bytes) -> Plan:
    """Raises BadFile."""
    return _read(Plan, text)


def _read(form: type[F], text: str | bytes) -> F:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise BadFile([f"This is no JSON file: {e}."]) from None
    if not isinstance(told, dict):
        raise BadFile(["The file must hold one object, which begins with {."])
    try:
        return form.model_validate(told)
    except ValidationError as e:
        found = e.errors(include_url=False)
        raise BadFile([_sentence(told, x) for x in found[:MOST_FAULTS]]) from None


def _sentence(told: dict[str, Any], error: Any) -> str:
    where = _where(told, error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{where} is no field of this format. Remove it, or look for a misspelling."
    if error["type"] == "missing":
        return f"{where} is missing."
    found = json.dumps(error.get("input"), ensure_ascii=False, default=str)[:60]
    return f"{where}: {error['msg']} (found {found})."


def _where(told: Any, path: Sequence[str | int]) -> str:
    """`people 192 (P-0192), available 2, to`: counted from one, and named by its id."""
    words: list[str] = []
    at = told
    for step in path:
        at = _next(at, step)
        if isinstance(step, int) and words:
            name = (at.get("id") or at.get("seat")) if isinstance(at, dict) else None
            words[-1] += f" {step + 1}" + (f" ({name})" if name else "")
        else:
            words.append(str(step))
    return ", ".join(words) or "The file"


def _next(at: Any, step: str | int) -> Any:
    try:
        return at[step]
    except (KeyError, IndexError, TypeError):
        return None
