"""The real months of 2015–2018, as reported and as adjusted, where they lie beside the project."""

from __future__ import annotations

import csv
import time
from typing import Any

import pytest

from marrow.activity.actions import flag_outliers
from marrow.activity.models import Count, Report
from marrow.activity.queries import figures, reports
from marrow.activity.queries.figures import Of
from marrow.directory.models import Organisation
from marrow.sources.actions import keep_document
from marrow.sources.intake.kinds import KINDS, Taking, guess, mapped
from marrow.sources.intake.tables import rows
from tests.builders import NOW, OFFICE, SHARED

FOLDER = SHARED / "data/activity_malawi"
pytestmark = [
    pytest.mark.both, pytest.mark.long, pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real months are not here"),
]  # fmt: skip


def taken(kind: str, title: str, told: Any) -> tuple[dict[str, int], int, float]:
    document = keep_document(key=title, kind="DATASET", title=title, by=OFFICE, at=NOW)
    problems: list[int] = []
    began = time.perf_counter()
    counts = KINDS[kind].take(
        Taking(
            rows=told, document=document.pk, title=title, by=OFFICE, at=NOW,
            told=lambda row, _code: problems.append(row), progress=lambda _n, _c: None,
        )
    )  # fmt: skip
    return counts, len(problems), time.perf_counter() - began


def the_register() -> None:
    """The facilities that the counts name, entered because a person brings their register in."""
    with (FOLDER / "facilities.csv").open(encoding="utf-8") as file:
        told = [
            {"name": f["Facility_Name"], "country": "GN", "id": f["Facility_ID"]}
            for f in csv.DictReader(file)
        ]
    taken("register", "Facilities", lambda: enumerate(iter(told), start=2))


def counts_of(name: str, kind: str) -> tuple[dict[str, int], int, float]:
    path = FOLDER / name

    def told() -> Any:
        mapping = guess(KINDS[kind], ["Year", "Month", "Facility_ID", "Appt_Type", "Usage"])
        return mapped(rows(path, path.name), mapping)

    return taken(kind, name, told)


def test_72594_cells_go_in_as_reported_and_as_adjusted(
    places: object, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown, problems, _s = counts_of("monthly_activity_as_reported_2015_2018.csv.gz", "counts")
    assert (unknown["new"], problems) == (0, 72594)  # nobody has entered the facilities yet
    the_register()
    first, bad, took = counts_of("monthly_activity_as_reported_2015_2018.csv.gz", "counts")
    assert (first["new"], bad) == (72594, 0)
    second, bad, later = counts_of("monthly_activity_adjusted_2015_2018.csv.gz", "counts-adjusted")
    assert (second["new"], bad, Count.objects.count()) == (72594, 0, 145188)
    again, bad, known = counts_of("monthly_activity_as_reported_2015_2018.csv.gz", "counts")
    assert (again["new"], again["known"], bad) == (0, 72594, 0)
    began = time.perf_counter()
    doubts = flag_outliers(by=OFFICE, at=NOW)
    seeking = time.perf_counter() - began
    place = Organisation.objects.get(pk=Report.objects.values_list("organisation")[0][0])
    began = time.perf_counter()
    lines = figures.unnamed_of(place.pk, 2016, "REPORTED")
    units = reports.units_of(2016, NOW.date(), place)
    shown = time.perf_counter() - began
    assert lines
    assert units[0].reported
    told = {line.code for line in figures.lines_of(Of(organisation=place.pk), 2016)}
    assert told <= {"DELIVERY"}  # the one word that is one of our own
    with capsys.disabled():
        print(  # noqa: T201  how long it takes is what this test tells
            f"\nreported {took:.0f} s, adjusted {later:.0f} s, again {known:.0f} s,"
            f" {Report.objects.count()} reports, {doubts} doubts in {seeking:.1f} s,"
            f" a page's figures {shown * 1000:.0f} ms"
        )
