"""The words of a step are put right: its level, its day and its signatures stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.models import Step
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_nobody_treated
from marrow.sources.actions import retell_work

#: taken back it would put the old words before everybody again: say them anew instead
REWORD = Act("reword_step", gettext_lazy("Put the words of a step right"), undo=NEVER, hides=True)


def reword_step(*, step: UUID, told: Mapping[str, str], by: Viewer, at: dt.datetime) -> Step:
    """Say the reason of a step, or why it ended, in other words; `told` is {column: words}, of the
    columns in which the step has words. Words do not become empty: what stood on a reason has one.
    What was written before is kept by the journal, and stands on no page that strangers read."""
    row = access.step_to_reword(by, step)
    prove_nobody_treated(*told.values())
    fresh = {column: words.strip()[:300] for column, words in told.items()}
    if any(column not in row.SPOKEN or not getattr(row, column) for column in fresh):
        raise Refused(_("There are no such words."))
    if not all(fresh.values()):
        raise Refused(_("Say why."))
    changed = {column: words for column, words in fresh.items() if words != getattr(row, column)}
    if not changed:
        raise Refused(_("These are the words that stand there."))
    before = {column: row.in_each(column) for column in changed}
    for column, words in changed.items():
        setattr(row, column, words)
    # what was said of the old words in other languages says the same
    row.forget_tongues(*changed)
    scope = f"organisation:{row.organisation_id}"
    with journal(REWORD, by=by, at=at, scope=scope) as page:
        page.save(row)
        for column, stood in before.items():
            retell_work(page, row, column, stood)
    return row
