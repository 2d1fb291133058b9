"""An answer that does not come in time: its office is told, then the specialists too.

Each rung is a job of its own, queued as the case is sent; a worker that was killed leaves it to the
next. A rung opens work under a key of its own, so that it is climbed once only.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from marrow.consults import access
from marrow.consults.models import Consult
from marrow.consults.rules.clocks import RUNGS, rung_due
from marrow.core.book import same_id
from marrow.core.jobs import cancel, enqueue
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.viewer import Viewer
from marrow.sources.actions import close_work, open_work
from marrow.sources.models import WorkItem

CLIMB = Act("tell_late_case", gettext_lazy("Told that a case is not answered in time"), undo=NEVER)
JOB = "consult-late"
LATE = "CONSULT_LATE_"
#: who is called at each rung
WHO_ACTS = {1: ("office",), 2: ("office", "specialist")}


def wait_for_answer(row: Consult, at: dt.datetime) -> None:
    """Queue a job for each rung, within the act that sends the case."""
    for step in RUNGS:
        enqueue(
            JOB, key=f"{row.pk}:{step}", at=at, not_before=rung_due(row.priority, at, step),
            consult=str(row.pk), step=step,
        )  # fmt: skip


def settle(page: Page, row: Consult, by: Viewer, at: dt.datetime) -> None:
    """It is answered or ended: no rung is climbed any more, and what was opened is done."""
    for step in RUNGS:
        cancel(JOB, key=f"{row.pk}:{step}", at=at)
    keys = [_key(row, step, role) for step, roles in WHO_ACTS.items() for role in roles]
    close_work(page, keys, by=by, at=at)


def climb(*, consult: UUID, step: int, by: Viewer, at: dt.datetime) -> bool:
    """Climb a rung, if the case still waits and its hour has come; True when it was climbed.

    Called by the clock, perhaps twice; the second call finds the work.
    """
    with journal(CLIMB, by=by, at=at) as page:
        row = access.case_to_climb(by, consult)
        if row is None or row.submitted_at is None:
            return False
        page.scope = f"consult:{row.pk}"
        if rung_due(row.priority, row.submitted_at, step) > at:
            return False
        return open_work(page, [_item(row, step, role, at) for role in WHO_ACTS[step]]) > 0


def _key(row: Consult, step: int, role: str) -> str:
    return f"consult-late:{row.pk}:{step}:{role}"


def _item(row: Consult, step: int, role: str, at: dt.datetime) -> WorkItem:
    """Of the case its number, never a word of the patient."""
    due = row.answer_by or at
    return WorkItem(
        id=same_id("consult late", row.pk, step, role), key=_key(row, step, role),
        code=f"{LATE}{step}" if role == "office" else f"{LATE}OFFER",
        about_model="consults.consult", about=row.pk, role=role, opened_at=at, due_on=due.date(),
        params={
            "number": row.number, "since": f"{due:%Y-%m-%d %H:%M} UTC",
            "href": reverse("consults:index"),
        },
    )  # fmt: skip
