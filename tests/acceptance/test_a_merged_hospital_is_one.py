"""Two hospitals that became one stand on one level: what leads up needs the hands of a step up."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client

from marrow.capacity.actions import sign_step
from marrow.capacity.models import Step
from marrow.capacity.queries import Question, care_of_one, introduced, level_now, where_done
from marrow.capacity.queries.ladder import ladder_of
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item, List
from marrow.core.refusals import Refused
from marrow.directory.actions import merge_organisations, unmerge_organisation
from marrow.directory.models import Area
from marrow.need.queries.outflows import story_of
from tests.builders import NOW, OFFICE
from tests.builders.capability import Ward, a_service, a_ward, climbed, listed, proposed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
MARCH, MAY = TODAY - dt.timedelta(days=90), TODAY - dt.timedelta(days=30)


@pytest.fixture
def item() -> Item:
    return a_service("Surfactant")


@pytest.fixture
def wards(item: Item) -> tuple[Ward, Ward]:
    """One reached 5 in March, the other 3 in May; then the second was merged into the first: as one
    they stand on 3, and nobody of the specialty serves there."""
    first, second = a_ward(31), a_ward(32)
    climbed(first, item, 5, MARCH)
    climbed(second, item, 3, MAY)
    merge_organisations(loser=second.hospital.pk, winner=first.hospital.pk, by=OFFICE, at=NOW)
    return first, second


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def alone(item: Item, listing: List) -> bool:
    return care_of_one(Question(listing.area, listing, TODAY), item) is Care.BY_LOCALS


def test_one_hand_does_not_lift_what_stands_lower_since_two_hospitals_became_one(
    item: Item, wards: tuple[Ward, Ward]
) -> None:
    (first, _second), listing = wards, listed(item)
    assert level_now(first.hospital.pk, item.pk, TODAY) == 3
    for who in (first.office, first.head):
        with pytest.raises(Refused, match="A step up needs what shows it"):
            proposed(first, item, 4, TODAY, by=who, reason="routine")
    assert not alone(item, listing)
    row = proposed(first, item, 4, TODAY)
    assert (row.before, row.state) == (3, "PROPOSED")
    sign_step(step=row.pk, side="VISITOR", by=first.visitor, at=NOW)
    assert sign_step(step=row.pk, side="HEAD", by=first.head, at=NOW).state == "HOLDS"
    assert alone(item, listing)


def test_a_step_that_waited_while_two_became_one_is_proposed_anew(item: Item) -> None:
    first, second = a_ward(31), a_ward(32)
    climbed(first, item, 3, MARCH)
    row = proposed(first, item, 4, TODAY)
    climbed(second, item, 2, MAY)
    merge_organisations(loser=second.hospital.pk, winner=first.hospital.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="Another step was signed meanwhile"):
        sign_step(step=row.pk, side="HEAD", by=first.head, at=NOW)


def test_a_merged_hospital_takes_no_proposal_and_leads_to_the_one_that_goes_on(
    item: Item, wards: tuple[Ward, Ward], signed_in: dict[str, Client]
) -> None:
    first, second = wards
    with pytest.raises(Refused, match=f"goes on as {first.hospital}"):
        proposed(second, item, 2, TODAY, by=second.head, reason="It broke")
    gone, stays = (f"/care/at/{w.hospital.pk}/" for w in (second, first))
    assert "Propose a step" not in page(signed_in["office"], gone)
    assert "Propose a step" in page(signed_in["office"], stays)
    answer = signed_in["office"].get(f"{gone}propose/{item.key}/")
    assert answer.status_code == 422
    assert "goes on as" in answer.content.decode()


def test_who_signed_for_the_merged_hospital_signs_for_the_one_that_goes_on(
    item: Item, wards: tuple[Ward, Ward]
) -> None:
    first, second = wards
    row = proposed(first, item, 4, TODAY, by=second.visitor)
    assert row.mission == second.mission
    sign_step(step=row.pk, side="VISITOR", by=second.visitor, at=NOW)
    assert sign_step(step=row.pk, side="HEAD", by=second.head, at=NOW).state == "HOLDS"


def test_a_merged_hospital_is_one_where_it_is_done_and_where_it_was_new(
    item: Item, wards: tuple[Ward, Ward], client: Client, signed_in: dict[str, Client]
) -> None:
    first, second = wards
    (done,) = where_done(item, TODAY)
    assert (done.hospital, done.step.level) == (first.hospital, 3)
    shown = page(signed_in["office"], f"/catalogue/items/{item.key}/")
    assert str(first.hospital) in shown
    assert str(second.hospital) not in shown
    story = story_of(Area.objects.get(code="GN"), item, TODAY)
    came, fell, holds = story.came, story.fell, story.holds
    assert came is not None
    assert fell is not None
    assert (came.on, fell.on, holds) == (MARCH, MAY, None)
    new = introduced()
    assert [(one.hospital, one.step.on) for one in new.rows] == [(first.hospital, MARCH)]
    assert new.count == 1
    assert str(second.hospital) not in page(client, "/care/introduced/")
    ((_specialty, (rung,)),) = ladder_of(first.hospital, TODAY)
    assert rung.now.level == 3
    unmerge_organisation(loser=second.hospital.pk, by=OFFICE, at=NOW)
    assert len(where_done(item, TODAY)) == 2
    assert introduced().count == 2


def test_what_the_merged_one_was_first_to_do_is_new_under_the_name_that_goes_on(
    item: Item, client: Client
) -> None:
    first, second = a_ward(31), a_ward(32)
    climbed(second, item, 4, MARCH)
    merge_organisations(loser=second.hospital.pk, winner=first.hospital.pk, by=OFFICE, at=NOW)
    (one,) = introduced().rows
    assert (one.hospital, one.step.organisation) == (first.hospital, second.hospital)
    assert str(first.hospital) in page(client, "/care/introduced/")
    assert Step.objects.get().level == 4
