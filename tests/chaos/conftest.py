"""Phones of a team, in the process of the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.sync.actions import enrol
from tests.chaos.devices import Device

Phones = Callable[..., Device]


@pytest.fixture
def a_device(people: dict[str, Account]) -> Phones:
    """A phone of the leader, or of who is named; it can be enrolled again."""

    def made(who: str = "leader") -> Device:
        def again() -> tuple[str, str]:
            row, token = enrol(by=viewer_of(people[who]), at=dt.datetime.now(dt.UTC))
            return str(row.pk), token

        return Device(*again(), enrol=again)

    return made
