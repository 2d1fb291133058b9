"""Likely doubles are chosen by country, and counted there."""

from __future__ import annotations

import pytest
from django.test import Client

from marrow.core.words import names
from marrow.directory import queries
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area, Likeness, Organisation
from tests.builders import NOW, OFFICE

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def a_pair(place: Area) -> None:
    one, other = (
        enter_organisation(
            kind="HOSPITAL", names=names(f"{place.code} Twin {n}"), area=place, by=OFFICE, at=NOW
        )
        for n in (1, 2)
    )
    Likeness.objects.create(one=one, other=other, area=place, alike=0.9)


def test_a_country_shows_its_own_pairs_and_their_count(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    for code in ("GN", "GN", "KE", "CN-BJ"):
        a_pair(places[code])
    told = {c.code: c.count for c in queries.doubles_by_country()}
    assert told == {"GN": 2, "KE": 1, "CN": 1}
    assert len(queries.likely_doubles(country="GN")) == 2
    page = signed_in["office"].get("/directory/doubles/?country=KE").content.decode()
    assert "KE Twin" in page
    assert "GN Twin" not in page
    assert "GN Twin" in signed_in["office"].get("/directory/doubles/").content.decode()
    assert Organisation.objects.count() == 8


def test_the_one_that_knows_more_goes_on_unless_the_other_is_chosen(
    places: dict[str, Area], signed_in: dict[str, Client]
) -> None:
    poor, rich = (
        enter_organisation(kind="HOSPITAL", names=names(name), area=places["KE"], by=OFFICE, at=NOW)
        for name in ("Twinville Health Post", "Twinville Clinic")
    )
    Organisation.objects.filter(pk=rich.pk).update(place="Twin District", address="Alba Road 1")
    Likeness.objects.create(one=poor, other=rich, area=places["KE"], alike=1.0)
    (pair,) = queries.likely_doubles(country="KE")
    assert pair.ways == [(rich, poor), (poor, rich)]  # type: ignore[attr-defined]
    assert pair.percent < 100  # type: ignore[attr-defined]
    page = signed_in["office"].get("/directory/doubles/?country=KE").content.decode()
    ways = [f"/{poor.pk}/into/{rich.pk}/", f"/{rich.pk}/into/{poor.pk}/"]
    assert all(way in page for way in ways)
    assert page.index(ways[0]) < page.index(ways[1])
