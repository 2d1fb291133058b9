"""What a record says in passing ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, telling

TITLE = "4th medical team"


@pytest.mark.parametrize(
    "prose",
    [
        "Li Wei, leader of the group, had an accident and passed away in 2009.",
        "Two members of the team died in 2009.",
        "The team mourned the death of a doctor.",
    ],
)
def test_of_a_death_among_the_members_is_put_to_a_person(prose: str) -> None:
    assert "DEATH" in codes(telling(TITLE, prose))


@pytest.mark.parametrize(
    "prose",
    [
        "The doctors saw that 200 patients died of cholera.",
        "The team worked to prevent the death of children.",
        "The earthquake killed 8,000 people before the team arrived.",
    ],
)
def test_of_others_who_died_is_no_such_doubt(prose: str) -> None:
    assert "DEATH" not in codes(telling(TITLE, prose))


@pytest.mark.parametrize(
    "prose",
    [
        "Four members of the 4th medical team were awarded the National Legion of Honor.",
        "The President conferred the Order of the Lion on the leader.",
        "The team received medals from the Minister.",
        "Medals were awarded to the team.",
    ],
)  # fmt: skip
def test_of_an_honour_is_put_to_a_person(prose: str) -> None:
    assert "HONOUR" in codes(telling(TITLE, prose))


@pytest.mark.parametrize(
    "prose",
    [
        "A company was awarded a contract.",
        "Trainees received certificates from the team.",
        "In order to treat more people it was given a new hospital.",
    ],
)
def test_of_something_else_that_was_given_is_no_honour(prose: str) -> None:
    assert "HONOUR" not in codes(telling(TITLE, prose))
