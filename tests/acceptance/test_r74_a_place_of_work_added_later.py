"""R74: a team that is told to work at one more hospital counts there from that day on."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marrow.capacity.models import Step
from marrow.capacity.queries import Question, care_of
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item, List
from marrow.core.refusals import Refused
from marrow.directory.models import Area, Organisation
from marrow.missions.actions import place_site
from tests.builders import NOW, OFFICE, PAPER, a_batch, a_hospital, a_site
from tests.builders.capability import Ward, a_service, a_ward, listed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
SOURCE = {"source": "Letter of the health commission", "words": "works at a second hospital too"}


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def ward(today: dt.date) -> Ward:
    """A team that is on post at its hospital for two months by now."""
    return a_ward(at=dt.datetime.combine(today - 60 * DAY, dt.time(9), dt.UTC))


@pytest.fixture
def second() -> Organisation:
    """A hospital that works together with visitors; nobody is there."""
    return a_hospital("Hôpital Second")


@pytest.fixture
def item(second: Organisation, today: dt.date) -> Item:
    found = a_service()
    held = dt.datetime.combine(today - 100 * DAY, dt.time(9), dt.UTC)
    Step.objects.create(
        organisation=second, item=found, level=2, on=held.date(), state="HOLDS", held_at=held,
        proposed_by=uuid4(), proposed_at=held,
    )  # fmt: skip
    return found


def answer(listing: List, on: dt.date) -> Care:
    (care,) = care_of(Question(Area.objects.get(code="GN"), listing, on)).values()
    return care


def test_a_hospital_that_is_added_to_a_team_on_post_counts_from_today_and_no_day_before_changes(
    ward: Ward, second: Organisation, item: Item, signed_in: dict[str, Client], today: dt.date
) -> None:
    listing = listed(item)
    told = {"organisation": f"{second} [{second.pk}]", **SOURCE}
    page = f"/office/missions/{ward.mission.pk}/add/site/"
    assert "The team works there since" in signed_in["office"].get(page).content.decode()
    assert signed_in["office"].post(page, told).status_code == 302
    assert answer(listing, today) is Care.WITH_VISITORS
    assert {answer(listing, today - n * DAY) for n in (1, 30, 59)} == {Care.NOT_ASSESSED}
    shown = (
        signed_in["office"].get(reverse("archive:mission", args=[ward.mission.pk])).content.decode()
    )
    assert f"since {today.isoformat()}" in shown


def test_since_when_it_worked_there_may_be_told_and_counts_from_that_day(
    ward: Ward, second: Organisation, item: Item, calling: dict[str, Client], today: dt.date
) -> None:
    listing, begun = listed(item), today - 20 * DAY
    source = {"title": SOURCE["source"], "words": SOURCE["words"]}
    told = {"organisation": str(second.pk), "from_on": begun.isoformat(), "source": source}
    made = calling["office"].post(
        f"/api/v1/missions/{ward.mission.pk}/sites", told, content_type="application/json"
    )
    assert made.status_code == 201, made.content
    assert begun.isoformat() in {site["from_on"] for site in made.json()["sites"]}
    assert answer(listing, begun) is Care.WITH_VISITORS
    assert answer(listing, begun - DAY) is Care.NOT_ASSESSED


def test_a_place_that_is_said_to_be_a_hospital_later_counts_from_that_day_on(
    ward: Ward, second: Organisation, item: Item, today: dt.date
) -> None:
    listing = listed(item)
    place = a_site(ward.mission, area=Area.objects.get(code="GN"))
    place_site(
        site=place.pk, organisation=second, source=PAPER, by=OFFICE,
        at=dt.datetime.combine(today, dt.time(9), dt.UTC),
    )  # fmt: skip
    assert answer(listing, today) is Care.WITH_VISITORS
    assert answer(listing, today - DAY) is Care.NOT_ASSESSED


def test_what_is_told_of_a_team_before_it_left_counts_from_its_first_day(
    second: Organisation, item: Item
) -> None:
    mission = a_batch(33)
    assert a_site(mission, organisation=second).from_on is None


def test_the_same_hospital_is_no_second_place_of_work_of_one_mission(
    ward: Ward, second: Organisation, signed_in: dict[str, Client]
) -> None:
    page = f"/office/missions/{ward.mission.pk}/add/site/"
    told = {"organisation": f"{ward.hospital} [{ward.hospital.pk}]", **SOURCE}
    answer = signed_in["office"].post(page, told, headers={"accept-language": "en"})
    assert "is a place of work of the mission already" in answer.content.decode()
    assert ward.mission.sites.count() == 1
    other = a_site(ward.mission, area=Area.objects.get(code="GN"))
    with pytest.raises(Refused):
        place_site(site=other.pk, organisation=ward.hospital, source=PAPER, by=OFFICE, at=NOW)
