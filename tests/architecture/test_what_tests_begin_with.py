"""A world that was built once and is copied for the next test is the one that was built."""

from __future__ import annotations

import pytest
from django.db import transaction

from marrow.core.journal.verifying import verify
from marrow.directory.models import Area
from tests import builders
from tests.builders.kept import all_rows, once

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


class TakenBack(Exception):
    """All that was done goes."""


def test_a_copy_has_every_row_of_what_was_built_and_says_the_same() -> None:
    built: list[dict[str, Area]] = []

    def build() -> dict[str, Area]:
        built.append(builders.a_few_places())
        return built[0]

    met = []
    for _time in range(2):
        with pytest.raises(TakenBack), transaction.atomic():
            told = once("places of two times", build)
            met.append((told, all_rows()))
            assert not verify().broken
            raise TakenBack
    assert met[0] == met[1]
    assert len(built) == 1
    assert {area.code for area in met[1][0].values()} >= {"CN", "GN"}
    assert Area.objects.count() == 0


def test_where_something_was_told_before_it_is_built_and_not_copied(
    places: dict[str, Area],
) -> None:
    builders.a_programme("told-before")
    first = once("a series", lambda: builders.a_series().pk)
    assert once("a series", lambda: builders.a_series().pk) != first
