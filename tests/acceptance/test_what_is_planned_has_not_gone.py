"""A team that is only planned stands in no public figure of where the teams went."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from marrow.archive import queries
from marrow.missions.models import Mission
from marrow.teams.rules.stages import NEXT
from tests.builders import a_batch, a_series
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def guinea(places: Any) -> Mission:
    """Guinea's 30th and 31st team; the 31st, which is returned, is planned."""
    series = a_series()
    a_batch(30, series)
    Mission.objects.update(status="CLOSED")
    planned = a_batch(31, series)
    Mission.objects.filter(pk=planned.pk).update(status="PLANNED")
    return planned


def test_a_plan_that_is_published_moves_no_public_figure_of_where_the_teams_went(
    client: Client, guinea: Mission
) -> None:
    front = text(client.get("/"))
    assert re.search(r">1</a></b>\s*<span>numbered batches to 1 recipient<", front)
    world = client.get("/map/").content.decode()
    assert "1 batch, 1 more is planned" in world
    assert "2 batches" not in world
    assert "2 missions" not in text(client.get("/programmes/"))


def test_the_rows_behind_the_figure_are_as_many_as_it_says(client: Client, guinea: Mission) -> None:
    front = client.get("/").content.decode()
    (href,) = set(re.findall(r'href="(/batches/\?[^"]*)"', front))
    rows = text(client.get(href.replace("&amp;", "&")))
    assert "1 batch or mission." in rows
    assert "only planned" not in rows
    everything = text(client.get("/batches/"))
    assert "2 batches and missions." in everything
    assert "1 of these is only planned: nobody has left for it yet." in everything


def test_the_series_says_apart_what_is_planned(client: Client, guinea: Mission) -> None:
    page = text(client.get(f"/series/{guinea.series_id}/"))
    assert "1 numbered batch is known. 1 more is planned." in page


@pytest.mark.parametrize("stage", NEXT)
def test_whoever_has_left_counts_and_whoever_has_not_does_not(
    client: Client, guinea: Mission, stage: str
) -> None:
    Mission.objects.filter(pk=guinea.pk).update(status=stage)
    stays = stage in ("PLANNED", "RECRUITING", "SELECTED", "TRAINING", "CANCELLED")
    _rows, count, planned = queries.missions(kind="SENT")
    assert count == 1 + (not stays)
    assert planned == 0
    assert f"{count} batch" in client.get("/map/").content.decode()


def test_where_somebody_is_only_to_go_no_team_went(client: Client, guinea: Mission) -> None:
    """The place is not on the map of where they went; its row says what is planned."""
    Mission.objects.update(status="PLANNED")
    world = client.get("/map/").content.decode()
    assert "0 batches" not in world
    assert "2 more are planned" in world
