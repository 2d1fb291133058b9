"""The call: units are asked by a day, put people forward or say that they have nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_planned
from marrow.core.journal import Act, journal
from marrow.core.partial_dates import months_after
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.missions.rules.journeys import YEAR
from marrow.people.actions.wording import prove_no_patient
from marrow.people.models import Person
from marrow.teams import access
from marrow.teams.models import AskedUnit, Call
from marrow.teams.queries.calls import asks
from marrow.teams.rules.stages import AT_HOME

OPEN = Act("open_call", gettext_lazy("Opened a call"))
PROLONG = Act("prolong_call", gettext_lazy("Set another last day for a call"))
NEAR = 5  # years from today, back and ahead, in which a call lies
NOBODY = Act("answer_nobody", gettext_lazy("Said that a unit has nobody for a call"))


def open_call(  # noqa: PLR0913  a call is all of these
    *, mission: UUID, text: str, opens_on: dt.date, closes_on: dt.date, by: Viewer,
    at: dt.datetime, units: Sequence[Organisation] = (), public: bool = False,
    translations: Names | None = None,
) -> Call:  # fmt: skip
    """Call for people until a day; with no unit named, every unit and person may answer.

    `translations` say the same in other languages than `text` is written in.
    """
    row = access.mission_to_form(by, mission)
    if row.status not in AT_HOME:
        raise Refused(_("This team left already."))
    if not text.strip():
        raise Refused(_("Write what the call says."))
    if closes_on < opens_on:
        raise Refused(_("A call closes after it opens."))
    prove_no_patient(text, *(translations or {}).values())
    _near(opens_on, closes_on, at)
    call = Call(
        id=uuid4(), mission=row, text=text.strip(), opens_on=opens_on, closes_on=closes_on,
        public=public, translations=translations or {},
    )  # fmt: skip
    asked = [AskedUnit(id=uuid4(), call=call, unit=unit) for unit in dict.fromkeys(units)]
    with journal(OPEN, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(call)
        page.save_all(asked)
    return call


def _near(opens_on: dt.date, closes_on: dt.date, at: dt.datetime) -> None:
    since = months_after(at.date(), -NEAR * YEAR)
    prove_planned(opens_on, closes_on, at=at, years=NEAR, since=since)


def prolong_call(*, call: UUID, closes_on: dt.date, by: Viewer, at: dt.datetime) -> Call:
    """Set another last day, later or earlier."""
    row = access.call_to_keep(by, call)
    if row.mission.status == Mission.Status.CANCELLED:
        raise Refused(_("This team was cancelled: nobody is asked for a seat in it any more."))
    if closes_on < row.opens_on:
        raise Refused(_("A call closes after it opens."))
    _near(row.opens_on, closes_on, at)
    row.closes_on = closes_on
    with journal(PROLONG, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row


def answer_nobody(*, asked: UUID, reason: str, by: Viewer, at: dt.datetime) -> AskedUnit:
    """A unit says that it can put nobody forward, and why."""
    row = access.asked_unit_for(by, asked)
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.nobody_on, row.reason = at.date(), reason.strip()[:300]
    with journal(NOBODY, by=by, at=at, scope=f"mission:{row.call.mission_id}") as page:
        page.save(row)
    return row


def still_called(mission: Mission, person: Person, on: dt.date) -> None:
    """Refuses who comes forward before the call opens, after it closed, or unasked.

    A mission without any call takes applications as long as its stage does.
    """
    calls = list(Call.objects.filter(mission=mission).prefetch_related("asked"))
    if not calls:
        return
    running = [c for c in calls if c.opens_on <= on <= c.closes_on]
    if not running and (waiting := [c for c in calls if c.opens_on > on]):
        first = min(c.opens_on for c in waiting)
        raise Refused(_("The call opens on %(day)s.") % {"day": first})
    if not running:
        last = max(c.closes_on for c in calls)
        raise Refused(_("The call closed on %(day)s. Ask the programme office.") % {"day": last})
    if not any(asks(call, person.unit_id) for call in running):
        raise Refused(_("This call asks other units."))
