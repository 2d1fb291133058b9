"""Life on post in the demonstration: words, an incident that is over, what was agreed with the
hosts, regards. All of it invented; each step is taken as the persona who may, in the language in
which that one writes: the team among itself Chinese, with its hosts French.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from uuid import uuid4

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.demo import persona
from marrow.accounts.queries import viewer_of
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.missions.models import Mission, Site
from marrow.posts.actions import (
    agree_objective,
    check_in,
    close_incident,
    extend,
    keep_watch,
    plan_milestone,
    propose_objective,
    reach_milestone,
    report_incident,
    send_regards,
)
from marrow.posts.models import CheckIn, Incident
from marrow.teams.models import Assignment

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
#: what is proposed (by whom), by what one sees it, and whether the other side has agreed
OBJECTIVES = (
    (
        "demo-leader", "fr", "Deux chirurgiens du pays opèrent seuls les hernies", "2", True,
    ),
    (
        "demo-recipient", "fr", "Les urgences pédiatriques sont triées jour et nuit", "24 h / 24",
        True,
    ),
    (
        "demo-recipient", "fr", "Un registre des transferts est tenu chaque semaine", "", False,
    ),
)  # fmt: skip
#: what, due so many days from now, reached so many days ago
MILESTONES = (
    ("Stérilisation en service", -120, 124),
    ("Première opération commune", -30, 41),
    ("Bilan de la formation à mi-parcours", -4, None),
    ("Première opération autonome", 90, None),
)


def fill(by: Viewer, at: dt.datetime) -> None:
    """Give the team on post its life; a second call adds nothing."""
    mission = Mission.objects.get(key="demonstration:1")
    if CheckIn.objects.filter(mission=mission).exists():
        return
    site = Site.objects.get(mission=mission)
    _far_away(by, at)
    _stayed_on(at)
    _watch_and_words(mission, site, by, at)
    _incident(mission, site, at)
    _agreed(mission, site, at)
    _large_team(by, at)
    for what, due, ago in MILESTONES:
        step = plan_milestone(
            mission=mission.pk, what=what, due_on=at.date() + due * DAY, by=persona("demo-leader"),
            at=at - 190 * DAY,
        )  # fmt: skip
        if ago:
            on = at.date() - ago * DAY
            reach_milestone(milestone=step.pk, on=on, by=persona("demo-leader"), at=at - ago * DAY)
    send_regards(
        mission=mission.pk, occasion="NATIONAL_DAY", language="zh-hans", by=by, at=at - 50 * DAY,
        text="向在外的每一位队员致以节日问候。家里一切都好，请保重身体，平安归来。",
        signed="演示项目办公室（虚构）", to_all=True,
    )  # fmt: skip


#: teams far away: which, and how many hours ago the office heard of all of it
HEARD = (("demonstration-testland:4", 41), ("demonstration-testland:south", 5))
BY_PHONE = "电话报平安（虚构）"
#: of the numbers that are kept free for fiction: Ofcom, numbers for use in TV and radio drama
DUTY_NUMBER = "+44 1632 960017"
DUTY_ROOM = "演示值班室（虚构）"


def _far_away(by: Viewer, at: dt.datetime) -> None:
    """One was heard this morning; one is silent for 41 hours: unknown, and the ladder has begun."""
    for key, hours in HEARD:
        mission = Mission.objects.get(key=key)
        keep_watch(
            mission=mission.pk, leader_after=24, office_after=36, last_after=48, by=by,
            at=at - 300 * DAY,
            contact=DUTY_ROOM, telephone=DUTY_NUMBER,
        )  # fmt: skip
        held = Assignment.objects.filter(seat__mission=mission, state="SERVING")
        check_in(
            mission=mission.pk, state="SAFE", whole_team=True, note=BY_PHONE, by=by,
            person=held.order_by("pk")[0].person_id, at=at - hours * HOUR,
        )  # fmt: skip


#: of the team of fourteen: what is agreed with the host, and by what one sees it
FAR_OBJECTIVES = (
    ("Les anesthésistes du pays assurent la garde de nuit", "7 nuits / 7"),
    ("Le laboratoire rend ses résultats le jour même", "90 sur 100"),
)
FAR_MILESTONES = (
    ("Première garde de nuit sans l’équipe", -60, 66),
    ("Contrôle de qualité du laboratoire en place", 20, None),
)


HOST = names(
    "Office of the national hospital (invented)", "国立医院办公室（虚构）",
    "Bureau de l’hôpital national (fictif)",
)  # fmt: skip


def _large_team(by: Viewer, at: dt.datetime) -> None:
    """Objectives of the team of fourteen that its host agreed with, steps, an incident."""
    mission = Mission.objects.get(key="demonstration-testland:4")
    site, office = Site.objects.get(mission=mission), persona("demo-office")
    host = _host_of(site, by, at)
    for text, target in FAR_OBJECTIVES:
        said = propose_objective(
            mission=mission.pk, text=text, language="fr", target=target, site=site.pk, by=host,
            at=at - 480 * DAY,
        )  # fmt: skip
        agree_objective(objective=said.pk, by=office, at=at - 478 * DAY)
    for what, due, ago in FAR_MILESTONES:
        step = plan_milestone(
            mission=mission.pk, what=what, due_on=at.date() + due * DAY, by=office,
            at=at - 470 * DAY,
        )  # fmt: skip
        if ago:
            on = at.date() - ago * DAY
            reach_milestone(milestone=step.pk, on=on, by=office, at=at - ago * DAY)
    told = Incident(
        id=uuid4(), kind="ACCIDENT", severity="MINOR", happened_on=at.date() - 75 * DAY,
        site_id=site.pk, what="院车在雨后道路上抛锚（虚构）", done="改乘医院车辆返回驻地（虚构）",
    )  # fmt: skip
    row = report_incident(mission=mission.pk, incident=told, by=office, at=at - 75 * DAY)
    close_incident(
        incident=row.pk, by=office, at=at - 73 * DAY, outcome="无人受伤，车辆已修好（虚构）"
    )


def _host_of(site: Site, by: Viewer, at: dt.datetime) -> Viewer:
    """Who speaks for the hospital of this site, from an account that no door opens."""
    admin = Viewer(by.person, by.name, (*by.grants, Grant("admin")), by.via)
    account = open_account(
        username="demo-testland-hospital", password=secrets.token_urlsafe(24),
        full_name=HOST["en"], names=HOST, id=same_id("recipient", site.organisation_id),
        invented=True, by=admin, at=at,
    )  # fmt: skip
    give_role(
        account=account, role="recipient", scope=ORGANISATION, thing=site.organisation_id,
        by=admin, at=at,
    )  # fmt: skip
    return replace(viewer_of(account, via="demo"), name=HOST["fr"])


def _stayed_on(at: dt.datetime) -> None:
    """Four of the team in the south stay through an outbreak; two come home as planned."""
    mission = Mission.objects.get(key="demonstration-testland:south")
    serving = Assignment.objects.filter(seat__mission=mission, state="SERVING").order_by("pk")
    extend(
        mission=mission.pk, on=at.date() - 20 * DAY, planned_end_on=at.date() + 170 * DAY,
        reason="疫情期间坚守（虚构）", staying=[one.pk for one in serving[:4]], emergency=True,
        by=persona("demo-office"), at=at - 20 * DAY,
    )  # fmt: skip


def _watch_and_words(mission: Mission, site: Site, by: Viewer, at: dt.datetime) -> None:
    """The leader speaks for all; a member says more."""
    keep_watch(
        mission=mission.pk, leader_after=24, office_after=36, last_after=48, by=by,
        at=at - 199 * DAY, contact=DUTY_ROOM, telephone=DUTY_NUMBER,
    )  # fmt: skip
    for ago in (51 * HOUR, 27 * HOUR, 3 * HOUR):
        check_in(
            mission=mission.pk, state="SAFE", site=site.pk, whole_team=True,
            by=persona("demo-leader"), at=at - ago,
        )  # fmt: skip
    check_in(
        mission=mission.pk, state="SAFE", site=site.pk, by=persona("demo-member"), at=at - 2 * HOUR,
        note="下午巡回门诊后已返回驻地",
    )  # fmt: skip


def _incident(mission: Mission, site: Site, at: dt.datetime) -> None:
    told = Incident(
        id=uuid4(), kind="ACCIDENT", severity="MINOR", happened_on=at.date() - 33 * DAY,
        site_id=site.pk, what="驻地夜间停电六小时",
        done="启用备用发电机",
    )  # fmt: skip
    row = report_incident(
        mission=mission.pk, incident=told, by=persona("demo-member"), at=at - 33 * DAY
    )
    close_incident(
        incident=row.pk, by=persona("demo-leader"), at=at - 31 * DAY,
        outcome="无人受伤，线路已修复",
    )  # fmt: skip


def _agreed(mission: Mission, site: Site, at: dt.datetime) -> None:
    for proposes, language, text, target, agreed in OBJECTIVES:
        said = propose_objective(
            mission=mission.pk, text=text, language=language, target=target, site=site.pk,
            by=persona(proposes), at=at - (195 if agreed else 2) * DAY,
        )  # fmt: skip
        if agreed:
            other = "demo-recipient" if proposes == "demo-leader" else "demo-leader"
            agree_objective(objective=said.pk, by=persona(other), at=at - 193 * DAY)
