"""What the people whom an area sends may cost in a plan is said, and taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.plan import access
from marrow.plan.actions.scenarios import changeable, scope, to_change, touched
from marrow.plan.models import Budget

SET = Act("set_budget", gettext_lazy("Set a budget of a plan"))
DROP = Act("drop_budget", gettext_lazy("Took a budget out of a plan"))
FIRST_YEAR, LAST_YEAR = 1950, 2200
MOST = Decimal(10) ** 10  # thousands


def set_budget(
    *, scenario: UUID, area: Area, year: int, amount: Decimal, by: Viewer, at: dt.datetime
) -> Budget:
    """At most so much (in thousands) for those whom an area sends and who leave in a year; set
    again, the new amount holds."""
    row = to_change(by, scenario)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 0 <= amount < MOST:
        raise Refused(_("A budget is of a year, and not less than nothing."))
    known = Budget.objects.filter(scenario=row, area=area, year=year).first()
    budget = known or Budget(id=uuid4(), scenario=row, area=area, year=year)
    budget.amount = amount
    with journal(SET, by=by, at=at, scope=scope(row)) as page:
        page.save(budget)
        touched(page, row, at)
    return budget


def drop_budget(*, budget: UUID, by: Viewer, at: dt.datetime) -> None:
    row = access.budget_to_plan(by, budget)
    scenario = changeable(row.scenario)
    with journal(DROP, by=by, at=at, scope=scope(scenario)) as page:
        page.remove(row)
        touched(page, scenario, at)
