"""Which months count as reported: one answer on every page, in the API, on *Today*."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from marrow.activity import actions, plain
from marrow.activity.models import Indicator, Report
from marrow.activity.queries import reports, rows
from marrow.activity.queries.figures import Of
from marrow.activity.rules.months import after
from marrow.activity.today import missing
from marrow.sources.models import Finding
from tests.builders import NOW, OFFICE
from tests.builders.counting import MARCH, Counting, a_month, approved, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db]
MAY = after(MARCH, 2)


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def entered(world: Counting, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    account = world.accounts[who]
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def told_missing(world: Counting) -> set[int]:
    """What each place says of the months that are missing; all of this year."""
    viewer = world.viewer("hospital")
    lines, _pages = reports.places(viewer, NOW.date())
    (line,) = [line for line in lines if line.organisation == world.hospital]
    (unit,) = reports.units_of(NOW.year, NOW.date(), world.hospital)
    (_place, count) = reports.missing_at(viewer, NOW.date())[0]
    (waits,) = missing(viewer, NOW.date())
    assert f" {count} months are not reported" in waits.what
    told = plain.hospital_told(world.hospital, NOW.year, "REPORTED", NOW.date())
    assert told["months_expected"] - told["months_reported"] == count
    return {count, unit.missing, line.missing or 0}


def test_an_empty_draft_of_a_month_is_not_a_report(
    world: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in (MARCH, MAY):
        a_month(world, {"VISIT": 30}, month)
    assert told_missing(world) == {6}
    by: Any = world.viewer("clerk")
    for month in (after(MARCH), after(MAY), dt.date(NOW.year, NOW.month, 1)):
        actions.open_report(organisation=world.hospital.pk, month=month, by=by, at=NOW)
    assert told_missing(world) == {6}
    (unit,) = reports.units_of(NOW.year, NOW.date(), world.hospital)
    assert (unit.expected, unit.reported) == (8, 2)
    browser = entered(world, "clerk")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    page = browser.get(f"/activity/hospitals/{world.hospital.pk}/?year=2026")
    assert "2 of 8 months reported" in page.content.decode()
    assert "04 being written</a> · missing" in page.content.decode()


def test_a_month_that_was_sent_back_is_missing_until_it_is_handed_in_again(
    world: Counting,
) -> None:
    a_month(world, {"VISIT": 30})
    row = a_month(world, {"VISIT": 30}, MAY)
    actions.send_back(report=row.pk, reason="a page is missing", by=OFFICE, at=NOW)
    assert told_missing(world) == {7}
    (line,) = [x for x in reports.places(OFFICE, NOW.date())[0] if x.organisation == world.hospital]
    assert line.last == MARCH
    actions.submit(report=row.pk, by=world.viewer("clerk"), at=NOW)
    assert told_missing(world) == {6}


def test_a_new_version_that_is_being_written_leaves_its_month_reported(world: Counting) -> None:
    row = approved(world, {"VISIT": 30})
    assert told_missing(world) == {7}
    actions.revise(report=row.pk, reason="a page was found", by=world.viewer("clerk"), at=NOW)
    assert told_missing(world) == {7}


def test_a_hospital_whose_reports_ended_years_ago_has_months_missing(world: Counting) -> None:
    row = a_month(world, {"VISIT": 30})
    Report.objects.filter(pk=row.pk).update(month=dt.date(2018, 12, 1))
    lines, _pages = reports.places(OFFICE, NOW.date())
    (line,) = [line for line in lines if line.organisation == world.hospital]
    assert (line.last, line.reported, line.missing) == (dt.date(2018, 12, 1), 0, 12)


def test_a_count_that_ends_in_nought_stands_in_the_form_as_people_write_it(
    world: Counting,
) -> None:
    row = a_month(world, {"DELIVERY": 110, "VISIT": 2210})
    actions.send_back(report=row.pk, reason="look again", by=OFFICE, at=NOW)
    page = entered(world, "clerk").get(f"/activity/reports/{row.pk}/cells/").content.decode()
    assert 'value="110"' in page
    assert "E+" not in page


def test_that_fractions_are_estimates_is_told_to_who_may_write_them(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    row = a_month(world, {"VISIT": 30})
    actions.send_back(report=row.pk, reason="look again", by=OFFICE, at=NOW)
    address = f"/activity/reports/{row.pk}/cells/"
    assert "A fraction" not in entered(world, "clerk").get(address).content.decode()
    told = signed_in["office"].get(address, headers={"accept-language": "en"})
    assert "A fraction is an estimate" in told.content.decode()


def test_the_table_and_the_api_write_counts_without_noughts_behind_the_point(
    world: Counting,
) -> None:
    row = a_month(world, {"VISIT": 2018})
    Report.objects.get(pk=row.pk).counts.create(
        indicator=Indicator.objects.create(words="Hours", kind="RESCUE"),
        basis="REPORTED", value=Decimal("1.5"),
    )  # fmt: skip
    of = Of(organisation=world.hospital.pk)
    assert {str(line[2]) for line in rows.table(of, 2026)} == {"2018", "1.5"}
    told = plain.figures_told(of, 2026, "REPORTED")
    assert {str(kind["total"]) for kind in told["kinds"]} == {"2018", "1.5"}
    cells = plain.whole_report_told(Report.objects.get(pk=row.pk))["cells"]
    assert {str(cell["value"]) for cell in cells} == {"2018", "1.5"}


def test_what_a_newer_version_replaced_says_so_and_its_doubt_is_closed(world: Counting) -> None:
    for n in range(12):
        a_month(world, {"VISIT": 100 + n % 3}, dt.date(2025, n + 1, 1))
    old = approved(world, {"VISIT": 2900})
    finding = Finding.objects.get()
    by = world.viewer("clerk")
    fresh = actions.revise(report=old.pk, reason="a slip of the pen", by=by, at=NOW)
    actions.fill_report(report=fresh.pk, values={"VISIT": Decimal(101)}, by=by, at=NOW)
    actions.submit(report=fresh.pk, by=by, at=NOW)
    finding.refresh_from_db()
    assert finding.state == "OPEN"
    actions.review(report=fresh.pk, by=world.viewer("hospital"), at=NOW)
    actions.approve(report=fresh.pk, by=OFFICE, at=NOW)
    finding.refresh_from_db()
    assert finding.state == "DISMISSED"
    page = entered(world, "clerk").get(f"/activity/reports/{old.pk}/").content.decode()
    assert "replaced by a newer version" in page
    assert "Begin a new version" not in page
