"""People's part of the demonstration: two invented hospitals and those who can be sent from them.

Everybody is invented, and their names say so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from marrow.core.book import same_id
from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.core.words import Names, names
from marrow.directory.actions import enter_organisation
from marrow.directory.demo import SENDERS
from marrow.directory.models import Area, Organisation
from marrow.people.actions import add_to_person, enter_person
from marrow.people.demo.crowd import fill_crowd
from marrow.people.demo.records import fill_records
from marrow.people.models import Credential, LanguageSkill, Person, Unavailability

HOSPITALS = {
    "demonstration-north": names(
        "North Test Hospital (invented)", "北方演示医院（虚构）", "Hôpital d’essai du Nord (fictif)"
    ),
    "demonstration-south": names(
        "South Test Hospital (invented)", "南方演示医院（虚构）", "Hôpital d’essai du Sud (fictif)"
    ),
}


@dataclass(frozen=True, slots=True)
class Made:
    """Somebody invented: name, what they do, French, days until the licence ends, months away."""

    family: str
    given: str
    zh: str
    kind: str
    specialty: str
    grade: str
    born: int
    french: str = ""
    licence_days: int = 2000
    away_days: int = 0


PEOPLE = (
    Made("Zhang", "An", "张安", "DOCTOR", "ANAESTHESIA", "CHIEF", 1975, "A2"),
    Made("Liu", "Bei", "刘北", "DOCTOR", "ANAESTHESIA", "ATTENDING", 1988, "B1", 60),
    Made("Chen", "Qing", "陈青", "DOCTOR", "ANAESTHESIA", "DEPUTY_CHIEF", 1981, "B2", 2000, 300),
    Made("Yang", "He", "杨河", "DOCTOR", "GENERAL_SURGERY", "CHIEF", 1972, "B2"),
    Made("Huang", "Shan", "黄山", "DOCTOR", "GENERAL_SURGERY", "ATTENDING", 1990, "B1"),
    Made("Zhou", "Lin", "周林", "DOCTOR", "NEUROSURGERY", "DEPUTY_CHIEF", 1979, "B1"),
    Made("Wu", "Yue", "吴月", "DOCTOR", "OBSTETRICS", "DEPUTY_CHIEF", 1983, "B2"),
    Made("Xu", "Xing", "徐星", "DOCTOR", "OBSTETRICS", "ATTENDING", 1989, "A1"),
    Made("Sun", "Feng", "孙风", "DOCTOR", "PAEDIATRICS", "CHIEF", 1974, "B1", 20),
    Made("Ma", "Yun", "马芸", "DOCTOR", "INTERNAL", "ATTENDING", 1987, "B1"),
    Made("Zhu", "Hai", "朱海", "DOCTOR", "ORTHOPAEDICS", "DEPUTY_CHIEF", 1980, ""),
    Made("Hu", "Quan", "胡泉", "DOCTOR", "OPHTHALMOLOGY", "CHIEF", 1971, "B1"),
    Made("Guo", "Mei", "郭梅", "NURSE", "NURSING", "ATTENDING", 1986, "B1"),
    Made("He", "Lan", "何兰", "NURSE", "NURSING", "RESIDENT", 1994, "A2"),
    Made("Gao", "Zhu", "高竹", "TECHNICIAN", "ULTRASOUND", "ATTENDING", 1985, "B1"),
    Made("Luo", "Ju", "罗菊", "TECHNICIAN", "LABORATORY", "ATTENDING", 1984, "A2"),
    Made("Zheng", "Song", "郑松", "PUBLIC_HEALTH", "EPIDEMIOLOGY", "DEPUTY_CHIEF", 1982, "C1"),
    Made("Xie", "Bai", "谢柏", "CADRE", "HOSPITAL_MANAGEMENT", "NONE", 1977, "B2"),
    Made("Tang", "Tao", "唐桃", "INTERPRETER", "INTERPRETING", "NONE", 1992, "C2"),
    Made("Xu", "Li", "许李", "COOK", "CATERING", "NONE", 1978, ""),
)


def fill(by: Viewer, at: dt.datetime) -> None:
    """Enter the hospitals and their people; a second call adds nobody."""
    senders = Area.objects.get(code=SENDERS)
    units = [
        enter_organisation(
            kind="HOSPITAL", key=key, names=called, area=senders, by=by, at=at, invented=True
        )
        for key, called in HOSPITALS.items()
    ]
    for number, made in enumerate(PEOPLE):
        _enter(made, units[number % 2], by, at)
    fill_crowd(by, at)
    fill_records(at)


def person_id(made: Made) -> str:
    return f"{made.family} {made.given}"


def _enter(made: Made, unit: Organisation, by: Viewer, at: dt.datetime) -> None:
    pk = same_id("person", "demonstration", person_id(made))
    if Person.objects.filter(pk=pk).exists():
        return
    enter_person(
        person=pk, unit=unit, names=_names(made), kind=made.kind, specialty=made.specialty,
        grade=made.grade, birth_year=made.born, willing=True, invented=True, by=by, at=at,
    )  # fmt: skip
    for part in _parts(made, at.date()):
        add_to_person(person=pk, part=part, by=by, at=at)


def _names(made: Made) -> Names:
    called = f"{made.family} {made.given}"
    return names(f"{called} (invented)", f"{made.zh}（虚构）", f"{called} (fictif)")


def _parts(made: Made, today: dt.date) -> list[Record]:
    found: list[Record] = []
    if made.grade != "NONE":
        ends = today + dt.timedelta(days=made.licence_days)
        found.append(
            Credential(
                kind=Credential.Kind.LICENCE, issued_on=str(made.born + 27), expires_on=ends,
            )
        )  # fmt: skip
    if made.french:
        found.append(LanguageSkill(language="fr", level=made.french, tested_on="2026"))
    if made.away_days:
        until = today + dt.timedelta(days=made.away_days)
        found.append(Unavailability(why="STUDY", from_on=today, until_on=until))
    return found
