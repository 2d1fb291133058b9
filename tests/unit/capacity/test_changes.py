"""Why a figure changed between two days: the causes sum, each opens its rows, and what was known
when is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from marrow.capacity.actions import expect_hospital, expect_no_longer
from marrow.capacity.queries import Moment, Question, care_of, care_of_one, changed_between
from marrow.capacity.queries.changes import rows_behind
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item
from marrow.core.refusals import Overtaken, Refused
from marrow.core.words import names
from marrow.directory.actions import (
    change_organisation,
    enter_organisation,
    merge_organisations,
)
from marrow.directory.models import Area
from tests.builders import NOW, OFFICE, PAPER, a_hospital
from tests.builders.capability import Ward, a_service, a_ward, climbed, gone_home, listed, proposed
from tests.builders.catalogued import a_version

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def test_the_split_of_a_change_sums_and_names_its_items(ward: Ward) -> None:
    first, second = a_service("First"), a_service("Second")
    listing = listed(first, second)
    gone_home(ward, TODAY - 500 * DAY)
    climbed(ward, first, 4, TODAY - 40 * DAY)
    climbed(ward, second, 4, TODAY - 300 * DAY)
    proposed(ward, second, 2, TODAY - 20 * DAY, by=ward.head, reason="The last nurse left")
    area = Area.objects.get(code="GN")
    found = changed_between(area, listing, Moment(TODAY - 100 * DAY), Moment(TODAY))
    for answer in Care:
        change, parts = found.after[answer] - found.before[answer], found.part(answer)
        assert change == sum(parts.values())
        for cause, part in parts.items():
            assert sum(row.counts for row in rows_behind(found, cause, answer)) == part
    turned = {(t.item.key, t.before, t.after) for t in found.turns}
    assert turned == {
        (first.key, Care.NOT_ASSESSED, Care.BY_LOCALS),
        (second.key, Care.BY_LOCALS, Care.NOT_ASSESSED),
    }


def test_what_a_new_version_brings_in_is_told_of_the_version_and_not_of_steps(ward: Ward) -> None:
    stays, joins, goes = a_service("Stays"), a_service("Joins"), a_service("Goes")
    listing = listed(stays, goes)
    gone_home(ward, TODAY - 500 * DAY)
    for one in (joins, goes):
        climbed(ward, one, 4, TODAY - 300 * DAY)
    climbed(ward, stays, 4, TODAY - 30 * DAY)
    a_version(listing.key, (stays, joins), TODAY - 50 * DAY)
    found = changed_between(
        Area.objects.get(code="GN"), listing, Moment(TODAY - 100 * DAY), Moment(TODAY)
    )
    alone = found.part(Care.BY_LOCALS)
    assert {cause: n for cause, n in alone.items() if n} == {"STEP": 1}
    told = {(r.item, r.counts) for r in rows_behind(found, "LIST", Care.BY_LOCALS)}
    assert told == {(joins, 1), (goes, -1)}
    assert [r.item for r in rows_behind(found, "STEP", Care.BY_LOCALS)] == [stays]


@pytest.mark.parametrize("what", ["merged", "moved"])
def test_as_it_was_known_on_each_day_a_merger_and_a_move_have_a_column_of_their_own(
    ward: Ward, what: str
) -> None:
    item = a_service()
    listing, area = listed(item), Area.objects.get(code="GN")
    gone_home(ward, TODAY - 500 * DAY)
    climbed(ward, item, 4, TODAY - 40 * DAY)
    later, here = NOW + 10 * DAY, ward.hospital.pk
    if what == "merged":
        far = enter_organisation(
            kind="HOSPITAL", names=names("Far"), area=Area.objects.get(code="ZM"), by=OFFICE, at=NOW
        )
        merge_organisations(loser=here, winner=far.pk, by=OFFICE, at=later)
    else:
        change_organisation(
            organisation=here, told={"area": Area.objects.get(code="ZM")}, source=PAPER,
            by=OFFICE, at=later,
        )  # fmt: skip
    start, end = Moment(TODAY, NOW + DAY / 2), Moment(TODAY + 30 * DAY)
    found = changed_between(area, listing, start, end)
    assert (found.before[Care.BY_LOCALS], found.after[Care.BY_LOCALS]) == (1, 0)
    cause = {"merged": "MERGE", "moved": "MEMBERSHIP"}[what]
    assert {c: n for c, n in found.part(Care.BY_LOCALS).items() if n} == {cause: -1}
    (row,) = rows_behind(found, cause, Care.BY_LOCALS)
    assert (row.item, [one.pk for one in row.at]) == (item, [here])
    still = changed_between(area, listing, Moment(TODAY), Moment(TODAY + 30 * DAY))
    assert not any(still.part(Care.BY_LOCALS).values())


def test_as_it_was_known_on_each_day_a_longer_roster_is_told_of_membership(ward: Ward) -> None:
    item = a_service()
    listing, area = listed(item), Area.objects.get(code="GN")
    gone_home(ward, TODAY - 500 * DAY)
    expect_hospital(key=listing.key, organisation=ward.hospital.pk, by=OFFICE, at=NOW)
    proposed(ward, item, 0, TODAY - 40 * DAY, by=ward.head, reason="no machine")
    other = a_hospital("Hôpital Attendu").pk
    expect_hospital(key=listing.key, organisation=other, by=OFFICE, at=NOW + 10 * DAY)
    start, end = Moment(TODAY, NOW + DAY / 2), Moment(TODAY + 30 * DAY)
    found = changed_between(area, listing, start, end)
    assert (found.before[Care.MUST_LEAVE], found.after[Care.MUST_LEAVE]) == (1, 0)
    assert {c: n for c, n in found.part(Care.MUST_LEAVE).items() if n} == {"MEMBERSHIP": -1}
    (row,) = rows_behind(found, "MEMBERSHIP", Care.MUST_LEAVE)
    assert other in [one.pk for one in row.at]


def test_a_hospital_that_should_have_a_list_moves_no_day_before_it_was_named(ward: Ward) -> None:
    """Nor do days in which it should move, once it no longer should; the split names the cause."""
    listing, area = listed(a_service()), Area.objects.get(code="GN")
    item = Item.objects.get()
    proposed(ward, item, 0, TODAY - 40 * DAY, by=ward.head, reason="no machine")
    key, hospital = listing.key, ward.hospital.pk

    def care(on: dt.date) -> Care:
        asked = Question(area, listing, on)
        assert care_of_one(asked, item) == care_of(asked)[str(item.pk)]
        return care_of_one(asked, item)

    expect_hospital(key=key, organisation=hospital, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="named already"):
        expect_hospital(key=key, organisation=hospital, by=OFFICE, at=NOW)
    assert (care(TODAY - DAY), care(TODAY)) == (Care.NOT_ASSESSED, Care.MUST_LEAVE)
    found = changed_between(area, listing, Moment(TODAY - DAY), Moment(TODAY))
    assert {c: n for c, n in found.part(Care.MUST_LEAVE).items() if n} == {"MEMBERSHIP": 1}
    expect_no_longer(key=key, organisation=hospital, by=OFFICE, at=NOW + 10 * DAY)
    days = (TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY)
    none, leave = Care.NOT_ASSESSED, Care.MUST_LEAVE
    assert [care(on) for on in days] == [none, leave, leave, none]
    with pytest.raises(Overtaken, match="no longer"):
        expect_no_longer(key=key, organisation=hospital, by=OFFICE, at=NOW + 10 * DAY)
    again = NOW + 20 * DAY
    row = expect_hospital(key=key, organisation=hospital, by=OFFICE, at=again)
    assert row.from_on == again.date()


def test_the_page_of_a_list_takes_a_hospital_back_that_should_have_it(
    ward: Ward, signed_in: dict[str, Client]
) -> None:
    listing, office = listed(a_service()), signed_in["office"]
    at, start = f"/care/list/{listing.key}/", timezone.localdate() - 30 * DAY
    item = Item.objects.get()
    proposed(ward, item, 0, TODAY - 400 * DAY, by=ward.head, reason="no machine")
    told = {"organisation": str(ward.hospital.pk), "on": start.isoformat()}
    assert office.post(f"{at}expect/", told).status_code == 302
    button = f"{at}expect/{ward.hospital.pk}/end/"
    assert button in office.get(at).content.decode()
    assert button not in signed_in["stranger"].get(at).content.decode()
    split = office.get(f"{at}changes/?from={start - DAY}&until={start}").content.decode()
    assert "hospitals that joined or left the area or the list" in split
    assert signed_in["recipient"].post(button).status_code == 403
    assert office.post(button).status_code == 302
    shown = office.get(at).content.decode()
    assert "Nobody said which hospitals" in shown
    assert "1 must leave" in office.get(f"{at}?on={start}").content.decode()
    assert "1 must leave" not in shown


def test_a_program_names_a_hospital_and_takes_it_back(
    ward: Ward, calling: dict[str, Client]
) -> None:
    listing, office = listed(a_service()), calling["office"]
    at = f"/api/v1/care/{listing.key}/expected"
    told = {"organisation": str(ward.hospital.pk), "on": "2026-01-05"}
    made = office.post(at, told, content_type="application/json")
    assert made.status_code == 201, made.content
    assert (made.json()["from_on"], made.json()["until_on"]) == ("2026-01-05", None)
    ended = office.post(f"{at}/{ward.hospital.pk}/end")
    assert ended.json()["until_on"] == timezone.localdate().isoformat()
