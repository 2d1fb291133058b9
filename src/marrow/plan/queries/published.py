"""What a plan builds on: the plan from which it was copied and which was published, and the seats
of that one which it gives up. And what came in its place: the plan published later for its
teams."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer
from marrow.plan import access
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario


@remembered
def published_before(scenario: Scenario) -> UUID | None:
    """The nearest plan up the line of copies that was published."""
    at, seen = scenario.copied_from_id, {scenario.pk}
    told = Scenario.objects.values_list("pk", "copied_from", "state") if at else ()
    known = {pk: (before, state) for pk, before, state in told}
    while at in known and at not in seen:
        seen.add(at)
        before, state = known[at]
        if state == Scenario.State.PUBLISHED:
            return at
        at = before
    return None


def given_up(scenario: Scenario) -> dict[UUID, UUID | None]:
    """The seats that the plan before opened or asked for and this one no longer has, each with who
    was put there."""
    before = published_before(scenario)
    if before is None:
        return {}
    mine = PlannedSeat.objects.filter(team__scenario=scenario).exclude(seat=None)
    rows = PlannedSeat.objects.filter(team__scenario=before).exclude(seat=None)
    rows = rows.exclude(seat__in=mine.values("seat"))
    return {s: p for s, p in rows.values_list("seat", "placing__person") if s}


def sent_before(scenario: Scenario) -> dict[UUID, UUID]:
    """By seat, whom the plan before put there."""
    before = published_before(scenario)
    rows = PlannedSeat.objects.filter(team__scenario=before).exclude(placing=None)
    told = rows.exclude(seat=None).values_list("seat", "placing__person")
    return {s: p for s, p in told if s and p} if before else {}


def sent_by_plans(seats: Collection[UUID]) -> defaultdict[UUID, set[UUID]]:
    """By seat of a published plan, whom such plans sent there: nobody, where they left it empty."""
    rows = PlannedSeat.objects.filter(
        seat__in=seats, team__scenario__state=Scenario.State.PUBLISHED
    )
    found = defaultdict[UUID, set[UUID]](set)
    for seat, person in rows.values_list("seat", "placing__person"):
        if seat:
            found[seat] |= {person} if person else set()
    return found


def person_of(row: PlannedSeat) -> UUID | None:
    """Who stands in a seat of a plan."""
    placing = getattr(row, "placing", None)
    return placing.person_id if placing else None


def stands(row: Scenario) -> bool:
    """Whether a plan is published, and no other was published for all of its teams since."""
    if row.state != Scenario.State.PUBLISHED:
        return False
    after = replaced([row]).get(row.pk)
    return after is None or not after.whole


@dataclass(frozen=True, slots=True)
class After:
    """The latest plan that was published for teams of another, after it. `whole`: for all of its
    teams; of a plan that is not published, that it can no longer be."""

    plan: Scenario
    whole: bool
    seen: bool = True  # by whom asks


def published_since(row: Scenario) -> Scenario | None:
    """The plan of the same teams that was published last since this one was solved: the one that
    stands, and of which a copy can be published."""
    return _overtaken([row]).get(row.pk)


def _overtaken(rows: list[Scenario]) -> dict[UUID, Scenario]:
    """By plan, the last that was published for the same series since it was solved."""
    own = PlannedTeam.objects.filter(scenario__in=[row.pk for row in rows]).exclude(series=None)
    teams = PlannedTeam.objects.filter(
        series__in=own.values("series"), scenario__state=Scenario.State.PUBLISHED
    )
    published = list(teams.select_related("scenario").order_by("-scenario__published_at", "pk"))
    if not published:
        return {}
    series, found = _series_of(rows), dict[UUID, Scenario]()
    since = {row.pk: row.solved_at or row.made_at for row in rows}
    copies = [
        row for row in rows
        if row.copied_from_id and any(_overtakes(t.scenario, row, since[row.pk]) for t in published)
    ]  # fmt: skip
    for pk, built in (_built_on(copies) if copies else {}).items():
        since[pk] = max(since[pk], built)
    for row in rows:
        for team in published:
            if team.series_id in series[row.pk] and _overtakes(team.scenario, row, since[row.pk]):
                found[row.pk] = team.scenario
                break
    return found


def _overtakes(other: Scenario, row: Scenario, since: dt.datetime) -> bool:
    return other.pk != row.pk and other.published_at is not None and other.published_at > since


def _built_on(rows: list[Scenario]) -> dict[UUID, dt.datetime]:
    """By plan, when the nearest plan up its line of copies was published that was so by the time
    of the copy: a copy builds on that one, and on all that this one built on."""
    told = Scenario.objects.values_list("pk", "copied_from", "made_at", "published_at")
    known = {pk: (before, made, published) for pk, before, made, published in told}
    found: dict[UUID, dt.datetime] = {}
    for row in rows:
        at, made, seen = row.copied_from_id, row.made_at, {row.pk}
        while at in known and at not in seen:
            seen.add(at)
            before, made_before, published = known[at]
            if published and published <= made:
                found[row.pk] = published
                break
            at, made = before, made_before
    return found


def _series_of(rows: list[Scenario]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {row.pk: set() for row in rows}
    teams = PlannedTeam.objects.filter(scenario__in=found).exclude(series=None)
    for plan, series in teams.values_list("scenario", "series"):
        if series:
            found[plan].add(series)
    return found


def replaced(rows: Iterable[Scenario]) -> dict[UUID, After]:
    """By plan, what came in its place; nothing of a plan that stands."""
    told = list(rows)
    of = _teams_of([r.pk for r in told if r.state == Scenario.State.PUBLISHED])
    wanted = {team for teams in of.values() for team in teams}
    later = _published_of(wanted)
    solved = [r for r in told if r.state == Scenario.State.SOLVED]
    found = {pk: After(other, whole=True) for pk, other in _overtaken(solved).items()}
    for row in told:
        published = row.state == Scenario.State.PUBLISHED
        if published and (after := _after(row, of[row.pk], later)):
            found[row.pk] = after
    return found


def after_of(viewer: Viewer, row: Scenario) -> After | None:
    """What came in the place of one plan; whether the viewer may look at it is told."""
    after = replaced([row]).get(row.pk)
    if after is None:
        return None
    seen = access.scenarios_for(viewer).filter(pk=after.plan.pk).exists()
    return After(after.plan, after.whole, seen=seen)


Team = tuple[UUID | None, int | None, UUID | None]  # series and number, or the mission


def _team(series: UUID | None, number: int | None, mission: UUID | None) -> Team:
    return (series, number, None) if series and number else (None, None, mission)


def _teams_of(plans: list[UUID]) -> dict[UUID, set[Team]]:
    found: dict[UUID, set[Team]] = defaultdict(set)
    rows = PlannedTeam.objects.filter(scenario__in=plans)
    for plan, series, number, mission in rows.values_list(
        "scenario", "series", "number", "mission"
    ):
        if (series and number) or mission:
            found[plan].add(_team(series, number, mission))
    return found


def _published_of(teams: set[Team]) -> dict[Team, list[Scenario]]:
    """By team, the published plans that have it, the first published first."""
    series = {s for s, _n, _m in teams if s}
    missions = {m for _s, _n, m in teams if m}
    rows = PlannedTeam.objects.filter(scenario__state=Scenario.State.PUBLISHED)
    rows = rows.filter(series__in=series) | rows.filter(mission__in=missions)
    found: dict[Team, list[Scenario]] = defaultdict(list)
    for row in rows.select_related("scenario").order_by("scenario__published_at"):
        found[_team(row.series_id, row.number, row.mission_id)].append(row.scenario)
    return found


def _after(row: Scenario, teams: set[Team], later: dict[Team, list[Scenario]]) -> After | None:
    at = row.published_at
    over = {
        team: plan for team in teams for plan in later.get(team, ())
        if at and plan.published_at and plan.published_at > at
    }  # fmt: skip
    if not over:
        return None
    latest = max(over.values(), key=lambda p: (str(p.published_at), str(p.pk)))
    return After(latest, whole=over.keys() == teams)
