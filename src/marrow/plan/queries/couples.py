"""Who is a couple is not for every reader of a plan: an auditor reads the plan without it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from marrow.core.viewer import Viewer
from marrow.plan.models import Run

Message = Mapping[str, Any]
WARNING = "couple_stays"
OF_COUPLES = (WARNING, "couple_at_odds", "couple_with_itself")
RULES = frozenset({"couple_together", "couple_apart"})
#: in the place of a fault that names a couple, so that a refusal is never without a word
UNTOLD: Message = {"code": "not_for_these_eyes", "names": {}}


def told_to(viewer: Viewer, messages: Iterable[Message]) -> list[Message]:
    """The messages of a run; those that name a couple for the office alone."""
    if viewer.holds("office"):
        return list(messages)
    found: list[Message] = []
    for one in messages:
        shown = UNTOLD if _names_a_couple(one) else one
        if one["code"] != WARNING and shown not in found:
            found.append(shown)
    return found


def why_told_to(viewer: Viewer, why: Mapping[str, Message]) -> dict[str, Message]:
    """By a seat's code what it says of itself; reasons that name a couple for the office alone."""
    if viewer.holds("office"):
        return dict(why)
    return {code: _without_couples(told) for code, told in why.items()}


def _without_couples(told: Message) -> Message:
    kept = {
        who: left for who, messages in told.get("kept_back", {}).items()
        if (left := _others(messages))
    }  # fmt: skip
    changed = {"why": _others(told.get("why", ())), "kept_back": kept}
    return {**told, **{name: value for name, value in changed.items() if name in told}}


def _others(messages: Iterable[Message]) -> list[Message]:
    return [one for one in messages if not _names_a_couple(one)]


def _names_a_couple(one: Message) -> bool:
    rules = one["names"].get("rules", one["names"].get("rule", ()))
    told = {rules} if isinstance(rules, str) else set(rules)
    return one["code"] in OF_COUPLES or bool(told & RULES)


def problem_for(viewer: Viewer, run: Run) -> str:
    """The problem of a run as its file; who is a couple for the office alone."""
    if viewer.holds("office") or not run.problem:
        return run.problem
    told = json.loads(run.problem)
    told.pop("couples", None)
    return json.dumps(told, ensure_ascii=False, indent=1)
