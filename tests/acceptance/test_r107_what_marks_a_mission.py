"""R107: missions are marked as urgent, difficult, dangerous or heavy, with who says so."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.missions.models import Mission
from tests.builders import a_batch

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
SOURCE = {"source": "A speech", "words": "出色完成急难险重任务"}


def marked(client: Client, mission: Mission, *tags: str) -> int:
    here = {"status": "UNKNOWN", "initial-status": "UNKNOWN", "tags": list(tags)}
    return client.post(f"/office/missions/{mission.pk}/change/", {**here, **SOURCE}).status_code


def test_r107_a_mission_is_marked_and_says_by_whose_words(signed_in: dict[str, Client]) -> None:
    mission = a_batch(30)
    tags = ("URGENT", "DIFFICULT", "DANGEROUS", "HEAVY")
    assert marked(signed_in["recipient"], mission, *tags) == 403
    assert marked(signed_in["office"], mission, *tags) == 302
    page = Client().get(f"/batches/{mission.pk}/").content.decode()
    for word in ("urgent", "difficult", "dangerous", "heavy workload"):
        assert f'<span class="tag">{word}</span>' in page
    source = Client().get(f"/facts/{mission.pk}/tags/").content.decode()
    assert "出色完成急难险重任务" in source


def test_r107_a_mark_without_a_source_is_not_kept(signed_in: dict[str, Client]) -> None:
    mission = a_batch(30)
    told = {"status": "UNKNOWN", "initial-status": "UNKNOWN", "tags": ["URGENT"]}
    answer = signed_in["office"].post(f"/office/missions/{mission.pk}/change/", told)
    assert answer.status_code == 422
    mission.refresh_from_db()
    assert mission.tags == []


def test_r107_the_missions_that_carry_a_mark_stand_together(signed_in: dict[str, Client]) -> None:
    hard, easy = a_batch(30), a_batch(31)
    marked(signed_in["office"], hard, "DANGEROUS", "HEAVY")
    page = Client().get("/batches/?tag=DANGEROUS").content.decode()
    assert str(hard.pk) in page
    assert "dangerous, heavy workload" in page
    assert str(easy.pk) not in page
    table = b"".join(Client().get("/batches/table.csv?tag=DANGEROUS")).decode()
    assert "dangerous; heavy workload" in table
    assert str(easy.pk) not in table
