"""A record in plain French ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import telling, value, values

BENIN = {"recipient_condensed": "Benin", "recipient_iso2": "BJ", "year": "2008"}


def test_gives_its_number_size_dates_and_sender() -> None:
    prose = (
        "la 18e équipe médicale chinoise composée de 27 membres est arrivée au Bénin en juillet "
        "2008. Envoyée par la province du Ningxia, elle est rentrée en Chine le 1er août 2010."
    )
    reading = telling("Équipe médicale chinoise au Bénin", prose, 1, **BENIN)
    told = {name: value(reading, name) for name in ("ordinal", "size", "sender")}
    assert told == {"ordinal": "18", "size": "27", "sender": "CN-NX"}
    assert (value(reading, "arrived_on"), value(reading, "returned_on")) == (
        "2008-07",
        "2010-08-01",
    )
    assert reading.kind == "RESIDENT_BATCH"


def test_gives_its_days_of_service_and_its_departure() -> None:
    prose = (
        "La dix-huitième équipe, forte de vingt-sept médecins, a quitté la Chine le 3 mai 2008 "
        "pour une durée de deux ans. Elle a travaillé à l’hôpital régional de Natitingou du 5 mai "
        "2008 au 1er juin 2010."
    )
    reading = telling("18e équipe médicale", prose, 1, **BENIN)
    dates = [value(reading, name) for name in ("departed_on", "arrived_on", "returned_on")]
    assert dates == ["2008-05-03", "2008-05-05", "2010-06-01"]
    assert (value(reading, "size"), value(reading, "term_months")) == ("27", "24")
    assert values(reading, "site") == ["hôpital régional de Natitingou"]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("1re mission médicale", "1"),
        ("21ème équipe médicale", "21"),
        ("Vingt et unième équipe médicale", "21"),
        ("Deuxième brigade médicale chinoise", "2"),
    ],
)
def test_counts_as_french_counts(title: str, number: str) -> None:
    assert value(telling(title), "ordinal") == number
