"""Limits that hospitals told after a plan was solved, and that it breaks: what was proved of it was
proved without them."""

from __future__ import annotations

import datetime as dt

from marrow.core.viewer import Viewer
from marrow.plan.models import AbsenceCap, Scenario
from marrow.plan.queries.filled import filled_seats
from marrow.plan.queries.publication import publication_of
from marrow.plan.queries.unfit import unfit_words


def limits_broken(viewer: Viewer, scenario: Scenario, on: dt.date) -> list[str]:
    """A sentence for each limit told since a plan was solved beyond which it goes. Only where such
    a limit was told of somebody's hospital the plan is looked at anew."""
    if scenario.state != Scenario.State.SOLVED or not scenario.solved_at or scenario.aside_at:
        return []
    seats = filled_seats().filter(team__scenario=scenario)
    since = AbsenceCap.objects.filter(
        unit__in=seats.values("placing__person__unit"), told_at__gt=scenario.solved_at,
        ended_on=None,
    )  # fmt: skip
    told = {str(unit) for unit in since.values_list("unit", flat=True)}
    if not told:
        return []
    unfit = publication_of(scenario, viewer, on).unfit
    broken = [
        one for one in unfit
        if one.code.startswith("beyond_cap")
        and str(one.names["name"]).partition("/")[0] in told
    ]  # fmt: skip
    return unfit_words(viewer, broken)
