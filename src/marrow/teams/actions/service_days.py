"""The days on which somebody served are put right, alone or with those who began or ended with
them: after a correction of when the team left or came home, say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation
from marrow.core.partial_dates import latest
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_patient
from marrow.teams import access
from marrow.teams.actions.seats import free_for, sits_elsewhere
from marrow.teams.actions.service import earliest_day
from marrow.teams.models import Assignment, StageChange
from marrow.teams.rules.periods import Period, fall_together

CHANGE = Act("change_service", gettext_lazy("Put the days of a service right"))
Asked = Callable[[Sequence[UUID]], str]
DAYS = ("started_on", "ended_on")
#: what rooms above say against other days of these services; '' is nothing
HELD_BY: list[Asked] = []


def change_service(
    *, assignment: UUID, reason: str, by: Viewer, at: dt.datetime,
    started_on: dt.date | None = None, ended_on: dt.date | None = None, together: bool = False,
) -> list[Assignment]:  # fmt: skip
    """Another first or last day of what somebody served; None leaves what is there. `together`
    moves with it whoever of the team began, or ended, on the same day as they did. All move, or
    none: refused where a day cannot be meant, the team was home by then, the seat or the person was
    elsewhere, or a certificate that holds tells of the days."""
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
    _prove_all(moved, at, ended_on)
    scope = f"mission:{row.seat.mission_id}"
    with (
        ExitStack() as held,
        journal(CHANGE, by=by, at=at, scope=scope, note=reason.strip()) as page,
    ):
        for one in moved:
            page.save(one)
        for one in moved:  # two of a team may have changed places: all stand before one is proved
            held.enter_context(free_for(one))
            if said := _sat_with(one):
                raise Refused(said)
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


def _prove_all(moved: Sequence[Assignment], at: dt.datetime, ended_on: dt.date | None) -> None:
    for said in (ask([one.pk for one in moved]) for ask in HELD_BY):
        if said:
            raise Refused(said)
    for one in moved:
        _prove(one, at, moves_end=ended_on is not None and one.ended_on == ended_on)


def _prove(one: Assignment, at: dt.datetime, *, moves_end: bool) -> None:
    start, end, first = one.started_on, one.ended_on, earliest_day(one)
    told = {"person": one.person, "first": first or "…", "last": end or at.date()}
    if start and (start > (end or at.date()) or (first and start < first)):
        raise Refused(
            _("%(person)s began between %(first)s and %(last)s: choose a day of these.") % told
        )
    if end and end > at.date():
        raise Refused(_("The day lies in the future."))
    if moves_end and (said := _after_the_team(one)):
        raise Refused(said)


def _after_the_team(one: Assignment) -> str:
    """That they would have served after their team came home, in words; '' where they did not."""
    home = came_home(one.seat.mission)
    if home is None or one.ended_on is None or one.ended_on <= home:
        return ""
    return _(
        "The team came home on %(day)s: nobody of it served longer. Where it came home later,"
        " correct its return first."
    ) % {"day": home}


def came_home(mission: Mission) -> dt.date | None:
    """The last day on which a team may have come home; None where nobody told of it."""
    if mission.returned_on:
        return latest(mission.returned_on)
    home = StageChange.objects.filter(mission=mission, stage=Mission.Status.DEBRIEFING)
    return home.order_by("-step").values_list("on", flat=True).first()


def _sat_with(one: Assignment, meanwhile: Mapping[UUID, Assignment] = {}) -> str:
    """Who served in the same seat on a day of theirs, in words: one follows the other, never two on
    a day. Of `meanwhile` the days count that are told there."""
    mine = Period(one.started_on, one.ended_on)
    rows = Assignment.objects.filter(seat=one.seat_id).exclude(pk=one.pk)
    for row in rows.select_related("person"):
        other = meanwhile.get(row.pk, row)
        if other.started_on and fall_together(mine, Period(other.started_on, other.ended_on)):
            told = {
                "person": other.person, "since": other.started_on, "until": other.ended_on or "…",
            }  # fmt: skip
            return (
                _("%(person)s served in this seat then: %(since)s – %(until)s. Move theirs first.")
                % told
            )
    return ""


def days_may_be_again(lines: list[Operation]) -> str:
    """Why days of services do not come back by an undo: somebody else has the seat on them by now,
    the person serves elsewhere, or the team is home."""
    again = {row.pk: row for row in (_as_before(line) for line in lines) if row is not None}
    told = (
        why
        for row in again.values()
        for why in (
            _after_the_team(row), _sat_with(row, again), sits_elsewhere(row, again),
        )
    )  # fmt: skip
    return next(filter(None, told), "")


def _as_before(line: Operation) -> Assignment | None:
    """A service with the days that a line changed, as they were; None where it changed none of
    somebody who had begun, or changed how they stand as well: that is another act's to prove."""
    changed = changed_by(line)
    moved = changed.keys() & set(DAYS)
    if line.kind != Operation.SET or not moved or "state" in changed:
        return None
    rows = Assignment.objects.select_related("person", "seat__mission")
    row = rows.filter(pk=line.record).first()
    for day in moved if row else ():
        told = changed[day][0]
        setattr(row, day, dt.date.fromisoformat(told) if told else None)
    return row if row and row.started_on else None


HELD_AS_IT_STANDS.setdefault(Assignment._meta.label_lower, []).append(days_may_be_again)
