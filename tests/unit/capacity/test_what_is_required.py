"""What an item is said to need, and its specialty, count from the day on which that was said: no
hand lifts a day past, and what changed names its cause."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.capacity.actions import tell_presence
from marrow.capacity.models import Presence, Step
from marrow.capacity.queries import Moment, Question, care_of, changed_between
from marrow.capacity.rules.care import Care
from marrow.catalogue.actions import add_requirement, change_item, drop_requirement
from marrow.catalogue.models import List, Requirement
from marrow.core.refusals import Overtaken
from marrow.core.words import names
from marrow.directory.models import Area
from tests.builders import NOW, OFFICE
from tests.builders.capability import Ward, a_service, a_ward, climbed, gone_home, listed, proposed
from tests.builders.catalogued import an_item

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
NURSE = {"kind": "STAFF", "role": "NURSE", "specialty": "NEPHROLOGY"}


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def care(listing: List, on: dt.date = TODAY) -> Care:
    (found,) = care_of(Question(Area.objects.get(code="GN"), listing, on)).values()
    return found


def there(ward: Ward, count: int, on: dt.date, **of: str) -> None:
    row = Presence(count=count, on=on, **of)
    tell_presence(organisation=ward.hospital.pk, presence=row, by=ward.head, at=NOW)


def parts(listing: List, first: dt.date, last: dt.date) -> dict[str, int]:
    """What moved the number of items that locals or visitors treat."""
    found = changed_between(Area.objects.get(code="GN"), listing, Moment(first), Moment(last))
    both = (found.part(Care.BY_LOCALS), found.part(Care.WITH_VISITORS))
    return {c: n for part in both for c, n in part.items() if n}


@pytest.mark.parametrize("what", ["dropped", "fewer"])
def test_a_requirement_that_is_taken_away_lifts_no_day_past_and_names_its_cause(
    ward: Ward, what: str
) -> None:
    item = a_service()
    add_requirement(item=item.key, need=Requirement(**NURSE, count=3), by=OFFICE, at=NOW)
    listing = listed(item)
    climbed(ward, item, 4, TODAY - 40 * DAY)
    there(ward, 2, TODAY - 20 * DAY, **NURSE)
    assert care(listing) == Care.NOT_ASSESSED
    later, need = NOW + 10 * DAY, item.requirements.get()
    if what == "dropped":
        drop_requirement(requirement=need.pk, by=OFFICE, at=later)
        with pytest.raises(Overtaken):
            drop_requirement(requirement=need.pk, by=OFFICE, at=later)
    else:
        fewer = Requirement(**NURSE, count=2)
        add_requirement(item=item.key, need=fewer, by=OFFICE, at=later)
    for day in (TODAY - 20 * DAY, TODAY, TODAY + 9 * DAY):
        assert care(listing, day) == Care.NOT_ASSESSED
    assert care(listing, TODAY + 10 * DAY) == Care.BY_LOCALS
    assert parts(listing, TODAY, TODAY + 10 * DAY) == {"READINESS": 1}


def test_a_requirement_that_is_told_later_takes_nothing_from_the_days_before(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 4, TODAY - 40 * DAY)
    need = Requirement(kind="SUPPLY", resource="dialyser", names=names("dialyser"))
    add_requirement(item=item.key, need=need, by=OFFICE, at=NOW + 5 * DAY)
    there(ward, 0, TODAY - 20 * DAY, kind="SUPPLY", resource="dialyser")
    assert care(listing, TODAY + 4 * DAY) == Care.BY_LOCALS
    assert care(listing, TODAY + 5 * DAY) == Care.NOT_ASSESSED
    assert parts(listing, TODAY, TODAY + 5 * DAY) == {"READINESS": -1}


def test_an_item_that_comes_to_another_specialty_keeps_its_visitors_of_the_days_before(
    ward: Ward,
) -> None:
    item = an_item("Dialysis", specialty="PAEDIATRICS")
    listing = listed(item)
    proposed(ward, item, 1, TODAY - 300 * DAY, by=ward.head)
    Step.objects.update(state="HOLDS", held_at=NOW)
    gone_home(ward, TODAY + 60 * DAY)
    assert care(listing) == Care.NOT_ASSESSED  # the nephrologist is no help in paediatrics
    change_item(item=item.key, specialty="NEPHROLOGY", by=OFFICE, at=NOW + 10 * DAY)
    for day in (TODAY - 20 * DAY, TODAY, TODAY + 9 * DAY):
        assert care(listing, day) == Care.NOT_ASSESSED
    assert care(listing, TODAY + 10 * DAY) == Care.WITH_VISITORS
    assert parts(listing, TODAY, TODAY + 10 * DAY) == {"MISSION": 1}
    change_item(item=item.key, specialty="PAEDIATRICS", by=OFFICE, at=NOW + 20 * DAY)
    assert care(listing, TODAY + 19 * DAY) == Care.WITH_VISITORS
    assert care(listing, TODAY + 20 * DAY) == Care.NOT_ASSESSED
