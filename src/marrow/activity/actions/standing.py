"""What was handed in, reviewed or approved stands as it is: the journal changes no figure of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from marrow.activity.actions.counts import TAKE
from marrow.activity.models import Count, Report
from marrow.activity.rules.levels import COUNTS, OPEN, SUBMITTED
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation


def cells_stand(lines: list[Operation]) -> str:
    """Why cells of a month are not taken back: they are written only while their site may write in
    it; those that came from a file, until somebody reviewed them."""
    open_for = (*OPEN, SUBMITTED) if lines[0].action == TAKE.name else OPEN
    told = {line.record for line in lines if line.kind == Operation.SET}
    made = {_report_of(line) for line in lines if line.kind != Operation.SET}
    of = Q(pk__in=made) | Q(pk__in=Count.objects.filter(pk__in=told).values("report"))
    row = Report.objects.filter(of).exclude(state__in=open_for).order_by("month", "pk").first()
    if row is None:
        return ""
    now = {"month": row, "state": row.get_state_display()}
    return (
        _("The report of %(month)s is %(state)s: its figures stand as they are. Send it back, or,"
          " once approved, begin a new version of it.") % now
    )  # fmt: skip


def opened_and_written_in(lines: list[Operation]) -> str:
    """Why a report does not count again, or pass for reviewed, by the journal: since its site could
    write in it other figures came to stand in it."""
    for line in lines:
        before, after = changed_by(line).get("state", ("", ""))
        if before in COUNTS and after in OPEN and _written_since(line):
            return _("Its site has written in it since: let it be handed in and reviewed again.")
    return ""


def _written_since(line: Operation) -> bool:
    cells = Count.objects.filter(report=line.record).values("pk")
    since = Operation.objects.filter(model=Count._meta.label_lower, pk__gt=line.pk)
    return since.filter(Q(record__in=cells) | Q(changes__contains=str(line.record))).exists()


def _report_of(line: Operation) -> Any:
    return next(filter(None, changed_by(line)["report_id"]))


HELD_AS_IT_STANDS.setdefault(Count._meta.label_lower, []).append(cells_stand)
HELD_AS_IT_STANDS.setdefault(Report._meta.label_lower, []).append(opened_and_written_in)
