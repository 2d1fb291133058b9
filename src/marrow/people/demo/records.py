"""What stands on the service records of some who are invented: papers, honours, what a policy
granted, what they became, what they brought home.

Their unit keeps them and writes Chinese; the policy is an invented office's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from marrow.accounts.demo import persona
from marrow.core.book import same_id
from marrow.core.models import Record
from marrow.core.words import names
from marrow.directory.demo import COUNTRY
from marrow.directory.models import Area
from marrow.people.actions import add_to_person, say_wish, tell_couple
from marrow.people.models import (
    Benefit,
    CareerStep,
    Credential,
    Distinction,
    Learning,
)
from marrow.sources.actions import Source

POLICY = Source(
    "演示项目派员待遇办法（虚构）", "完成任务者，晋升职称时视同基层服务一年（虚构条款）", "2023-03"
)
HONOUR = names("Outstanding member (invented)", "优秀队员（虚构）", "Membre émérite (fictif)")
#: person: kind, how many years ago, what is noted
GRANTED = (
    ("Hu Quan", "PROMOTION", 1, "晋升时视同基层服务一年（虚构）"),
    ("Hu Quan", "STUDY", 1, "进修六个月（虚构）"),
    ("Yang He", "INCENTIVE", 4, "完成上一任期（虚构）"),
    ("Yang He", "ALLOWANCE", 0, "艰苦地区津贴（虚构）"),
    ("Sun Feng", "ALLOWANCE", 0, "艰苦地区津贴（虚构）"),
    ("Chen Qing", "STUDY", 0, "外语进修（虚构）"),
    ("Zhou Lin", "PROMOTION", 2, "聘任时优先（虚构）"),
)
BECAME = (
    ("Hu Quan", "LEADING_POST", 2, "眼科主任（虚构）"),
    ("Hu Quan", "TEACHING", 5, "住院医师带教老师（虚构）"),
    ("Yang He", "TITLE", 3, "主任医师（虚构）"),
    ("Zhou Lin", "TITLE", 2, "副主任医师（虚构）"),
)
LEARNED = (
    ("Hu Quan", 1, "用裂隙灯为大批患者快速分诊的做法，已用于本院门诊（虚构）"),
    ("Yang He", 3, "缺血源时的术中自体血回输流程（虚构）"),
    ("Zhou Lin", 2, "重症疟疾合并脑水肿的处理（虚构）"),
)
HONOURED = (("Yang He", 3), ("Zhou Lin", 2), ("Hu Quan", 4))
#: person, what they say, of which place, how much
WISHES = (
    ("Wu Yue", "PREFERS", COUNTRY, 3),
    ("Xu Xing", "REFUSES", COUNTRY, 1),
    ("Huang Shan", "PREFERS", COUNTRY, 1),
)
COUPLE = ("Wu Yue", "Xu Xing", "APART")
UNIT = "演示项目办公室（虚构）"
DEGREES = (("Yang He", "外科学硕士（虚构）", 1998), ("Hu Quan", "眼科学博士（虚构）", 2001))


def fill_records(at: dt.datetime) -> None:
    """As the programme's office; a second call adds nothing."""
    if Benefit.objects.exists():
        return
    office = persona("demo-office")
    for name, part in _parts(at.year):
        paper = POLICY if isinstance(part, Benefit) else None
        told = {"kind": part.kind} if isinstance(part, Benefit) else None
        person = same_id("person", "demonstration", name)
        add_to_person(person=person, part=part, source=paper, told=told, by=office, at=at)
    _wishes(at)


def _wishes(at: dt.datetime) -> None:
    """Where some wish to go or refuse to, and an invented couple; their unit's office says so."""
    office = persona("demo-office")
    for name, kind, code, points in WISHES:
        if area := Area.objects.filter(code=code).first():
            say_wish(
                person=same_id("person", "demonstration", name), kind=kind, area=area,
                points=points, by=office, at=at,
            )  # fmt: skip
    one, other, rule = COUPLE
    tell_couple(
        person=same_id("person", "demonstration", one), rule=rule, by=office, at=at,
        other=same_id("person", "demonstration", other),
    )  # fmt: skip


def _parts(year: int) -> Iterator[tuple[str, Record]]:
    for name, title, since in DEGREES:
        yield name, Credential(kind="DEGREE", title=title, issued_on=str(since))
    for name, kind, ago, note in GRANTED:
        yield name, Benefit(kind=kind, granted_on=str(year - ago), note=note)
    for name, kind, ago, what in BECAME:
        yield name, CareerStep(kind=kind, what=what, since_on=str(year - ago))
    for name, ago, what in LEARNED:
        yield name, Learning(what=what, learned_on=str(year - ago))
    for name, ago in HONOURED:
        yield name, Distinction(names=HONOUR, body=UNIT, given_on=str(year - ago))
