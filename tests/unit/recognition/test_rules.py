"""Days of service, numbers of certificates."""

from __future__ import annotations

import datetime as dt

from marrow.recognition.rules.numbers import numbers_from
from marrow.recognition.rules.service import days_served

DAY = dt.date(2026, 11, 24)


def test_the_day_of_departure_and_the_day_home_both_count() -> None:
    assert days_served(DAY, DAY + dt.timedelta(days=540)) == 541
    assert days_served(None, DAY) is None
    assert days_served(DAY, None) is None
    assert days_served(DAY, DAY) == 1


def test_numbers_follow_the_last_of_the_year() -> None:
    assert numbers_from(2026, "", 2) == ["2026-0001", "2026-0002"]
    assert numbers_from(2026, "2026-0041", 1) == ["2026-0042"]
    assert numbers_from(2026, "2026-9999", 1) == ["2026-10000"]
