"""Missions' part of the demonstration: the history of the five documents, as they state it."""

from __future__ import annotations

import datetime as dt

from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.demo import COUNTY
from marrow.directory.models import Area
from marrow.missions.actions import batch_names, keep_missions
from marrow.missions.history.loading import History
from marrow.missions.models import Mission, Site
from marrow.programmes.actions import keep_commitments
from marrow.programmes.models import Programme, Series
from marrow.sources.actions import keep_doubts, keep_told


def fill(by: Viewer, at: dt.datetime) -> None:
    """Load the history and found an invented team; a second call adds nothing."""
    _history(by, at)
    _invented_team(by, at)


def _history(by: Viewer, at: dt.datetime) -> None:
    history = History(by, at)
    history.load()
    keep_commitments(rows=history.commitments(), by=by, at=at)
    keep_missions(rows=history.missions(), by=by, at=at)
    keep_told(told=history.told, by=by, at=at)
    keep_doubts(doubts=history.doubts, by=by, at=at)


def _invented_team(by: Viewer, at: dt.datetime) -> None:
    """A team that is to go, so that the field app has one to count for: teams form it and send it.
    All of it invented.
    """
    china = Area.objects.get(code="CN")
    hospital = enter_organisation(
        kind="HOSPITAL", key="demonstration", by=by, at=at, invented=True,
        area=Area.objects.filter(code=COUNTY).first(),  # where the country was invented too
        names=names("Test Hospital (invented)", "演示医院（虚构）", "Hôpital d’essai (fictif)"),
    )  # fmt: skip
    programme = Programme(
        id=same_id("programme", "demonstration"), key="demonstration", sender=china,
        kind=Programme.Kind.RESIDENT_SERIES, status=Programme.Status.RUNNING, invented=True,
        names=names(
            "Demonstration teams (invented)", "演示医疗队（虚构）", "Équipes d’essai (fictives)"
        ),
    )  # fmt: skip
    series = Series(
        id=same_id("series", "demonstration"), key="demonstration", programme=programme,
        recipient=hospital, names=hospital.names,
    )  # fmt: skip
    batch = Mission(
        id=same_id("mission", "demonstration:1"), key="demonstration:1", programme=programme,
        series=series, number=1, kind=Mission.Kind.RESIDENT_BATCH, status=Mission.Status.PLANNED,
        invented=True, names=batch_names(series, 1),
    )  # fmt: skip
    site = Site(id=same_id("site", batch.pk), mission=batch, organisation=hospital)
    keep_commitments(rows=[programme, series], by=by, at=at)
    keep_missions(rows=[batch, site], by=by, at=at)
