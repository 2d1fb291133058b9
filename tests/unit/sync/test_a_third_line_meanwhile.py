"""A third phone's line that comes while an office settles another, where two write at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connections

import marrow.activity.actions.reports as writing
import marrow.activity.sync.months as months
from marrow.accounts.models import Account
from marrow.activity.actions import fill_report
from marrow.activity.models import Report
from marrow.core.journal import Origin
from marrow.sync.actions import leave_as_is
from marrow.sync.models import Receipt
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_disputes_of_months import (
    contested,
    dispute,
    report,
)
from tests.unit.sync.test_intents import counts, notes

__all__ = ["dispute"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.mark.postgresql  # SQLite has one writer at a time
@pytest.mark.parametrize("writes", [False, True])
def test_a_line_that_comes_while_another_is_settled_stays_a_dispute(
    writes: bool, dispute: Receipt, team: Team, people: dict[str, Account],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    phone = Phone(people["member"])
    counts(phone, team, {"VISIT": 90})
    room = writing if writes else months
    real: Callable[..., object] = room.told_otherwise
    came: list[threading.Thread] = []

    def other() -> None:
        try:
            assert notes(phone) == [("conflict", "")]
        finally:
            connections.close_all()

    def told_otherwise(row: Report, origin: Origin | None = None) -> object:
        found = real(row, origin)
        if not came:
            came.append(threading.Thread(target=other))
            came[0].start()
            came[0].join(3)
        return found

    monkeypatch.setattr(room, "told_otherwise", told_otherwise)
    if writes:
        values = {"VISIT": Decimal(80)}
        fill_report(report=report().pk, values=values, by=team.leader, at=NOW)
    else:
        leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    came[0].join(20)
    assert Receipt.objects.get(installation=phone.row).outcome == "CONFLICT"
    assert contested() == {"VISIT"}
