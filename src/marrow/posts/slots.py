"""What life on post hands in: its pages and locks, the sentences of its work, panels."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, may_change_all, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission
from marrow.people.actions.wording import hold_words, prove_no_numbers, prove_no_patient_by_name
from marrow.people.models import Person
from marrow.posts import access, queries
from marrow.posts.actions.watching import SILENT
from marrow.posts.hosted import teams_at
from marrow.posts.models import (
    CheckIn,
    Extension,
    Incident,
    Milestone,
    Objective,
    Regard,
    Rung,
    Stay,
    Watch,
)
from marrow.posts.rules.silence import WORST_FIRST, whole_hours
from marrow.posts.standing import states_on_post
from marrow.programmes.access import of_its_office
from marrow.sources.queries import work_read
from marrow.sources.sentences import AT_READING, CALLED, DANGER
from marrow.sources.sentences import tell as tell_sentences
from marrow.sources.waiting import BY_ITS_ROOM, NARROWED
from marrow.teams.access import LEADERS, missions_of
from marrow.teams.away import is_away
from marrow.teams.queries import coming_to
from marrow.teams.rules.stages import STILL_FORMING
from marrow.ui.panels import hand_in
from marrow.ui.rail import WORK, Entry, add
from marrow.ui.requests import MarrowRequest

hold_words(prove_no_numbers, CheckIn, Incident, Objective, Milestone, Extension)
hold_words(prove_no_patient_by_name, Regard)
name_columns(
    {
        "assignment_id": _("person for a seat"), "by_office": _("entered by the office"),
        "climbed_at": _("told"), "closed_on": _("closed on"), "contact": _("contact"),
        "done": _("what was done"), "emergency": _("through an emergency"),
        "extension_id": _("extension"), "happened_on": _("happened on"),
        "host_agreed_at": _("hosts agreed"), "host_agreed_by": _("agreed for the hosts"),
        "host_score": _("score of the hosts"), "host_scored_at": _("hosts scored"),
        "host_scored_by": _("scored for the hosts"), "host_words": _("words of the hosts"),
        "last_after": _("contact is called after, hours"),
        "leader_after": _("leader is reminded after, hours"), "occasion": _("occasion"),
        "office_after": _("office is told after, hours"), "outcome": _("what came of it"),
        "reached_on": _("reached on"), "said_at": _("said at"), "sent_at": _("sent"),
        "sent_by": _("sent by"), "severity": _("how grave"), "signed": _("from whom"),
        "silent_since": _("silent since"), "started_at": _("waited for since"),
        "stopped_at": _("waited for until"), "target": _("by what one sees it"),
        "team_agreed_at": _("team agreed"), "team_agreed_by": _("agreed for the team"),
        "team_score": _("score of the team"), "team_scored_at": _("team scored"),
        "team_scored_by": _("scored for the team"), "team_words": _("words of the team"),
        "telephone": _("number to call"),
        "watch_id": _("watch"), "whole_team": _("for the whole team"),
    }
)  # fmt: skip
add(
    Entry(
        43, _("On post"), "posts:mine",
        ("office", "leader", "member", "recipient", "head", "auditor"), group=WORK)
)  # fmt: skip


def _silent(params: Mapping[str, object], done_at: dt.datetime | None) -> dict[str, object]:
    """For how many hours nobody was heard until now, or until somebody was: more than the hours
    after which it is told."""
    try:
        since = dt.datetime.strptime(f"{params['since']} +0000", "%Y-%m-%d %H:%M UTC %z")
    except (KeyError, ValueError):
        return {"silent": params.get("hours", "–")}
    return {"silent": whole_hours(since, done_at or timezone.now())}


AT_READING["POST_SILENT_"] = _silent
tell_sentences(
    {
        "POST_SILENT_1": names(
            "No word from your team, or one of it, for {silent} hours (since {since}). "
            "Unknown, not safe: find out, and check in.",
            "您的队伍（或其中有人）已{silent}小时没有消息（自{since}起）。不详，不等于平安：请查明并报平安。",
            "Aucune nouvelle de votre équipe, ou de l’un des siens, depuis {silent} heures "
            "({since}). Inconnu, non en sécurité : renseignez-vous et pointez.",
        ),
        "POST_SILENT_2": names(
            "No word from a team, or one of it, for {silent} hours (since {since}). "
            "Call the leader.",
            "有队伍（或其中有人）已{silent}小时没有消息（自{since}起）。请致电队长。",
            "Aucune nouvelle d’une équipe, ou de l’un des siens, depuis {silent} heures "
            "({since}). Appelez le chef d’équipe.",
        ),
        "POST_SILENT_3": names(
            "No word from a team, or one of it, for {silent} hours (since {since}). "
            "Call the contact near it: {contact} {telephone}",
            "有队伍（或其中有人）已{silent}小时没有消息（自{since}起）。"
            "请致电当地联系人：{contact} {telephone}",
            "Aucune nouvelle d’une équipe, ou de l’un des siens, depuis {silent} heures "
            "({since}). Appelez le contact sur place : {contact} {telephone}",
        ),
        "POST_SILENT_NEAR": names(
            "The office of the team at your hospital has not heard it for {silent} hours. "
            "Please look for them.",
            "贵院医疗队已{silent}小时未与派出方联系。请前往查看。",
            "L’équipe de votre hôpital n’a pas donné de nouvelles à son bureau depuis "
            "{silent} heures. Merci d’aller la voir.",
        ),
        "POST_HELP": names(
            "{name} needs help. Call now.", "{name}需要帮助。请立即联系。",
            "{name} a besoin d’aide. Appelez tout de suite.",
        ),
        "POST_HELP_SELF": names(
            "{name}, who called for help ({called}), has taken the call back and said in person "
            "that all is well ({at}). Their words: {why}",
            "{name}曾求助（{called}），现本人已报平安、撤回求助（{at}）。本人留言：{why}",
            "{name} avait demandé de l’aide ({called}), puis a retiré son appel et dit en personne "
            "être en sécurité ({at}). Ses mots : {why}",
        ),
        "POST_HELP_HEARD": names(
            "{name} called for help ({called}). The office has heard that they are safe ({at}) and "
            "ended the call. Its words: {why}",
            "{name}曾求助（{called}）。办公室已得知其平安，求助已由办公室解除（{at}）。办公室留言：{why}",
            "{name} avait demandé de l’aide ({called}). Le bureau a appris que tout va bien ({at}) "
            "et a clos l’appel. Ses mots : {why}",
        ),
        "POST_INCIDENT": names(
            "{team}: a serious incident is open. {what}", "{team}：有严重事件尚未处理完毕。{what}",
            "{team} : un incident sérieux est ouvert. {what}",
        ),
        "POST_INCIDENT_GRAVE": names(
            "{team}: a grave incident is open. {what}", "{team}：有重大事件尚未处理完毕。{what}",
            "{team} : un incident grave est ouvert. {what}",
        ),
    },
    {
        "POST_SILENT_1": names("no word from the team", "队伍没有消息", "équipe sans nouvelles"),
        "POST_SILENT_2": names("no word from the team", "队伍没有消息", "équipe sans nouvelles"),
        "POST_SILENT_3": names("no word from the team", "队伍没有消息", "équipe sans nouvelles"),
        "POST_SILENT_NEAR": names("look for the team", "查看医疗队", "aller voir l’équipe"),
        "POST_HELP": names("needs help on post", "在外队员需要帮助", "demande d’aide en poste"),
        "POST_HELP_SELF": names(
            "call for help taken back", "本人撤回求助", "appel à l’aide retiré"
        ),
        "POST_HELP_HEARD": names("call for help ended", "求助已解除", "appel à l’aide clos"),
        "POST_INCIDENT": names("serious incident", "严重事件", "incident sérieux"),
        "POST_INCIDENT_GRAVE": names("grave incident", "重大事件", "incident grave"),
    },
)  # fmt: skip


def _whose(viewer: Viewer) -> Q:
    """A leader sees the silence of their own team, a head that of their guests."""
    found = Q(role="office")
    if viewer.holds("leader"):
        led = Watch.objects.filter(mission__in=missions_of(viewer, LEADERS))
        found |= Q(role="leader", about__in=led.values("pk"))
    if viewer.holds("head"):
        hosted = Mission.objects.filter(access.hosted_by(viewer))
        found |= Q(role="head", about__in=Watch.objects.filter(mission__in=hosted).values("pk"))
    return found


NARROWED["POST_"] = _whose
#: only word from the team, or of it, ends these
BY_ITS_ROOM.update(("POST_SILENT_1", "POST_SILENT_2", "POST_SILENT_3", "POST_SILENT_NEAR"))
DANGER.update(("POST_SILENT_1", "POST_SILENT_2", "POST_SILENT_3", "POST_SILENT_NEAR", "POST_HELP"))
DANGER.add("POST_INCIDENT_GRAVE")
CALLED.add("POST_HELP")


def _mission(row: Any) -> Mission:
    if isinstance(row, Rung):
        row = row.watch
    if isinstance(row, Stay):
        row = row.extension
    found: Mission = row.mission
    return found


def _page(row: Record) -> str:
    return reverse("posts:post", args=[_mission(row).pk])


def _inside(viewer: Viewer, row: Record) -> bool:
    return access.inside(viewer, _mission(row))


def _also_hosts(viewer: Viewer, row: Record) -> bool:
    mission = _mission(row)
    return access.inside(viewer, mission) or access.hosts(viewer, mission)


for model, word, path, may_see in (
    (Watch, _("watch"), "mission", _also_hosts),
    (CheckIn, _("check-in"), "mission", _inside),
    (Rung, _("rung of a silence"), "watch__mission", _inside),
    (Incident, _("incident"), "mission", _inside),
    (Objective, _("objective"), "mission", _also_hosts),
    (Milestone, _("milestone"), "mission", _also_hosts),
    (Extension, _("extension"), "mission", _also_hosts),
    (Stay, _("who stays"), "extension__mission", _inside),
):
    tell(
        Subject(
            model, word, _page, may_see, mine=of_mission_office(path),
            related=(f"{path}__programme__sender",),
        )
    )  # fmt: skip


def _regards_page(row: Any) -> str:
    if row.mission_id:
        return reverse("posts:post", args=[row.mission_id])
    return reverse("posts:mine")


def _may_read(viewer: Viewer, row: Any) -> bool:
    if viewer.holds("auditor") or row.sent_by == viewer.person:
        return True
    if viewer.holds("office") and may_change_all(viewer, [(row._meta.label_lower, row.pk)]):
        return True
    me = Person.objects.filter(account=viewer.person).first() if viewer.signed_in else None
    return me is not None and row in queries.regards_to(me)


tell(
    Subject(
        Regard, _("message of regard"), _regards_page, _may_read, mine=of_its_office("programme")
    )
)


def _on_team(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """The last news on the team's page, for those inside, while somebody waits for it."""
    if mission.status in STILL_FORMING or not access.inside(request.viewer, mission):
        return {}
    news = queries.news_of([mission], timezone.now())[0]
    running = news.watch is not None and news.watch.stopped_at is None
    return {"news": news, "mission": mission, "running": running,
            "open_incidents": queries.open_incidents(mission)} if news.watch else {}  # fmt: skip


hand_in("teams.team", "posts/team_panel.html", _on_team)


def _on_person(request: MarrowRequest, person: Person) -> dict[str, Any]:
    """What was written to this person; for themselves alone."""
    if person.account is None or person.account != request.viewer.person:
        return {}
    found = queries.regards_to(person)
    return {"regards": found} if found else {}


hand_in("people.person", "posts/regards_panel.html", _on_person)


def _at_hospital(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    """Who works at a hospital now, the objectives that wait for its word, who comes next."""
    missions, objectives = teams_at(organisation)
    away = [m for m in missions if is_away(m)]
    return {
        "teams": queries.news_of(away, timezone.now()),
        "waiting": queries.objectives_that_wait(request.viewer, missions, objectives),
        "coming": coming_to(organisation),
    }  # fmt: skip


hand_in("desk.hospital", "posts/hospital_panel.html", _at_hospital)


def _in_the_end(request: MarrowRequest, viewer: Viewer) -> dict[str, Any]:
    """The last line of Today: how many teams are safe, and of how many nothing is known."""
    if not viewer.holds("office", "auditor"):
        return {}
    now = timezone.now()
    counted = Counter(states_on_post(viewer, now).values())
    states = [(state, counted[state]) for state in WORST_FIRST if counted[state]]
    return {"on_post": counted.total(), "states": states, "now": now} if states else {}


hand_in("desk.today", "posts/today_panel.html", _in_the_end)


def _in_the_guide(request: MarrowRequest, viewer: Viewer) -> dict[str, Any]:
    """The longest silence of which a line of Today tells, by the same count of hours."""
    waiting = [item for item in work_read(viewer) if item.code.startswith(SILENT)]
    told = [_silent(item.params, None)["silent"] for item in waiting]
    hours = [n for n in told if isinstance(n, int)]
    return {"hours": max(hours)} if hours else {}


hand_in("desk.guide", "posts/guide.html", _in_the_guide)
