"""R66: lectures and surgical demonstrations, recorded on a phone where they were held."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account
from tests.acceptance.phoning import Calling, calling

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def test_r66_a_lecture_and_a_demonstration_are_two_figures_with_their_rows(team: Calling) -> None:
    team.records("LECTURE", specialty="PAEDIATRICS")
    team.records("LECTURE", held_on="2026-11-19")
    team.records("DEMONSTRATION", with_whom="Dr Test")
    page = team.page("months/?year=2026")
    assert "lectures" in page
    assert "demonstrations" in page
    rows = team.page("rows/?kind=LECTURE&year=2026")
    assert rows.count("a single record") == 2
    assert "with Dr Test" in team.page("rows/?kind=DEMONSTRATION&year=2026")


def test_r66_one_that_was_recorded_twice_is_taken_back_and_counts_no_more(team: Calling) -> None:
    twice = team.records("LECTURE")
    team.records("LECTURE")
    team.sends("record", "void", {"reason": "recorded twice"}, twice)
    assert team.page("rows/?kind=LECTURE&year=2026").count("a single record") == 1
