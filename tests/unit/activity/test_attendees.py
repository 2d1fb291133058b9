"""Names of a training are counted by one rule, on the phone and here."""

from __future__ import annotations

import json

import pytest

from marrow.activity.rules.attendees import is_too_much, names_in
from run import FIELD

CASES = json.loads((FIELD / "src/see/attendees.cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:12])
def test_the_server_counts_the_names_that_the_phone_counts(case: dict[str, object]) -> None:
    assert names_in(str(case["text"])) == case["names"]


def test_no_list_has_more_than_500_names_and_no_name_more_than_120_letters() -> None:
    many = [f"Dr {n}" for n in range(501)]
    assert is_too_much(many)
    assert not is_too_much(many[1:])
    assert is_too_much(["Dr Un", "\U00020bb7" * 121])
    assert not is_too_much(["\U00020bb7" * 120])
