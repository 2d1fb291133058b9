"""Who is a couple is not for every reader of a plan: an auditor reads the plan without it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from marrow.core.viewer import Viewer
from marrow.plan.models import Run

OF_COUPLES = ("couple_stays", "couple_at_odds", "couple_with_itself")


def told_to(viewer: Viewer, messages: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The messages of a run; those that name a couple for the office alone."""
    knows = viewer.holds("office")
    return [one for one in messages if knows or one["code"] not in OF_COUPLES]


def problem_for(viewer: Viewer, run: Run) -> str:
    """The problem of a run as its file; who is a couple for the office alone."""
    if viewer.holds("office") or not run.problem:
        return run.problem
    told = json.loads(run.problem)
    told.pop("couples", None)
    return json.dumps(told, ensure_ascii=False, indent=1)
