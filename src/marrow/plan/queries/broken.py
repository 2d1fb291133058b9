"""Limits that hospitals told after a plan was solved, and that it breaks: what was proved of it was
proved without them."""

from __future__ import annotations

import datetime as dt

from marrow.core.viewer import Viewer
from marrow.plan.models import Scenario
from marrow.plan.queries.limits import limits_since
from marrow.plan.queries.publication import publication_of
from marrow.plan.queries.unfit import unfit_words


def limits_broken(viewer: Viewer, scenario: Scenario, on: dt.date) -> list[str]:
    """A sentence for each limit told since a plan was solved beyond which it goes: the plan is
    looked at anew for it."""
    told = {str(unit) for unit in limits_since(scenario).values_list("unit", flat=True)}
    unfit = publication_of(scenario, viewer, on).unfit
    broken = [
        one for one in unfit
        if one.code.startswith("beyond_cap")
        and str(one.names["name"]).partition("/")[0] in told
    ]  # fmt: skip
    return unfit_words(viewer, broken)
