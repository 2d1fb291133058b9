"""The days of a journey ..."""

from __future__ import annotations

import pytest

from marrow.missions.rules.journeys import disorder

ALL = ("departed_on", "arrived_on", "returned_on")


@pytest.mark.parametrize(
    ("days", "pair"),
    [
        (("2006-03", "2006-03-04", "2008"), None),
        (("2006-03", "2006", "2006"), None),
        (("2006-03", "2006-02-28", ""), ("departed_on", "arrived_on")),
        (("2006-03", "", "2006-02"), ("departed_on", "returned_on")),
        (("", "2006-03", "2005"), ("arrived_on", "returned_on")),
        (("", "", "2005"), None),
    ],
)
def test_follow_one_another_as_far_as_they_are_told(
    days: tuple[str, str, str], pair: tuple[str, str] | None
) -> None:
    assert disorder(dict(zip(ALL, days, strict=True)), ALL) == pair


def test_are_asked_only_where_one_of_them_changes() -> None:
    days = {"departed_on": "2006-03", "arrived_on": "2006-04", "returned_on": "2006-02"}
    assert disorder(days, ["size"]) is None
    assert disorder(days, ["returned_on"]) == ("departed_on", "returned_on")
