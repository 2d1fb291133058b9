"""A team to an island is called after the island."""

from __future__ import annotations

from marrow.missions.actions import batch_names
from marrow.missions.rules.islands import island_of
from marrow.programmes.models import Series


def test_an_island_is_known_by_the_track_of_its_series_however_it_is_spelt() -> None:
    assert island_of("SITE:Zanzibar")["zh"] == "桑给巴尔"
    assert island_of("SITE:Moheli")["fr"] == "Mohéli"
    assert island_of("SITE:Some Hospital") == island_of("") == island_of("MILITARY") == {}


def test_a_batch_to_an_island_bears_its_name() -> None:
    assert batch_names(Series(track="SITE:Zanzibar"), 20) == {
        "en": "20th medical team to Zanzibar", "zh": "第20批援桑给巴尔医疗队",
        "fr": "20e équipe médicale · Zanzibar",
    }  # fmt: skip
