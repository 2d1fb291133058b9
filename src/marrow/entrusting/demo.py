"""Local staff of the invented hospital: logbooks that those who watched signed, one who went back,
apprentices, somebody who studied away, a training base, firsts that a head confirmed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from marrow.accounts.demo import persona
from marrow.catalogue.models import Item
from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.demo import key_of
from marrow.directory.models import Organisation
from marrow.entrusting import actions, queries
from marrow.entrusting.models import (
    Base,
    Entrustment,
    FirstTime,
    GreenChannel,
    HandedDown,
    LogCase,
    Pair,
    Study,
    Talent,
)
from marrow.people.actions import enter_person
from marrow.people.models import Person
from marrow.programmes.models import Series

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody invented, and what they climbed: item, then (level, days ago, what they did)."""

    name: str
    zh: str
    kind: str
    specialty: str
    climbs: tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...] = ()


CAESAREAN, SPINAL, DIALYSIS = "caesarean-section", "spinal-anaesthesia", "haemodialysis"
UP = ((2, 560, "ASSISTED"), (3, 430, "SUPERVISED"), (4, 300, "SUPERVISED"), (5, 95, "ALONE"))
COLLEAGUES = (
    Colleague("Fatou Essai", "法图·试验", "DOCTOR", "OBSTETRICS", ((CAESAREAN, UP),)),
    Colleague("Moussa Essai", "穆萨·试验", "DOCTOR", "OBSTETRICS", (
        (CAESAREAN, ((1, 320, "OBSERVED"), (2, 240, "ASSISTED"), (3, 110, "SUPERVISED"))),
    )),
    Colleague("Awa Essai", "阿瓦·试验", "NURSE", "ANAESTHESIA", ((SPINAL, UP[:3]),)),
    Colleague("Ibrahima Essai", "易卜拉·试验", "NURSE", "ANAESTHESIA", ((SPINAL, UP[:3]),)),
    Colleague("Mariam Essai", "玛丽亚·试验", "NURSE", "NEPHROLOGY", ((DIALYSIS, UP[:3]),)),
    Colleague("Sekou Essai", "塞古·试验", "NURSE", "NEPHROLOGY"),
)  # fmt: skip


def fill(by: Viewer, at: dt.datetime) -> None:
    """Log, sign, pair and confirm as the personas who may; a second call adds nothing."""
    hospital = Series.objects.select_related("recipient").get(key="demonstration").recipient
    if hospital is None or LogCase.objects.filter(organisation=hospital).exists():
        return
    staff = [_entered(hospital, one, at) for one in COLLEAGUES]
    for person, told in zip(staff, COLLEAGUES, strict=True):
        for key, levels in told.climbs:
            for level in levels:
                _climbed(person, key, level, at)
    _went_back(staff[3], at)
    _waits(staff[1], staff[5], at)
    _brought_on(hospital, staff, at)
    _firsts(hospital, at)


def _entered(hospital: Organisation, one: Colleague, at: dt.datetime) -> Person:
    return enter_person(
        person=same_id("person", "demonstration", one.name), unit=hospital, kind=one.kind,
        names=names(f"{one.name} (invented)", f"{one.zh}（虚构）", f"{one.name} (fictive)"),
        specialty=one.specialty, invented=True, by=persona("demo-head"), at=at - 700 * DAY,
    )  # fmt: skip


def _climbed(person: Person, key: str, level: tuple[int, int, str], at: dt.datetime) -> None:
    reached, ago, role = level
    then, head = at - ago * DAY, persona("demo-head")
    for nth in (1, 2, 3):
        case = _case(person, key, role, then - (4 + 3 * nth) * DAY, nth)
        actions.confirm_case(case=case.pk, by=head, at=then - DAY)
    row = Entrustment(
        id=same_id("entrustment", person.pk, key, reached), item=_item(key), level=reached,
        on=then.date(),
    )  # fmt: skip
    actions.entrust(person=person.pk, level=row, by=head, at=then)


def _case(person: Person, key: str, role: str, at: dt.datetime, count: int) -> LogCase:
    case = LogCase(
        id=same_id("log-case", person.pk, key, at.date()), item=_item(key), role=role,
        on=at.date(), count=count, supervisor=None, supervisor_words="Dr Essai, chef (fictif)",
    )  # fmt: skip
    return actions.log_case(person=person.pk, case=case, by=persona("demo-recipient"), at=at)


def _went_back(person: Person, at: dt.datetime) -> None:
    row = Entrustment(
        id=same_id("entrustment", person.pk, "back"), item=_item(SPINAL), level=3,
        on=(at - 45 * DAY).date(), reason="Une année sans pratique, retour de congé (fictif)",
    )  # fmt: skip
    actions.entrust(person=person.pk, level=row, by=persona("demo-head"), at=at - 45 * DAY)


def _waits(doctor: Person, nurse: Person, at: dt.datetime) -> None:
    _case(doctor, CAESAREAN, "SUPERVISED", at - 2 * DAY, 2)
    _case(nurse, DIALYSIS, "ASSISTED", at - DAY, 3)
    _case(nurse, DIALYSIS, "OBSERVED", at - 9 * DAY, 1)


def _brought_on(hospital: Organisation, staff: list[Person], at: dt.datetime) -> None:
    head, unit = persona("demo-head"), _house("demonstration-south")
    for teacher, apprentice, key, ago in ((0, 1, CAESAREAN, 320), (4, 5, DIALYSIS, 60)):
        pair = Pair(
            id=same_id("pair", staff[teacher].pk, staff[apprentice].pk), teacher=staff[teacher],
            apprentice=staff[apprentice], track="CLINICAL", begun_on=(at - ago * DAY).date(),
        )  # fmt: skip
        actions.pair_up(
            organisation=hospital.pk, pair=pair, items=[_item(key)], by=head, at=at - ago * DAY
        )
    study = Study(
        id=same_id("study", staff[4].pk), person=staff[4], host=unit, specialty="NEPHROLOGY",
        track="CLINICAL", begun_on=f"{(at - 800 * DAY):%Y-%m}",
        planned_end_on=f"{(at - 620 * DAY):%Y-%m}",
    )  # fmt: skip
    actions.send_to_study(organisation=hospital.pk, study=study, by=head, at=at - 690 * DAY)
    actions.end_study(
        study=study.pk, state="RETURNED", on=f"{(at - 615 * DAY):%Y-%m}",
        now_does="Conduit l’unité de dialyse et forme ses infirmiers (fictif)", by=head,
        at=at - 600 * DAY,
    )  # fmt: skip
    _talents(hospital, staff, at)
    _base(hospital, head, at)


def _talents(hospital: Organisation, staff: list[Person], at: dt.datetime) -> None:
    """Two came to be key staff; one of them leads a department since."""
    for place, grade, ago in ((0, "KEY", 500), (0, "GENERAL", 120), (4, "KEY", 200)):
        then = at - ago * DAY
        talent = Talent(
            id=same_id("talent", staff[place].pk, grade), person=staff[place], grade=grade,
            track="CLINICAL", since=f"{then:%Y-%m}", shown_by="Lettre de l’hôpital (fictif)",
        )  # fmt: skip
        actions.name_talent(
            organisation=hospital.pk, talent=talent, by=persona("demo-head"), at=then + DAY
        )


def _base(hospital: Organisation, head: Viewer, at: dt.datetime) -> None:
    below = _house(key_of("north-health"))
    base = Base(
        id=same_id("base", hospital.pk), kind="RESIDENTS", specialty="OBSTETRICS",
        started_on=f"{(at - 200 * DAY):%Y-%m}",
    )  # fmt: skip
    actions.name_base(organisation=hospital.pk, base=base, by=head, at=at - 200 * DAY)
    channel = GreenChannel(id=same_id("channel", base.pk), organisation=below)
    actions.open_channel(base=base.pk, channel=channel, by=head, at=at - 190 * DAY)
    down = HandedDown(
        id=same_id("down", hospital.pk), specialty="OBSTETRICS", on=(at - 70 * DAY).date(),
        what="Reconnaître à temps un travail qui n’avance pas (fictif)", persons=14,
    )  # fmt: skip
    actions.hand_down(organisation=hospital.pk, taker=below, down=down, by=head, at=at - 70 * DAY)


def _firsts(hospital: Organisation, at: dt.datetime) -> None:
    """Of what the ladder would propose the first is confirmed, the second waits, the rest lies."""
    head, recipient = persona("demo-head"), persona("demo-recipient")
    for nth, step in enumerate(queries.candidates_of([hospital])[:2]):
        first = FirstTime(
            id=same_id("first", step.pk), item=step.item, side="LOCAL", within=hospital.area,
            happened_on=step.on.isoformat(), by_whom="LOCALS", step=step,
            evidence="Registre du service (fictif)",
        )  # fmt: skip
        actions.propose_first(organisation=hospital.pk, first=first, by=recipient, at=at - 50 * DAY)
        if nth == 0:
            actions.confirm_first(first=first.pk, by=head, at=at - 48 * DAY)


def _item(key: str) -> Item:
    return Item.objects.get(key=key)


def _house(key: str) -> Organisation:
    return Organisation.objects.get(pk=same_id("organisation", key))
