"""A nation's programme holds the batches of many provinces; each province keeps its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.archive.access import changeable
from marrow.core.refusals import NotAllowed
from marrow.core.subjects import may_change_all
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.access import changes_mission, enters_batches
from marrow.missions.actions import change_batch, enter_batch
from marrow.missions.models import Mission
from marrow.programmes.models import Series
from marrow.sources.actions import accept_finding, keep_document, receive_file
from marrow.sources.models import Finding, Quote
from marrow.teams.access import forms
from tests.builders import NOW, OFFICE, PAPER, a_batch, a_programme, a_series, a_site, an_honour

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def office_of(area: Area) -> Viewer:
    return Viewer(uuid4(), "Office", (Grant("office", AREA, area.pk),))


@pytest.fixture
def national(places: dict[str, Area]) -> Series:
    return a_series(a_programme("teams-CN", sender=places["CN"]), recipient="MG")


@pytest.fixture
def batch(national: Series, places: dict[str, Area]) -> Mission:
    return a_batch(7, national, sender=places["CN-GS"])


def test_the_office_of_the_province_that_sends_a_batch_changes_it(
    batch: Mission, places: dict[str, Area]
) -> None:
    gansu = office_of(places["CN-GS"])
    change_batch(mission=batch.pk, size=18, source=PAPER, by=gansu, at=NOW)
    assert Mission.objects.get(pk=batch.pk).size == 18
    assert forms(gansu, batch)


def test_another_province_does_not(batch: Mission, places: dict[str, Area]) -> None:
    beijing = office_of(places["CN-BJ"])
    with pytest.raises(NotAllowed):
        change_batch(mission=batch.pk, size=18, source=PAPER, by=beijing, at=NOW)
    assert not forms(beijing, batch)


def test_what_hangs_on_the_batch_follows_it_in_lists_as_for_each(
    batch: Mission, places: dict[str, Area]
) -> None:
    site, honour = a_site(batch), an_honour(batch)
    for code, mine in (("CN-GS", True), ("CN", True), ("CN-BJ", False)):
        office = office_of(places[code])
        told = [(row._meta.label_lower, row.pk) for row in (batch, site, honour)]
        assert changes_mission(office, batch) is mine
        assert may_change_all(office, told) is mine
        assert changeable(office, [batch, site, honour]) == (
            {batch.pk, site.pk, honour.pk} if mine else set()
        )


def test_the_province_that_sent_the_last_batch_enters_the_next_and_no_other_does(
    national: Series, batch: Mission, places: dict[str, Area]
) -> None:
    gansu, beijing = office_of(places["CN-GS"]), office_of(places["CN-BJ"])
    fresh = enter_batch(series=national, number=8, source=PAPER, by=gansu, at=NOW)
    assert fresh.sender == places["CN-GS"], "and so it stays theirs"
    assert not enters_batches(beijing, national)
    with pytest.raises(NotAllowed):
        enter_batch(series=national, number=9, source=PAPER, by=beijing, at=NOW)


def test_nobody_enters_another_provinces_batch_or_gives_their_own_away_by_a_slip(
    national: Series, batch: Mission, places: dict[str, Area]
) -> None:
    gansu, whole = office_of(places["CN-GS"]), office_of(places["CN"])
    told: Any = {"sender": places["CN-BJ"], "source": PAPER, "at": NOW}
    with pytest.raises(NotAllowed, match="belong to another office"):
        enter_batch(series=national, number=8, by=gansu, **told)
    with pytest.raises(NotAllowed, match="belong to another office"):
        change_batch(mission=batch.pk, by=gansu, **told)
    assert enter_batch(series=national, number=8, by=whole, **told).sender == places["CN-BJ"]
    assert change_batch(mission=batch.pk, by=whole, **told).sender == places["CN-BJ"]


def test_a_doubt_whose_value_would_give_the_batch_away_is_not_accepted_by_its_sender(
    batch: Mission, places: dict[str, Area]
) -> None:
    document = keep_document(key="d", kind="NEWS", title="T", by=OFFICE, at=NOW)
    quote = Quote.objects.create(document=document, text="sent by Beijing", place="")
    doubt = Finding.objects.create(
        key="k", code="CONTRADICTS", about_model="missions.mission", about=batch.pk,
        field="sender", raised_at=NOW, quotes=[str(quote.pk)],
        effect={"field": "sender", "value": "CN-BJ"},
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        accept_finding(finding=doubt.pk, by=office_of(places["CN-GS"]), at=NOW)
    assert Mission.objects.get(pk=batch.pk).sender == places["CN-GS"]


def test_records_of_the_nation_are_brought_in_by_its_own_office_and_a_province_is_told_at_once(
    national: Series, places: dict[str, Area], tmp_path: Path, settings: Any
) -> None:
    settings.UPLOADS = tmp_path
    told: Any = {
        "kind": "teams",
        "name": "a.csv",
        "parts": [b"title,description\nx,y\n"],
        "at": NOW,
    }
    with pytest.raises(NotAllowed):
        receive_file(by=office_of(places["CN-GS"]), **told)
    assert list(tmp_path.iterdir()) == []
    assert receive_file(by=office_of(places["CN"]), **told).kind == "teams"


def test_the_page_of_a_series_offers_the_next_batch_and_leaves_the_pause_to_its_programme(
    national: Series, batch: Mission, signed_in: dict[str, Client]
) -> None:
    page = signed_in["office"].get(f"/series/{national.pk}/").content.decode()
    assert f"/office/series/{national.pk}/batch" in page
    assert "/pause/" in page
