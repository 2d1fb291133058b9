"""What is asked about life on post: how people are, what is agreed, whom a message reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.utils.translation import gettext as _

from marrow.accounts.queries import names_of
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission, Site
from marrow.people.models import Person
from marrow.posts import access
from marrow.posts.models import (
    CheckIn,
    Extension,
    Incident,
    Milestone,
    Objective,
    Regard,
    Rung,
    Watch,
)
from marrow.posts.rules.silence import Ladder, heard_at, silent_since, state_now, whole_hours, worst
from marrow.posts.standing import states_on_post
from marrow.teams.access import LEADERS, formed_by, missions_of
from marrow.teams.models import CAME_HOME, Assignment
from marrow.ui.papers.tables import Row

MOST_WORDS = 20_000
ENDING = ("HANDING_OVER", "DEBRIEFING", "CLOSED")  # when objectives are scored
SERVED = Q(state__in=("SELECTED", "SERVING", "REPLACED")) | CAME_HOME


def silence_of(watch: Watch) -> dt.datetime:
    """Since when the one who was not heard for longest is silent."""
    joined = {
        person: access.expected_from(watch, day)
        for person, day in access.serving(watch.mission).values_list("person", "started_on")
    }
    rows = CheckIn.objects.filter(mission=watch.mission_id)
    told: list[tuple[UUID | None, dt.datetime]] = list(
        rows.values_list("person").annotate(last=Max("said_at"))
    )
    for_all = rows.filter(whole_team=True).aggregate(last=Max("said_at"))["last"]
    if for_all:
        told.append((None, for_all))
    return silent_since(heard_at(joined, told), max([watch.started_at, *(at for _w, at in told)]))


@dataclass(frozen=True, slots=True)
class News:
    """What is known of one person on post: the last word, and what it is worth now."""

    assignment: Assignment
    word: CheckIn | None  # their own, or the one for the whole team
    state: str
    hours: int | None  # since the word; None where there was none


@dataclass(frozen=True, slots=True)
class TeamNews:
    """What is known of a team: the worst of its people; of nobody, nothing."""

    mission: Mission
    watch: Watch | None
    people: list[News]
    state: str
    hours: int  # after which no word is unknown
    silent: list[News]

    @property
    def last(self) -> CheckIn | None:
        words = [n.word for n in self.people if n.word]
        return max(words, key=lambda w: w.said_at, default=None)

    @property
    def alike(self) -> list[list[News]]:
        """The people by what is known of them: those of whom one word for all is the last, or of
        whom there is none, together; whoever spoke for themselves alone."""
        found: dict[tuple[object, str], list[News]] = {}
        for one in self.people:
            own = one.word is not None and one.word.person_id == one.assignment.person_id
            word = one.assignment.pk if own else one.word and one.word.pk
            found.setdefault((word, one.state), []).append(one)
        return list(found.values())


def news_of(missions: Sequence[Mission], now: dt.datetime) -> list[TeamNews]:
    """The news of several teams by two questions, where their watches came with them."""
    serving: dict[UUID, list[Assignment]] = {}
    rows = Assignment.objects.filter(seat__mission__in=missions, state=Assignment.State.SERVING)
    for one in rows.select_related("person", "seat").order_by("seat__role", "pk"):
        serving.setdefault(one.seat.mission_id, []).append(one)
    said: dict[UUID, list[CheckIn]] = {}
    for word in _latest(missions):
        said.setdefault(word.mission_id, []).append(word)
    return [
        _news(m, getattr(m, "watch", None), serving.get(m.pk, []), said.get(m.pk, []), now)
        for m in missions
    ]


def _latest(missions: Sequence[Mission]) -> list[CheckIn]:
    """The last word of each, and the last for the whole team, the newest first."""
    last = Window(Max("said_at"), partition_by=["mission", "person", "whole_team"])
    rows = CheckIn.objects.filter(mission__in=missions).annotate(last=last)
    rows = rows.filter(said_at=F("last")).select_related(
        "person", "site__organisation", "site__area"
    )
    return list(rows.order_by("-said_at", "pk"))


def _news(
    mission: Mission, watch: Watch | None, serving: list[Assignment], said: list[CheckIn],
    now: dt.datetime,
) -> TeamNews:  # fmt: skip
    hours = watch.leader_after if watch else Ladder().leader
    people = [_of(one, said, now, hours) for one in serving]
    silent = [n for n in people if n.state == "UNKNOWN"]
    return TeamNews(mission, watch, people, worst(n.state for n in people), hours, silent)


def _of(one: Assignment, said: list[CheckIn], now: dt.datetime, hours: int) -> News:
    """Their own call for help stands until they themselves say otherwise."""
    own = next((w for w in said if w.person_id == one.person_id), None)
    word = next((w for w in said if w.person_id == one.person_id or w.whole_team), None)
    if own and own.state == CheckIn.State.NEEDS_HELP:
        word = own
    state = state_now(word.state if word else "", word.said_at if word else None, now, hours)
    return News(one, word, state, whole_hours(word.said_at, now) if word else None)


def teams_on_post(viewer: Viewer, now: dt.datetime, state: str = "") -> list[TeamNews]:
    """The teams whose life this viewer may see, the worst news first; or those in one state."""
    rows = (
        access.watched_for(viewer).distinct().select_related("programme__sender", "series", "watch")
    )
    if state:
        those = [m for m, is_now in states_on_post(viewer, now).items() if is_now == state]
        rows = rows.filter(pk__in=those)
    found = news_of(list(rows.order_by("key")[:200]), now)
    order = {"NEEDS_HELP": 0, "UNKNOWN": 1, "SAFE": 2}
    return sorted(found, key=lambda n: order[n.state])


def rungs_of(watch: Watch | None) -> list[Rung]:
    """The rungs that were climbed, the latest first."""
    if watch is None:
        return []
    return list(Rung.objects.filter(watch=watch).order_by("-climbed_at", "-step")[:6])


def words_of(mission: Mission, limit: int = 12) -> list[CheckIn]:
    """The latest words of a team."""
    rows = CheckIn.objects.filter(mission=mission).select_related(
        "person", "site__organisation", "site__area"
    )
    return list(rows.order_by("-said_at", "pk")[:limit])


def incidents_of(mission: Mission) -> list[Incident]:
    """Open ones first, then the latest."""
    rows = Incident.objects.filter(mission=mission).select_related(
        "site__organisation", "site__area"
    )
    return sorted(rows.order_by("-happened_on", "pk"), key=lambda i: i.state != Incident.State.OPEN)


@dataclass(frozen=True, slots=True)
class ObjectiveShown:
    """An objective as one side sees it: the other's score is shown once one's own is given."""

    objective: Objective
    side: str  # for which this viewer speaks, or ''
    may_agree: bool
    may_score: bool
    team_by: str
    host_by: str
    shows_team: bool
    shows_host: bool


def objectives_of(
    viewer: Viewer, mission: Mission, may_end: bool, *, named: bool = True
) -> list[ObjectiveShown]:
    """The objectives with who agreed, by name where `named`; `may_end`: the mission is where they
    are scored."""
    rows = list(_objectives().filter(mission=mission))
    return _as_seen(viewer, mission, rows, may_end, named=named)


def _objectives() -> QuerySet[Objective]:
    rows = Objective.objects.select_related("site__organisation", "site__area")
    return rows.order_by("dropped_on", "team_agreed_at", "host_agreed_at", "pk")


def _as_seen(
    viewer: Viewer, mission: Mission, rows: list[Objective], may_end: bool, *, named: bool,
    places: frozenset[UUID] | None = None,
) -> list[ObjectiveShown]:  # fmt: skip
    """`places` are those of the hosts, where they are read already."""
    if not rows:
        return []
    signed = [p for o in rows for p in (o.team_agreed_by, o.host_agreed_by) if p and named]
    who = names_of(signed) if signed else {}
    if access.looks_after(viewer, mission):
        sides = ["team" for _o in rows]
    else:
        places = access.host_places(mission) if places is None else places
        speaks = [access.speaks_for_host(viewer, places, o.site) for o in rows]
        sides = ["host" if own else "" for own in speaks]
    return [_objective(o, viewer, s, may_end, who) for o, s in zip(rows, sides, strict=True)]


def _objective(
    row: Objective, viewer: Viewer, side: str, may_end: bool, who: dict[UUID, str]
) -> ObjectiveShown:
    open_now = row.dropped_on is None
    own = {"team": row.team_score, "host": row.host_score}.get(side)
    agreed = {"team": row.team_agreed_at, "host": row.host_agreed_at}.get(side)
    sees_all = row.scored or viewer.holds("auditor")
    return ObjectiveShown(
        row, side,
        may_agree=bool(side) and open_now and agreed is None,
        may_score=bool(side) and open_now and row.agreed and may_end and own is None,
        team_by=who.get(row.team_agreed_by, "") if row.team_agreed_by else "",
        host_by=who.get(row.host_agreed_by, "") if row.host_agreed_by else "",
        shows_team=row.team_score is not None and (sees_all or side == "team"),
        shows_host=row.host_score is not None and (sees_all or side == "host"),
    )  # fmt: skip


def milestones_of(mission: Mission) -> list[Milestone]:
    return list(
        Milestone.objects.filter(mission=mission).select_related("site__organisation", "site__area")
    )


def extensions_of(mission: Mission) -> list[tuple[Extension, list[Assignment]]]:
    """Each extension with who stays."""
    rows = Extension.objects.filter(mission=mission).prefetch_related("stays__assignment__person")
    return [(e, [s.assignment for s in e.stays.all()]) for e in rows]


def regards_of(mission: Mission) -> list[Regard]:
    """What was written to this team, and to all of its programme."""
    mine = Q(mission=mission) | Q(mission=None, programme=mission.programme_id)
    return list(Regard.objects.filter(mine)[:20])


def regards_to(person: Person) -> list[Regard]:
    """What was written to somebody who serves or served, wherever it was."""
    held = Assignment.objects.filter(SERVED, person=person)
    missions = list(held.values_list("seat__mission", "seat__mission__programme"))
    to_team = Q(mission__in=[m for m, _p in missions])
    to_all = Q(mission=None, programme__in=[p for _m, p in missions])
    return list(Regard.objects.filter(to_team | to_all)[:20])


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom a message reaches: persons, and how many of them have an account to read it."""

    persons: int
    with_account: int


def reached(missions: Iterable[Mission]) -> Reached:
    served = Assignment.objects.filter(SERVED, seat__mission__in=missions)
    rows = Person.objects.filter(pk__in=served.values("person"))
    return Reached(rows.count(), rows.exclude(account=None).count())


def reached_by(mission: Mission) -> tuple[Reached, Reached]:
    """By a message to this team, and by one to all of its programme."""
    everybody = Mission.objects.filter(programme=mission.programme_id)
    return reached([mission]), reached(everybody)


def sites_of(mission: Mission) -> list[Site]:
    return list(Site.objects.filter(mission=mission).select_related("organisation", "area"))


def open_incidents(mission: Mission) -> int:
    return Incident.objects.filter(mission=mission, state=Incident.State.OPEN).count()


def objective_rows(viewer: Viewer, mission: Mission) -> Iterator[Row]:
    """Each objective with both sides' agreement and scores, as far as this viewer sees them."""
    for shown in objectives_of(viewer, mission, may_end=False):
        o = shown.objective
        yield [
            o.text, o.target, str(o.site or ""),
            o.team_agreed_at.date() if o.team_agreed_at else None,
            o.host_agreed_at.date() if o.host_agreed_at else None,
            o.team_score if shown.shows_team else None, o.team_words if shown.shows_team else "",
            o.host_score if shown.shows_host else None, o.host_words if shown.shows_host else "",
            o.dropped_on, o.reason,
        ]  # fmt: skip


def incident_rows(mission: Mission) -> Iterator[Row]:
    for i in incidents_of(mission):
        yield [
            i.happened_on, i.get_kind_display(), i.get_severity_display(), str(i.site or ""),
            i.what, i.done, i.get_state_display(), i.outcome, i.closed_on,
        ]  # fmt: skip


def word_rows(mission: Mission) -> Iterator[Row]:
    """Every word of a team, the latest first."""
    for w in words_of(mission, MOST_WORDS):
        yield [
            f"{w.said_at:%Y-%m-%d %H:%M}", str(w.person), w.get_state_display(),
            str(w.site or ""), _("yes") if w.whole_team else "", w.note,
        ]  # fmt: skip


def objectives_for(viewer: Viewer) -> list[tuple[Mission, list[ObjectiveShown]]]:
    """The missions that this viewer leads or hosts in which an objective waits for their side."""
    led, hosts = missions_of(viewer, LEADERS), viewer.holds(*access.HOSTS)
    if not led and not hosts:
        return []
    mine = Q(pk__in=led)
    if hosts:
        mine |= Q(pk__in=Mission.objects.filter(access.hosted_by(viewer)).values("pk"))
    waiting = Objective.objects.filter(dropped_on=None).filter(
        Q(team_agreed_at=None) | Q(host_agreed_at=None)
        | Q(mission__status__in=ENDING) & (Q(team_score=None) | Q(host_score=None))
    )  # fmt: skip
    rows = Mission.objects.filter(mine, pk__in=waiting.values("mission"))
    rows = rows.select_related("series", "sender", "programme__sender")
    found = [(m, objectives_that_wait(viewer, [m])) for m in rows[:6]]
    return [(mission, shown) for mission, shown in found if shown]


def kept_from_closing(viewer: Viewer) -> list[tuple[Mission, int, int]]:
    """Teams at home that this viewer's office forms and that cannot close yet: of each how many
    objectives a side has not scored, and how many incidents are open."""
    if not viewer.holds("office"):
        return []
    lacking = Q(
        Q(objectives__team_score=None) | Q(objectives__host_score=None),
        objectives__dropped_on=None, objectives__team_agreed_at__isnull=False,
        objectives__host_agreed_at__isnull=False,
    )  # fmt: skip
    still = Q(incidents__state=Incident.State.OPEN)
    rows = formed_by(viewer).filter(status=Mission.Status.DEBRIEFING)
    rows = rows.annotate(
        unscored=Count("objectives", filter=lacking, distinct=True),
        unclosed=Count("incidents", filter=still, distinct=True),
    ).filter(Q(unscored__gt=0) | Q(unclosed__gt=0))
    found = rows.select_related("series").order_by("key")[:6]
    return [(mission, mission.unscored, mission.unclosed) for mission in found]


def objectives_that_wait(
    viewer: Viewer, missions: Iterable[Mission], read: Iterable[Objective] | None = None
) -> list[ObjectiveShown]:
    """Objectives that this viewer's side has still to agree to or to score; `read` are those of
    the missions that stand, where they are read already."""
    of = {m.pk: m for m in missions}
    rows: dict[UUID, list[Objective]] = {}
    for row in _objectives().filter(mission__in=of, dropped_on=None) if read is None else read:
        rows.setdefault(row.mission_id, []).append(row)
    unsaid = {
        o.mission_id for some in rows.values() for o in some if not access.places_named(o.site)
    }
    places = access.host_places_of([m for m in of.values() if m.pk in unsaid])
    found = [
        shown for pk, m in of.items()
        for shown in _as_seen(
            viewer, m, rows.get(pk, []), m.status in ENDING, named=False,
            places=places.get(pk, frozenset()),
        )
    ]  # fmt: skip
    return [shown for shown in found if shown.may_agree or shown.may_score]
