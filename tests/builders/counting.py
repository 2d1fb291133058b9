"""A hospital that counts, a team that works there, and their accounts: counting()."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import approve, fill_report, open_report, record_deed, review, submit
from marrow.activity.models import Deed, Report
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from tests.builders import NOW, OFFICE, a_batch, a_hospital, a_site
from tests.builders.kept import once
from tests.builders.leaving import an_account

MARCH = dt.date(2026, 3, 1)


@dataclass(frozen=True, slots=True)
class Counting:
    """A hospital, another, and a team on post at the first."""

    hospital: Organisation
    other: Organisation
    team: Mission
    accounts: dict[str, Account]

    def viewer(self, who: str) -> Viewer:
        return viewer_of(self.accounts[who])


def counting() -> Counting:
    return once("counting", _counting)


def _counting() -> Counting:
    hospital, other = a_hospital("Un Test"), a_hospital("Deux Test")
    team = a_batch(7, status="ON_POST")
    a_site(team, organisation=hospital)
    return Counting(
        hospital, other, team,
        {
            "clerk": an_account("clerk", "head", hospital),
            "hospital": an_account("hospital", "recipient", hospital),
            "elsewhere": an_account("elsewhere", "recipient", other),
        },
    )  # fmt: skip


def a_deed(world: Counting, kind: str = "OPERATION_DONE", **told: object) -> Deed:
    """Of the hospital's own, or of the team's with `team=True`."""
    mission = world.team.pk if told.pop("team", False) else None
    by = OFFICE if mission else world.viewer("clerk")
    deed = Deed(**{"id": uuid4(), "kind": kind, "held_on": MARCH, "count": 1, **told})
    return record_deed(organisation=world.hospital.pk, mission=mission, deed=deed, by=by, at=NOW)


def a_month(
    world: Counting,
    values: Mapping[str, object],
    month: dt.date = MARCH,
    mission: UUID | None = None,
) -> Report:
    """Handed in by the hospital's clerk, or by the office for the team."""
    by = OFFICE if mission else world.viewer("clerk")
    row = open_report(organisation=world.hospital.pk, month=month, mission=mission, by=by, at=NOW)
    told = {kind: Decimal(str(value)) for kind, value in values.items()}
    fill_report(report=row.pk, values=told, by=by, at=NOW)
    return submit(report=row.pk, by=by, at=NOW)


def approved(world: Counting, values: Mapping[str, object], month: dt.date = MARCH) -> Report:
    row = a_month(world, values, month)
    review(report=row.pk, by=world.viewer("hospital"), at=NOW)
    return approve(report=row.pk, by=OFFICE, at=NOW)
