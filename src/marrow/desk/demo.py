"""The desk's part of the demonstration: the office has its deadlines in a calendar of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from marrow.accounts.demo import persona
from marrow.core.viewer import Viewer
from marrow.desk.actions import make_calendar
from marrow.desk.models import Wish


def fill(by: Viewer, at: dt.datetime) -> None:
    """Its address is a secret that nobody was told; a second call adds nothing."""
    office = replace(persona("demo-office"), via="page")  # a calendar is made on the page alone
    if not Wish.objects.filter(account=office.person).exists():
        make_calendar(by=office, at=at - dt.timedelta(days=7))
