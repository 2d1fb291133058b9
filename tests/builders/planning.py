"""A plan of Guinea's 31st team: the 30th with its seats, a hospital with one person for each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marrow.accounts.queries import viewer_of
from marrow.core.jobs import run_one
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.people.actions import add_to_person
from marrow.people.models import Credential, Person
from marrow.plan import actions
from marrow.plan.models import Run, Scenario
from marrow.programmes.models import Series
from tests.builders import NOW, OFFICE, a_batch, a_person, a_sending_hospital, a_series
from tests.builders.forming import a_seat
from tests.builders.kept import once

TODAY = NOW.date()
DAY = dt.timedelta(days=1)
SEATS = (("LEADER", "GENERAL_SURGERY"), ("MEMBER", "ANAESTHESIA"), ("MEMBER", "NURSING"))


@dataclass(frozen=True, slots=True)
class Planning:
    office: Viewer
    series: Series
    hospital: Organisation
    surgeon: Person
    anaesthetist: Person
    nurse: Person
    plan: Scenario

    def person(self, name: str, specialty: str) -> Person:
        return licensed(name, specialty, self.hospital)

    def run(self, plan: Scenario | None = None, at: dt.datetime = NOW) -> Run:
        """The planner's run, from asking to its end."""
        run = actions.ask_to_solve(scenario=(plan or self.plan).pk, by=self.office, at=at)
        while run_one("test"):
            pass
        return Run.objects.get(pk=run.pk)


def licensed(name: str, specialty: str, unit: Organisation) -> Person:
    row = a_person(name, unit, specialty=specialty, grade="ATTENDING")
    add_to_person(person=row.pk, part=Credential(kind="LICENCE"), by=OFFICE, at=NOW)
    return row


def planning(people: Any) -> Planning:
    return once("planning", lambda: _planning(people))


def _planning(people: Any) -> Planning:
    office = viewer_of(people["office"])
    series, hospital = a_series(), a_sending_hospital()
    batch = a_batch(30, series, months=18)
    for role, specialty in SEATS:
        a_seat(
            batch, role, specialty=specialty, from_on=TODAY - 500 * DAY,
            until_on=TODAY + 48 * DAY,
        )  # fmt: skip
    surgeon, anaesthetist, nurse = (
        licensed(f"{specialty.title()} Test", specialty, hospital) for _role, specialty in SEATS
    )
    plan = actions.make_plan(
        name="Guinea 31", series=[series.pk], from_on=TODAY, until_on=TODAY + 400 * DAY, by=office,
        at=NOW,
    )  # fmt: skip
    return Planning(office, series, hospital, surgeon, anaesthetist, nurse, plan)


def solved(world: Planning) -> Scenario:
    run = world.run()
    assert run.state == "DONE", (run.state, run.faults)
    return Scenario.objects.get(pk=world.plan.pk)
