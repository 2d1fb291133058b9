"""Life on post as plain values, as the API tells it; hosts see neither people nor incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.posts import access, queries
from marrow.posts.actions.objectives import AT_THE_END
from marrow.posts.models import CheckIn, Extension, Incident, Milestone, Regard, Watch

Rows = QuerySet[Any, Any]
Told = dict[str, Any]


def posts(viewer: Viewer) -> Rows:
    """The missions on post whose life this viewer may see."""
    rows = access.watched_for(viewer).distinct()
    return rows.select_related("programme__sender", "series", "watch")


def posts_told(missions: Sequence[Mission], now: dt.datetime) -> list[Told]:
    return [_news(one) for one in queries.news_of(missions, now)]


def _news(one: queries.TeamNews) -> Told:
    last = one.last
    return {
        "mission": one.mission.pk, "names": one.mission.names, "stage": one.mission.status,
        "news": one.state, "heard_at": last.said_at if last else None,
        "silent": len(one.silent),
    }  # fmt: skip


def post(viewer: Viewer, mission: UUID, now: dt.datetime) -> Told:
    """A team on post; `inside` is null for its hosts."""
    row = access.post_for(viewer, mission)
    news = queries.news_of([row], now)[0]
    objectives = queries.objectives_of(viewer, row, row.status in AT_THE_END)
    return {
        **_news(news),
        "objectives": [_objective(o) for o in objectives],
        "milestones": [milestone_told(m) for m in queries.milestones_of(row)],
        "extensions": [extension_told(e) for e, _stay in queries.extensions_of(row)],
        "inside": _inside(row, news) if access.inside(viewer, row) else None,
    }


def _inside(row: Mission, news: queries.TeamNews) -> Told:
    return {
        "people": [_person(one) for one in news.people],
        "watch": watch_told(news.watch) if news.watch else None,
        "regards": [regard_told(one) for one in queries.regards_of(row)],
    }


def _person(one: queries.News) -> Told:
    return {
        "person": one.assignment.person_id, "state": one.state, "hours": one.hours,
        "said_at": one.word.said_at if one.word else None,
        "note": one.word.note if one.word else "",
    }  # fmt: skip


def watch_told(row: Watch) -> Told:
    return {
        "leader_after": row.leader_after, "office_after": row.office_after,
        "last_after": row.last_after, "contact": row.contact, "telephone": row.telephone,
        "started_at": row.started_at, "stopped_at": row.stopped_at,
    }  # fmt: skip


def watch(viewer: Viewer, mission: UUID, now: dt.datetime) -> Told | None:
    """How long this team may be silent; None where nobody waits for news yet."""
    found = queries.news_of([access.inside_for(viewer, mission)], now)[0].watch
    return watch_told(found) if found else None


def words(viewer: Viewer, mission: UUID) -> Rows:
    """Every check-in of a team, for those inside."""
    row = access.inside_for(viewer, mission)
    return CheckIn.objects.filter(mission=row)


def word_told(row: CheckIn) -> Told:
    return {
        "id": row.pk, "mission": row.mission_id, "person": row.person_id, "said_at": row.said_at,
        "state": row.state, "site": row.site_id, "note": row.note, "whole_team": row.whole_team,
        "by_office": row.by_office,
    }  # fmt: skip


def incidents(viewer: Viewer, mission: UUID) -> Rows:
    row = access.inside_for(viewer, mission)
    return Incident.objects.filter(mission=row)


def incident(viewer: Viewer, incident: UUID) -> Told:
    return incident_told(access.incident_for(viewer, incident))


def incident_told(row: Incident) -> Told:
    return {
        "id": row.pk, "mission": row.mission_id, "kind": row.kind, "severity": row.severity,
        "happened_on": row.happened_on, "site": row.site_id, "what": row.what, "done": row.done,
        "state": row.state, "outcome": row.outcome, "closed_on": row.closed_on,
    }  # fmt: skip


def _objective(shown: queries.ObjectiveShown) -> Told:
    """A score that this viewer may not see yet is null, as one that is not given."""
    row = shown.objective
    return {
        "id": row.pk, "mission": row.mission_id, "site": row.site_id, "text": row.text,
        "language": row.language, "target": row.target, "team_agreed_at": row.team_agreed_at,
        "host_agreed_at": row.host_agreed_at,
        "team_score": row.team_score if shown.shows_team else None,
        "team_words": row.team_words if shown.shows_team else "",
        "host_score": row.host_score if shown.shows_host else None,
        "host_words": row.host_words if shown.shows_host else "",
        "dropped_on": row.dropped_on, "reason": row.reason,
    }  # fmt: skip


def objective(viewer: Viewer, objective: UUID) -> Told:
    """One objective, as this viewer's side sees it."""
    mission = access.objective_for(viewer, objective).mission
    shown = queries.objectives_of(viewer, mission, mission.status in AT_THE_END)
    return next(_objective(one) for one in shown if one.objective.pk == objective)


def milestone_told(row: Milestone) -> Told:
    return {
        "id": row.pk, "mission": row.mission_id, "site": row.site_id, "what": row.what,
        "due_on": row.due_on, "reached_on": row.reached_on,
    }  # fmt: skip


def extension_told(row: Extension) -> Told:
    return {
        "id": row.pk, "on": row.on, "planned_end_on": row.planned_end_on,
        "emergency": row.emergency, "reason": row.reason,
    }  # fmt: skip


def regard_told(row: Regard) -> Told:
    return {
        "id": row.pk, "mission": row.mission_id, "occasion": row.occasion, "text": row.text,
        "language": row.language, "signed": row.signed, "sent_at": row.sent_at,
    }  # fmt: skip
