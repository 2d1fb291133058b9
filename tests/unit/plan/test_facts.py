"""What a plan takes otherwise than the records, and what only moved with its teams."""

from __future__ import annotations

from typing import Any

from marrow.plan.rules.facts import rows_told

OLD = {"destination": "GN", "specialty": "NURSING", "half_year": "2027H1", "burden": 4}
KEY = "GN|NURSING|2027H1"


def cells(*, gone: tuple[str, ...] = (), new: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"cells": {"gone": list(gone), "changed": {}, "new": list(new)}}


def test_half_years_into_which_a_team_moves_keep_their_worth() -> None:
    facts = cells(gone=("GN|NURSING|2028H1",), new=(OLD,))
    assert rows_told(facts, {"missions": {}}, {}, ("cells",)) == {}


def test_a_need_that_a_workbook_told_or_left_out_is_kept() -> None:
    told, left = cells(new=(OLD,)), cells(gone=(KEY,))
    for fact in (told, left):
        assert rows_told(fact, fact, {}, ("cells",)) == fact
        assert rows_told(fact, {}, fact, ("cells",)) == fact, "an earlier workbook did"
