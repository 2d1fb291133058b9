"""The many of the demonstration: 280 more who can be sent, from six more invented hospitals.

Names are put together from lists; whoever reads one sees that it is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from marrow.core.book import same_id
from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.demo import SENDERS
from marrow.directory.models import Area, Organisation
from marrow.people.actions import enter_people
from marrow.people.models import Credential, LanguageSkill, Person, Unavailability

FAMILIES = (
    "赵Zhao 钱Qian 孙Sun 李Li 周Zhou 吴Wu 郑Zheng 王Wang 冯Feng 陈Chen 蒋Jiang 沈Shen 韩Han 杨Yang"
)
GIVEN = (
    "安An 宁Ning 平Ping 远Yuan 明Ming 川Chuan 岭Ling 江Jiang 松Song 竹Zhu 梅Mei 兰Lan 石Shi 泉Quan"
    " 云Yun 溪Xi 帆Fan 舟Zhou 禾He 麦Mai"
)
UNITS = 6
LETTERS = "ABCDEF"
#: who there is in a hundred: profession, specialty, how many
KINDS = (
    ("DOCTOR", "ANAESTHESIA", 8), ("DOCTOR", "GENERAL_SURGERY", 9), ("DOCTOR", "ORTHOPAEDICS", 6),
    ("DOCTOR", "OBSTETRICS", 8), ("DOCTOR", "PAEDIATRICS", 7), ("DOCTOR", "INTERNAL", 9),
    ("DOCTOR", "CARDIOLOGY", 4), ("DOCTOR", "NEUROSURGERY", 3), ("DOCTOR", "OPHTHALMOLOGY", 5),
    ("DOCTOR", "NEPHROLOGY", 3), ("DOCTOR", "EMERGENCY", 4), ("DOCTOR", "INFECTIOUS", 3),
    ("DOCTOR", "RADIOLOGY", 3), ("DOCTOR", "ACUPUNCTURE", 3), ("NURSE", "NURSING", 12),
    ("TECHNICIAN", "ULTRASOUND", 3), ("TECHNICIAN", "LABORATORY", 3),
    ("TECHNICIAN", "BIOMEDICAL", 2), ("PUBLIC_HEALTH", "EPIDEMIOLOGY", 2),
    ("INTERPRETER", "INTERPRETING", 2), ("COOK", "CATERING", 1),
)  # fmt: skip
GRADES = ("ATTENDING", "DEPUTY_CHIEF", "ATTENDING", "CHIEF", "RESIDENT")
FRENCH = ("B1", "", "A2", "B2", "B1", "", "C1")


def crowd_id(number: int) -> UUID:
    return same_id("person", "demonstration", "crowd", number)


def fill_crowd(by: Viewer, at: dt.datetime) -> None:
    """Enter them hospital by hospital, as a roster does; a second call adds nobody."""
    senders = Area.objects.get(code=SENDERS)
    called = _pairs()
    work = [(kind, specialty) for kind, specialty, count in KINDS for _n in range(count)]
    for u in range(UNITS):
        unit = _unit(u, senders, by, at)
        mine = [n for n in range(len(called)) if n % UNITS == u]
        people = [_person(n, called[n], work[(n * 37) % len(work)], unit) for n in mine]
        parts = [
            part for p, n in zip(people, mine, strict=True) for part in _parts(p, n, at.date())
        ]
        enter_people(people=people, parts=parts, by=by, at=at)


def _unit(number: int, area: Area, by: Viewer, at: dt.datetime) -> Organisation:
    letter = LETTERS[number]
    return enter_organisation(
        kind="HOSPITAL", key=f"demonstration-sender-{letter}", area=area, by=by, at=at,
        invented=True,
        names=names(
            f"Test Hospital {letter} (invented)", f"演示{letter}医院（虚构）",
            f"Hôpital d’essai {letter} (fictif)",
        ),
    )  # fmt: skip


def _pairs() -> Sequence[tuple[str, str]]:
    """280 different names: (as written in Chinese, in Latin letters)."""
    split = [(word[0], word[1:]) for word in FAMILIES.split()]
    given = [(word[0], word[1:]) for word in GIVEN.split()]
    return [(f + g, f"{latin} {called}") for g, called in given for f, latin in split]


def _person(
    number: int, called: tuple[str, str], work: tuple[str, str], unit: Organisation
) -> Person:
    zh, latin = called
    kind, specialty = work
    grade = GRADES[number % len(GRADES)] if kind in ("DOCTOR", "NURSE", "TECHNICIAN") else "NONE"
    return Person(
        id=crowd_id(number), unit=unit, kind=kind, specialty=specialty, grade=grade,
        birth_year=1968 + number * 7 % 29, willing=number % 11 != 0, invented=True,
        names=names(f"{latin} (invented)", f"{zh}（虚构）", f"{latin} (fictif)"),
    )  # fmt: skip


def _parts(person: Person, number: int, today: dt.date) -> list[Record]:
    found: list[Record] = []
    if person.grade != "NONE":
        ends = today + dt.timedelta(days=700 + number * 53 % 1500)
        found.append(
            Credential(
                id=same_id("credential", person.pk), person=person, kind="LICENCE",
                issued_on=str((person.birth_year or 1980) + 27), expires_on=ends,
            )
        )  # fmt: skip
    if level := FRENCH[number % len(FRENCH)]:
        found.append(
            LanguageSkill(
                id=same_id("language", person.pk), person=person, language="fr", level=level,
                tested_on="2026",
            )
        )  # fmt: skip
    if person.specialty == "ANAESTHESIA" and level in ("B2", "C1"):  # why a seat stays empty
        since, until = today - dt.timedelta(days=30), today + dt.timedelta(days=400)
        found.append(
            Unavailability(
                id=same_id("away", person.pk), person=person, why="DUTY", from_on=since,
                until_on=until,
            )
        )  # fmt: skip
    return found
