"""Teams' part of the demonstration: one team on post, the next being formed. All invented.

Each step is taken by the action that a person would take, as the persona who may.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.directory.models import Organisation
from marrow.missions.actions import enter_batch
from marrow.missions.models import Mission
from marrow.people.actions import answer_link, link_account
from marrow.people.models import Person
from marrow.programmes.models import Series
from marrow.teams.actions import (
    answer_for_unit,
    call_panel,
    invite,
    judge,
    keep_list,
    mark_attendance,
    move_stage,
    open_call,
    open_seats,
    plan_training,
    select,
    tick,
    waive,
)
from marrow.teams.demo.members import fill_members
from marrow.teams.demo.papers import fill_papers
from marrow.teams.demo.world import fill_world
from marrow.teams.models import Assignment, ChecklistItem, Seat
from marrow.teams.rules.checklists import USUAL

DAY = dt.timedelta(days=1)
#: who served when the demonstration opens: role, specialty, person, account
ON_POST = (
    ("LEADER", "GENERAL_SURGERY", "Yang He", "demo-leader"),
    ("MEMBER", "PAEDIATRICS", "Sun Feng", "demo-member"),
    ("MEMBER", "NURSING", "Guo Mei", ""),
    ("INTERPRETER", "INTERPRETING", "Tang Tao", ""),
)
#: the next team: role, specialty, title, who is asked, and how far that came
FORMING = (
    ("LEADER", "INTERNAL", "ATTENDING", "Ma Yun", "SELECTED"),
    ("MEMBER", "ANAESTHESIA", "ATTENDING", "", ""),
    ("MEMBER", "OBSTETRICS", "DEPUTY_CHIEF", "Wu Yue", "AGREED"),
    ("MEMBER", "NEUROSURGERY", "", "Zhou Lin", "INVITED"),
    ("MEMBER", "ORTHOPAEDICS", "", "Zhu Hai", "REFUSED"),
    ("MEMBER", "ULTRASOUND", "", "Gao Zhu", "SELECTED"),
    ("COOK", "CATERING", "", "Xu Li", "SELECTED"),
)
CALLED = "演示征召（虚构）：第二批队员，法语B1以上。"
ALSO_CALLED = {
    "en": "Call (invented): members of the second team, French B1 or better.",
    "fr": "Appel (fictif) : membres de la deuxième équipe, français B1 ou mieux.",
}
TOPICS = (
    "疟疾防治（虚构）",
    "医疗安全（虚构）",
)
#: how far the checklists have come: person, step, days ago
TICKED = (
    ("Ma Yun", "MEDICAL", 4), ("Ma Yun", "VACCINATION", 2), ("Ma Yun", "PASSPORT", 1),
    ("Gao Zhu", "MEDICAL", 3), ("Xu Li", "MEDICAL", 3),
)  # fmt: skip


def fill(by: Viewer, at: dt.datetime) -> None:
    """Seat the team on post and begin to form the next; a second call adds nothing."""
    first = Mission.objects.get(key="demonstration:1")
    if Seat.objects.filter(mission=first).exists():
        return
    _seat_those_on_post(first, by, at)
    series = Series.objects.get(key="demonstration")
    second = enter_batch(series=series, number=2, by=by, at=at, status="PLANNED")
    _form(second, by, at)
    fill_papers(second.programme.key, by, at - 19 * DAY)
    fill_members(at)
    fill_world(by, at)


def _seat_those_on_post(mission: Mission, by: Viewer, at: dt.datetime) -> None:
    left = at.date() - 200 * DAY
    seats = [
        Seat(
            id=same_id("seat", mission.pk, n), role=role, specialty=specialty, from_on=left,
            until_on=left + 540 * DAY,
        )
        for n, (role, specialty, _name, _account) in enumerate(ON_POST)
    ]  # fmt: skip
    open_seats(mission=mission.pk, seats=seats, by=by, at=at - 270 * DAY)
    move_stage(mission=mission.pk, stage="RECRUITING", on=left - 65 * DAY, by=by, at=at)
    for seat, (_role, _specialty, name, account) in zip(seats, ON_POST, strict=True):
        person = _person(name)
        asked = _agreed(seat, person, by, at - 260 * DAY)
        select(assignment=asked.pk, by=by, at=at - 250 * DAY)
        if account:
            found = Account.objects.get(username=account)
            link_account(person=person.pk, account=found.pk, by=by, at=at)
            answer_link(person=person.pk, mine=True, by=viewer_of(found), at=at)
    for stage, day in (
        ("SELECTED", left - 48 * DAY), ("TRAINING", left - 40 * DAY), ("IN_TRANSIT", left),
        ("ON_POST", left + DAY),
    ):  # fmt: skip
        move_stage(mission=mission.pk, stage=stage, on=day, by=by, at=at)


def _form(mission: Mission, by: Viewer, at: dt.datetime) -> None:
    leaves = at.date() + 43 * DAY
    keep_list(programme=mission.programme.key, steps=USUAL, by=by, at=at - 21 * DAY)
    seats = [
        Seat(
            id=same_id("seat", mission.pk, n), role=role, specialty=specialty, grade=grade,
            languages=_french(role, specialty), from_on=leaves,
            until_on=leaves + 540 * DAY,
        )
        for n, (role, specialty, grade, _name, _state) in enumerate(FORMING)
    ]  # fmt: skip
    open_seats(mission=mission.pk, seats=seats, by=by, at=at - 20 * DAY)
    open_call(
        mission=mission.pk, text=CALLED, translations=ALSO_CALLED, opens_on=at.date() - 18 * DAY,
        closes_on=at.date() + 10 * DAY, units=_asked_units(), public=True, by=by, at=at - 18 * DAY,
    )  # fmt: skip
    move_stage(mission=mission.pk, stage="RECRUITING", on=at.date() - 18 * DAY, by=by, at=at)
    for seat, (_role, _specialty, _grade, name, state) in zip(seats, FORMING, strict=True):
        if name:
            _bring(seat, _person(name), state, by, at)
    _tick(mission, by, at)
    _train(mission, by, at)
    _judge(mission, by, at)


def _french(role: str, specialty: str) -> dict[str, str]:
    """Who puts people to sleep must understand every word; a cook need not."""
    if role == "COOK":
        return {}
    return {"fr": "B2" if specialty == "ANAESTHESIA" else "B1"}


def _asked_units() -> list[Organisation]:
    names = ("Ma Yun", "Wu Yue")  # one of each invented hospital
    return list(dict.fromkeys(_person(name).unit for name in names))


def _train(mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """One day of training is over, with one who missed it; the next is planned."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    for days, topic in ((-3, TOPICS[0]), (12, TOPICS[1])):
        session = plan_training(
            mission=mission.pk, held_on=at.date() + days * DAY, topic=topic, required=True, by=by,
            at=at,
        )  # fmt: skip
        if days < 0:
            late = _person("Xu Li").pk
            states = {a.pk: "ABSENT" if a.person_id == late else "PRESENT" for a in held}
            mark_attendance(session=session.pk, states=states, by=by, at=at)


def _judge(mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """A panel has met, and said what it thinks of one who is asked for a seat."""
    panel = call_panel(
        mission=mission.pk, meets_on=at.date() - DAY, place="北方演示医院（虚构）",
        members=[("陈伟（虚构）", "组长"), ("孙丽（虚构）", "派员单位")], by=by,
        at=at,
    )  # fmt: skip
    asked = Assignment.objects.get(seat__mission=mission, person=_person("Wu Yue"))
    said = "法语好，有外派经验"
    judge(
        panel=panel.pk, assignment=asked.pk, score=86, decision="RECOMMENDED", remark=said, by=by,
        at=at,
    )  # fmt: skip


def _tick(mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """Some of the checklists is done, one thing is let be, the rest is open or late."""
    items = ChecklistItem.objects.filter(assignment__seat__mission=mission)
    for name, step, ago in TICKED:
        item = items.get(assignment__person=_person(name), step=step)
        tick(item=item.pk, on=at.date() - ago * DAY, by=by, at=at)
    cook = items.get(assignment__person=_person("Xu Li"), step="LANGUAGE")
    why = "炊事员不要求"
    waive(item=cook.pk, reason=why, by=by, at=at)


def _bring(seat: Seat, person: Person, state: str, by: Viewer, at: dt.datetime) -> None:
    """Bring somebody as far on the way into a seat as the story has come."""
    if state == "INVITED":
        invite(seat=seat.pk, person=person.pk, by=by, at=at - 2 * DAY)
        return
    if state == "REFUSED":
        asked = invite(seat=seat.pk, person=person.pk, by=by, at=at - 9 * DAY)
        why = "两名同事已外出"
        answer_for_unit(
            assignment=asked.pk, agrees=False, reason=why, by=_unit(person), at=at - 7 * DAY
        )
        return
    agreed = _agreed(seat, person, by, at - 12 * DAY)
    if state == "SELECTED":
        select(assignment=agreed.pk, by=by, at=at - 5 * DAY)


def _agreed(seat: Seat, person: Person, by: Viewer, at: dt.datetime) -> Assignment:
    asked = invite(seat=seat.pk, person=person.pk, by=by, at=at)
    return answer_for_unit(assignment=asked.pk, agrees=True, by=_unit(person), at=at + DAY)


def _unit(person: Person) -> Viewer:
    account: UUID = Account.objects.get(username="demo-unit").pk
    return Viewer(account, "Sun Li", (Grant("unit", ORGANISATION, person.unit_id),))


def _person(name: str) -> Person:
    return Person.objects.get(pk=same_id("person", "demonstration", name))
