"""The number of a team ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, telling, value, values


@pytest.mark.parametrize(
    "prose",
    [
        "The 17th team (13th team from Hubei Province) came.",
        "The 17th team (13th team Hubei Province sent) came.",
        "The 17th team (the 13th from Hubei) came.",
        "The 17th Chinese medical team, the 13th sent by Hubei Province, came.",
    ],
)
def test_stands_beside_the_senders_own(prose: str) -> None:
    reading = telling("17th medical team", prose)
    assert (value(reading, "ordinal"), value(reading, "sender_ordinal")) == ("17", "13")
    assert "ORDINAL_OF_SENDER" not in codes(reading)


def test_is_its_own_though_a_province_is_named() -> None:
    reading = telling(
        "Chinese medical team", "The twenty-fifth team of 20 members from Guangdong arrived."
    )
    assert (value(reading, "ordinal"), value(reading, "sender_ordinal")) == ("25", "")


def test_is_doubted_where_it_may_be_the_senders() -> None:
    reading = telling("17th medical team", "The 13th team from Shanxi arrived in May 2009.")
    assert (value(reading, "ordinal"), value(reading, "sender_ordinal")) == ("17", "")
    assert "ORDINAL_OF_SENDER" in codes(reading)


def test_is_not_the_first_because_it_was_the_first_ever() -> None:
    prose = "China's first-ever medical team to the island, the 12th in all, arrived in May 2009."
    assert values(telling("Chinese medical team", prose), "ordinal") == ["12"]


def test_is_kept_with_what_that_team_gave() -> None:
    reading = telling("16th medical team donates medicine", "It was given on 3 May 2009.")
    assert (reading.kind, value(reading, "ordinal")) == ("DONATION", "16")
