"""The programme office keeps programmes, series, batches and their parts, each with its source."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.directory.models import Area
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.programmes.models import (
    Agreement,
    Consortium,
    ConsortiumLink,
    Event,
    Interruption,
    Partnership,
    PolicyGoal,
    Programme,
    Series,
    Tasking,
)
from marrow.sources.models import Document, Fact
from tests.builders import a_batch, a_hospital, a_programme, a_series

pytestmark = [pytest.mark.django_db, pytest.mark.both]
#: what a form of a batch brings back of the fields that nobody touched
AS_SHOWN = {
    "status": "UNKNOWN", "initial-status": "UNKNOWN", "sender": "CN-BJ", "initial-sender": "CN-BJ",
}  # fmt: skip
SOURCE = {"source": "A letter of the office", "words": "as the letter says it"}


def keeps(client: Client, address: str, **told: Any) -> None:
    answer = client.post(address, {**SOURCE, **told})
    assert answer.status_code == 302, answer.context["form"].errors


def told_of(row: Any, field: str) -> Fact:
    return Fact.objects.get(about=row.pk, field=field, standing="SHOWN")


def test_the_office_founds_a_programme_and_its_facts_have_their_words(
    signed_in: dict[str, Client],
) -> None:
    keeps(
        signed_in["office"], "/office/programmes/new/", name_en="Teaching teams of Gansu",
        name_zh="甘肃教学队", kind="TEACHING_TEAM", sender="CN-GS", started_on="1975",
    )  # fmt: skip
    row = Programme.objects.get(key="teaching-teams-of-gansu")
    assert row.sender
    assert row.sender.code == "CN-GS"
    fact = told_of(row, "started_on")
    assert (fact.value, fact.quote.text) == ("1975", "as the letter says it")
    assert fact.quote.document.title == "A letter of the office"


def test_a_second_entry_from_the_same_paper_is_the_same_document(
    signed_in: dict[str, Client],
) -> None:
    for name in ("One", "Two"):
        keeps(signed_in["office"], "/office/programmes/new/", name_en=name, kind="GROUP_AID")
    assert Document.objects.filter(title="A letter of the office").count() == 1


def test_without_a_source_nothing_is_kept(signed_in: dict[str, Client]) -> None:
    answer = signed_in["office"].post(
        "/office/programmes/new/", {"name_en": "Teams", "kind": "GROUP_AID"}
    )
    assert answer.status_code == 422
    assert "source" in answer.context["form"].errors
    assert not Programme.objects.filter(key="teams").exists()


def test_the_office_opens_a_series_to_an_organisation_and_enters_its_batches(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    programme, hospital = a_programme("keep"), a_hospital("Hôpital Unique")
    office = signed_in["office"]
    keeps(office, f"/office/programmes/{programme.key}/series/", organisation="hopital unique")
    series = Series.objects.get(programme=programme)
    assert series.recipient == hospital
    address = f"/office/series/{series.pk}/batches/"
    assert office.get(address).context["form"].initial["number"] == 1
    keeps(office, address, number=1, size=12, departed_on="2021-03", status="UNKNOWN")
    batch = Mission.objects.get(series=series)
    assert (batch.number, batch.size, batch.departed_on) == (1, 12, "2021-03")
    assert told_of(batch, "size").number == 12
    again = office.post(address, {**SOURCE, "number": 1, "status": "UNKNOWN"})
    assert again.status_code == 422
    assert "There is a batch of this number" in again.content.decode()


def test_a_changed_value_takes_the_place_and_the_old_one_stands_beside(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    batch = a_batch(7, a_series(), size=20)
    address = f"/office/missions/{batch.pk}/change/"
    keeps(signed_in["office"], address, size=22, **AS_SHOWN, **{"initial-size": "20"})
    keeps(signed_in["office"], address, size=24, **AS_SHOWN, **{"initial-size": "22"})
    batch.refresh_from_db()
    assert batch.size == 24
    assert told_of(batch, "size").value == "24"
    assert Fact.objects.get(about=batch.pk, field="size", value="22").standing == "ALSO"


def test_two_people_change_one_field_and_nobody_s_words_are_lost(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    batch = a_batch(8, a_series(), size=20)
    address = f"/office/missions/{batch.pk}/change/"
    same = {**AS_SHOWN, "initial-size": "20"}
    keeps(signed_in["office"], address, size=24, **same)
    late = signed_in["office"].post(address, {**SOURCE, **same, "size": "30"})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "24" in shown
    assert 'value="30"' in shown, "what the second wrote is still in the form"
    batch.refresh_from_db()
    assert batch.size == 24


def test_two_people_change_two_fields_and_both_stand(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    batch = a_batch(9, a_series(), size=20)
    address = f"/office/missions/{batch.pk}/change/"
    began = {**AS_SHOWN, "initial-size": "20"}
    keeps(signed_in["office"], address, size=24, **began)
    keeps(signed_in["office"], address, size=20, months=24, **began)
    batch.refresh_from_db()
    assert (batch.size, batch.months) == (24, 24)


PARTS: tuple[tuple[str, type, dict[str, Any]], ...] = (
    ("goal", PolicyGoal, {"code": "SDG3", "name_en": "Health for all"}),
    ("tasking", Tasking, {"organisation": "Hôpital Un", "role": "SENDING_UNIT", "rank": 1}),
    ("agreement", Agreement, {"name_fr": "Accord", "signed_on": "2001-02", "parties": "A\nB"}),
    (
        "partnership",
        Partnership,
        {"mode": "TWINNING", "sender": "Hôpital Un", "recipient": "Hôpital Deux"},
    ),
    ("consortium", Consortium, {"name_en": "Ring", "upper": "Hôpital Un", "lower_area": "GN"}),
    ("event", Event, {"name_en": "Meeting", "kind": "SUMMARY", "speakers": "X Y; minister\nZ"}),
)


@pytest.mark.parametrize(("part", "model", "told"), PARTS, ids=[p for p, _m, _t in PARTS])
def test_a_part_is_added_with_its_source_and_stands_on_the_programme_s_page(
    part: str, model: type[Any], told: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    programme = a_programme("parts")
    a_hospital("Hôpital Un")
    a_hospital("Hôpital Deux")
    keeps(signed_in["office"], f"/office/programmes/parts/add/{part}/", **told)
    row = model.objects.get()
    assert Fact.objects.filter(about=row.pk, quote__text="as the letter says it").exists()
    assert signed_in["stranger"].get(f"/programmes/{programme.key}/").status_code == 200


def test_a_consortium_entered_by_the_office_never_runs_in_a_circle(
    signed_in: dict[str, Client],
) -> None:
    a_programme("ring")
    a_hospital("Hôpital Un")
    a_hospital("Hôpital Deux")
    address = "/office/programmes/ring/add/consortium/"
    keeps(signed_in["office"], address, name_en="Ring", upper="Hôpital Un", lower="Hôpital Deux")
    answer = signed_in["office"].post(
        address, {**SOURCE, "name_en": "Ring", "upper": "Hôpital Deux", "lower": "Hôpital Un"}
    )
    assert answer.status_code == 422
    assert "cannot stand above itself" in answer.content.decode()
    assert ConsortiumLink.objects.count() == 1


MISSION_PARTS: tuple[tuple[str, type, dict[str, Any]], ...] = (
    ("site", Site, {"area": "GN"}),
    ("unit", SendingUnit, {"organisation": "Hôpital Un", "persons": 4}),
    ("honour", Honour, {"name_en": "Medal", "to": "MEMBERS", "given_on": "2020"}),
    ("donation", Donation, {"name_en": "A scanner", "kind": "EQUIPMENT", "area": "GN"}),
)


@pytest.mark.parametrize(
    ("part", "model", "told"), MISSION_PARTS, ids=[p for p, _m, _t in MISSION_PARTS]
)
def test_a_part_is_added_to_a_batch_and_stands_on_its_page(
    part: str, model: type[Any], told: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    batch = a_batch(3)
    a_hospital("Hôpital Un")
    keeps(signed_in["office"], f"/office/missions/{batch.pk}/add/{part}/", **told)
    row = model.objects.get()
    assert Fact.objects.filter(about=row.pk).exists()
    shown = signed_in["stranger"].get(f"/batches/{batch.pk}/").content.decode()
    assert str(row) in shown


def test_a_trip_a_pause_and_the_fallen_are_recorded(signed_in: dict[str, Client]) -> None:
    series = a_series()
    key, office = series.programme.key, signed_in["office"]
    keeps(
        office, f"/office/programmes/{key}/missions/", name_en="Eye camp", kind="SHORT_SURGICAL",
        status="UNKNOWN", tags=["URGENT"],
    )  # fmt: skip
    assert Mission.objects.get(series=None).tags == ["URGENT"]
    keeps(office, f"/office/series/{series.pk}/pause/", stopped_on="1990", resumed_on="1994")
    assert str(Interruption.objects.get()) == "1990 – 1994"
    keeps(office, f"/office/programmes/{key}/remember/fallen/", area="GN", persons=2)
    assert Fallen.objects.get().persons == 2


def test_who_may_and_who_may_not(signed_in: dict[str, Client], places: dict[str, Area]) -> None:
    batch = a_batch(4)
    address = f"/office/missions/{batch.pk}/change/"
    assert signed_in["office"].get(address).status_code == 200
    assert signed_in["recipient"].get(address).status_code == 403
    assert signed_in["stranger"].get(address).status_code == 302
    assert signed_in["office"].get("/office/programmes/nowhere/change/").status_code == 404
    assert signed_in["office"].get(f"/office/missions/{batch.pk}/add/x/").status_code == 404


def test_a_name_that_is_near_to_several_is_asked_again(signed_in: dict[str, Client]) -> None:
    a_programme("twice")
    a_hospital("Hôpital Régional A")
    a_hospital("Hôpital Régional B")
    answer = signed_in["office"].post(
        "/office/programmes/twice/add/tasking/",
        {**SOURCE, "organisation": "hopital regional", "role": "DONOR", "rank": 1},
    )
    assert answer.status_code == 422
    assert "Near to it: Hôpital Régional" in answer.content.decode()
