"""A visit told on a phone with sex, age and condition stands in the WHO's daily report."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.activity.models import Deed
from tests.acceptance.phoning import DAY, Calling, calling
from tests.builders.catalogued import an_item

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def sheet(team: Calling) -> dict[str, dict[str, str]]:
    """The lines of the day's report as its file has them, by number; "" is the consultations."""
    url = f"/briefs/teams/{team.team.mission.pk}/day/report.csv?day={DAY}"
    answer = team.office.get(url, headers={"Accept-Language": "en"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["No."]: row for row in csv.DictReader(io.StringIO(text))}


def test_sex_age_and_condition_fill_their_lines(team: Calling) -> None:
    pneumonia = an_item("Pneumonia Test", codes={"ICD10": ["J18.9"]})
    team.records("VISIT", sex="M", age="1_4", item=str(pneumonia.pk), specialty="INTERNAL")
    told = sheet(team)
    assert told[""]["Total"] == "1"
    assert (told["1"]["Total"], told["1_4"]["Total"]) == ("1", "1")
    assert (told["9"]["<5"], told["9"]["≥5"], told["9"]["Total"]) == ("1", "", "1")
    assert told["10"]["Total"] == "", "nothing was told of it: blank, never nought"
    assert Deed.objects.get().kind == "VISIT"


def test_visits_told_as_a_number_and_one_by_one_are_all_there(team: Calling) -> None:
    team.sends(
        "visits", "create", {"mission": team.where["mission"], "held_on": DAY, "count": 7}
    )  # fmt: skip
    team.records("VISIT", sex="M", age="1_4")
    assert sheet(team)[""]["Total"] == "8"
    assert re.search(r"visits</th><td[^>]*><a[^>]*>8</a>", team.page("months/?year=2026"))
    assert "Visits recorded here: 8" in team.page("")


def test_one_that_is_put_right_or_taken_back_changes_the_report(team: Calling) -> None:
    record = team.records("VISIT", sex="M", age="1_4")
    team.sends("record", "set", {"sex": "F"}, record, b={"sex": "M"})
    assert (sheet(team)["1"]["Total"], sheet(team)["2"]["Total"]) == ("", "1")
    team.sends("record", "void", {"reason": "another day"}, record)
    assert sheet(team)[""]["Total"] == ""
