"""What every test stands on: a world of a few places, and personas."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.directory.models import Area
from tests import builders


@pytest.fixture
def places(db: None) -> dict[str, Area]:
    """China with Beijing and Lankao, Guinea, Vanuatu, Zambia: by code."""
    return builders.a_few_places()


@pytest.fixture
def people(places: dict[str, Area]) -> dict[str, Account]:
    """One account a role, named by the role."""
    return builders.personas(places["CN"])


@pytest.fixture
def signed_in(people: dict[str, Account]) -> dict[str, Client]:
    """A browser session for each role, and one for a stranger."""
    clients = {"stranger": Client()}
    for role, account in people.items():
        clients[role] = Client()
        clients[role].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return clients
