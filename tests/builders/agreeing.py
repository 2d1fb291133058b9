"""A programme with a partnership, its office, and those who speak for the recipient."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from marrow.agreements.actions import add_task, ask_requirement, open_sheet, set_period
from marrow.agreements.models import Mark, Requirement, TaskLine, TaskSheet
from marrow.core.viewer import ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area, Organisation
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Partnership, Programme
from tests.builders import NOW, OFFICE, PAPER, a_hospital, a_programme
from tests.builders.kept import once


@dataclass(frozen=True, slots=True)
class Agreed:
    """A programme, its partnership with a hospital, and who speaks for which side."""

    programme: Programme
    hospital: Organisation
    partnership: Partnership
    office: Viewer  # of this programme alone
    other_office: Viewer
    host: Viewer
    head: Viewer
    other_host: Viewer


def agreed(key: str = "agreed-test") -> Agreed:
    return once(f"agreed {key}", lambda: _agreed(key))


def _agreed(key: str) -> Agreed:
    programme, hospital = a_programme(key), a_hospital("Hôpital Accord Test")
    elsewhere = a_hospital("Hôpital Ailleurs Test")
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=hospital,
        sender_area=Area.objects.get(code="CN-BJ"),
    )  # fmt: skip
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE,
        at=NOW,
    )  # fmt: skip
    other = a_programme("other-test")
    return Agreed(
        programme, hospital, pair,
        Viewer(uuid4(), "Ours", (Grant("office", PROGRAMME, programme.pk),)),
        Viewer(uuid4(), "Other", (Grant("office", PROGRAMME, other.pk),)),
        Viewer(uuid4(), "Host", (Grant("recipient", ORGANISATION, hospital.pk),)),
        Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, hospital.pk),)),
        Viewer(uuid4(), "Elsewhere", (Grant("recipient", ORGANISATION, elsewhere.pk),)),
    )  # fmt: skip


def a_requirement(world: Agreed) -> Requirement:
    period = set_period(
        programme=world.programme.key, names=names("Test plan"), starts_on="2024", ends_on="2028",
        source=PAPER, by=world.office, at=NOW,
    )  # fmt: skip
    return ask_requirement(
        programme=world.programme.key, text="Local staff work alone", language="en",
        period=period.pk, source=PAPER, by=world.office, at=NOW,
    )  # fmt: skip


def a_sheet(world: Agreed, year: int = 2026) -> TaskSheet:
    return open_sheet(programme=world.programme.key, year=year, by=world.office, at=NOW)


def a_task(
    world: Agreed, sheet: TaskSheet, text: str = "Train nurses", aim: int | None = 12
) -> TaskLine:
    return add_task(
        sheet=sheet.pk, text=text, language="en", aim=None if aim is None else Decimal(aim),
        measured_in="" if aim is None else "persons", by=world.office, at=NOW,
    )  # fmt: skip


def marks(score: int | None = 3, sentence: str = "as it is") -> dict[str, tuple[int | None, str]]:
    return {str(point): (score, sentence) for point in Mark.Point}
