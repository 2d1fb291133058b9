"""Nothing that Marrow counts was done before the first team was sent."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.activity.rules.months import FIRST
from marrow.core.refusals import Refused


def prove_since_first_team(day: dt.date) -> None:
    """Refuse a day before 1963, the year in which the first team was sent."""
    if day < FIRST:
        raise Refused(_("No team was sent before 1963."))
