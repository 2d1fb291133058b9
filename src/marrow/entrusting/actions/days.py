"""Days of what houses do for each other, as they are told: a year, a month or a day."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.core.partial_dates import earliest
from marrow.core.refusals import Refused


def prove_begun(on: str, at: dt.datetime) -> None:
    """What is recorded as so began already. `on` is a partial date, '' where nobody told it."""
    if on and earliest(on) > at.date():
        raise Refused(_("This day is still to come."))


def prove_after(on: str, began: str) -> None:
    """It ends after it began; both are partial dates, '' where nobody told it."""
    if on and began and on < began[: len(on)]:
        raise Refused(_("It cannot end before it began: that is %s.") % began)
