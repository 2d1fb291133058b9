"""A decision on the page of findings: what stands around it follows at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.directory.models import Area
from marrow.sources.models import Finding
from tests.builders import NOW, a_batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def doubts(places: dict[str, Area]) -> list[Finding]:
    batch = a_batch(30)
    return [
        Finding.objects.create(
            key=f"k{n}", code=code, about_model="missions.mission", about=batch.pk, field="size",
            raised_at=NOW,
        )
        for n, code in enumerate(("UNSURE", "UNSURE", "GAP"))
    ]  # fmt: skip


def decide(office: Client, doubt: Finding, at: str) -> str:
    told: dict[str, Any] = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at}"}
    answer = office.post(f"/findings/{doubt.pk}/dismiss/", headers=told)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_heading_the_kinds_and_the_rail_count_anew(
    doubts: list[Finding], signed_in: dict[str, Client]
) -> None:
    page = decide(signed_in["office"], doubts[0], "/findings/?state=OPEN&code=UNSURE")
    assert 'id="findings-heading" hx-swap-oob="true">1 doubt is open.' in page
    assert 'id="count-findings" class="muted small" hx-swap-oob="true">2<' in page
    assert page.count("hx-swap-oob") == 3


def test_a_decision_on_the_page_of_a_batch_brings_no_heading_of_another_page(
    doubts: list[Finding], signed_in: dict[str, Client]
) -> None:
    page = decide(signed_in["office"], doubts[0], f"/batches/{doubts[0].about}/")
    assert "findings-heading" not in page
    assert "count-findings" in page


def test_its_history_says_who_and_of_what_kind_in_words(
    doubts: list[Finding], signed_in: dict[str, Client]
) -> None:
    decide(signed_in["office"], doubts[0], "/findings/")
    page = signed_in["office"].get(f"/history/sources.finding/{doubts[0].pk}/").content.decode()
    main = page[page.index("<main") :]
    assert "Office" in main
    for raw in (str(doubts[0].about), "missions.mission", "UNSURE"):
        assert raw not in main, raw
