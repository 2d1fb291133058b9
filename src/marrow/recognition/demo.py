"""Recognition's part of the demonstration: certificates of an invented team, a day of honours.

Nobody is remembered by name here: that is for families, not for a demonstration.
"""

from __future__ import annotations

import datetime as dt

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_by_id
from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Event, Speaker
from marrow.recognition.actions import Awarded, honour_all, issue_certificates, keep_agenda
from marrow.recognition.models import Certificate
from marrow.recognition.rules.lists import Told
from marrow.sources.actions import Source

DAY = dt.timedelta(days=1)
ISSUER = names(
    "Programme office (invented)", "项目办公室（虚构）", "Bureau du programme (fictif)"
)  # fmt: skip

GROUPS = names("Outstanding group (invented)", "先进集体（虚构）", "Groupe exemplaire (fictif)")
PERSONS = names(
    "Outstanding individual (invented)", "先进个人（虚构）", "Personne exemplaire (fictive)"
)  # fmt: skip
INVITED = Source("Invitation to the day of honours (invented)", "the day of honours is held")
LISTED = Source("List of honours (invented)", "thirty groups and sixty persons are honoured")
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
    _ceremony(home, by, at)


def _office() -> Viewer:
    return viewer_by_id(Account.objects.get(username="demo-office").pk)


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
    office = _office()
    keep_agenda(event=event.pk, items=AGENDA, by=office, at=at - 11 * DAY)
    served = Person.objects.filter(assignments__state="SERVED", assignments__seat__mission=home)
    groups = [Told(home.names["zh"], "")]
    groups += [Told(f"演示集体{n:02d}（虚构）", "演示医院（虚构）") for n in range(1, 30)]
    persons = [Told(name, "") for person in served for name in [next(iter(person.names.values()))]]
    persons += [Told(f"演示个人{n:02d}（虚构）", "") for n in range(1, 61 - len(persons))]
    honour_all(
        event=event.pk, groups=Awarded(groups, GROUPS), persons=Awarded(persons, PERSONS),
        body=ISSUER, source=LISTED, by=office, at=at - 10 * DAY,
    )  # fmt: skip


def _certificates(home: Mission, at: dt.datetime) -> None:
    issue_certificates(
        mission=home.pk, issuer=ISSUER, signed_by="Chen Wei (invented)", languages="ALL",
        issued_on=at.date() - 25 * DAY, by=_office(), at=at - 25 * DAY,
    )  # fmt: skip
