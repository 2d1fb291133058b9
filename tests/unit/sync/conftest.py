"""A phone of a leader, and a batch that it counts for; a team on post, with a phone of its leader
and of a member."""

from __future__ import annotations

import pytest

from marrow.accounts.models import Account
from marrow.missions.models import Mission
from tests.builders import a_batch, a_series
from tests.builders.kept import once
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.sync.phones import Phone


@pytest.fixture
def phone(people: dict[str, Account]) -> Phone:
    return Phone(people["leader"], name="Leader's phone")


@pytest.fixture
def batch(people: dict[str, Account]) -> Mission:
    return a_batch(30, a_series(), status="ON_POST")


@pytest.fixture
def team(people: dict[str, Account]) -> Team:
    accounts = people["leader"].pk, people["member"].pk
    return once("team on post", lambda: a_team_on_post(accounts=accounts))


@pytest.fixture
def leader(people: dict[str, Account], team: Team) -> Phone:
    return Phone(people["leader"])


@pytest.fixture
def member(people: dict[str, Account], team: Team) -> Phone:
    return Phone(people["member"])
