"""Until when somebody who came home rests, and by whose rule."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import ngettext

from marrow.core.days import DAY
from marrow.people.models import Person
from marrow.people.rules.fitting import REST_MONTHS, rests_until
from marrow.teams.models import CAME_HOME, Assignment


def rest_in_words(months: int | str | None, *, own: bool) -> str:
    """The sentence of a rest, with `until`, its last day, and `months` still to fill in."""
    n = int(months or 0)
    if own:
        return ngettext(
            "rests until %(until)s: %(months)s month by the programme’s rule",
            "rests until %(until)s: %(months)s months by the programme’s rule", n,
        )  # fmt: skip
    return ngettext(
        "rests until %(until)s: %(months)s month after a mission",
        "rests until %(until)s: %(months)s months after a mission", n,
    )  # fmt: skip


def no_rest_before_in_words(months: str | None) -> str:
    """The sentence of a mission that begins too soon, with `leaves` and `months` to fill in."""
    return ngettext(
        "leaves again on %(leaves)s, with less than %(months)s month of rest before it",
        "leaves again on %(leaves)s, with less than %(months)s months of rest before it",
        int(months or 0),
    )


def rest_of(person: Person, today: dt.date) -> str:
    """Until when this person rests by the rule of the programme that they served last; '' where
    they do not rest. Another programme may ask for a longer rest.
    """
    ended = Assignment.objects.filter(CAME_HOME, person=person, ended_on__lte=today).select_related(
        "seat__mission__programme"
    )
    last = ended.order_by("-ended_on", "-pk").first()
    if last is None or last.ended_on is None:
        return ""
    months = last.seat.mission.programme.rest_months
    until = rests_until(last.ended_on, months)
    if until <= today:
        return ""
    own, told = months is not None, REST_MONTHS if months is None else months
    return rest_in_words(told, own=own) % {"until": until - DAY, "months": told}
