"""R70: free clinics and tours to villages, where there is no hospital."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account
from tests.acceptance.phoning import Calling, calling

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def test_r70_a_free_clinic_in_a_village_is_the_teams_with_its_place(team: Calling) -> None:
    village = team.records("FREE_CLINIC", organisation=None, place="Village Test")
    team.records("FREE_CLINIC", reached=64)
    rows = team.page("rows/?kind=FREE_CLINIC&year=2026")
    assert rows.count("a single record") == 2
    assert "Village Test" in rows
    assert "free clinics" in team.page("months/?year=2026")

    team.sends("record", "set", {"place": "Autre Test"}, village, b={"place": "Village Test"})
    assert "Autre Test" in team.page("rows/?kind=FREE_CLINIC&year=2026")
    assert "Autre Test" in table(team)


def table(team: Calling) -> str:
    answer = team.office.get(f"/activity/missions/{team.team.mission.pk}/table.csv?year=2026")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_r70_without_a_hospital_or_a_place_it_is_kept_for_a_person(team: Calling) -> None:
    data = {"mission": team.where["mission"], "held_on": "2026-11-20", "kind": "FREE_CLINIC"}
    team.phone.line(
        {
            "r": "0b0c7b3e-6a5e-7c7e-8a88-0d0f6f0c0a02", "t": "record", "k": "create",
            "d": {**data, "count": 1},
        }
    )  # fmt: skip
    assert [note["st"] for note in team.phone.push().notes] == ["quarantined"]
