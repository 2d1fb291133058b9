"""Pure decisions about handovers."""

from __future__ import annotations

import datetime as dt

from marrow.core.partial_dates import months_after
from marrow.handovers.rules.following import overdue
from marrow.handovers.rules.signing import Signed, differing, fingerprint, missing


def test_the_same_content_has_one_fingerprint_whatever_its_order() -> None:
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": "1"})


def test_missing_and_differing_sides_are_named() -> None:
    signed = [Signed("RECIPIENT", "x"), Signed("OUTGOING", "y")]
    assert missing(signed) == ["INCOMING"]
    assert differing(signed, "y") == ["RECIPIENT"]


def test_months_after_a_long_month_end_on_its_last_day() -> None:
    assert months_after(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert months_after(dt.date(2026, 12, 31), 12) == dt.date(2027, 12, 31)
    assert months_after(dt.date(2026, 11, 24), 1) == dt.date(2026, 12, 24)


def test_what_has_no_day_is_never_late() -> None:
    today = dt.date(2026, 11, 24)
    assert not overdue(None, today)
    assert not overdue(today, today)
    assert overdue(today - dt.timedelta(days=1), today)
