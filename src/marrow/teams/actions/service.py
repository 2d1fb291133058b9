"""Somebody's service begins, passes to another or ends; or they do not come at all."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.partial_dates import earliest
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.people.actions.wording import prove_no_patient
from marrow.teams import access
from marrow.teams.actions.checklists import let_go, list_for, put_down
from marrow.teams.actions.panels import as_judged, judged
from marrow.teams.actions.seats import free_for, kept_by_act, still_filled
from marrow.teams.models import Assignment
from marrow.teams.rules.stages import AWAY

BEGIN = Act("begin_service", gettext_lazy("Entered since when somebody serves"))
RELEASE = Act("release", gettext_lazy("Released somebody from a seat"))
WITHDRAW = Act("withdraw", gettext_lazy("Withdrew from a seat"))
REPLACE = Act("replace", gettext_lazy("Replaced somebody in a seat"), tells=as_judged)
END = Act("end_service", gettext_lazy("Entered that somebody went home early"))
AHEAD = dt.timedelta(days=60)  # an advance party goes before its team
State = Assignment.State
OVER = (
    State.SERVED, State.WITHDRAWN, State.RELEASED, State.REPLACED, State.WENT_HOME, State.REFUSED,
)  # fmt: skip


def begin_service(*, assignment: UUID, on: dt.date, by: Viewer, at: dt.datetime) -> Assignment:
    """Enter since when somebody serves, in a team that was away before it came into Marrow. Refused
    with what to do where the day lies ahead, or well before the team or the seat began."""
    row = access.assignment_to_form(by, assignment)
    if row.state != State.SELECTED or row.seat.mission.status not in AWAY:
        raise Refused(_("Only who is selected, in a team that is away, serves already."))
    if on > at.date():
        raise Refused(
            _("The day lies in the future. Enter it once they serve; until then they are selected.")
        )
    if (first := earliest_day(row)) and on < first:
        raise Refused(
            _(
                "Nobody served in this seat before %(day)s, two months ahead of its beginning."
                " Correct the day; where the team left earlier, correct its departure first."
            )
            % {"day": first}
        )  # fmt: skip
    row.state, row.started_on = State.SERVING, on
    with free_for(row):
        return kept_by_act(BEGIN, row, by, at)


def earliest_day(row: Assignment) -> dt.date | None:
    """The first day on which somebody may have served in this seat; None where nothing is told."""
    mission = row.seat.mission
    told = [earliest(day) for day in (mission.departed_on, mission.arrived_on) if day]
    if row.seat.from_on:
        told.append(row.seat.from_on)
    if not told and mission.programme.started_on:
        told.append(earliest(mission.programme.started_on))
    return min(told) - AHEAD if told else None


def end_service(
    *, assignment: UUID, on: dt.date, reason: str, by: Viewer, at: dt.datetime
) -> Assignment:
    """Somebody goes home before their team does: they served until `on`, which counts as any other
    service does, and the seat is empty. Refused with the days between which it must lie."""
    row = access.assignment_to_form(by, assignment)
    if row.state != State.SERVING:
        raise Refused(_("Only who serves goes home early. Who has not begun does not come."))
    if not reason.strip():
        raise Refused(_("Say why."))
    _within_service(row, on, at)
    prove_no_patient(reason)
    row.state, row.ended_on, row.reason = State.WENT_HOME, on, reason.strip()[:300]
    return kept_by_act(END, row, by, at)


def _within_service(row: Assignment, on: dt.date, at: dt.datetime) -> None:
    since = row.started_on
    if on > at.date() or (since and on < since):
        told = {"since": since or "…", "today": at.date()}
        raise Refused(
            _("Choose a day of the service: not before %(since)s, not after today, %(today)s.")
            % told
        )


def replace(
    *,
    assignment: UUID,
    successor: UUID,
    reason: str,
    by: Viewer,
    at: dt.datetime,
    on: dt.date | None = None,
) -> Assignment:
    """Put another person, whose unit agreed, into a seat that somebody holds, in one act. Of a post
    that was begun, one's service ends and the other's begins `on` a day; today where not told."""
    row = access.assignment_to_form(by, assignment)
    coming = access.assignment_to_form(by, successor)
    still_filled(row.seat)
    if coming.seat_id != row.seat_id or coming.state != State.AGREED:
        raise Refused(_("The successor stands for this seat, and their unit agreed."))
    if row.state not in (State.SELECTED, State.SERVING):
        raise Refused(_("Nobody is in this seat: select somebody."))
    note = judged(coming)
    if not reason.strip():
        raise Refused(_("Say why."))
    serving = row.state == State.SERVING
    day = (on or at.date()) if serving else at.date()
    if serving:
        _within_service(row, day, at)
    prove_no_patient(reason)
    row.state, row.ended_on, row.reason = State.REPLACED, day, reason.strip()[:300]
    coming.state = State.SERVING if serving else State.SELECTED
    coming.selected_on, coming.started_on = at.date(), day if serving else None
    with (
        free_for(coming),
        journal(REPLACE, by=by, at=at, scope=f"mission:{row.seat.mission_id}", note=note) as page,
    ):
        page.save(row)
        let_go(page, [row], by, at)
        page.save(coming)
        put_down(page, row.seat.mission_id, list_for(coming), at)
    return coming


def withdraw(
    *, assignment: UUID, reason: str, by: Viewer, at: dt.datetime, also: Names | None = None
) -> Assignment:
    """Somebody who has not begun does not come after all: said by the office, their unit, or
    themselves. `also` is the reason in other languages, where it is known in these."""
    row = access.assignment_to_withdraw(by, assignment)
    if row.state in OVER:
        raise Refused(_("This is over already."))
    if row.state == State.SERVING:
        raise Refused(_("They serve already: the office enters on which day they went home."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason, *(also or {}).values())
    row.reason, row.ended_on = reason.strip()[:300], at.date()
    if also:
        row.tongues = {**row.tongues, "reason": also}
    row.state = State.WITHDRAWN
    return kept_by_act(WITHDRAW, row, by, at)


def release(*, assignment: UUID, reason: Names, by: Viewer, at: dt.datetime) -> Assignment:
    """The office no longer sends somebody, who refused nothing and may be asked again; `reason` in
    each language."""
    row = access.assignment_to_form(by, assignment)
    if row.state not in (*Assignment.ON_THE_WAY, State.SELECTED):
        raise Refused(_("This is over already."))
    row.reason, row.ended_on = in_tongue(reason)[:300], at.date()
    row.tongues = {**row.tongues, "reason": reason}
    row.state = State.RELEASED
    return kept_by_act(RELEASE, row, by, at)
