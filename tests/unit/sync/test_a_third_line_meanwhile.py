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
from marrow.core.viewer import Viewer
from marrow.sync import access
from marrow.sync.actions import leave_as_is, try_again
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


def _takes(line: Receipt) -> None:
    try_again(receipt=line.pk, by=OFFICE, at=NOW, prevails=True)


def _tries(line: Receipt) -> None:
    try_again(receipt=line.pk, by=OFFICE, at=NOW)


def _leaves(line: Receipt) -> None:
    leave_as_is(receipt=line.pk, by=OFFICE, at=NOW)


@pytest.mark.postgresql
@pytest.mark.parametrize("settles", [_takes, _tries, _leaves])
def test_an_office_and_the_phone_that_tells_anew_never_wait_for_each_other(
    settles: Callable[[Receipt], None], dispute: Receipt, member: Phone, team: Team,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    counts(member, team, {"VISIT": 85}, {"VISIT": 120})
    real: Callable[..., Receipt] = access.set_aside_for
    came, told = list[threading.Thread](), list[str]()

    def other() -> None:
        try:
            told.extend(state for state, _why in notes(member))
        finally:
            connections.close_all()

    def set_aside_for(by: Viewer, receipt: int) -> Receipt:
        row = real(by, receipt)
        came.append(threading.Thread(target=other))
        came[0].start()
        came[0].join(2)
        return row

    monkeypatch.setattr(access, "set_aside_for", set_aside_for)
    settles(dispute)
    came[0].join(20)
    assert told, "the push was answered"
    assert Receipt.objects.filter(installation=member.row).count() == 2
