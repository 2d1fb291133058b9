"""A plan is published: its teams become missions with seats, and its people are asked, all through
the actions with which an office does that by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts.queries import names_of
from marrow.core.journal import Act, journal
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.missions.actions import add_to_mission, enter_batch, enter_trip
from marrow.missions.models import Mission, Site
from marrow.need.actions import link_need
from marrow.plan import access
from marrow.plan.actions.scenarios import changeable, scope
from marrow.plan.models import Placing, PlannedSeat, PlannedTeam, Scenario
from marrow.programmes.models import Programme
from marrow.sources.actions import Source
from marrow.teams.actions import invite, open_seats, withdraw
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AT_HOME

PUBLISH = Act("publish_plan", gettext_lazy("Published a plan"))
State = Assignment.State


def publish_plan(*, scenario: UUID, by: Viewer, at: dt.datetime) -> Scenario:
    """Enter the teams, open their seats and ask the people; a seat that somebody else was on the
    way into is given up by them first. Of two who publish at once, the second is told."""
    access.scenario_to_plan(by, scenario)
    with transaction.atomic():
        row = _first(scenario, by)
        _prove_current(row)
        for team in PlannedTeam.objects.filter(scenario=row).select_related(
            "series__programme__sender", "programme__sender", "mission", "recipient"
        ):
            _publish_team(row, team, by, at)
        row.state, row.published_by, row.published_at = Scenario.State.PUBLISHED, by.person, at
        with journal(PUBLISH, by=by, at=at, scope=scope(row)) as page:
            page.save(row)
    return row


def _first(scenario: UUID, by: Viewer) -> Scenario:
    """The plan, held until it is published. Those who publish plans of the same programmes come
    one after the other."""
    of = PlannedTeam.objects.filter(scenario=scenario).values("programme")
    list(Programme.objects.select_for_update().filter(pk__in=of).order_by("pk"))
    row = Scenario.objects.select_for_update().get(pk=scenario)
    if row.state == Scenario.State.PUBLISHED:
        raise Overtaken(_("%(by)s published this plan already.") % {"by": _name(row.published_by)})
    if (
        row.state != Scenario.State.SOLVED
        or not Placing.objects.filter(seat__team__scenario=row).exists()
    ):
        raise Refused(_("Nobody stands in a seat yet. Let the planner solve it first."))
    if overtaken := _published_since(row):
        told = {"by": _name(overtaken.published_by), "plan": overtaken.name}
        raise Overtaken(
            _("%(by)s published “%(plan)s” for the same teams meanwhile. Copy that plan.") % told
        )
    return changeable(row)


def _name(account: UUID | None) -> str:
    return names_of([account]).get(account, "?") if account else "?"


def _published_since(row: Scenario) -> Scenario | None:
    """A plan of the same teams that was published since this one was solved. What was copied from
    that plan builds on it."""
    mine = PlannedTeam.objects.filter(scenario=row)
    series = [s for s in mine.values_list("series", flat=True) if s]
    others = Scenario.objects.filter(state=Scenario.State.PUBLISHED, teams__series__in=series)
    since = row.solved_at or row.made_at
    if row.copied_from_id:
        others = others.exclude(pk=row.copied_from_id)
    return others.filter(published_at__gt=since).first()


def _prove_current(row: Scenario) -> None:
    if row.solved_at and row.changed_at > row.solved_at:
        raise Refused(_("The plan was changed since it was solved. Solve it again first."))


def _publish_team(row: Scenario, team: PlannedTeam, by: Viewer, at: dt.datetime) -> None:
    seats = list(PlannedSeat.objects.filter(team=team).select_related("seat", "need", "placing"))
    filled = [s for s in seats if hasattr(s, "placing")]
    if team.mission is None and not filled:
        return  # a team that does not go is not entered
    mission = team.mission or _entered(row, team, by, at)
    if mission.status not in AT_HOME:
        return
    opened = _open(team, mission, [s for s in seats if s.seat is None], by, at)
    changed = [team] if team.mission_id is None else []
    team.mission = mission
    with journal(PUBLISH, by=by, at=at, scope=scope(row)) as page:
        page.save_all([*changed, *opened])
    for seat in seats:
        _ask(row, seat, by, at)
        _answer_need(seat, mission, by, at)


def _entered(row: Scenario, team: PlannedTeam, by: Viewer, at: dt.datetime) -> Mission:
    """A new mission, with the hospital where it is to work."""
    mission = _enter(row, team, by, at)
    if team.recipient and not (team.series and team.series.recipient_id == team.recipient_id):
        site = Site(id=uuid4(), mission=mission, organisation=team.recipient)
        add_to_mission(
            programme=mission.programme, mission=mission, rows=[site],
            told={"site": str(team.recipient)}, source=_source(row, str(team)), by=by, at=at,
        )  # fmt: skip
    return mission


def _source(row: Scenario, words: str) -> Source:
    return Source(_("The plan “%s”") % row.name, words)


def _enter(row: Scenario, team: PlannedTeam, by: Viewer, at: dt.datetime) -> Mission:
    end = (team.until_on - dt.timedelta(days=1)).isoformat()
    if team.series and team.number:
        return enter_batch(
            series=team.series, number=team.number, by=by, at=at, status="PLANNED",
            planned_end_on=end,
        )  # fmt: skip
    return enter_trip(
        programme=team.programme, kind=team.kind, names=names(team.title), by=by, at=at,
        source=_source(row, team.title), status="PLANNED",
        planned_end_on=end,
    )  # fmt: skip


def _open(
    team: PlannedTeam, mission: Mission, rows: Sequence[PlannedSeat], by: Viewer, at: dt.datetime
) -> list[PlannedSeat]:
    if not rows:
        return []
    seats = [
        Seat(
            id=uuid4(), role=r.role, specialty=r.specialty, grade=r.grade,
            languages=dict(r.languages), from_on=team.from_on, until_on=team.until_on,
        )
        for r in rows
    ]  # fmt: skip
    open_seats(mission=mission.pk, seats=seats, by=by, at=at)
    for row, seat in zip(rows, seats, strict=True):
        row.seat = seat
    return list(rows)


def _ask(row: Scenario, planned: PlannedSeat, by: Viewer, at: dt.datetime) -> None:
    """Ask who is put there; whoever was on the way there for an earlier plan gives the seat up."""
    if planned.seat_id is None:
        return
    placing = getattr(planned, "placing", None)
    wanted = placing.person_id if placing else None
    held = Assignment.objects.filter(
        seat=planned.seat_id, state__in=(*Assignment.ON_THE_WAY, *Assignment.HELD)
    )
    known = {a.person_id: a for a in held}
    if wanted in known:
        return
    reason = _("The plan “%s” puts somebody else here.") % row.name
    for other in known.values():
        if other.state in (State.SERVING, State.SERVED):
            raise Refused(_("%s serves in this seat already.") % other.person)
        if wanted or _is_out(row, other.person_id):
            withdraw(assignment=other.pk, reason=reason, by=by, at=at)
    if wanted:
        invite(seat=planned.seat_id, person=wanted, by=by, at=at)


def _is_out(row: Scenario, person: UUID) -> bool:
    return row.happenings.filter(person=person).exists()


def _answer_need(planned: PlannedSeat, mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """The seat answers the need for which it stands. What was linked before, or belongs to another
    office, stays as it is."""
    if planned.need_id is None or planned.seat_id is None or not hasattr(planned, "placing"):
        return
    try:
        link_need(need=planned.need_id, mission=mission.pk, seat=planned.seat_id, by=by, at=at)
    except (NotAllowed, Unseen, Refused):
        return
