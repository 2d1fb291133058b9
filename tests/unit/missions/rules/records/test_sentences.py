"""The sentence of a doubt ..."""

from __future__ import annotations

import string

import pytest

from marrow.missions.rules.records import CODES, Doubt, assemble
from marrow.missions.rules.records.sentences import DECIDED, SENTENCES, SHORT
from tests.unit.missions.rules.records.telling import telling


def _slots(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", CODES)
def test_is_there_in_three_languages_with_the_same_blanks(code: str) -> None:
    assert set(SENTENCES[code]) == set(SHORT[code]) == {"en", "zh", "fr"}
    assert len({frozenset(_slots(words)) for words in SENTENCES[code].values()}) == 1
    assert len(SHORT[code]["en"].split()) <= 4


def test_is_there_for_no_code_that_is_never_given() -> None:
    assert set(SENTENCES) == set(SHORT) == set(CODES)


def test_is_there_for_what_was_decided_between_two_values() -> None:
    for words in DECIDED.values():
        assert set(words) == {"en", "zh", "fr"}
        assert all(_slots(said) == {"of_field", "kept", "other"} for said in words.values())


def _doubts() -> list[Doubt]:
    told = [
        telling("9th medical team", "The 7th team from Hubei arrived on 31 June 2008.", 1),
        telling("9th medical team", "The team arrived in May 2008 in the h\ufffdpital.", 2,
                project_id="2", start_actual="2003-05-05", status="Pipeline: Pledge"),
        telling("10th medical team", "The 10th team arrived in May 2004.", 3, project_id="3"),
        telling("10th medical team to Uganda", "The doctor Li Wei died.", 8, project_id="8"),
        telling("4th medical team", "The team received a medal.", 9, project_id="9",
                recipient_iso2="", recipient_condensed=""),
        telling("13th medical team", "Henan and Hunan sent the team in 2006.", 10, project_id="10"),
        telling("12th medical team", "The team of 9 doctors and 2 cooks arrived in May 2008.", 4),
        telling("19th medical team", "The team arrived in June 2008.", 5, project_id="5"),
        telling("Chinese medical team", "Since 1975, 20 medical teams treated 900 patients. "
                "The medical teams withdrew in 1993 but resumed in 2003.", 6, project_id="6"),
        telling("20th medical team", "Medical teams resumed in 2003. It arrived in 2009.", 7,
                project_id="7"),
        telling("Medical teams", "China has sent medical teams.", 11, project_id="11"),
        telling("A visit", "A dental mission came in 2009.", 12, project_id="12"),
    ]  # fmt: skip
    assembly = assemble(told)
    readings = [*assembly.others]
    doubts: list[Doubt] = []
    for series in assembly.series:
        doubts += series.doubts
        for batch in series.batches:
            doubts += batch.doubts
            readings += batch.readings
    return doubts + [doubt for one in readings for doubt in one.doubts]


def test_has_every_blank_filled_by_the_doubt() -> None:
    doubts = _doubts()
    assert {doubt.code for doubt in doubts} == set(CODES)
    for doubt in doubts:
        params = dict(doubt.params)
        if doubt.code == "CONTRADICTS":
            # said by the page, which knows the field's name and what is shown now
            params |= {"of_field": doubt.field, "shown": params["kept"]}
        assert _slots(SENTENCES[doubt.code]["en"]) == set(params), doubt.code
        assert SENTENCES[doubt.code]["fr"].format(**params)
