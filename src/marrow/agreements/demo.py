"""Agreement work of the demonstration's programme, kept by its office and its recipient. All of it
invented, and said to be so. The office writes Chinese, the recipient French.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import uuid4

from marrow.accounts.demo import persona
from marrow.agreements.actions import (
    add_task,
    answer_requirement,
    ask_requirement,
    give_check,
    join_office,
    open_sheet,
    say_how_far,
    set_period,
    set_target,
    take_over,
    tell_first,
    tell_gain,
    tell_tenet,
    write_lesson,
)
from marrow.agreements.demo_others import hold
from marrow.agreements.models import Mark, PlanPeriod, Requirement
from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission
from marrow.programmes.actions import add_to_programme, keep_commitments
from marrow.programmes.models import Agreement, Partnership, Programme
from marrow.sources.actions import Source

KEY, TAKER = "demonstration", "demonstration-teaching"
#: the other programmes: a task (number, unit, how far), and a target (number, unit)
OTHERS = {
    "demonstration-testland": (
        ("在两地同时派驻医疗队（虚构）", 2, "支", 2),
        ("能独立值班的当地医师（虚构）", 9, "人"),
    ),
    "demonstration-county": (
        ("县医院新技术由本院医师开展（虚构）", 10, "项", None),
        ("不出县即可诊治的病种（虚构）", 60, "种"),
    ),
    TAKER: (
        ("培训护士（虚构）", 24, "人", 9),
        ("能带教的当地护士（虚构）", 5, "人"),
    ),
}
PAPER = Source(
    "演示协议（虚构）",
    "虚构条款，仅供演示",
)
PLAN = names(
    "Test plan 2024–2028 (invented)", "演示规划2024–2028（虚构）", "Plan d’essai 2024–2028 (fictif)"
)
ASKED = (
    ("培养当地医务骨干（虚构要求）", "由带教对象独立完成所学技术，逐人记录。"),
    ("形成可复制的管理经验（虚构要求）", ""),
)
#: a task, its number and unit, how far it is; None is unknown
TASKS = (
    ("当地医师独立手术（虚构）", 40, "台", 31, 0),
    ("培训护士（虚构）", 12, "人", None, 1),
    ("消毒供应室制度上墙（虚构）", None, "", None, None),
)
TEAM = (
    ("林一（虚构）", "派员与轮换", "2014-03", ""),
    ("何二（虚构）", "协议与对外联络", "2019", ""),
    ("潘三（虚构）", "培训", "", ""),
    ("邱四（虚构）", "物资", "2009", "2021-06"),
)
GAINS = (
    ("RECIPIENT", "fr", "Deux chirurgiens opèrent seuls (fictif)"),
    ("SENDER", "zh-hans", "队员掌握热带病诊治（虚构）"),
)
FIRSTS = (
    ("SENDER", "zh-hans", "全国首次派出护理教学组（虚构）"),
    ("RECIPIENT", "fr", "Première cure de hernie sans tension de la région (fictif)"),
)
LESSONS = (
    ("MODEL", "zh-hans", "带教三步法（虚构）",
     "看一例、做一例、教一例；每例两人签字。虚构示例。", True),
    ("LESSON", "fr", "Commander le matériel avant la relève (fictif)",
     "La commande part trois mois avant la relève. Exemple fictif.", False),
)  # fmt: skip


def fill(by: Viewer, at: dt.datetime) -> None:
    """Fill what an office and a recipient would; a second call adds nothing."""
    programme = Programme.objects.get(key=KEY)
    if PlanPeriod.objects.filter(programme=programme).exists():
        return
    office = persona("demo-office")
    pair = _partnership(programme, office, at)
    _plans(office, at)
    _targets(office, at)
    for to, language, text in GAINS:
        tell_gain(
            programme=KEY, to=to, text=text, language=language, partnership=pair.pk, source=PAPER,
            by=office, at=at,
        )  # fmt: skip
    for side, language, text in FIRSTS:
        tell_first(
            programme=KEY, side=side, text=text, language=language, happened_on="2025",
            source=PAPER, by=office, at=at,
        )  # fmt: skip
    value = names("Teach, then leave (invented)", "授人以渔（虚构）", "Former et partir (fictif)")
    tell_tenet(programme=KEY, names=value, source=PAPER, by=office, at=at)
    for name, duty, since, until in TEAM:
        join_office(programme=KEY, name=name, duty=duty, since=since, until=until, by=office, at=at)
    _lessons(office, at)
    _checks(pair, office, at)
    _others(office, at)
    hold(office, at)


def _partnership(programme: Programme, by: Viewer, at: dt.datetime) -> Partnership:
    row = Partnership(
        id=same_id("partnership", KEY), programme=programme, mode=Partnership.Mode.TWINNING,
        sender_area=Area.objects.get(code="CN"),
        recipient=Organisation.objects.get(pk=same_id("organisation", KEY)), starts_on="2024",
    )  # fmt: skip
    signed = Agreement(
        id=uuid4(), programme=programme, starts_on="2024", ends_on="2028", signed_on="2024-01",
        names=names("Twinning agreement (invented)", "对口协议（虚构）", "Jumelage (fictif)"),
    )  # fmt: skip
    for part, told in ((row, {"mode": "TWINNING"}), (signed, {"starts_on": "2024"})):
        add_to_programme(programme=programme, rows=[part], told=told, source=PAPER, by=by, at=at)
    return row


def _plans(by: Viewer, at: dt.datetime) -> None:
    period = set_period(
        programme=KEY, starts_on="2024", ends_on="2028", source=PAPER, by=by, at=at,
        names=PLAN,
    )  # fmt: skip
    asked: list[Requirement] = []
    for text, answer in ASKED:
        row = ask_requirement(
            programme=KEY, text=text, language="zh-hans", period=period.pk, source=PAPER, by=by,
            at=at,
        )  # fmt: skip
        asked.append(row)
        if answer:
            answer_requirement(requirement=row.pk, answer=answer, by=by, at=at)
    sheet = open_sheet(programme=KEY, year=at.year, by=by, at=at)
    for text, aim, unit, reached, nth in TASKS:
        line = add_task(
            sheet=sheet.pk, text=text, language="zh-hans", aim=Decimal(aim) if aim else None,
            measured_in=unit, requirement=asked[nth].pk if nth is not None else None, by=by, at=at,
        )  # fmt: skip
        if reached:
            say_how_far(
                aimed=line.pk, reached=Decimal(reached), as_of=at.date().isoformat(), source=PAPER,
                by=by, at=at,
            )  # fmt: skip
        elif aim is None:
            say_how_far(aimed=line.pk, done_on=f"{at.year}", source=PAPER, by=by, at=at)


def _targets(by: Viewer, at: dt.datetime) -> None:
    period = PlanPeriod.objects.get(programme__key=KEY)
    set_target(
        programme=KEY, measure="techniques_new", text="", language="zh-hans", aim=Decimal(8),
        measured_in="", by_on="2028", period=period.pk, by=by, at=at,
    )  # fmt: skip
    made = set_target(
        programme=KEY, measure="", text="能独立值班的当地医师（虚构）", language="zh-hans",
        aim=Decimal(6), measured_in="人", by_on="2027-12", period=period.pk, by=by, at=at,
    )  # fmt: skip
    say_how_far(
        aimed=made.pk, reached=Decimal(4), as_of=at.date().isoformat()[:7], source=PAPER, by=by,
        at=at,
    )  # fmt: skip


def _lessons(by: Viewer, at: dt.datetime) -> None:
    mission = Mission.objects.get(key=f"{KEY}:1")
    other = Programme(
        id=same_id("programme", TAKER), key=TAKER, kind=Programme.Kind.TEACHING_TEAM,
        sender=Area.objects.get(code="CN"), invented=True,
        names=names("Teaching team (invented)", "演示教学队（虚构）", "Équipe école (fictive)"),
    )  # fmt: skip
    keep_commitments(rows=[other], by=by, at=at)
    for kind, language, title, text, public in LESSONS:
        row = write_lesson(
            programme=KEY, kind=kind, title=title, text=text, language=language, public=public,
            mission=mission.pk, learned_on=f"{at.year}", by=by, at=at,
        )  # fmt: skip
        if public:
            take_over(
                lesson=row.pk, programme=other.key, since=f"{at.year}", by=by, at=at,
                note="虚构",
            )  # fmt: skip


def _checks(pair: Partnership, office: Viewer, at: dt.datetime) -> None:
    """Last year both sides gave theirs; this year only the office has."""
    host = persona("demo-recipient")
    before = at.replace(year=at.year - 1, month=11, day=20)
    for by, side, language, words, best, every, when in (
        (office, "OFFICE", "zh-hans", "虚构的评语", 4, 3, before),
        (host, "RECIPIENT", "fr", "Phrase fictive", 3, 2, before),
        (office, "OFFICE", "zh-hans", "虚构的评语", 4, 2, at),
    ):
        marks = {
            str(point): (best - nth % every if nth != 4 else None, words)
            for nth, point in enumerate(Mark.Point)
        }
        give_check(partnership=pair.pk, side=side, language=language, marks=marks, by=by, at=when)


def _others(by: Viewer, at: dt.datetime) -> None:
    """Each other programme has its plan, this year's sheet and a target card."""
    for key, ((text, aim, unit, reached), (wanted, number, counted)) in OTHERS.items():
        period = set_period(
            programme=key, starts_on="2024", ends_on="2028", source=PAPER, by=by, at=at,
            names=PLAN,
        )  # fmt: skip
        sheet = open_sheet(programme=key, year=at.year, by=by, at=at)
        line = add_task(
            sheet=sheet.pk, text=text, language="zh-hans", aim=Decimal(aim), measured_in=unit,
            by=by, at=at,
        )  # fmt: skip
        if reached is not None:
            say_how_far(
                aimed=line.pk, reached=Decimal(reached), as_of=at.date().isoformat(), source=PAPER,
                by=by, at=at,
            )  # fmt: skip
        set_target(
            programme=key, measure="", text=wanted, language="zh-hans", aim=Decimal(number),
            measured_in=counted, by_on="2028", period=period.pk, by=by, at=at,
        )  # fmt: skip
        set_target(
            programme=key, measure="techniques_new", text="", language="zh-hans", aim=Decimal(12),
            measured_in="", by_on="2028", period=period.pk, by=by, at=at,
        )  # fmt: skip
