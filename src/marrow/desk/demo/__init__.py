"""The desk's part of the demonstration: the office has its deadlines in a calendar of its own, and
what every room wrote is said in three languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from marrow.accounts.demo import persona
from marrow.accounts.queries import viewer_by_id
from marrow.core.models import Operation
from marrow.core.spoken import Spoken
from marrow.core.viewer import Viewer
from marrow.desk import access
from marrow.desk.actions import make_calendar, say_also
from marrow.desk.demo.phrases import spoken_rows
from marrow.desk.models import Wish


def fill(by: Viewer, at: dt.datetime) -> None:
    """Its address is a secret that nobody was told; a second call adds nothing."""
    office = replace(persona("demo-office"), via="page")  # a calendar is made on the page alone
    if not Wish.objects.filter(account=office.person).exists():
        make_calendar(by=office, at=at - dt.timedelta(days=7))
    for row, also in list(spoken_rows()):
        who = by if access.may_say(by, row) else _writer(row)
        say_also(label=row._meta.label_lower, record=row.pk, also=also, by=who, at=at)


def _writer(row: Spoken) -> Viewer:
    lines = Operation.objects.filter(model=row._meta.label_lower, record=row.pk)
    return viewer_by_id(lines.order_by("id").values_list("by", flat=True)[0])
