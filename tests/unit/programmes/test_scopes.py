"""One list of what an office may change, and one answer for each: they say the same."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from marrow.core.subjects import about_mine, may_change_all
from marrow.core.viewer import AREA, ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.models import Honour
from marrow.programmes.access import changed_by, changes
from marrow.programmes.models import Programme
from marrow.sources.models import Finding
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER, a_batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def offices(places: dict[str, Area], programme: Programme) -> list[Viewer]:
    things = [(AREA, a.pk) for a in places.values()] + [(PROGRAMME, programme.pk)]
    things += [(PROGRAMME, uuid4()), (ORGANISATION, uuid4())]
    return [Viewer(uuid4(), "x", (Grant("office", scope, thing),)) for scope, thing in things]


def test_the_list_of_programmes_and_the_answer_for_each_agree(places: dict[str, Area]) -> None:
    programme = a_batch(30).programme
    for viewer in (*offices(places, programme), OFFICE, AUDITOR, STRANGER):
        listed = changed_by(viewer).filter(pk=programme.pk).exists()
        assert listed == changes(viewer, programme), viewer


def test_a_list_of_doubts_holds_just_those_that_may_be_decided(places: dict[str, Area]) -> None:
    batch = a_batch(30)
    honours = [
        Honour(id=uuid4(), mission=batch), Honour(id=uuid4(), programme=batch.programme),
        Honour(id=uuid4()),
    ]  # fmt: skip
    Honour.objects.bulk_create(honours)
    about = [("missions.mission", batch.pk), ("directory.area", next(iter(places.values())).pk)]
    about += [("missions.honour", h.pk) for h in honours]
    for label, record in about:
        Finding.objects.create(
            key=str(record), code="GAP", about_model=label, about=record, raised_at=NOW
        )
    for viewer in offices(places, batch.programme):
        every = Finding.objects.all()
        listed = {(f.about_model, f.about) for f in every.filter(about_mine(viewer, told_of))}
        assert listed == {one for one in about if may_change_all(viewer, [one])}, viewer


def told_of() -> set[str]:
    return set(Finding.objects.values_list("about_model", flat=True))


def test_kinds_of_which_no_doubt_tells_are_not_asked_about(
    places: dict[str, Area], django_assert_max_num_queries: Any
) -> None:
    batch = a_batch(30)
    viewer = Viewer(uuid4(), "x", (Grant("office", AREA, places["CN"].pk),))
    Finding.objects.create(
        key="one", code="GAP", about_model="missions.mission", about=batch.pk, raised_at=NOW
    )
    every = Finding.objects.all()
    # of what is told, whose programmes (its areas, twice, and they themselves), and how many
    with django_assert_max_num_queries(5):
        assert every.filter(about_mine(viewer, told_of)).count() == 1
