"""The days on which somebody served are put right, alone or with those who began or ended with
them: after a correction of when the team left or came home, say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.teams import access
from marrow.teams.actions.seats import free_for
from marrow.teams.actions.service import earliest_day
from marrow.teams.models import Assignment
from marrow.teams.rules.periods import Period, fall_together

CHANGE = Act("change_service", gettext_lazy("Put the days of a service right"))
Asked = Callable[[Sequence[UUID]], str]
#: what rooms above say against other days of these services; '' is nothing
HELD_BY: list[Asked] = []


def change_service(
    *, assignment: UUID, reason: str, by: Viewer, at: dt.datetime,
    started_on: dt.date | None = None, ended_on: dt.date | None = None, together: bool = False,
) -> list[Assignment]:  # fmt: skip
    """Another first or last day of what somebody served; None leaves what is there. `together`
    moves with it whoever of the team began, or ended, on the same day as they did. All move, or
    none: refused where a day cannot be meant, the seat or the person was elsewhere then, or a
    certificate that holds tells of the days."""
    row = access.assignment_to_form(by, assignment)
    if row.started_on is None:
        raise Refused(_("They have not begun to serve: there is no day to put right."))
    if ended_on and row.ended_on is None:
        raise Refused(_("They serve still: enter an early return, or the next stage of the team."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    stood = Period(row.started_on, row.ended_on)
    moved = [one for one in _of_them(row, together) if _move(one, stood, started_on, ended_on)]
    if not moved:
        raise Refused(_("These are the days that stand there."))
    for said in (ask([one.pk for one in moved]) for ask in HELD_BY):
        if said:
            raise Refused(said)
    for one in moved:
        _prove(one, at)
    scope = f"mission:{row.seat.mission_id}"
    with (
        ExitStack() as held,
        journal(CHANGE, by=by, at=at, scope=scope, note=reason.strip()) as page,
    ):
        for one in moved:
            page.save(one)
        for one in moved:  # two of a team may have changed places: all stand before one is proved
            held.enter_context(free_for(one))
            _prove_seat(one)
    return moved


def _of_them(row: Assignment, together: bool) -> list[Assignment]:
    if not together:
        return [row]
    team = Assignment.objects.filter(seat__mission=row.seat.mission_id, started_on__isnull=False)
    return list(team.select_related("person", "seat__mission__programme").order_by("pk"))


def _move(one: Assignment, stood: Period, start: dt.date | None, end: dt.date | None) -> bool:
    """Move the days that `one` has in common with those that stood; whether any did."""
    was = Period(one.started_on, one.ended_on)
    if start and one.started_on == stood.start:
        one.started_on = start
    if end and one.ended_on == stood.end:
        one.ended_on = end
    return was != Period(one.started_on, one.ended_on)


def _prove(one: Assignment, at: dt.datetime) -> None:
    start, end, first = one.started_on, one.ended_on, earliest_day(one)
    told = {"person": one.person, "first": first or "…", "last": end or at.date()}
    if start and (start > (end or at.date()) or (first and start < first)):
        raise Refused(
            _("%(person)s began between %(first)s and %(last)s: choose a day of these.") % told
        )
    if end and end > at.date():
        raise Refused(_("The day lies in the future."))


def _prove_seat(one: Assignment) -> None:
    """One after the other in a seat, never two on a day."""
    mine = Period(one.started_on, one.ended_on)
    others = Assignment.objects.filter(seat=one.seat_id, started_on__isnull=False)
    for other in others.exclude(pk=one.pk).select_related("person"):
        if fall_together(mine, Period(other.started_on, other.ended_on)):
            told = {
                "person": other.person, "since": other.started_on, "until": other.ended_on or "…",
            }  # fmt: skip
            raise Refused(
                _("%(person)s served in this seat then: %(since)s – %(until)s. Move theirs first.")
                % told
            )
