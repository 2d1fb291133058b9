"""The day that an address asks about, and what is said where it cannot be answered."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from marrow.core.journal.columns import EARLIEST, LATEST
from marrow.ui.requests import MarrowRequest


def asked_day(request: MarrowRequest, name: str = "on") -> dt.date | None:
    """The day that an address tells; None where it says none that can be read or kept."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


def day_of(request: MarrowRequest) -> dt.date:
    """The day that is asked about; of a day to come, or of none, today."""
    today = timezone.localdate()
    return min(asked_day(request) or today, today)


def notes_on_days(request: MarrowRequest, *names: str) -> list[str]:
    """What to tell of days in an address that cannot be read, or are still to come."""
    today, found = timezone.localdate(), list[str]()
    for name in names or ("on",):
        told, day = request.GET.get(name, "").strip(), asked_day(request, name)
        if told and day is None:
            found.append(
                _("“%(told)s” is no day: write it like %(example)s. Shown is what would stand"
                  " without it.") % {"told": told[:40], "example": today.isoformat()}
            )  # fmt: skip
        elif day and day > today:
            found.append(
                _("%s is still to come: what will be so is not known. Shown is today.")
                % day.isoformat()
            )
    return found
