"""Lists of a large directory walk an index; SQLite says which way it takes."""

from __future__ import annotations

import pytest
from django.db.models import Count

from marrow.directory import queries
from marrow.directory.actions import merge_organisations
from marrow.directory.models import Area, Likeness, Organisation
from tests.builders import NOW, OFFICE, a_hospital

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_likely_doubles_are_read_in_their_order_and_counted_without_their_organisations(
    places: dict[str, Area],
) -> None:
    doubles = queries.open_doubles()
    way = doubles.order_by("-alike", "kilometres", "id").explain()
    assert "likeness_alike" in way
    assert "organisation_merged" in way
    assert "ORDER BY" not in way
    assert "likeness_area" in doubles.values("area").annotate(n=Count("pk")).order_by().explain()


@pytest.mark.parametrize("code", ["GN", "CN"])
def test_what_a_place_holds_is_found_by_its_parts(places: dict[str, Area], code: str) -> None:
    for kind in ("", "HOSPITAL"):
        rows = queries.organisations_in(code, kind=kind)
        assert "area_id=?" in rows.values_list("pk", flat=True).explain()


def test_a_pair_of_which_one_was_merged_is_open_no_more(places: dict[str, Area]) -> None:
    one, other, third = (a_hospital(f"Twin {n}") for n in range(3))
    for pair in ((one, other), (other, third), (one, third)):
        Likeness.objects.create(one=pair[0], other=pair[1], area=places["GN"], alike=0.9)
    merge_organisations(loser=one.pk, winner=third.pk, by=OFFICE, at=NOW)
    assert [(p.one, p.other) for p in queries.likely_doubles()] == [(other, third)]
    assert queries.doubles_count() == 1
    assert [c.count for c in queries.doubles_by_country()] == [1]
    assert list(Organisation.objects.get(pk=third.pk).predecessors.all()) == [one]
