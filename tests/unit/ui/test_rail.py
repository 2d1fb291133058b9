"""Many pages fold into groups; the open page's group is unfolded, and none is lost."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marrow.core.viewer import PUBLIC, Grant, Viewer
from marrow.ui.rail import ENTRIES, MOST, rail

pytestmark = pytest.mark.django_db
OFFICE = Viewer(uuid4(), "Office", (Grant("office"),))
SEEN = 16  # lines of the rail that an office sees before it unfolds anything


def test_an_office_s_many_pages_fold_and_none_is_lost() -> None:
    groups = rail(OFFICE, "/desk/")
    plain = [g for g in groups if not g.label]
    assert [g.label for g in groups[:1]] == [""]
    assert len(plain[0].items) + len(groups) - 1 <= SEEN
    mine = {e.url for e in ENTRIES if "public" in e.roles or OFFICE.holds(*e.roles)}
    assert sum(len(g.items) for g in groups) == len(mine) > MOST
    assert [g.here for g in groups] == [True, *[False] * (len(groups) - 1)]


def test_the_group_of_the_open_page_is_unfolded() -> None:
    here = [g for g in rail(OFFICE, "/journal/") if g.here]
    assert [bool(g.label) for g in here] == [True]


def test_few_pages_do_not_fold() -> None:
    assert [g.label for g in rail(PUBLIC, "/map/")] == [""]
