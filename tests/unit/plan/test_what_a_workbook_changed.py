"""What a workbook changes is told with all of it, before it is taken."""

from __future__ import annotations

from django.utils.translation import override

from marrow.plan.queries.changes import _last


def test_a_rest_that_was_moved_is_seen_beside_the_day_of_the_homecoming() -> None:
    was = {"kind": "resident", "ended_on": "2026-05-12", "rested_on": "2027-05-12"}
    moved = was | {"rested_on": "2026-09-12"}
    for language in ("en", "fr", "zh-hans"):
        with override(language):
            assert _last(was) != _last(moved)
            assert "2026-09-12" in _last(moved)
            assert "2027" not in _last(was | {"rested_on": None})
