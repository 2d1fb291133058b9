"""Tellings of who left: the later one stands, nothing is overwritten; who may tell and confirm."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import translation

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.directory.models import Area
from marrow.need.actions import (
    confirm_need,
    confirm_need_on_paper,
    correct_outflow,
    decline_need,
    identify_need,
    link_need,
    open_way,
    take_back_outflow,
    tell_sent_back,
)
from marrow.need.models import Outflow, ReferralWay
from marrow.need.queries import people_left, story_of
from tests.builders import NOW, OFFICE, STRANGER, a_hospital
from tests.builders.capability import a_ward
from tests.builders.catalogued import an_item
from tests.builders.needing import Lack, a_lack, a_need, left

pytestmark = [pytest.mark.both, pytest.mark.django_db]
TODAY = NOW.date()


@pytest.fixture
def lack(people: object) -> Lack:
    return a_lack()


def guinea() -> Area:
    return Area.objects.get(code="GN")


def test_what_is_told_later_takes_its_place_and_the_same_words_are_refused(lack: Lack) -> None:
    first = left(lack.item, "2025", 40)
    with pytest.raises(Refused, match="told already"):
        left(lack.item, "2025", 40)
    second = left(lack.item, "2025", 44)
    first.refresh_from_db()
    assert (first.current, second.supersedes) == (False, first)
    assert people_left(guinea(), TODAY) == {lack.item.pk: 44}
    with pytest.raises(Overtaken):
        take_back_outflow(outflow=first.pk, reason="old", by=OFFICE, at=NOW)
    take_back_outflow(outflow=second.pk, reason="wrong", by=OFFICE, at=NOW)
    assert people_left(guinea(), TODAY) == {}  # unknown, not the one before


@pytest.mark.parametrize("period", ["1900", "1900-03", "1962-12", "0001"])
def test_nobody_left_in_a_year_before_any_team_was_sent(lack: Lack, period: str) -> None:
    for locale, words in (
        ("en", f"{period} lies too far back: not before 1963."),
        ("fr", f"{period} est trop ancien : pas avant 1963."),
        ("zh-hans", f"{period}过早：不得早于1963。"),
    ):
        with translation.override(locale), pytest.raises(Refused, match=f"^{words}$"):
            left(lack.item, period, 40)
    assert not Outflow.objects.exists()
    assert left(lack.item, "1963", 40).period == "1963"


def test_nobody_came_back_in_a_year_before_any_team_was_sent(lack: Lack) -> None:
    below, here = a_hospital("County hospital"), lack.ward.hospital
    way = ReferralWay(
        id=uuid4(), below=below, above=here, direction="BACK", started_on="2024", how="by radio"
    )
    open_way(organisation=here.pk, way=way, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="1900 lies too far back: not before 1963"):
        tell_sent_back(
            way=way.pk, grain="YEAR", from_on=dt.date(1900, 1, 1), patients=3, by=OFFICE, at=NOW
        )


def test_a_correction_does_not_hide_another_telling(lack: Lack) -> None:
    row, other = left(lack.item, "2025", 40), left(lack.item, "2024", 30)
    told = Outflow(
        id=uuid4(), item=lack.item, grain="YEAR", from_on=dt.date(2024, 1, 1), patients=9,
        told_from="x",
    )  # fmt: skip
    with pytest.raises(Refused, match="correct that"):
        correct_outflow(outflow=row.pk, told=told, by=OFFICE, at=NOW)
    other.refresh_from_db()
    assert other.current


def last_act() -> UUID:
    return Operation.objects.order_by("-id")[0].act


def test_who_told_it_anew_or_corrected_it_takes_that_back_and_the_first_stands_again(
    lack: Lack,
) -> None:
    first = left(lack.item, "2025", 40)
    left(lack.item, "2025", 44)
    anew = last_act()
    undo(act=anew, by=OFFICE, at=NOW)
    assert people_left(guinea(), TODAY) == {lack.item.pk: 40}
    undo(act=last_act(), by=OFFICE, at=NOW)  # and the other way round
    assert people_left(guinea(), TODAY) == {lack.item.pk: 44}
    undo(act=last_act(), by=OFFICE, at=NOW)
    told = Outflow(
        id=uuid4(), item=lack.item, grain="YEAR", from_on=dt.date(2025, 1, 1), patients=9,
        told_from="x",
    )  # fmt: skip
    correct_outflow(outflow=first.pk, told=told, by=OFFICE, at=NOW)
    undo(act=last_act(), by=OFFICE, at=NOW)
    assert people_left(guinea(), TODAY) == {lack.item.pk: 40}


def test_what_was_told_since_in_its_place_is_named_when_a_change_is_taken_back(
    lack: Lack,
) -> None:
    first = left(lack.item, "2025", 40)
    take_back_outflow(outflow=first.pk, reason="wrong", by=OFFICE, at=NOW)
    taken_back = last_act()
    left(lack.item, "2025", 44)
    with pytest.raises(Refused, match="told since stands in its place"):
        undo(act=taken_back, by=OFFICE, at=NOW)
    assert people_left(guinea(), TODAY) == {lack.item.pk: 44}
    need = a_need(lack)
    decline_need(need=need.pk, reason="no room", by=OFFICE, at=NOW)
    declined = last_act()
    a_need(lack)
    with pytest.raises(Refused, match="told since stands in its place"):
        undo(act=declined, by=OFFICE, at=NOW)
    need.refresh_from_db()
    assert need.state == "DECLINED"


def test_of_a_hospitals_patients_an_area_counts_those_who_left_it(lack: Lack) -> None:
    hospital = lack.ward.hospital.pk
    left(lack.item, "2025", 5, organisation=hospital, to_words="somewhere")
    assert people_left(guinea(), TODAY) == {}
    left(lack.item, "2025", 7, organisation=hospital, to_area=guinea())
    assert people_left(guinea(), TODAY) == {}
    left(lack.item, "2025", 11, organisation=hospital, to_area=Area.objects.get(code="CN"))
    assert people_left(guinea(), TODAY) == {lack.item.pk: 11}
    story = story_of(guinea(), lack.item, TODAY)
    assert story.last
    assert not story.last.whole  # of its hospitals that told it


def test_who_was_sent_to_a_hospital_of_the_same_area_did_not_leave_it(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    here = lack.ward.hospital
    left(lack.item, "2025", 500, to_organisation=here)
    left(lack.item, "2025", 10, to_area=guinea())
    assert people_left(guinea(), TODAY) == {}
    for address in ("/need/of/GN/", f"/need/GN/{lack.item.key}/"):
        told = signed_in["office"].get(address).content.decode()
        assert "These patients did not leave the area" in told
        assert "500" in told
    left(lack.item, "2025", 7, to_words="abroad")
    left(lack.item, "2025", 4)
    left(lack.item, "2025", 2, to_area=Area.objects.get(code="CN"))
    assert people_left(guinea(), TODAY) == {lack.item.pk: 13}  # unknown and words are told


def test_who_was_sent_within_its_region_left_its_county_alone(lack: Lack) -> None:
    county, country = Area.objects.get(code="CN-410225"), Area.objects.get(code="CN")
    left(lack.item, "2025", 6, code=county.code, to_area=Area.objects.get(code="CN-BJ"))
    assert people_left(county, TODAY) == {lack.item.pk: 6}
    assert people_left(country, TODAY) == {}


def test_who_may_tell(lack: Lack) -> None:
    own = left(lack.item, "2025", 3, organisation=lack.ward.hospital.pk, by=lack.speaks)
    assert own.area == guinea()
    elsewhere = a_hospital("Hôpital Ailleurs").pk
    for by in (lack.speaks, lack.ward.head, STRANGER):
        with pytest.raises(NotAllowed):
            left(lack.item, "2025", 3, organisation=elsewhere, by=by)
    with pytest.raises(NotAllowed):
        left(lack.item, "2025", 3, by=lack.speaks)


def test_only_its_own_hospital_confirms_and_no_office_for_it(lack: Lack) -> None:
    need = a_need(lack)
    for by in (OFFICE, lack.ward.head, lack.ward.visitor):
        with pytest.raises(NotAllowed):
            confirm_need(need=need.pk, by=by, at=NOW)
    for unseen in (STRANGER, lack.ward.elsewhere):  # of another hospital it is as if not there
        with pytest.raises(Unseen):
            confirm_need(need=need.pk, by=unseen, at=NOW)
    told = {"signer": "Dr Test", "title": "Letter", "scan": b"%PDF-1.4"}
    with pytest.raises(NotAllowed):
        confirm_need_on_paper(need=need.pk, by=lack.speaks, at=NOW, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="scan"):
        confirm_need_on_paper(need=need.pk, by=OFFICE, at=NOW, **{**told, "scan": b""})  # type: ignore[arg-type]


def test_a_need_lies_in_the_area_of_its_list_and_is_answered_by_a_team_that_serves_there(
    lack: Lack,
) -> None:
    with pytest.raises(Refused, match="lack this"):
        identify_need(
            organisation=lack.ward.hospital.pk, key=lack.list.key, item=an_item("Another").key,
            by=OFFICE, at=NOW,
        )  # fmt: skip
    need = a_need(lack, by=lack.speaks)
    other = a_ward(44)
    with pytest.raises(Refused, match="Choose a seat"):
        link_need(need=need.pk, mission=other.mission.pk, by=OFFICE, at=NOW)
    link_need(need=need.pk, mission=lack.ward.mission.pk, by=OFFICE, at=NOW)
    with pytest.raises(Overtaken):
        link_need(need=need.pk, mission=lack.ward.mission.pk, by=OFFICE, at=NOW)
