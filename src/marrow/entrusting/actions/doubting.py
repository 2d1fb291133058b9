"""A first whose step was taken back is doubted: a person decides, the register says nothing new."""

from __future__ import annotations

import datetime as dt

from marrow.capacity.models import Step
from marrow.core.book import same_id
from marrow.core.journal.writing import Page
from marrow.entrusting.models import FirstTime
from marrow.sources.actions import raise_findings
from marrow.sources.models import Finding

CODE = "FIRST_UNDONE"


def doubt_firsts(page: Page, step: Step, at: dt.datetime) -> None:
    """Raise a doubt for each first that rests on this step and was not declined."""
    rows = FirstTime.objects.filter(step=step).exclude(state=FirstTime.State.DECLINED)
    raise_findings(page, [_doubt(row, step, at) for row in rows.select_related("organisation")])


def _doubt(row: FirstTime, step: Step, at: dt.datetime) -> Finding:
    key = f"first-undone:{row.pk}:{step.pk}"
    params = {"what": str(row.item), "place": str(row.organisation), "why": step.ended_why}
    return Finding(
        id=same_id("finding", key), key=key, code=CODE, about_model="entrusting.firsttime",
        about=row.pk, field="state", params=params, raised_at=at,
    )  # fmt: skip
