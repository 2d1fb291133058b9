"""R49, R50: how long a team works; what it is sent for: service, teaching, training, research."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.missions.models import Mission
from tests.builders import a_batch

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
SOURCE = {"source": "An order", "words": "医、教、研相结合"}


def told(client: Client, mission: Mission, *purposes: str) -> int:
    here = {"status": "UNKNOWN", "initial-status": "UNKNOWN", "purposes": list(purposes)}
    return client.post(f"/office/missions/{mission.pk}/change/", {**here, **SOURCE}).status_code


def test_r50_an_office_says_what_a_team_is_sent_for_and_everybody_reads_it(
    signed_in: dict[str, Client],
) -> None:
    mission = a_batch(30)
    purposes = ("SERVICE", "TEACHING", "GUIDANCE", "TRAINING", "RESEARCH")
    assert told(signed_in["auditor"], mission, *purposes) == 403
    assert told(signed_in["office"], mission, *purposes) == 302
    page = Client().get(f"/batches/{mission.pk}/").content.decode()
    assert "service, clinical teaching, guidance, training, research" in page
    assert f"{mission.pk}/purposes/" in page, "with the words of its source"
    source = Client().get(f"/facts/{mission.pk}/purposes/").content.decode()
    assert "医、教、研相结合" in source
    assert "clinical teaching" in source


def test_r50_the_list_is_narrowed_to_a_purpose_and_leaves_so_as_a_table(
    signed_in: dict[str, Client],
) -> None:
    taught, served = a_batch(30), a_batch(31)
    told(signed_in["office"], taught, "TEACHING", "RESEARCH")
    told(signed_in["office"], served, "SERVICE")
    page = Client().get("/batches/?purpose=RESEARCH").content.decode()
    assert str(taught.pk) in page
    assert str(served.pk) not in page
    assert "clinical teaching, research" in page
    table = b"".join(Client().get("/batches/table.csv?purpose=RESEARCH")).decode()
    assert "clinical teaching; research" in table
    assert str(served.pk) not in table
    assert "No mission here." in Client().get("/batches/?purpose=NOTHING").content.decode()


def test_r49_the_work_period_is_each_missions_own(signed_in: dict[str, Client]) -> None:
    """Six months for one series, eighteen for another, and unknown where nobody told."""
    short, long, silent = a_batch(4), a_batch(30), a_batch(31)
    for mission, months in ((short, "6"), (long, "18")):
        here = {"status": "UNKNOWN", "initial-status": "UNKNOWN", "months": months, **SOURCE}
        change = f"/office/missions/{mission.pk}/change/"
        assert signed_in["auditor"].post(change, here).status_code == 403
        assert signed_in["office"].post(change, here).status_code == 302
    for mission, said in ((short, "6 months"), (long, "18 months"), (silent, "unknown")):
        page = Client().get(f"/batches/{mission.pk}/").content.decode()
        assert f"<dt>Work period</dt><dd>{said}" in page
    assert "医、教、研相结合" in Client().get(f"/facts/{short.pk}/months/").content.decode()
