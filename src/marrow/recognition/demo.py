"""Recognition's part of the demonstration: certificates of an invented team, a day of honours.

One invented member is remembered, of an invented team and with an invented family's consent: the
memorial shows them apart from those who are real.
"""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from marrow.accounts.demo import persona
from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.demo import COUNTRY
from marrow.directory.models import Area
from marrow.missions.actions import add_to_mission
from marrow.missions.models import Fallen, Mission
from marrow.people.models import Person
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Event, Speaker
from marrow.recognition.actions import (
    Awarded,
    Family,
    honour_all,
    issue_certificates,
    keep_agenda,
    remember,
)
from marrow.recognition.models import Certificate
from marrow.recognition.rules.lists import Told
from marrow.sources.actions import Source

DAY = dt.timedelta(days=1)
ISSUER = names(
    "Programme office (invented)", "项目办公室（虚构）", "Bureau du programme (fictif)"
)  # fmt: skip

SIGNER = names("Chen Wei (invented)", "陈伟（虚构）", "Chen Wei (fictif)")
GROUPS = names("Outstanding group (invented)", "先进集体（虚构）", "Groupe exemplaire (fictif)")
PERSONS = names(
    "Outstanding individual (invented)", "先进个人（虚构）", "Personne exemplaire (fictive)"
)  # fmt: skip
INVITED = Source("表彰大会邀请函（虚构）", "定于本日举行表彰大会")
LISTED = Source("表彰决定（虚构）", "表彰先进集体30个、先进个人60名")
IN_MEMORY = Source("演示项目纪念册（虚构）", "一名虚构队员因公殉职")
AGENDA = [
    ("09:30", "开幕", "陈伟（虚构）"),
    ("09:40", "宣读表彰决定", ""),
    ("09:50", "颁奖", ""),
    ("10:40", "合影", ""),
]


def fill(by: Viewer, at: dt.datetime) -> None:
    """A second call adds nothing."""
    home = Mission.objects.get(key="demonstration:advance")
    if Certificate.objects.filter(assignment__seat__mission=home).exists():
        return
    _certificates(home, at)
    with translation.override("zh-hans"):
        _ceremony(home, by, at)
    _remembered(home, at)


def _ceremony(home: Mission, by: Viewer, at: dt.datetime) -> None:
    """Thirty groups and sixty persons, honoured in one act; a few of them are known here."""
    event = Event(
        id=same_id("event", "demonstration", "honours"), programme=home.programme,
        kind=Event.Kind.CEREMONY, held_on=(at.date() - 10 * DAY).isoformat(),
        names=names(
            "Day of honours (invented)", "表彰大会（虚构）", "Journée des distinctions (fictive)"
        ),
        place=names("Demo Hall (invented)", "演示礼堂（虚构）", "Salle de démonstration (fictive)"),
    )  # fmt: skip
    speaker = Speaker(
        id=same_id("speaker", event.pk), event=event, rank=1,
        names=names("Chen Wei (invented)", "陈伟（虚构）"),
        office=names("Head of office (invented)", "办公室主任（虚构）", "Chef de bureau (fictif)"),
    )  # fmt: skip
    told = {"names": event.names["zh"], "held_on": event.held_on}
    add_to_programme(
        programme=home.programme, rows=[event, speaker], told=told, source=INVITED, by=by,
        at=at - 12 * DAY,
    )  # fmt: skip
    office = persona("demo-office")
    keep_agenda(event=event.pk, items=AGENDA, by=office, at=at - 11 * DAY)
    served = Person.objects.filter(assignments__state="SERVED", assignments__seat__mission=home)
    groups = [Told(home.names["zh"], "")]
    groups += [Told(f"演示集体{n:02d}（虚构）", "演示医院（虚构）") for n in range(1, 30)]
    persons = [Told(name, "") for person in served for name in [person.names["zh"]]]
    persons += [Told(f"演示个人{n:02d}（虚构）", "") for n in range(1, 61 - len(persons))]
    honour_all(
        event=event.pk, groups=Awarded(groups, GROUPS), persons=Awarded(persons, PERSONS),
        body=ISSUER, source=LISTED, by=office, at=at - 10 * DAY,
    )  # fmt: skip


def _certificates(home: Mission, at: dt.datetime) -> None:
    issue_certificates(
        mission=home.pk, issuer=ISSUER, languages="ALL",
        signed_by=SIGNER["en"], signed_by_names=SIGNER,
        issued_on=at.date() - 25 * DAY, by=persona("demo-office"), at=at - 25 * DAY,
    )  # fmt: skip


def _remembered(home: Mission, at: dt.datetime) -> None:
    """Told by an invented paper; the name came with the consent that lets it be shown."""
    office = persona("demo-office")
    told = Fallen(
        id=same_id("fallen", "demonstration"), programme=home.programme, persons=1,
        area=Area.objects.get(code=COUNTRY),
    )  # fmt: skip
    add_to_mission(
        programme=home.programme, mission=None, rows=[told], told={"persons": 1}, source=IN_MEMORY,
        by=office, at=at - 300 * DAY,
    )  # fmt: skip
    family = Family(
        name="江念（虚构）", relation="女儿（虚构）", paper="家属来信，存演示办公室（虚构）",
        covers="NAME_AND_WORDS", given_on=at.date() - 292 * DAY,
    )  # fmt: skip
    remember(
        fallen=told.pk, name="江安 Jiang An（虚构 · invented · fictive）",
        words="虚构人物，仅供演示。她教会了两位当地同事做剖宫产。", fell_on="2009", family=family,
        by=office, at=at - 290 * DAY,
    )  # fmt: skip
