"""A phone of a leader, and a batch that it counts for."""

from __future__ import annotations

import pytest

from marrow.accounts.models import Account
from marrow.missions.models import Mission
from tests.builders import a_batch, a_series
from tests.unit.sync.phones import Phone


@pytest.fixture
def phone(people: dict[str, Account]) -> Phone:
    return Phone(people["leader"], name="Leader's phone")


@pytest.fixture
def batch(people: dict[str, Account]) -> Mission:
    return a_batch(30, a_series(), status="ON_POST")
