"""R67: of those operated on, how many see again: the outcome, not just the operation."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account
from tests.acceptance.phoning import Calling, calling

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def test_r67_an_operation_says_whether_the_patient_sees_again(team: Calling) -> None:
    told = {"specialty": "OPHTHALMOLOGY", "outcome": "SIGHT_RESTORED", "group": "LOCAL"}
    team.records("OPERATION_DONE", **told)
    later = team.records("OPERATION_DONE", specialty="OPHTHALMOLOGY")
    rows = team.page("rows/?kind=OPERATION_DONE&year=2026")
    assert rows.count("sees again") == 1

    team.sends("record", "set", {"outcome": "SIGHT_RESTORED"}, later, b={"outcome": ""})
    assert team.page("rows/?kind=OPERATION_DONE&year=2026").count("sees again") == 2
