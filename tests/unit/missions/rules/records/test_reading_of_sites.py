"""Where a record says that a team served ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import proposed, telling, values


def test_names_the_hospital_that_gave_its_people() -> None:
    prose = "The members were selected from Guangxi People's Hospital."
    reading = telling("4th medical team", prose)
    assert values(reading, "sender_unit") == ["Guangxi People's Hospital"]
    assert values(reading, "site") == []


def test_names_every_hospital_and_town_where_it_served() -> None:
    prose = (
        "Four were based at Northfield District Hospital, while five worked at "
        "Lakeview Central Hospital. The team also worked at Aville, Beton and Ceford."
    )
    sites = values(telling("4th medical team", prose), "site")
    assert sites == [
        "Northfield District Hospital",
        "Lakeview Central Hospital",
        "Aville",
        "Beton",
        "Ceford",
    ]


def test_keeps_two_hospitals_joined_by_and_apart() -> None:
    prose = "They served at the Sunrise Hospital in Alba and Moonlight Hospital."
    sites = values(telling("4th medical team", prose), "site")
    assert sites == ["Sunrise Hospital", "Moonlight Hospital"]


def test_names_no_country_as_the_place_of_work() -> None:
    prose = "The 4th medical team worked in Kenya from 2007 to 2009."
    assert values(telling("4th medical team", prose), "site") == []


@pytest.mark.parametrize(
    ("prose", "sites"),
    [
        (
            "It worked at Alba Gynaeco-Obstetric and Pediatric Hospital and Beton Hospital.",
            ["Alba Gynaeco-Obstetric and Pediatric Hospital", "Beton Hospital"],
        ),
        ("It worked at Alba Mother and Child Hospital.", ["Alba Mother and Child Hospital"]),
        (
            "They work at Central Hospital of Alba and a hospital in Beton.",
            ["Central Hospital of Alba", "Beton"],
        ),
        ("It worked at the new Chinese-aided Alba Hospital.", ["Alba Hospital"]),
        ("It is based at Hospital Central de Alba.", ["Hospital Central de Alba"]),
        ("It worked at the Tirunesh Beijing Hospital.", ["Tirunesh Beijing Hospital"]),
        ("It worked for two years in Alba, Beton, and Ceford.", ["Alba", "Beton", "Ceford"]),
        (
            "It mainly works at an acupuncture center in Alba, but also worked in Beton.",
            ["Alba", "Beton"],
        ),
        ("It worked at Alba Hospital. It left.", ["Alba Hospital"]),
        ("It worked at Alba Hospital and Alba Central Hospital.", ["Alba Central Hospital"]),
        ("It works in hospitals in Alba and the capital Beton.", ["Alba", "Beton"]),
        ("It worked at Alba Hospital (formerly Beton Hospital).", ["Alba Hospital"]),
        ("It inaugurated an acupuncture center in November 2009.", []),
        ("It worked in January 2009.", []),
        ("China will twin Alba Central Hospital with its own.", ["Alba Central Hospital"]),
    ],
)  # fmt: skip
def test_are_named_as_they_are_called(prose: str, sites: list[str]) -> None:
    assert values(telling("4th medical team", prose), "site") == sites


def test_are_only_proposed_where_the_whole_series_serves_there() -> None:
    prose = (
        "Henan Province is responsible for sending teams to hospitals in Alba, Beton and Ceford. "
        "The 4th medical team arrived in May 2009."
    )
    reading = telling("4th medical team", prose)
    assert values(reading, "site") == []
    assert proposed(reading, "UNSURE", "site") == ["Alba, Beton and Ceford"]


@pytest.mark.parametrize(
    ("cell", "sites", "doubts"),
    [
        ("Alba; Mongi Hospital in Beton", ["Alba", "Mongi Hospital"], []),
        ("Alba, Beton and Ceford", ["Alba", "Beton", "Ceford"], []),
        ("Alba Memorial Hospital in Beton", ["Alba Memorial Hospital"], []),
        ("Alba", [], ["Alba"]),
        ("Alba, Beton", [], ["Alba, Beton"]),
        ("Alba, Beton Province", [], ["Alba, Beton Province"]),
        ("Alba, Beton, Kenya", [], ["Alba, Beton, Kenya"]),
    ],
)
def test_are_taken_from_a_plain_list_in_the_column(
    cell: str, sites: list[str], doubts: list[str]
) -> None:
    reading = telling("4th medical team", "It came.", 1, location_details=cell)
    assert (values(reading, "site"), proposed(reading, "UNSURE", "site")) == (sites, doubts)


@pytest.mark.parametrize(
    ("prose", "sites"),
    [
        (
            "The team worked in Dar es Salaam, Dodoma, Tabora, and Musoma.",
            ["Dar es Salaam", "Dodoma", "Tabora", "Musoma"],
        ),
        ("The team worked in el-Obeid and Rio do Alba.", ["el-Obeid", "Rio do Alba"]),
        (
            "The team worked at the Physical Medicine and Rehabilitation Hospital.",
            ["Physical Medicine and Rehabilitation Hospital"],
        ),
    ],
)
def test_keeps_the_small_words_of_a_name(prose: str, sites: list[str]) -> None:
    assert values(telling("4th medical team", prose), "site") == sites
