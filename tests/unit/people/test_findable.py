"""Numbers by which a person may be found are found in words about care; figures are not."""

from __future__ import annotations

import pytest

from marrow.people.rules.findable import findable_in

TELLING = {
    "ID 110101199003071234, dossier 4451, bed 12": "110101199003071234",
    "Repair by tel 0612345678": "0612345678",
    "tél. 62 12 34 5": "tél. 62 12 34 5",
    "电话13812345678": "13812345678",
    "call 620 123 456": "620 123 456",
    "Dossier n° 4451": "Dossier n° 4451",
    "n° de dossier 4451": "dossier 4451",
    "file no. 2024-118": "file no. 2024",
    "patient ID 4451": "patient ID 4451",
    "住院号：20451": "住院号:20451",
    "病历号 A12345": "病历号 A12345",
}
FIGURES = (
    "4,451 visits", "4 451 visites en 2025", "1000-1500 visits", "13 586 000 d’habitants",
    "诊疗13586000人次", "手术1200台", "2019-2024", "2024-03/2025-02", "2024.03-2025.02",
    "2026-11-30", "I63.902, O82.100x001", "47.01/47.09", "47.0900x011", "ICD-10 I60-I69, M81400/3",
    "GB 15982-2012", "ISO 13485:2016", "12 of 15 dossiers", "dossier 2024 revu", "bed 12",
    "Hospital No. 2", "12 000 000 GNF", "120/80 mmHg", "left-20251130.csv", "20251130.csv",
)  # fmt: skip


@pytest.mark.parametrize(("words", "found"), TELLING.items())
def test_a_telephone_an_identity_card_and_a_hospitals_file_tell_who_somebody_is(
    words: str, found: str
) -> None:
    assert findable_in(words) == found


@pytest.mark.parametrize("words", FIGURES)
def test_visits_years_codes_and_standards_tell_nobody(words: str) -> None:
    assert findable_in(words) == ""
