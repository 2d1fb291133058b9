"""Briefs' part of the demonstration: months told by a leader, and a short operating list.

All of it is invented; each step is taken by the persona who may.
"""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from marrow.accounts.demo import persona
from marrow.activity.rules.months import after, first_of
from marrow.briefs.actions import operate_on, put_on_list, send_brief, tell_check, write_brief
from marrow.briefs.models import Brief, Screened
from marrow.briefs.queries import briefing
from marrow.briefs.queries.operating import places_of
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.models import Mission

DAY = dt.timedelta(days=1)
NOON = dt.time(12)
#: months ago → the leader's words (invented), by language
TOLD = {
    3: {
        "zh-hans": "本月与当地同事完成了第一批联合手术（虚构）。\n"
        "消毒设备运行正常，麻醉药品库存偏低。",
        "fr": "Ce mois-ci, les premières opérations communes avec les collègues (fictif).\n"
        "La stérilisation fonctionne ; le stock d’anesthésiques est bas.",
    },
    2: {
        "zh-hans": "培训按计划进行，两名当地医生开始独立管床（虚构）。",
        "fr": "La formation suit le plan ; deux médecins suivent seuls leurs lits (fictif).",
    },
}  # fmt: skip
#: what the months before were told in, one after another (invented)
BEFORE = (
    {
        "zh-hans": "本月全队平安。门诊和查房照常，与当地同事每周会诊一次（虚构）。",
        "fr": "Toute l’équipe va bien. Consultations et visites comme d’habitude ; un avis commun"
        " chaque semaine avec les collègues (fictif).",
    },
    {
        "zh-hans": "雨季道路中断一周，两次巡诊改期，其余工作照常（虚构）。",
        "fr": "Une semaine de routes coupées par les pluies : deux tournées reportées, le reste a"
        " suivi (fictif).",
    },
    {
        "zh-hans": "护理培训结束，当地护士长开始自己带教（虚构）。",
        "fr": "La formation des soins est finie ; la cadre locale enseigne elle-même (fictif).",
    },
    {
        "zh-hans": "发电机检修三天，择期手术顺延；药品已补齐（虚构）。",
        "fr": "Trois jours de révision du groupe électrogène, opérations décalées ; les médicaments"
        " sont complétés (fictif).",
    },
)
DRAFT = {"zh-hans": "草稿：本月停电较多，门诊量不详（虚构）。"}
#: screened so many days ago, sex, age, decision, operated so many days after (None: not), the
#: outcome on day 1, that in week 6 (None: nobody told)
Line = tuple[int, str, str, str, int | None, str | None, str | None]
LISTED: tuple[Line, ...] = (
    (60, "F", "65_UP", "OPERATE", 2, "IMPROVED", "SIGHT_RESTORED"),
    (60, "M", "65_UP", "OPERATE", 2, "IMPROVED", "SIGHT_RESTORED"),
    (60, "M", "18_64", "NOT_SUITABLE", None, None, None),
    (60, "F", "65_UP", "OPERATE", 3, "UNCHANGED", None),
    (59, "F", "18_64", "OPERATE", 2, "IMPROVED", "IMPROVED"),
    (50, "M", "65_UP", "NOT_NOW", None, None, None),
    (50, "F", "65_UP", "OPERATE", 2, "SIGHT_RESTORED", None),
    (50, "M", "65_UP", "OPERATE", 2, None, None),
)


def fill(by: Viewer, at: dt.datetime) -> None:
    """Two months that were sent, one begun, and eight people on a list; a second call adds none."""
    team = Mission.objects.get(key="demonstration:1")
    if Brief.objects.filter(mission=team).exists():
        return
    _briefs(team, at)
    _months_before(at)
    eyes = Mission.objects.get(key="demonstration-testland:eyes")
    places = places_of(eyes)
    for line in LISTED if places else ():
        _listed(places[0], eyes, line, at)


def _briefs(team: Mission, at: dt.datetime) -> None:
    leader, this = persona("demo-leader"), first_of(at.date())
    for ago, texts in TOLD.items():
        month = after(this, -ago)
        told_at = min(at, dt.datetime.combine(after(month) + 4 * DAY, NOON, at.tzinfo))
        row = write_brief(
            mission=team.pk, month=month, texts=texts, pictures=[], by=leader, at=told_at
        )
        send_brief(brief=row.pk, by=leader, at=told_at)
    last = after(this, -1)
    write_brief(mission=team.pk, month=last, texts=DRAFT, pictures=[], by=leader, at=at)


def _months_before(at: dt.datetime) -> None:
    """The older months of each team, by its own leader or as dictated to the office; the last one
    is still owed."""
    office, leader = persona("demo-office"), persona("demo-leader")
    for team, owed in briefing.late(office, at.date()):
        by = leader if team.key == "demonstration:1" else office
        for n, one in enumerate(owed[:-1]):
            told_at = dt.datetime.combine(one.due_on, NOON, at.tzinfo)
            row = write_brief(
                mission=team.pk, month=one.month, texts=BEFORE[n % len(BEFORE)], pictures=[],
                by=by, at=told_at,
            )  # fmt: skip
            send_brief(brief=row.pk, by=by, at=told_at)


def _listed(hospital: Organisation, team: Mission, line: Line, at: dt.datetime) -> None:
    ago, sex, age, verdict, operated, day1, week6 = line
    office, on = persona("demo-office"), at.date() - ago * DAY
    row = Screened(id=uuid4(), screened_on=on, verdict=verdict, sex=sex, age=age)
    put_on_list(mission=team.pk, organisation=hospital.pk, screened=row, by=office, at=at)
    if operated is None:
        return
    done_on = on + operated * DAY
    operate_on(screened=row.pk, held_on=done_on, deed=None, with_whom="", by=office, at=at)
    for check, days, outcome in (("DAY_1", 1, day1), ("WEEK_6", 43, week6)):
        if outcome:
            tell_check(
                screened=row.pk, check=check, on=done_on + days * DAY, outcome=outcome,
                by=office, at=at,
            )  # fmt: skip
