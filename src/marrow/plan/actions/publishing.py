"""A plan is published: its teams become missions with seats, and its people are asked, all through
the actions with which an office does that by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts.queries import names_of
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues, in_tongue, names
from marrow.directory.models import Organisation
from marrow.missions.actions import add_to_mission, change_batch, enter_batch, enter_trip
from marrow.missions.models import Mission, Site
from marrow.need.actions import link_need
from marrow.people.models import Person
from marrow.plan import access
from marrow.plan.actions.scenarios import changeable, scope
from marrow.plan.models import Happening, Placing, PlannedSeat, PlannedTeam, Run, Scenario
from marrow.plan.queries.publication import MovedTeam, Publication, publication_of
from marrow.plan.queries.published import person_of, published_since
from marrow.plan.queries.unfit import unfit_words
from marrow.programmes.models import Programme
from marrow.sources.actions import Source
from marrow.teams.actions import change_seat, invite, move_period, open_seats, release, withdraw
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AT_HOME

PUBLISH = Act("publish_plan", gettext_lazy("Published a plan"), undo=NEVER)
DISPLACED = gettext_lazy("The plan “%s” puts somebody else here.")
NOT_SENT = gettext_lazy("The plan “%s” no longer sends them here.")
State = Assignment.State


@dataclass(frozen=True, slots=True)
class Published:
    """A plan that was published, how many people that asked, and how many it withdrew."""

    plan: Scenario
    asked: int
    withdrawn: int


def publish_plan(*, scenario: UUID, by: Viewer, at: dt.datetime) -> Published:
    """Enter the teams, open their seats and ask the people; what the plan changes of teams that
    form already is changed there, and who is no longer sent is withdrawn. Refused with their names
    where people no longer fit by the records of this moment. Of two who publish at once, the second
    is told."""
    access.scenario_to_plan(by, scenario)
    with transaction.atomic():
        row = _first(scenario, by)
        _prove_current(row)
        _hold_people(row)
        told = publication_of(row, by, at.date())
        if told.unfit:
            raise Refused(" ".join(unfit_words(by, told.unfit)))
        _withdraw(row, told.withdrawn, by, at)
        _change(told, by, at)
        for team in PlannedTeam.objects.filter(scenario=row).select_related(
            "series__programme__sender", "programme__sender", "mission", "recipient"
        ):
            _publish_team(row, team, by, at)
        row.state, row.published_by, row.published_at = Scenario.State.PUBLISHED, by.person, at
        with journal(PUBLISH, by=by, at=at, scope=scope(row)) as page:
            page.save(row)
    return Published(row, len(told.asked), len(told.withdrawn))


def _hold_people(row: Scenario) -> None:
    """Two plans that want the same people, or people of one hospital, come one after the other;
    whoever selects one of them for a seat elsewhere waits as well."""
    placed = Placing.objects.filter(seat__team__scenario=row).values_list("person", flat=True)
    people = Person.objects.select_for_update().filter(pk__in=list(placed)).order_by("pk")
    units = {p.unit_id for p in people}
    list(Organisation.objects.select_for_update().filter(pk__in=units).order_by("pk"))


def _withdraw(row: Scenario, gone: Sequence[Assignment], by: Viewer, at: dt.datetime) -> None:
    """Who is no longer sent gives the seat up first, so that nobody sits in two. Only who dropped
    out did so themselves: all others may be sent again."""
    out = set(row.happenings.filter(kind=Happening.Kind.OUT).values_list("person", flat=True))
    wanted = set(
        PlannedSeat.objects.filter(team__scenario=row)
        .exclude(placing=None)
        .values_list("seat", flat=True)
    )
    for held in gone:
        if held.state == State.SERVING:
            raise Refused(_("%s serves in this seat already.") % held.person)
        words = DISPLACED if held.seat_id in wanted else NOT_SENT
        called = row.also("name")
        reason = {t: told % called.get(t, row.name) for t, told in in_all_tongues(words).items()}
        if held.person_id in out:
            withdraw(assignment=held.pk, reason=in_tongue(reason), also=reason, by=by, at=at)
        else:
            release(assignment=held.pk, reason=reason, by=by, at=at)


def _in_turn(moved: Sequence[MovedTeam]) -> list[MovedTeam]:
    """Of those that leave later the last first, of others the first: whoever goes with two of them
    does not sit in both meanwhile."""
    later = [m for m in moved if m.before.from_on < m.team.from_on]
    others = [m for m in moved if m not in later]
    return [
        *sorted(others, key=lambda m: m.team.from_on),
        *sorted(later, key=lambda m: m.team.from_on, reverse=True),
    ]


def _change(told: Publication, by: Viewer, at: dt.datetime) -> None:
    """What the plan says of the time and the seats of teams that form already."""
    for one in _in_turn(told.moved):
        team = one.team
        if team.mission is None:
            continue
        move_period(
            mission=team.mission.pk, from_on=team.from_on, until_on=team.until_on, by=by, at=at
        )
        if team.mission.planned_end_on:
            last = team.last_on.isoformat()
            change_batch(mission=team.mission.pk, planned_end_on=last, by=by, at=at)
    for seat in told.changed:
        if seat.planned.seat_id:
            asks = {c: getattr(seat.planned, c) for c in seat.columns}
            change_seat(seat=seat.planned.seat_id, told=asks, by=by, at=at)


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
    if Run.objects.filter(scenario=row, state__in=Run.OPEN).exists():
        raise Overtaken(_("The planner is at work on this plan. Wait for its answer, or stop it."))
    if overtaken := published_since(row):
        told = {"by": _name(overtaken.published_by), "plan": overtaken}
        raise Overtaken(
            _("%(by)s published “%(plan)s” for the same teams meanwhile. Copy that plan.") % told
        )
    return changeable(row)


def _name(account: UUID | None) -> str:
    return names_of([account]).get(account, "?") if account else "?"


def _prove_current(row: Scenario) -> None:
    if row.solved_at and row.changed_at > row.solved_at:
        raise Refused(_("The plan was changed since it was solved. Solve it again first."))


def _publish_team(row: Scenario, team: PlannedTeam, by: Viewer, at: dt.datetime) -> None:
    seats = list(PlannedSeat.objects.filter(team=team).select_related(
        "seat", "need__organisation", "placing"
    ))  # fmt: skip
    filled = [s for s in seats if hasattr(s, "placing")]
    if team.mission is None and not filled:
        return  # a team that does not go is not entered
    mission = team.mission or _enter(row, team, by, at)
    if mission.status not in AT_HOME:
        return
    _places(row, team, mission, filled, by, at)
    opened = _open(team, mission, [s for s in seats if s.seat is None], by, at)
    changed = [team] if team.mission_id is None else []
    team.mission = mission
    with journal(PUBLISH, by=by, at=at, scope=scope(row)) as page:
        page.save_all([*changed, *opened])
    for seat in seats:
        _ask(seat, by, at)
        _answer_need(seat, mission, by, at)


def _places(
    row: Scenario, team: PlannedTeam, mission: Mission, filled: Sequence[PlannedSeat], by: Viewer,
    at: dt.datetime,
) -> None:  # fmt: skip
    """The hospitals where the team is to work: its own, and those whose needs it answers."""
    wanted = {s.need.organisation_id: s.need.organisation for s in filled if s.need}
    if team.recipient and team.mission is None:
        wanted[team.recipient.pk] = team.recipient
    known = {pk for pk in mission.sites.values_list("organisation", flat=True) if pk}
    if team.series and team.series.recipient_id:
        known.add(team.series.recipient_id)
    for pk in sorted(wanted.keys() - known, key=str):
        site = Site(id=uuid4(), mission=mission, organisation=wanted[pk])
        add_to_mission(
            programme=mission.programme, mission=mission, rows=[site],
            told={"site": str(wanted[pk])}, source=_source(row, str(team)), by=by, at=at,
        )  # fmt: skip


def _source(row: Scenario, words: str) -> Source:
    return Source(_("The plan “%s”") % row, words)


def _enter(row: Scenario, team: PlannedTeam, by: Viewer, at: dt.datetime) -> Mission:
    end = team.last_on.isoformat()
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


def _ask(planned: PlannedSeat, by: Viewer, at: dt.datetime) -> None:
    """Ask who is put there, unless they are on the way there already."""
    wanted = person_of(planned)
    if planned.seat_id is None or wanted is None:
        return
    there = Assignment.objects.filter(
        seat=planned.seat_id, person=wanted, state__in=(*Assignment.ON_THE_WAY, *Assignment.HELD)
    )
    if not there.exists():
        invite(seat=planned.seat_id, person=wanted, by=by, at=at)


def _answer_need(planned: PlannedSeat, mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """The seat answers the need for which it stands. What was linked before, or belongs to another
    office, stays as it is."""
    if planned.need_id is None or planned.seat_id is None or not hasattr(planned, "placing"):
        return
    try:
        link_need(need=planned.need_id, mission=mission.pk, seat=planned.seat_id, by=by, at=at)
    except (NotAllowed, Unseen, Refused):
        return
