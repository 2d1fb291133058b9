"""The lines over the years turn on the days on which something turned, as the pages say of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from marrow.capacity.models import Step
from marrow.capacity.queries import Question, counted, curve_of, story_of
from marrow.capacity.rules.care import Care
from tests.builders import NOW
from tests.builders.capability import (
    Ward,
    a_service,
    a_ward,
    climbed,
    gone_home,
    listed,
    proposed,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
TODAY = NOW.date()
#: two days between which no half-year begins
ROSE, FELL, LEFT = TODAY - 21 * DAY, TODAY - 14 * DAY, TODAY - 7 * DAY


@pytest.fixture
def ward() -> Ward:
    """Dialysis of the belly came to be done alone and fell back a week later; dialysis of the blood
    is done with visitors until they went home another week later."""
    ward = a_ward()
    alone, together = a_service("Peritoneal dialysis"), a_service("Haemodialysis")
    climbed(ward, together, 3, ROSE - 7 * DAY)
    climbed(ward, alone, 4, ROSE)
    proposed(ward, alone, 0, FELL, by=ward.head, reason="The trained nurse left")
    gone_home(ward, LEFT)
    return ward


def held(days: list[dt.date], values: list[int], on: dt.date) -> int:
    return values[max(n for n, day in enumerate(days) if day <= on)]


def test_the_line_of_a_list_rises_and_falls_on_its_days_as_the_page_says(ward: Ward) -> None:
    listing = listed(*{step.item for step in Step.objects.select_related("item")})
    asked = Question(listing.area, listing, TODAY)
    found = curve_of(asked)
    assert found is not None
    assert {ROSE, FELL, LEFT} < set(found.days)
    on = ROSE - 10 * DAY
    while on <= TODAY:
        told = counted(Question(listing.area, listing, on))
        assert held(found.days, found.locals, on) == told[Care.BY_LOCALS], on
        assert held(found.days, found.visitors, on) == told[Care.WITH_VISITORS], on
        on += DAY


def test_the_visitors_line_of_a_hospital_ends_on_the_day_they_left(ward: Ward) -> None:
    shown = story_of(ward.hospital, TODAY).curve
    assert shown is not None
    assert held(shown.days, shown.visitors, LEFT - DAY) == 1
    assert held(shown.days, shown.visitors, LEFT) == 0
    assert LEFT in shown.days
    assert held(shown.days, shown.locals, ROSE - DAY) == 0
    assert held(shown.days, shown.locals, ROSE) == 1
    assert held(shown.days, shown.locals, FELL) == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Each day is drawn on the list as it is today."),
        ("fr", "Chaque jour est compté sur la liste telle qu’elle est aujourd’hui."),
        ("zh-hans", "曲线上的每一天都按今天的清单计算。"),
    ],
)
def test_the_line_of_a_list_says_on_which_list_it_is_drawn(
    ward: Ward, client: Client, language: str, words: str
) -> None:
    """The list of an earlier day held less: that page and the line may differ, and say why."""
    listing = listed(*{step.item for step in Step.objects.select_related("item")})
    said = {"accept-language": language}
    at = f"/care/list/{listing.key}/"
    assert words in client.get(at, headers=said).content.decode()
    day = (timezone.localdate() - DAY).isoformat()
    before = client.get(f"{at}?on={day}", headers=said).content.decode()
    assert words not in before
    assert day in before
