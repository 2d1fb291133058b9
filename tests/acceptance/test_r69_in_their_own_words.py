"""R69: what patients and partners say, in their own words, and how glad they were."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.accounts.models import Account
from tests.acceptance.phoning import Calling, calling

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def said(team: Calling, **more: object) -> dict[str, object]:
    return {
        "of": "voice", "mission": team.where["mission"], "held_on": "2026-11-20",
        "said_by": "PATIENT", "text": "Je vois de nouveau.", "language": "fr",
        "satisfied": "GLAD", **more,
    }  # fmt: skip


def test_r69_a_patients_words_stand_with_whether_they_may_be_quoted(team: Calling) -> None:
    team.sends("message", "create", said(team, may_be_quoted=True))
    team.sends("message", "create", said(team, said_by="PARTNER", text="一起工作很好。"))
    page = team.page("voices/")
    assert 'lang="fr">Je vois de nouveau.' in page
    assert "一起工作很好。" in page
    assert page.count("not to be quoted") == 1
    assert "an authority or partner" in page
    assert "In their own words" in team.page("months/")


def test_r69_words_taken_back_are_read_no_more_and_a_stranger_reads_none(
    team: Calling, signed_in: dict[str, Client]
) -> None:
    record = team.sends("message", "create", said(team))
    address = f"/activity/missions/{team.team.mission.pk}/voices/"
    assert signed_in["leader"].get(address).status_code == 200
    assert signed_in["recipient"].get(address).status_code == 403
    void = {"reason": "not their words"}
    assert team.office.post(f"/activity/voices/{record}/void/", void).status_code == 302
    assert "Je vois" not in team.page("voices/")


def test_r69_a_patient_is_never_named(team: Calling) -> None:
    team.phone.line(
        {
            "r": "0b0c7b3e-6a5e-7c7e-8a88-0d0f6f0c0a01", "t": "message", "k": "create",
            "d": said(team, text="Patient Camara sees again"),
        }
    )  # fmt: skip
    assert [note["why"] for note in team.phone.push().notes] == ["REFUSED"]
    assert "Camara" not in team.page("voices/")
