"""Items are entered and changed by offices; loading keeps what they changed; all can be found."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from marrow.catalogue import shipped
from marrow.catalogue.actions import (
    add_requirement,
    change_item,
    drop_requirement,
    enter_item,
    load_codes,
    load_items,
)
from marrow.catalogue.models import Code, CodeList, Item, Requirement
from marrow.catalogue.queries import Sought, code_hits, search_items, sought_items
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.catalogue.search import as_pinyin
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import names
from tests.builders import ADMIN, AUDITOR, LEADER, NOW, OFFICE
from tests.builders.catalogued import a_need, an_item

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def loaded() -> dict[str, int]:
    return load_items(told=shipped.items(), by=OFFICE, at=NOW)


def test_an_office_and_the_administrator_enter_items_and_nobody_else() -> None:
    for number, viewer in enumerate((OFFICE, ADMIN)):
        enter_item(
            names=names(f"Item {number}"), kind="SERVICE", specialty="NURSING", severity="MINOR",
            by=viewer, at=NOW,
        )  # fmt: skip
    for viewer in (LEADER, AUDITOR):
        with pytest.raises(NotAllowed):
            enter_item(
                names=names("x"), kind="SERVICE", specialty="NURSING", severity="MINOR",
                by=viewer, at=NOW,
            )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": {}}, {"kind": "ODD"}, {"specialty": "MAGIC"}, {"severity": "ODD"},
        {"level": "MOON"}, {"codes": {"ICD99": ["A"]}}, {"codes": {"ICD10": ["A" * 21]}},
    ],
)  # fmt: skip
def test_what_no_item_can_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        an_item(**wrong)
    assert not Item.objects.exists()


def test_the_same_name_is_refused_and_what_is_not_there_is_unseen() -> None:
    an_item("Twice")
    with pytest.raises(Refused):
        an_item("twice")
    with pytest.raises(Unseen):
        change_item(item="nothing", by=OFFICE, at=NOW, severity="MINOR")


def test_what_an_item_needs_is_told_once_and_can_be_taken_back() -> None:
    item = an_item()
    need = a_need(item, 2)
    assert a_need(item, 3).pk == need.pk
    assert item.requirements.get().count == 3
    with pytest.raises(NotAllowed):
        drop_requirement(requirement=need.pk, by=LEADER, at=NOW)
    drop_requirement(requirement=need.pk, by=OFFICE, at=NOW)
    assert not item.requirements.exists()
    with pytest.raises(Refused):
        add_requirement(item=item.key, need=Requirement(kind="STAFF"), by=OFFICE, at=NOW)


def test_what_an_item_needed_before_stands_on_its_page(
    signed_in: dict[str, Client],
) -> None:
    item = an_item()
    need = a_need(item, 2)
    drop_requirement(requirement=need.pk, by=OFFICE, at=NOW + dt.timedelta(days=3))
    need.refresh_from_db()
    assert need.until_on == NOW.date() + dt.timedelta(days=3)
    told = signed_in["office"].get(f"/catalogue/items/{item.key}/").content.decode()
    assert "Needed before" in told
    assert f"no longer since {need.until_on}" in told


def test_the_shipped_catalogue_is_whole(loaded: dict[str, int]) -> None:
    assert loaded["new"] == Item.objects.count() >= 400
    rows = list(Item.objects.all())
    assert len({row.specialty for row in rows}) >= 25
    assert {row.specialty for row in rows} <= set(SPECIALTIES)
    assert {row.kind for row in rows} == set(Item.Kind.values)
    assert [row.key for row in rows if set(row.names) != {"en", "zh", "fr"}] == []
    assert [row.key for row in rows if row.kind == "CONDITION" and not row.codes] == []
    things = Requirement.objects.exclude(kind="STAFF")
    assert [n for n in things if set(n.names) != {"en", "zh", "fr"}] == []
    for tongue in ("en", "zh", "fr"):
        called = [row.names[tongue].casefold() for row in rows]
        assert sorted({c for c in called if called.count(c) > 1}) == []


def test_loading_again_changes_nothing_and_writes_no_line(loaded: dict[str, int]) -> None:
    lines = Operation.objects.count()
    again = load_items(told=shipped.items(), by=OFFICE, at=NOW)
    assert (again["new"], again["bettered"], again["same"]) == (0, 0, loaded["new"])
    assert Operation.objects.count() == lines


def test_loading_betters_what_is_ours_and_keeps_what_an_office_changed(
    loaded: dict[str, int],
) -> None:
    change_item(item="cholera", by=OFFICE, at=NOW, severity="SERIOUS")
    a_need(Item.objects.get(key="plague"), 9)
    told = []
    for item, needs in shipped.items():
        if item.key == "cholera":
            item.names = names("Cholera (bettered)", "霍乱", "choléra")
        told.append((item, needs if item.key != "measles" else []))
    counts = load_items(told=told, by=OFFICE, at=NOW)
    cholera = Item.objects.get(key="cholera")
    assert (cholera.names["en"], cholera.severity) == ("Cholera (bettered)", "SERIOUS")
    assert Requirement.objects.filter(item__key="plague", count=9).exists()
    assert not Requirement.objects.filter(item__key="measles").exists()
    assert counts["bettered"] == 2


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cholera", "cholera"), ("霍乱", "cholera"), ("huoluan", "cholera"), ("hl", "cholera"),
        ("choléra", "cholera"), ("A00", "cholera"), ("a00.1", "cholera"),
        ("51.23", "laparoscopic-cholecystectomy"), ("剖宫产", "caesarean-section"),
        ("cesarienne", "caesarean-section"), ("poufuchan", "caesarean-section"),
        ("xuetou", "haemodialysis"), ("血透", "haemodialysis"),
        ("nueji", "severe-malaria"), ("nüeji", "severe-malaria"), ("nveji", "severe-malaria"),
        ("zhongzhengnüeji", "severe-malaria"), ("NÜEJI", "severe-malaria"),
        ("zznj", "severe-malaria"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("loaded")
def test_an_item_is_found_in_three_languages_pinyin_and_code(typed: str, key: str) -> None:
    assert key in [item.key for item in search_items(typed)]


@pytest.mark.parametrize("typed", ["%", "';--", "_ %"])
def test_signs_alone_find_nothing(typed: str) -> None:
    an_item("Haemodialysis")
    assert search_items(typed) == []
    assert not sought_items(Sought(typed)).exists()
    assert sought_items(Sought(" ")).exists()


def test_the_vowel_of_lue_is_found_as_that_of_nue() -> None:
    assert [as_pinyin(typed) for typed in ("lüe", "LUE", "lve", "langue")] == [
        "lve", "lve", "lve", "langue",
    ]  # fmt: skip


def test_codes_of_a_file_are_looked_up_and_loaded_anew_as_a_whole() -> None:
    def load(*codes: str, by: Viewer = OFFICE, replace: bool = True) -> CodeList:
        rows = [(c, names(f"Disease {c}", "某病", f"maladie {c}")) for c in codes]
        return load_codes(
            system="ICD10", title="Test", sha256="0" * 64, rows=rows, by=by, at=NOW,
            replace=replace,
        ).kept  # fmt: skip

    load("Z99.1", "Z99.2")
    assert load("Z99.3").count == 1
    assert [code.code for code in code_hits("Z99")] == ["Z99.3"]
    assert [code.code for code in code_hits("maladie z99")] == ["Z99.3"]
    with pytest.raises(Refused):
        load()
    with pytest.raises(NotAllowed):
        load("Z99.4", by=LEADER)
    assert Code.objects.count() == 1
    assert Operation.objects.filter(model="catalogue.codelist").count() == 2


def test_a_small_file_of_codes_takes_no_long_lists_place_unasked_and_says_what_it_left_out(
    tmp_path: Path,
) -> None:
    def load(name: str, *lines: str, **options: bool) -> str:
        file, said = tmp_path / name, StringIO()
        file.write_text("\n".join(("code,en,zh,fr", *lines)))
        call_command("codes", "load", file, stdout=said, **options)
        return said.getvalue()

    long = [f"Z{n:02}.1,Disease {n},," for n in range(20)]
    assert "20 codes of ICD10 are here; before there were 0." in load("long.csv", *long)
    small = ("Z01.1,One,,", "Z02.1,Two,,", "Z02.1,Two again,,", ",Nothing,,", "Z" * 99 + ",Long,,")
    with pytest.raises(CommandError, match="18 of the 20 codes of ICD10 that are here would go"):
        load("small.csv", *small)
    assert Code.objects.count() == 20
    said = load("small.csv", *small, yes=True)
    assert "2 codes of ICD10 are here; before there were 20." in said
    assert "18 codes went" in said
    assert "Codes in several rows, of which the last was taken: Z02.1." in said
    assert "Rows without a code, not taken: 1." in said
    assert "too long, not taken: ZZZZ" in said
    assert Code.objects.get(code="Z02.1").names["en"] == "Two again"
