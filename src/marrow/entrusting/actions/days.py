"""Days of what houses do for each other, as they are told: a year, a month or a day."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.activity.actions.first_team import prove_since_first_team
from marrow.core.partial_dates import earliest
from marrow.core.refusals import Refused
from marrow.people.models import Person

GROWN_UP = 18  # years


def prove_could(person: Person, on: dt.date, at: dt.datetime) -> None:
    """A person could have done it on that day: it came already, teams were sent by then, and the
    person was grown up, where their year of birth is known."""
    if on > at.date():
        raise Refused(_("This day is still to come."))
    prove_since_first_team(on)
    if person.birth_year and on.year < person.birth_year + GROWN_UP:
        raise Refused(_("By their year of birth they were not grown up on this day."))


def prove_begun(on: str, at: dt.datetime) -> None:
    """What is recorded as so began already. `on` is a partial date, '' where nobody told it."""
    if on and earliest(on) > at.date():
        raise Refused(_("This day is still to come."))


def prove_after(on: str, began: str) -> None:
    """It ends after it began; both are partial dates, '' where nobody told it."""
    if on and began and on < began[: len(on)]:
        raise Refused(_("It cannot end before it began: that is %s.") % began)
