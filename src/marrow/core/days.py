"""Days that may be so: what happened lies in the past, what is planned is near, ends come last.

A day is a `date`, or a year, month or day in words ("2006-09"); "" and None are unknown and pass.
Each refuses with a sentence for the person who wrote it.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.core.partial_dates import earliest, latest, months_after
from marrow.core.refusals import Refused

Day = dt.date | str | None
LIVING = dt.date(1900, 1, 1)  # nothing on the record of a living person is older
YEAR = 12
DAY = dt.timedelta(days=1)


def prove_happened(*days: Day, at: dt.datetime, since: Day = LIVING) -> None:
    """Refuse a day that has not come yet (days begin earlier in the east), or before `since`."""
    for day in (d for d in days if d):
        if first_of(day) > at.date() + DAY:
            raise Refused(_("%s has not come yet.") % day)
        _prove_since(day, since)


def prove_planned(*days: Day, at: dt.datetime, years: int, since: Day) -> None:
    """Refuse a day before `since`, or more than `years` from today."""
    furthest = months_after(at.date(), years * YEAR)
    for day in (d for d in days if d):
        if first_of(day) > furthest:
            told = {"day": day, "furthest": furthest}
            raise Refused(_("%(day)s lies too far ahead: not after %(furthest)s.") % told)
        _prove_since(day, since)


def prove_order(first: Day, last: Day) -> None:
    """Refuse an end that lies before its beginning."""
    if first and last and _last_of(last) < first_of(first):
        told = {"first": first, "last": last}
        words = _("%(last)s lies before %(first)s: the end comes after the beginning.")
        raise Refused(words % told)


def first_of(day: dt.date | str) -> dt.date:
    """The first day that is meant."""
    return earliest(day) if isinstance(day, str) else day


def _last_of(day: dt.date | str) -> dt.date:
    return latest(day) if isinstance(day, str) else day


def _prove_since(day: dt.date | str, since: Day) -> None:
    if since and _last_of(day) < first_of(since):
        told = {"day": day, "since": since}
        raise Refused(_("%(day)s lies too far back: not before %(since)s.") % told)
