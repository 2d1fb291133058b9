"""Doubts and open work are each narrowed by the kinds of record that they themselves tell of."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.models import Honour
from marrow.sources.access import findings_for, work_for
from marrow.sources.models import Finding, WorkItem
from tests.builders import NOW, a_batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_an_office_finds_its_doubts_and_its_work_and_neither_asks_for_the_kinds_of_the_other(
    places: dict[str, Area],
) -> None:
    batch = a_batch(30)
    honour = Honour.objects.create(id=uuid4(), mission=batch)
    Finding.objects.create(
        key="doubt", code="GAP", about_model="missions.honour", about=honour.pk, raised_at=NOW
    )
    for key, role, about in (("own", "office", batch.pk), ("gone", "office", uuid4())):
        WorkItem.objects.create(
            key=key, code="X", about_model="missions.mission", about=about, role=role,
            opened_at=NOW,
        )  # fmt: skip
    viewer = Viewer(uuid4(), "x", (Grant("office", AREA, places["CN"].pk),))
    with CaptureQueriesContext(connection) as doubts:
        assert [row.key for row in findings_for(viewer)] == ["doubt"]
    with CaptureQueriesContext(connection) as work:
        assert [row.key for row in work_for(viewer)] == ["own"]
    assert "missions_honour" in doubts.captured_queries[-1]["sql"]
    assert "missions_honour" not in work.captured_queries[-1]["sql"]
