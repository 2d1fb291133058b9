"""Lives of a plan: hospitals tell limits and pressure, people go on leave or elsewhere, workbooks
say otherwise, teams are moved. Whoever the planner seats may go by what is told (R111)."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.people.actions import add_to_person
from marrow.people.models import Person, Unavailability
from marrow.plan import actions
from marrow.plan.models import AbsenceCap, Happening, PlannedTeam, Run, Scenario
from marrow.plan.rules.caps import Month, months
from marrow.teams.models import Assignment
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.builders import NOW, a_batch
from tests.builders.forming import a_seat, chosen
from tests.builders.planning import DAY, TODAY, Planning, planning

pytestmark = pytest.mark.django_db
STEPS = 7


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    for n, of in enumerate(("NURSING", "GENERAL_SURGERY", "ANAESTHESIA")):
        row.person(f"Other {n}", of)
    return row


class Life:
    """One plan, and what befalls it. What was told is kept here, and read from no table."""

    def __init__(self, seed: int, world: Planning, office: Client) -> None:
        self.dice, self.world, self.office = random.Random(seed), world, office  # noqa: S311
        self.plan: Scenario = world.plan
        self.caps: list[AbsenceCap] = []
        self.log: list[str] = []
        self.batch = 40

    def days(self) -> tuple[dt.date, dt.date]:
        start = TODAY + self.dice.randint(0, 500) * DAY
        return start, start + self.dice.randint(30, 900) * DAY

    def tells(self) -> None:
        start, until = self.days()
        of = self.dice.choice(("", "", "NURSING", "GENERAL_SURGERY"))
        pressure, people = self.dice.random() < 0.4, self.dice.randint(0, 3)
        cap = AbsenceCap(
            unit=self.world.hospital, specialty=of, from_on=start, until_on=until, people=people,
            pressure=pressure,
        )  # fmt: skip
        actions.set_absence_cap(cap=cap, by=self.world.office, at=NOW)
        self.caps.append(cap)
        self.log.append(f"tells {of or 'all'} {people} {pressure} {start} {until}")

    def spares(self) -> None:
        people = self.dice.choice((-1, 1, 1, 2))
        actions.reckon_with_cap(
            scenario=self.plan.pk, unit=self.world.hospital.pk, people=people, why="OTHER",
            reason="told", by=self.world.office, at=NOW,
        )  # fmt: skip
        self.log.append(f"spares {people}")

    def no_longer(self) -> None:
        if told := Happening.objects.filter(scenario=self.plan, kind="CAP").first():
            actions.take_back_happening(happening=told.pk, by=self.world.office, at=NOW)
            self.log.append(f"takes back {told.people}")

    def goes_on_leave(self) -> None:
        start, until = self.days()
        leave = Unavailability(from_on=start, until_on=until)
        who = self.dice.choice(list(Person.objects.filter(unit=self.world.hospital).order_by("pk")))
        add_to_person(person=who.pk, part=leave, by=self.world.office, at=NOW)
        self.log.append(f"leave of {who} {start} {until}")

    def goes_elsewhere(self) -> None:
        start, until = self.days()
        who = self.dice.choice(list(Person.objects.filter(unit=self.world.hospital).order_by("pk")))
        self.batch += 1
        batch = a_batch(self.batch)
        chosen(a_seat(batch, specialty=who.specialty, from_on=start, until_on=until), who)
        self.log.append(f"{who} elsewhere {start} {until}")

    def sends_a_workbook(self) -> None:
        book = taken_away(self.office, self.plan)
        if self.dice.random() < 0.4:  # told while it was away
            self.tells()
        sheet = at(book, "caps.organisation", 1).parent
        cells = [c for row in sheet.iter_rows(min_row=3, min_col=3) for c in row]
        for cell in self.dice.sample(cells, min(len(cells), self.dice.randint(0, 12))):
            if isinstance(cell.value, int):
                cell.value = self.dice.choice((0, 1, 2, 3, None))
        if self.dice.random() < 0.3 and sheet.max_row >= 3:
            sheet.delete_rows(3)
        if self.dice.random() < 0.4:
            day = TODAY + self.dice.randint(0, 200) * DAY
            at(book, "availability.from", 1).value = day
            at(book, "availability.to", 1).value = day + 900 * DAY
        if self.dice.random() < 0.3:
            until = at(book, "seats.to", 1)
            until.value = dt.date.fromisoformat(str(until.value)[:10]) - 60 * DAY
        if self.dice.random() < 0.3:
            move = self.dice.choice((-20, 45, 200))
            for code in ("from", "to"):
                cell = at(book, f"missions.{code}", 1)
                cell.value = dt.date.fromisoformat(str(cell.value)[:10]) + move * DAY
        self.plan = taken(self.office, sent_back(self.office, self.plan, book), f"B{len(self.log)}")
        self.log.append(f"workbook {dict(self.plan.facts)}")

    def is_moved(self) -> None:
        row, by = PlannedTeam.objects.get(scenario=self.plan), self.dice.choice((-15, 40, 300))
        actions.move_planned_team(
            team=row.pk, from_on=row.from_on + by * DAY, until_on=row.until_on + by * DAY,
            minimum=row.minimum, overlap_days=row.overlap_days, by=self.world.office, at=NOW,
        )  # fmt: skip
        self.log.append(f"moved {by}")

    def goes_on(self) -> None:
        step = self.dice.choice((
            self.tells, self.tells, self.spares, self.no_longer, self.goes_on_leave,
            self.goes_elsewhere, self.sends_a_workbook, self.sends_a_workbook, self.is_moved,
        ))  # fmt: skip
        try:
            step()
        except Refused as refused:
            self.log.append(f"{step.__name__} refused: {refused}")

    def most(self, specialty: str, month: Month) -> int | None:
        """How many the hospital spares in a month, of all or of a specialty; None: not told."""
        told = [c for c in self.caps if c.specialty == specialty
                and month in months(c.from_on, c.until_on)]  # fmt: skip
        if not told:
            return None
        least = min(c.people for c in told)
        if specialty:
            return least
        more = Happening.objects.filter(scenario=self.plan, kind="CAP").values_list("people")
        pressed = any(c.pressure for c in told)
        return least + sum(min(n or 0, 0) if pressed else n or 0 for (n,) in more)

    def may_go(self) -> None:
        run = self.world.run(self.plan, at=NOW + DAY)
        assert run.state == Run.State.DONE, run.faults
        team = PlannedTeam.objects.get(scenario=self.plan)
        ids = [one["person"] for one in (run.plan or {"assignments": []})["assignments"]]
        going = list(Person.objects.filter(pk__in=ids))
        assert len(going) == len(ids)
        for who in going:
            for leave in Unavailability.objects.filter(person=who):
                assert not _at_once(team, leave.from_on, leave.until_on), who
            for held in Assignment.objects.filter(person=who).select_related("seat"):
                assert not _at_once(team, held.seat.from_on, held.seat.until_on), who
        away = [(a.person, month) for a in Assignment.objects.select_related("person", "seat")
                for month in months(a.seat.from_on or TODAY, a.seat.until_on or TODAY)
                ]  # fmt: skip
        for month in months(team.from_on, team.until_on):
            for of in {"", *(who.specialty for who in going)}:
                gone = {w.pk for w in going if of in ("", w.specialty)}
                there = {p.pk for p, m in away if m == month and of in ("", p.specialty)}
                most = self.most(of, month)
                if gone - there and most is not None:
                    assert len(gone | there) <= most, (month, of, most)


def _at_once(team: PlannedTeam, start: dt.date | None, until: dt.date | None) -> bool:
    return bool(start and until and start < team.until_on and team.from_on < until)


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.long) for n in range(4, 60))]
)
def test_whoever_is_seated_may_go_whatever_was_told_and_by_which_way(
    seed: int, world: Planning, signed_in: dict[str, Client]
) -> None:
    life = Life(seed, world, signed_in["office"])
    for _step in range(STEPS):
        life.goes_on()
        try:
            life.may_go()
        except AssertionError as wrong:
            raise AssertionError("\n".join(life.log)) from wrong
