"""The office changes agreements and events, each with its source; speakers keep their rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.words import names
from marrow.directory.models import Area
from marrow.programmes.actions import change_agreement, change_event, change_series
from marrow.programmes.models import Agreement, Event, Series, Speaker
from marrow.programmes.rules import is_in_order, same_as_before
from marrow.sources.models import Fact
from tests.builders import (
    AUDITOR,
    NOW,
    OFFICE,
    PAPER,
    a_programme,
    a_series,
    an_agreement,
    an_event,
    as_shown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOURCE = {"source": "A later letter", "words": "as the letter says it"}
DOORS = ("agreements", "events", "series")


@pytest.fixture
def held(places: dict[str, Area]) -> dict[str, Any]:
    programme = a_programme("held")
    event = an_event(programme, place={"zh": "人民大会堂"})
    for rank, spoken in enumerate(("First", "Second"), 1):
        Speaker(
            event=event, names=names(spoken, "甲乙"[rank - 1]), office=names("minister", "部长"),
            rank=rank,
        ).save()  # fmt: skip
    agreement = an_agreement(programme, signed_on="2001", parties=["A", "B"])
    return {"agreements": agreement, "events": event, "series": a_series(programme)}


def door(kind: str, row: UUID) -> str:
    return f"/office/{kind}/{row}/change/"


def changes(client: Client, address: str, **told: Any) -> None:
    begun = as_shown(client.get(address).context["form"])
    answer = client.post(address, {**begun, **SOURCE, **told})
    assert answer.status_code == 302, answer.context["form"].errors


def told_of(row: Any, field: str) -> Fact:
    return Fact.objects.get(about=row.pk, field=field, standing="SHOWN")


def test_an_agreement_changes_and_every_changed_value_has_its_words(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["agreements"], signed_in["office"]
    changes(
        office, door("agreements", row.pk), name_fr="Protocole", signed_on="2001-02",
        ends_on="2006", parties="A\r\nC",
    )  # fmt: skip
    row = Agreement.objects.get(pk=row.pk)
    assert row.names == {"en": "Protocol", "zh": "议定书", "fr": "Protocole"}
    assert (row.signed_on, row.ends_on, row.parties) == ("2001-02", "2006", ["A", "C"])
    assert told_of(row, "parties").value == "A; C"
    shown = signed_in["stranger"].get("/programmes/held/").content.decode()
    for field in ("signed_on", "ends_on", "parties"):
        assert f'{row.pk}/{field}/"' in shown, field


def test_speakers_who_stay_keep_their_rows_and_other_languages(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["events"], signed_in["office"]
    second = Speaker.objects.get(rank=2)
    changes(
        office, door("events", row.pk), held_on="2019", place_en="Great Hall",
        speakers="Third; envoy\r\nSecond; president",
    )  # fmt: skip
    row = Event.objects.get(pk=row.pk)
    assert row.place == {"en": "Great Hall", "zh": "人民大会堂"}
    third, stayed = row.speakers.all()
    assert (third.names, third.office) == ({"en": "Third"}, {"en": "envoy"})
    assert stayed.pk == second.pk
    assert (stayed.names, stayed.office) == (second.names, {"en": "president", "zh": "部长"})
    assert told_of(row, "speakers").value == "Third; Second"


def test_untouched_speakers_and_lines_are_no_change(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    before = set(Speaker.objects.values_list("pk", flat=True))
    address = door("events", held["events"].pk)
    begun = as_shown(signed_in["office"].get(address).context["form"])
    lines = begun["speakers"].replace("\n", "\r\n")
    sent = {**begun, **SOURCE, "speakers": lines, "initial-speakers": lines, "held_on": "2020"}
    assert signed_in["office"].post(address, sent).status_code == 302
    assert set(Speaker.objects.values_list("pk", flat=True)) == before
    assert not Fact.objects.filter(field="speakers").exists()


def test_an_event_of_no_programme_is_common_to_all_offices(signed_in: dict[str, Client]) -> None:
    row = Event(kind="SUMMARY", names=names("Common"), held_on="2010")
    row.save()
    changes(signed_in["office"], door("events", row.pk), held_on="2011")
    assert door("events", row.pk) in signed_in["office"].get("/timeline/").content.decode()
    assert door("events", row.pk) not in signed_in["auditor"].get("/timeline/").content.decode()


@pytest.mark.parametrize("kind", DOORS)
def test_who_may_and_who_may_not(
    kind: str, held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address = door(kind, held[kind].pk)
    met = {name: client.get(address).status_code for name, client in signed_in.items()}
    assert met.pop("office") == 200
    assert met.pop("stranger") == 302
    assert set(met.values()) == {403}
    assert signed_in["office"].get(door(kind, uuid4())).status_code == 404
    page = f"/series/{held[kind].pk}/" if kind == "series" else "/programmes/held/"
    assert address in signed_in["office"].get(page).content.decode()
    assert address not in signed_in["member"].get(page).content.decode()


@pytest.mark.parametrize("kind", DOORS)
def test_the_actions_prove_it_themselves(kind: str, held: dict[str, Any]) -> None:
    act: Any = {
        "agreements": change_agreement, "events": change_event, "series": change_series,
    }[kind]  # fmt: skip
    name, rest = kind if kind == "series" else kind[:-1], {"told": {}, "source": PAPER, "at": NOW}
    with pytest.raises(NotAllowed):
        act(**{name: held[kind].pk}, by=AUDITOR, **rest)
    with pytest.raises(Unseen):
        act(**{name: uuid4()}, by=OFFICE, **rest)
    for bad in ({"programme": None}, {"names": {"en": "", "zh": "", "fr": ""}}):
        with pytest.raises(Refused):
            act(**{name: held[kind].pk}, by=OFFICE, **{**rest, "told": bad})


def test_two_people_change_the_same_lines_and_nobody_s_words_are_lost(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["agreements"], signed_in["office"]
    address = door("agreements", row.pk)
    begun = as_shown(office.get(address).context["form"])
    changes(office, address, parties="A\nC")
    late = office.post(address, {**begun, **SOURCE, "parties": "A\r\nD"})
    assert late.status_code == 409
    assert "A\r\nD" in late.content.decode()
    assert Agreement.objects.get(pk=row.pk).parties == ["A", "C"]


def test_lines_that_a_browser_ends_otherwise_are_no_change_by_somebody_else(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["agreements"], signed_in["office"]
    begun = as_shown(office.get(door("agreements", row.pk)).context["form"])
    sent = {**begun, **SOURCE, "initial-parties": "A\r\nB", "parties": "A\r\nD"}
    assert office.post(door("agreements", row.pk), sent).status_code == 302
    assert Agreement.objects.get(pk=row.pk).parties == ["A", "D"]


BAD: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("agreements", {"name_en": "", "name_zh": ""}, "name_en"),
    ("agreements", {"signed_on": "spring"}, "signed_on"),
    ("agreements", {"starts_on": "2005", "ends_on": "2004"}, "__all__"),
    ("agreements", {"starts_on": "2005", "source": ""}, "source"),
    ("events", {"kind": "PARTY"}, "kind"),
    ("events", {"speakers": "; minister"}, "speakers"),
)


@pytest.mark.parametrize(("kind", "told", "field"), BAD)
def test_what_cannot_be_is_asked_again_beside_its_field(
    kind: str, told: dict[str, Any], field: str, held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address = door(kind, held[kind].pk)
    begun = as_shown(signed_in["office"].get(address).context["form"])
    answer = signed_in["office"].post(address, {**begun, **SOURCE, **told})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_of_a_programme_two_languages_by_two_people_both_stand(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    programme, office = held["agreements"].programme, signed_in["office"]
    address = f"/office/programmes/{programme.key}/change/"
    begun = as_shown(office.get(address).context["form"])
    changes(office, address, name_en="New")
    answer = office.post(address, {**begun, **SOURCE, "name_zh": "新"})
    assert answer.status_code == 302
    programme.refresh_from_db()
    assert (programme.names["en"], programme.names["zh"]) == ("New", "新")


def test_an_end_follows_its_start_as_far_as_both_are_told() -> None:
    assert is_in_order("", "2001")
    assert is_in_order("2001-05", "2001")
    assert not is_in_order("2001", "2000-12")


def test_names_are_found_where_they_stood_before_each_once() -> None:
    assert same_as_before(["a", "b", "a"], ["a", "c", "a", "a"]) == [0, None, 2, None]


def test_a_series_gets_another_name_and_a_start_from_its_own_page(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    row, office = held["series"], signed_in["office"]
    address = door("series", row.pk)
    assert address in office.get(f"/series/{row.pk}/").content.decode()
    changes(office, address, name_fr="Équipes de Conakry", since="1968-06")
    row = Series.objects.get(pk=row.pk)
    assert (row.names["fr"], row.names["zh"]) == ("Équipes de Conakry", "援Guinea医疗队"), (
        "Chinese stays"
    )
    assert row.since == told_of(row, "since").value == "1968-06"


def test_a_series_does_not_begin_on_a_day_that_is_none(
    held: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    address = door("series", held["series"].pk)
    begun = as_shown(signed_in["office"].get(address).context["form"])
    answer = signed_in["office"].post(address, {**begun, **SOURCE, "since": "soon"})
    assert answer.context["form"].errors["since"]
