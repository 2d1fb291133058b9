"""Activity's part of the demonstration: two years of an invented hospital and its team.

Every number is invented. Each step is taken by the action that a person would take, as the persona
who may: a head writes and hands in, the hospital's office reviews, the programme office approves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from marrow.accounts.demo import persona
from marrow.activity.actions import (
    approve,
    count_visits,
    fill_report,
    keep_voice,
    open_report,
    record_deed,
    review,
    send_back,
    submit,
)
from marrow.activity.models import Deed, Report, Voice
from marrow.activity.rules.months import after, first_of
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.programmes.models import Series

DAY = dt.timedelta(days=1)
MONTHS = 24
#: of the hospital: a usual month, and how much the season and the years move it
USUAL = {
    "VISIT": (1850, 240, 12), "RESCUE": (34, 8, 0), "OPERATION_DONE": (58, 9, 1),
    "ADMISSION": (210, 30, 2), "DELIVERY": (96, 14, 0), "TRAINED_IN_PERSON": (9, 6, 0),
}  # fmt: skip
SEASON = (0, 2, 4, 5, 3, 1, -2, -4, -5, -3, -1, 1)
MISSING = 9  # the month, so many ago, that nobody reported
SENT_BACK = 2  # the month, so many ago, that lacks the maternity
STRANGE = 6  # the month, so many ago, with a slip of the pen
#: of the team: kind, days ago, specialty, with whom, for whom, how many
DEEDS = (
    ("OPERATION_DONE", 40, "GENERAL_SURGERY", "", "LOCAL", 1),
    ("OPERATION_ASSISTED", 38, "GENERAL_SURGERY", "Dr Test (fictif)", "LOCAL", 1),
    ("OPERATION_SUPERVISED", 33, "GENERAL_SURGERY", "Dr Test (fictif)", "LOCAL", 1),
    ("OPERATION_SUPERVISED", 12, "GENERAL_SURGERY", "Dr Test (fictif)", "LOCAL", 1),
    ("RESCUE", 31, "PAEDIATRICS", "", "LOCAL", 1),
    ("VISIT", 30, "INTERNAL", "", "OWN_NATIONALS", 1),
    ("VISIT", 29, "INTERNAL", "", "DIASPORA", 1),
    ("TRAINED_IN_PERSON", 26, "NURSING", "", "", 14),
    ("TRAINED_ONLINE", 20, "PAEDIATRICS", "", "", 46),
    ("LECTURE", 20, "PAEDIATRICS", "", "", 1),
)
REACHED = {"LECTURE": 38}
#: outside of the hospital: kind, place as the team calls it, days ago, people reached
OUTSIDE = (
    ("FREE_CLINIC", "village inventé A (fictif)", 17, 64),
    ("PUBLIC_HEALTH", "école inventée (fictive)", 15, 120),
)
#: invented words: whose, what, in which tongue, may be quoted, days ago
VOICES = (
    ("PATIENT", "Je vois de nouveau le visage de ma petite-fille. (inventé)", "fr", True, 18),
    ("COLLEAGUE", "Nous opérons ensemble, et demain seuls. (inventé)", "fr", False, 11),
)
#: visits of the last days, as the leader counted them: days ago, how many
COUNTED = ((3, 42), (2, 37), (1, 51))


def fill(by: Viewer, at: dt.datetime) -> None:
    """Two years of months and a few single records; a second call adds nothing."""
    series = Series.objects.select_related("recipient").get(key="demonstration")
    hospital, team = series.recipient, Mission.objects.get(key="demonstration:1")
    if hospital is None or Report.objects.filter(organisation=hospital).exists():
        return
    this = first_of(at.date())
    for ago in range(MONTHS, 0, -1):
        if ago != MISSING:
            _month(hospital, after(this, -ago), ago, at)
    _team(hospital, team, this, at)


def _month(hospital: Organisation, month: dt.date, ago: int, at: dt.datetime) -> None:
    """A month and how far it has come: the last waits, the one before it went back."""
    clerk, told_at = persona("demo-head"), _after(month, at)
    row = open_report(organisation=hospital.pk, month=month, by=clerk, at=told_at)
    values = _values(month, ago)
    if ago == STRANGE:
        values["DELIVERY"] = Decimal(960)
    if ago == SENT_BACK:
        values["DELIVERY"] = None
    fill_report(report=row.pk, values=values, by=clerk, at=told_at)
    submit(report=row.pk, by=clerk, at=told_at)
    if ago == SENT_BACK:
        send_back(
            report=row.pk, by=persona("demo-recipient"), at=told_at + DAY,
            reason="La maternité manque (fictif)",
        )  # fmt: skip
    elif ago > 2:
        review(report=row.pk, by=persona("demo-recipient"), at=told_at + DAY)
        if ago > 3:
            approve(report=row.pk, by=persona("demo-office"), at=told_at + 2 * DAY)


def _values(month: dt.date, ago: int) -> dict[str, Decimal | None]:
    season = SEASON[month.month - 1]
    return {
        kind: Decimal(usual + swing * season // 5 + growth * (MONTHS - ago))
        for kind, (usual, swing, growth) in USUAL.items()
    }


def _after(month: dt.date, at: dt.datetime) -> dt.datetime:
    """Some days after the month's end, as a site reports it; never later than now."""
    day = after(month) + 3 * DAY
    told = dt.datetime(day.year, day.month, day.day, 9, tzinfo=at.tzinfo)
    return min(told, at - 3 * DAY)


def _team(hospital: Organisation, team: Mission, this: dt.date, at: dt.datetime) -> None:
    leader = persona("demo-leader")
    for days, count in COUNTED:
        on = at - days * DAY
        count_visits(mission=team.pk, held_on=on.date(), count=count, by=leader, at=on)
    for kind, days, specialty, whom, group, count in DEEDS:
        deed = Deed(
            id=uuid4(), kind=kind, held_on=at.date() - days * DAY, specialty=specialty,
            with_whom=whom, group=group, count=count, people_reached=REACHED.get(kind),
        )  # fmt: skip
        record_deed(organisation=hospital.pk, mission=team.pk, deed=deed, by=leader, at=at)
    for kind, place, days, reached in OUTSIDE:
        deed = Deed(
            id=uuid4(), kind=kind, held_on=at.date() - days * DAY, place=place, count=1,
            group="LOCAL", people_reached=reached,
        )  # fmt: skip
        record_deed(organisation=None, mission=team.pk, deed=deed, by=leader, at=at)
    for said_by, text, language, quoted, days in VOICES:
        voice = Voice(
            id=uuid4(), held_on=at.date() - days * DAY, said_by=said_by, text=text,
            language=language, satisfied="GLAD", may_be_quoted=quoted,
        )  # fmt: skip
        keep_voice(mission=team.pk, voice=voice, by=leader, at=at)
    told: Mapping[str, Decimal | None] = {
        "VISIT": Decimal(312), "OPERATION_DONE": Decimal(21), "OPERATION_ASSISTED": Decimal(9),
        "OPERATION_SUPERVISED": Decimal(6), "RESCUE": Decimal(5), "TRAINED_IN_PERSON": Decimal(14),
    }  # fmt: skip
    for ago in (3, 2):
        month = after(this, -ago)
        row = open_report(organisation=hospital.pk, month=month, mission=team.pk, by=leader, at=at)
        fill_report(report=row.pk, values=told, by=leader, at=at)
        submit(report=row.pk, by=leader, at=at)
        review(report=row.pk, by=persona("demo-recipient"), at=at)
