"""Teams that stood at the hospitals of the invented region in the years before: called, seated,
sent, relieved by the next, closed with a signed handover and certified. Their leaders sign what
was reached with them, each from an own account; the last goes on as an expert from afar.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.demo import persona
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.core.words import Names, in_tongue, names
from marrow.directory.models import Organisation
from marrow.handovers.actions import begin_handover, hand_in, record_paper, sign
from marrow.handovers.queries import empty_parts, fingerprint_of
from marrow.missions.actions import keep_missions
from marrow.missions.models import Mission, Site
from marrow.people.actions import answer_link, enter_people, link_account
from marrow.people.models import Person
from marrow.programmes.models import Programme
from marrow.recognition.actions import issue_certificates
from marrow.recognition.demo import ISSUER, SIGNER
from marrow.sources.actions import Source
from marrow.teams.actions import answer_for_unit, invite, move_stage, open_seats, select
from marrow.teams.models import Seat

DAY = dt.timedelta(days=1)
CALLED_BEFORE = 70  # days from the call to the arrival
BESIDE = 8  # days on which two teams stand there together, one handing over to the other
OLDEST = 1984  # who was born later had not finished their studies then
ALONE_SINCE = "L’équipe locale continue seule (fictif)"
ON_PAPER = "Personne ne suit : signé sur papier à l’hôpital (fictif)"
MINUTES = Source("Procès-verbal de passation (fictif)", "L’équipe locale continue seule (fictif)")
FAMILIES = "何He 许Xu 高Gao 林Lin 罗Luo 宋Song 唐Tang 谢Xie 邓Deng 曹Cao"
GIVEN = "秋Qiu 冬Dong 夏Xia 春Chun 山Shan 海Hai 河He 湖Hu 峰Feng 雪Xue"
TITLES = ("CHIEF", "DEPUTY_CHIEF", "ATTENDING")


@dataclass(slots=True)
class Visit:
    """One team at one hospital: its number there, since when and until when, what it knows."""

    programme: Programme
    hospital: Organisation
    number: int
    came: dt.datetime
    left: dt.datetime
    specialties: Sequence[str]
    mission: Mission = field(init=False)  # both from its arrival on
    leader: Viewer = field(init=False)

    @property
    def arrived(self) -> bool:
        return hasattr(self, "leader")


@dataclass(slots=True)
class Bench:
    """Who can be sent: by specialty, with the times that each is away already."""

    unit: Organisation
    away: dict[UUID, list[tuple[dt.datetime, dt.datetime]]] = field(default_factory=dict)
    ours: dict[str, list[Person]] = field(default_factory=dict)
    made: int = 0

    def one_of(self, specialty: str, visit: Visit, by: Viewer) -> Person:
        """Somebody of it who is at home then; where there is nobody, one more is entered."""
        if specialty not in self.ours:
            rows = Person.objects.filter(
                specialty=specialty, kind="DOCTOR", invented=True, birth_year__lte=OLDEST,
                account=None, unit__names__en__startswith="Test Hospital ",
            )  # fmt: skip
            self.ours[specialty] = list(rows.order_by("pk"))
        for person in sorted(self.ours[specialty], key=lambda p: len(self.away.get(p.pk, ()))):
            spells = self.away.setdefault(person.pk, [])
            if all(end <= visit.came or visit.left <= start for start, end in spells):
                break
        else:
            person = self._entered(specialty, visit.came - 400 * DAY, by)
            self.ours[specialty].append(person)
            spells = self.away.setdefault(person.pk, [])
        spells.append((visit.came - 10 * DAY, visit.left + 10 * DAY))
        return person

    def _entered(self, specialty: str, at: dt.datetime, by: Viewer) -> Person:
        number, self.made = self.made, self.made + 1
        person = Person(
            id=same_id("person", "demonstration", "visit", number), unit=self.unit, kind="DOCTOR",
            specialty=specialty, grade=TITLES[number % 3], birth_year=1962 + number * 7 % 22,
            names=_called(number), willing=True, invented=True,
        )  # fmt: skip
        enter_people(people=[person], parts=[], by=by, at=at)
        return person


def bench() -> Bench:
    return Bench(Organisation.objects.get(pk=same_id("organisation", "demonstration-sender-A")))


def _called(number: int) -> Names:
    family = FAMILIES.split()[number % 10]
    given = GIVEN.split()[(number // 10 + number) % 10]
    latin = f"{family[1:]} {given[1:]}"
    return names(f"{latin} (invented)", f"{family[0]}{given[0]}（虚构）", f"{latin} (fictif)")


def arrive(visit: Visit, those: Bench, by: Viewer) -> None:
    """Call the team, seat it, send it; its leader has an account from then on."""
    office, called = persona("demo-office"), visit.came - CALLED_BEFORE * DAY
    visit.mission = _mission(visit)
    site = Site(
        id=same_id("site", visit.mission.pk), mission=visit.mission, organisation=visit.hospital
    )
    keep_missions(rows=[visit.mission, site], by=by, at=called)
    leads = _seated(visit, those, office, called)
    for stage, before in (
        ("RECRUITING", 60), ("SELECTED", 40), ("TRAINING", 30), ("IN_TRANSIT", 1), ("ON_POST", 0),
    ):  # fmt: skip
        _moved(visit, stage, visit.came - before * DAY, office)
    visit.leader = _account(leads, visit, by)


def _mission(visit: Visit) -> Mission:
    programme = visit.programme
    key, at = f"{programme.key}:{visit.hospital.pk}:{visit.number}", visit.hospital.names
    return Mission(
        id=same_id("mission", key), key=key[:80], programme=programme, sender=programme.sender,
        kind=Mission.Kind.RESIDENT_BATCH, status="PLANNED", invented=True,
        planned_end_on=visit.left.date().isoformat(),
        names=names(
            f"Team {visit.number} at {at['en']}", f"{at['zh']}第{visit.number}支医疗队",
            f"Équipe {visit.number} à : {at['fr']}",
        ),
    )  # fmt: skip


def _seated(visit: Visit, those: Bench, office: Viewer, called: dt.datetime) -> Person:
    """Fill a seat of each specialty; whoever has the first leads."""
    mission = visit.mission
    seats = [
        Seat(
            id=same_id("seat", mission.pk, n), role="MEMBER" if n else "LEADER",
            specialty=specialty, from_on=visit.came.date(), until_on=visit.left.date() + DAY,
        )
        for n, specialty in enumerate(visit.specialties)
    ]  # fmt: skip
    open_seats(mission=mission.pk, seats=seats, by=office, at=called)
    people = [those.one_of(seat.specialty, visit, office) for seat in seats]
    for seat, person in zip(seats, people, strict=True):
        asked = invite(seat=seat.pk, person=person.pk, by=office, at=called + DAY)
        unit = Viewer(
            persona("demo-unit").person, "Sun Li", (Grant("unit", ORGANISATION, person.unit_id),)
        )
        answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=called + 3 * DAY)
        select(assignment=asked.pk, by=office, at=called + 8 * DAY)
    return people[0]


def _account(person: Person, visit: Visit, by: Viewer) -> Viewer:
    """The leader signs in: an account is opened, and its owner says that it is theirs."""
    row = Account.objects.filter(pk=person.account).first() if person.account else None
    at = visit.came
    if row is None:
        admin = replace(by, grants=(*by.grants, Grant("admin")))
        row = open_account(
            username=f"demo-expert-{person.pk.hex[:8]}", password=secrets.token_urlsafe(24),
            full_name=person.names["en"], names=person.names, by=admin, at=at, invented=True,
        )  # fmt: skip
        give_role(
            account=row, role="leader", scope=PROGRAMME, thing=visit.programme.pk,
            by=admin, at=at,
        )  # fmt: skip
        link_account(person=person.pk, account=row.pk, by=by, at=at)
        answer_link(person=person.pk, mine=True, by=viewer_of(row, via="demo"), at=at)
        person.account = row.pk
    return replace(viewer_of(row, via="demo"), name=in_tongue(row.names, "zh"))


def leave(visit: Visit, following: Visit | None, speaks: Viewer) -> None:
    """Hand over what is left (nothing is open), have it signed by all sides, go home, close."""
    mission, leader, office = visit.mission, visit.leader, persona("demo-office")
    _moved(visit, "HANDING_OVER", visit.left - 6 * DAY, office)
    row = begin_handover(
        mission=mission.pk, to_mission=following.mission.pk if following else None,
        why_nobody="" if following else ALONE_SINCE, by=leader, at=visit.left - 5 * DAY,
    )  # fmt: skip
    row = hand_in(handover=row.pk, none_of=empty_parts(row), by=leader, at=visit.left - 4 * DAY)
    sides = [("OUTGOING", leader), ("RECIPIENT", speaks)]
    if following:
        sides.insert(1, ("INCOMING", following.leader))
    for days, (side, who) in enumerate(sides):
        sign(
            handover=row.pk, side=side, seen=fingerprint_of(row), by=who,
            at=visit.left - (3 - days) * DAY,
        )  # fmt: skip
    if following is None:
        record_paper(
            handover=row.pk, side="INCOMING", signer_name="Fatou Test",
            reason=ON_PAPER, source=MINUTES, by=office, at=visit.left - DAY,
        )  # fmt: skip
    _moved(visit, "DEBRIEFING", visit.left, office)
    _moved(visit, "CLOSED", visit.left + 20 * DAY, office)
    issue_certificates(
        mission=visit.mission.pk, issuer=ISSUER, languages="ALL",
        signed_by=SIGNER["en"], signed_by_names=SIGNER,
        issued_on=visit.left.date() + 24 * DAY, by=office, at=visit.left + 24 * DAY,
    )  # fmt: skip


def stand_by(visit: Visit, by: Viewer) -> Viewer:
    """Whoever led the last team is an expert of the programme from now on, from afar."""
    leader = visit.leader
    account = Account.objects.get(pk=str(leader.person))
    admin = replace(by, grants=(*by.grants, Grant("admin")))
    give_role(
        account=account, role="specialist", scope=PROGRAMME, thing=visit.programme.pk,
        by=admin, at=visit.left + DAY,
    )  # fmt: skip
    return replace(viewer_of(account, via="demo"), name=leader.name)


def _moved(visit: Visit, stage: str, at: dt.datetime, by: Viewer) -> None:
    visit.mission = move_stage(mission=visit.mission.pk, stage=stage, on=at.date(), by=by, at=at)
