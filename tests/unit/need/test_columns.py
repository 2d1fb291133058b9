"""A file of patients who left is read by the words that the form and its own template show."""

from __future__ import annotations

import csv

import pytest
from django.test import Client
from django.utils import translation

from marrow.core.words import in_tongue
from marrow.need.columns import COLUMNS, NotRead, read_row
from marrow.need.jobs import OUTFLOW, PROBLEMS
from marrow.need.models import Outflow
from marrow.sources.intake.kinds import guess
from tests.builders import NOW

pytestmark = pytest.mark.both
ROW = {
    "place": "GN", "code": "N18", "period": "2025", "patients": "4", "cost": "90",
    "currency": "EUR",
}  # fmt: skip


@pytest.mark.parametrize("tongue", ["en", "fr", "zh-hans"])
@pytest.mark.parametrize("choice", Outflow.CostOf)
def test_the_cost_is_of_all_or_of_each_in_the_words_of_the_form(
    tongue: str, choice: Outflow.CostOf
) -> None:
    with translation.override(tongue):
        words = str(choice.label)
        assert words in in_tongue(PROBLEMS["COST_OF_WHOM"])
    for told in (words, words.upper(), words.replace("’", "'"), choice.value):
        assert read_row({**ROW, "cost_of": told}, NOW.date()).cost_of == choice


def test_a_cost_of_which_nothing_says_whose_it_is_is_not_taken() -> None:
    for told in ("", "some"):
        with pytest.raises(NotRead, match="COST_OF_WHOM"):
            read_row({**ROW, "cost_of": told}, NOW.date())


@pytest.mark.parametrize("period", ["1900", "1962-12"])
def test_a_row_of_a_year_before_any_team_was_sent_says_so(period: str) -> None:
    with pytest.raises(NotRead, match="TOO_EARLY"):
        read_row({**ROW, "period": period}, NOW.date())
    assert len(set(PROBLEMS["TOO_EARLY"].values())) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("tongue", ["en", "fr", "zh-hans"])
def test_the_template_says_which_words_it_takes_and_is_read_back(
    tongue: str, signed_in: dict[str, Client]
) -> None:
    answer = signed_in["office"].get(
        "/need/outflow-template.csv", headers={"accept-language": tongue}
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    header = next(csv.reader(text.splitlines()))
    with translation.override(tongue):
        assert all(any(str(choice.label) in name for name in header) for choice in Outflow.CostOf)
    found = guess(OUTFLOW, header)
    assert [found[column.code] for column in COLUMNS] == header
