"""Search as you type: accents, pinyin, initials and slips of the finger are forgiven."""

from __future__ import annotations

import pytest

from marrow.directory.actions import add_alias
from marrow.directory.queries import hits
from tests.builders import NOW, OFFICE, a_hospital

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("guin", "Guinea"),
        ("几内亚", "Guinea"),
        ("guinée", "Guinea"),
        ("lankao", "Lankao County"),
        ("兰考", "Lankao County"),
        ("lkx", "Lankao County"),
        ("lankoa", "Lankao County"),
        ("GN", "Guinea"),
        ("vanautu", "Vanuatu"),
    ],
)
def test_a_place_is_found_as_people_type_it(typed: str, name: str) -> None:
    assert name in [hit.name for hit in hits(typed)][:3]


@pytest.mark.parametrize("typed", ["ignace deen", "IGNACE DÉEN", "hopital ignace", "ignase deen"])
def test_a_hospital_is_found_without_its_accents_and_with_a_slip(typed: str) -> None:
    hospital = a_hospital("Hôpital Ignace Déen")
    assert hospital.pk in [hit.id for hit in hits(typed)]


def test_a_hospital_is_found_by_its_other_spelling() -> None:
    hospital = a_hospital("Hôpital Test")
    add_alias(organisation=hospital.pk, text="中几友好医院", language="zh", by=OFFICE, at=NOW)
    for typed in ("中几友好", "zhongji", "zjyhyy"):
        assert [hit.id for hit in hits(typed)] == [hospital.pk]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", "zzzzqqq", "\\", "a" * 500])
def test_what_is_not_there_or_no_name_finds_nothing_and_harms_nothing(typed: str) -> None:
    assert hits(typed) == []


def test_the_pinyin_of_a_second_spelling_does_not_pass_a_name_as_written() -> None:
    kigali, luanda = a_hospital("Kigali Post"), a_hospital("Clínica de Luanda")
    for text in ("卢旺达中心", "卢安达"):
        add_alias(organisation=kigali.pk, text=text, language="zh", by=OFFICE, at=NOW)
    assert [hit.id for hit in hits("luanda")] == [luanda.pk, kigali.pk]
