"""An office takes a row out of the sheet of people of a plan's workbook, or somebody is entered
while the file is away: before anything is taken in, those left out are told by their names."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.acceptance.test_a_plan_in_a_workbook import sent_back, taken_away
from tests.builders.planning import Planning, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def test_somebody_whose_row_was_taken_out_is_named(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    world.person("Second Nurse", "NURSING")
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    sheets = {s.cell(2, 1).value: s for s in book.worksheets}
    people, free = sheets["people.id"], sheets["availability.person"]
    row = next(
        r for r in range(3, people.max_row + 1)
        if any(c.value == "Second Nurse" for c in people[r])
    )  # fmt: skip
    who = str(people.cell(row, 1).value).split(" · ")[-1]
    people.delete_rows(row)
    for r in reversed(range(3, free.max_row + 1)):
        if str(free.cell(r, 1).value or "").endswith(who):
            free.delete_rows(r)
    shown = text(office.get(sent_back(office, world.plan, book))).split("<main")[1]
    assert "left out" in shown
    assert "Second Nurse" in shown
    assert "not for your eyes" not in shown


def test_somebody_entered_while_the_file_was_away_is_named(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    world.person("Later Nurse", "NURSING")
    shown = text(office.get(sent_back(office, world.plan, book))).split("<main")[1]
    assert "Later Nurse" in shown
    assert "not for your eyes" not in shown
