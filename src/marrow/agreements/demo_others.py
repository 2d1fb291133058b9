"""What the demonstration's other programmes hold by, gain, were first in, and learned. All of it
invented, and said to be so; each house writes its own language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from marrow.agreements.actions import (
    ask_requirement,
    join_office,
    tell_first,
    tell_gain,
    tell_motto,
    tell_tenet,
    write_lesson,
)
from marrow.agreements.models import PlanPeriod
from marrow.core.viewer import Viewer
from marrow.core.words import Names, names
from marrow.sources.actions import Source

FIRST = "demonstration"  # what else this one holds by is told where it is filled
PAPER = Source("演示协议（虚构）", "虚构条款，仅供演示")
Words = tuple[str, str]  # language, text


@dataclass(frozen=True, slots=True)
class Held:
    """`gains` and `firsts` of the sender, then of the recipient; `lesson` with its title first."""

    value: Names
    motto: str
    gains: tuple[Words, Words]
    firsts: tuple[Words, Words]
    asked: Words
    answer: str
    team: tuple[tuple[str, str, str], ...]  # name, duty, since
    lesson: tuple[str, str, str]  # language, title, text


HELD = {
    "demonstration-testland": Held(
        names(
            "Two places, one team (invented)", "两地一队（虚构）",
            "Deux lieux, une équipe (fictif)",
        ),
        "并肩同行（虚构）",
        (
            ("zh-hans", "队员学会两地远程会诊（虚构）"),
            ("en", "Two nurses lead their own ward (invented)"),
        ),
        (
            ("zh-hans", "首次两地同时轮换（虚构）"),
            ("en", "First dialysis in Testland (invented)"),
        ),
        ("zh-hans", "两地均有可独立值班的当地医师（虚构要求）"),
        "逐人签署放手授权，每季回看。",
        (
            ("孔五（虚构）", "派员与轮换", "2022"),
            ("曹六（虚构）", "物资", "2023-05"),
        ),
        (
            "en", "Order before the rains (invented)",
            "Roads close for weeks. An invented example.",
        ),
    ),
    "demonstration-county": Held(
        names(
            "Care near home (invented)", "大病不出县（虚构）",
            "Soigner près de chez soi (fictif)",
        ),
        "扶到能自己走（虚构）",
        (
            ("zh-hans", "支援医师熟悉基层常见病（虚构）"),
            ("zh-hans", "县医院开展内镜治疗（虚构）"),
        ),
        (
            ("zh-hans", "全市首个整科帮扶（虚构）"),
            ("zh-hans", "全县首例内镜止血（虚构）"),
        ),
        ("zh-hans", "帮扶结束后病种不减（虚构要求）"),
        "结束前一年起由本院医师主刀，帮扶方只在场。",
        (
            ("严七（虚构）", "对口联络", "2021-09"),
            ("金八（虚构）", "培训", "2024"),
        ),
        ("zh-hans", "先看流向再定专科（虚构）", "先查谁外出就医，再定派哪个专科。虚构示例。"),
    ),
    "demonstration-teaching": Held(
        names(
            "Who learned teaches (invented)", "学会者再教（虚构）",
            "Qui a appris enseigne (fictif)",
        ),
        "再教一人（虚构）",
        (
            ("zh-hans", "教师队员掌握双语带教（虚构）"),
            ("fr", "Six infirmières enseignent (fictif)"),
        ),
        (
            ("zh-hans", "首次用三种语言出题（虚构）"),
            ("fr", "Première école d’été locale (fictive)"),
        ),
        ("zh-hans", "教材留在当地并由当地更新（虚构要求）"),
        "每课两名当地教师共同署名。",
        (
            ("魏九（虚构）", "课程", "2023"),
            ("陶十（虚构）", "考核", ""),
        ),
        (
            "fr", "Un cours, deux voix (fictif)",
            "Un formateur local parle à chaque cours. Exemple fictif.",
        ),
    ),
}  # fmt: skip


def hold(by: Viewer, at: dt.datetime) -> None:
    """Tell it, as the programme office does; each plan period is there already."""
    tell_motto(programme=FIRST, text="授人以渔，不留空位（虚构）", source=PAPER, by=by, at=at)
    for key, held in HELD.items():
        _hold_one(key, held, by, at)


def _hold_one(key: str, held: Held, by: Viewer, at: dt.datetime) -> None:
    for side, (language, text) in zip(("SENDER", "RECIPIENT"), held.gains, strict=True):
        tell_gain(programme=key, to=side, text=text, language=language, source=PAPER, by=by, at=at)
    for side, (language, text) in zip(("SENDER", "RECIPIENT"), held.firsts, strict=True):
        tell_first(
            programme=key, side=side, text=text, language=language, happened_on="2025",
            source=PAPER, by=by, at=at,
        )  # fmt: skip
    tell_tenet(programme=key, names=held.value, source=PAPER, by=by, at=at)
    tell_motto(programme=key, text=held.motto, source=PAPER, by=by, at=at)
    language, text = held.asked
    ask_requirement(
        programme=key, text=text, language=language, answer=held.answer, source=PAPER, by=by, at=at,
        period=PlanPeriod.objects.get(programme__key=key).pk,
    )  # fmt: skip
    for name, duty, since in held.team:
        join_office(programme=key, name=name, duty=duty, since=since, by=by, at=at)
    language, title, text = held.lesson
    write_lesson(
        programme=key, kind="LESSON", title=title, text=text, language=language, public=True,
        learned_on=f"{at.year}", by=by, at=at,
    )  # fmt: skip
