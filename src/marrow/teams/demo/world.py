"""Five more teams of the demonstration, each at another stage. All invented.

A long mission far away that has fallen silent, one that stays longer than planned, two that are
home but not closed, and a county's helpers in training. Each step is taken by the persona
who may, on its day within the last two years.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from marrow.accounts.models import Account
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import Names, names
from marrow.directory.demo import key_of
from marrow.directory.models import Area, Organisation
from marrow.missions.actions import keep_missions
from marrow.missions.models import Mission, Site
from marrow.people.models import Person
from marrow.programmes.actions import keep_commitments
from marrow.programmes.models import Programme, Series
from marrow.teams.actions import answer_for_unit, invite, move_stage, open_seats, select
from marrow.teams.models import Seat

DAY = dt.timedelta(days=1)
FORMED = 40  # days from the call to the departure
LARGE = (
    ("LEADER", "GENERAL_SURGERY"), ("MEMBER", "ANAESTHESIA"), ("MEMBER", "ANAESTHESIA"),
    ("MEMBER", "OBSTETRICS"), ("MEMBER", "PAEDIATRICS"), ("MEMBER", "INTERNAL"),
    ("MEMBER", "ORTHOPAEDICS"), ("MEMBER", "RADIOLOGY"), ("MEMBER", "ACUPUNCTURE"),
    ("MEMBER", "LABORATORY"), ("MEMBER", "NURSING"), ("MEMBER", "NURSING"),
    ("INTERPRETER", "INTERPRETING"), ("COOK", "CATERING"),
)  # fmt: skip
SMALL = (
    ("LEADER", "INTERNAL"), ("MEMBER", "CARDIOLOGY"), ("MEMBER", "NEPHROLOGY"),
    ("MEMBER", "EMERGENCY"), ("MEMBER", "NURSING"), ("MEMBER", "BIOMEDICAL"),
)  # fmt: skip
EYES = (
    ("LEADER", "OPHTHALMOLOGY"), ("MEMBER", "OPHTHALMOLOGY"), ("MEMBER", "OPHTHALMOLOGY"),
    ("MEMBER", "ANAESTHESIA"), ("MEMBER", "NURSING"), ("MEMBER", "NURSING"),
)  # fmt: skip
MOTHERS = (
    ("LEADER", "OBSTETRICS"), ("MEMBER", "OBSTETRICS"), ("MEMBER", "PAEDIATRICS"),
    ("MEMBER", "ANAESTHESIA"), ("MEMBER", "NURSING"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """One mission: where, who, how many days ago it left (less than nought: will leave), for how
    long, and the stages it went through with their days before today."""

    key: str
    names: Names
    programme: str
    place: str
    number: int | None
    kind: str
    seats: tuple[tuple[str, str], ...]
    left_ago: int
    lasts: int
    stages: tuple[tuple[str, int], ...]


STORIES = (
    Story(
        "demonstration-testland:4",
        names("4th team to Testland (invented)", "第4批援试验国医疗队（虚构）", "4e équipe au Pays d’essai (fictive)"),
        "testland", key_of("national"), 4, "RESIDENT_BATCH", LARGE, 505, 560,
        (("RECRUITING", 545), ("SELECTED", 530), ("TRAINING", 525), ("IN_TRANSIT", 505), ("ON_POST", 504)),
    ),
    Story(
        "demonstration-testland:south",
        names("Team to the South (invented)", "南区医疗队（虚构）", "Équipe au Sud (fictive)"),
        "testland", key_of("south"), None, "RESIDENT_BATCH", SMALL, 400, 480,
        (("RECRUITING", 440), ("SELECTED", 430), ("TRAINING", 425), ("IN_TRANSIT", 400), ("ON_POST", 399)),
    ),
    Story(
        "demonstration-testland:eyes",
        names("Eye surgery visit (invented)", "眼科手术短期任务（虚构）", "Mission d’ophtalmologie (fictive)"),
        "testland", key_of("north", 2), None, "SHORT_SURGICAL", EYES, 62, 14,
        (("RECRUITING", 90), ("SELECTED", 80), ("TRAINING", 78), ("IN_TRANSIT", 62), ("ON_POST", 61), ("HANDING_OVER", 50), ("DEBRIEFING", 47)),
    ),
    Story(
        "demonstration-testland:mothers",
        names("Mothers and children team (invented)", "妇幼医疗队（虚构）", "Équipe mères et enfants (fictive)"),
        "testland", "demonstration", None, "TEACHING_TEAM", MOTHERS, 385, 180,
        (("RECRUITING", 425), ("SELECTED", 415), ("TRAINING", 410), ("IN_TRANSIT", 385), ("ON_POST", 384), ("HANDING_OVER", 215), ("DEBRIEFING", 202)),
    ),
    Story(
        "demonstration-county:1",
        names("1st county team (invented)", "第1批援县团队（虚构）", "1re équipe au comté (fictive)"),
        "county", key_of("county"), 1, "HOSPITAL_PROJECT", SMALL, -25, 365,
        (("RECRUITING", 30), ("SELECTED", 12), ("TRAINING", 9)),
    ),
)  # fmt: skip
PROGRAMMES = (
    (
        "testland", "RESIDENT_SERIES", "XT",
        names("Teams to Testland (invented)", "援试验国医疗队（虚构）", "Équipes au Pays d’essai (fictives)"),
    ),
    (
        "county", "GROUP_AID", "XT-C",
        names("Group-style aid to Test County (invented)", "试验县组团式帮扶（虚构）", "Aide groupée au Comté d’essai (fictive)"),
    ),
)  # fmt: skip


def fill_world(by: Viewer, at: dt.datetime) -> None:
    series = _commitments(by, at)
    taken: set[UUID] = set()
    for story in STORIES:
        mission = _mission(story, series[story.programme], by, at)
        _seat(story, mission, taken, by, at)
        for stage, ago in story.stages:
            on = at - ago * DAY
            move_stage(mission=mission.pk, stage=stage, on=on.date(), by=by, at=on)


def _commitments(by: Viewer, at: dt.datetime) -> dict[str, Series]:
    china = Area.objects.get(code="CN")
    found: dict[str, Series] = {}
    for key, kind, area, called in PROGRAMMES:
        programme = Programme(
            id=same_id("programme", f"demonstration-{key}"), key=f"demonstration-{key}", kind=kind,
            names=called, sender=china, status="RUNNING", invented=True,
            started_on=str(at.year - 11),
        )  # fmt: skip
        series = Series(
            id=same_id("series", f"demonstration-{key}"), key=f"demonstration-{key}",
            programme=programme, recipient_area=Area.objects.get(code=area), names=called,
        )  # fmt: skip
        keep_commitments(rows=[programme, series], by=by, at=at - 720 * DAY)
        found[key] = series
    return found


def _mission(story: Story, series: Series, by: Viewer, at: dt.datetime) -> Mission:
    row = Mission(
        id=same_id("mission", story.key), key=story.key, programme=series.programme,
        series=series if story.number else None, number=story.number, kind=story.kind,
        status="PLANNED", sender=series.programme.sender, invented=True, names=story.names,
        planned_end_on=(at.date() + (story.lasts - story.left_ago) * DAY).isoformat(),
    )  # fmt: skip
    place = Organisation.objects.get(pk=same_id("organisation", story.place))
    site = Site(id=same_id("site", row.pk), mission=row, organisation=place)
    called = at - (story.left_ago + FORMED + 10) * DAY
    keep_missions(rows=[row, site], by=by, at=min(called, at))
    return row


def _seat(story: Story, mission: Mission, taken: set[UUID], by: Viewer, at: dt.datetime) -> None:
    """Open the seats, ask somebody of each specialty, let the unit agree, choose."""
    left = at.date() - story.left_ago * DAY
    seats = [
        Seat(
            id=same_id("seat", mission.pk, n), role=role, specialty=specialty, from_on=left,
            until_on=left + (story.lasts + 1) * DAY,
        )
        for n, (role, specialty) in enumerate(story.seats)
    ]  # fmt: skip
    asked_at = at - max(story.left_ago + FORMED + 4, 28) * DAY
    open_seats(mission=mission.pk, seats=seats, by=by, at=asked_at)
    for seat in seats:
        person = _somebody(seat.specialty, taken)
        asked = invite(seat=seat.pk, person=person.pk, by=by, at=asked_at)
        answer_for_unit(assignment=asked.pk, agrees=True, by=_unit(person), at=asked_at + 2 * DAY)
        select(assignment=asked.pk, by=by, at=asked_at + 6 * DAY)


def _somebody(specialty: str, taken: set[UUID]) -> Person:
    """One of the many who has the specialty, wishes to go and is not away yet."""
    rows = Person.objects.filter(
        specialty=specialty, willing=True, invented=True,
        unit__in=Organisation.objects.filter(names__en__startswith="Test Hospital "),
    )  # fmt: skip
    person = rows.exclude(pk__in=taken).order_by("birth_year", "pk")[0]
    taken.add(person.pk)
    return person


def _unit(person: Person) -> Viewer:
    account: UUID = Account.objects.get(username="demo-unit").pk
    return Viewer(account, "Sun Li", (Grant("unit", ORGANISATION, person.unit_id),))
