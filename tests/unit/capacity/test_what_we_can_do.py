"""What a hospital is said to be able to do is what the measure says that it does; why not, too."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import translation

from marrow.capacity.actions import expect_hospital
from marrow.capacity.queries import checks_of, in_short, open_checks
from marrow.catalogue.queries import specialty_choices
from marrow.core.words import in_order
from tests.acceptance.test_r73_local_staff_work_alone import speaking, text
from tests.builders import NOW
from tests.builders.capability import (
    SPECIALTY,
    Ward,
    a_service,
    a_ward,
    climbed,
    gone_home,
    listed,
    proposed,
    the_team_went_home,
)
from tests.builders.catalogued import an_item

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def ward() -> Ward:
    return a_ward(at=NOW - 60 * DAY)


def test_what_we_can_do_counts_what_is_done_and_opens_its_rows(ward: Ward) -> None:
    on = TODAY - 30 * DAY
    climbed(ward, a_service("Haemodialysis"), 4, on)
    climbed(ward, a_service("Renal biopsy"), 2, on)
    away = a_service("Transplantation")
    proposed(ward, away, 0, on, by=ward.head, reason="referred away")
    other = an_item("Thrombectomy", kind="TECHNIQUE", specialty="NEUROLOGY")
    proposed(ward, other, 0, on, by=ward.head, reason="referred away")
    assert [(c.specialty, c.count) for c in in_short(ward.hospital, TODAY).can] == [(SPECIALTY, 2)]
    client = speaking("their-office", "recipient", ward.hospital)
    page = text(client, f"/hospital/{ward.hospital.pk}/")
    address = f"/care/at/{ward.hospital.pk}/?can={SPECIALTY}"
    assert re.search(rf'href="{re.escape(address)}#ladder">nephrology and dialysis: 2</a>', page)
    assert "neurology" not in page
    assert "levels 4 and 5" in page
    rows = text(client, address)
    assert "Haemodialysis" in rows
    assert "Renal biopsy" in rows
    assert "Transplantation" not in rows.split('id="ladder"')[1].split("</table>")[0]


def test_what_needs_a_visitor_is_not_done_once_nobody_stands_by(ward: Ward) -> None:
    climbed(ward, a_service("Haemodialysis"), 2, TODAY - 30 * DAY)
    gone_home(ward, TODAY - DAY)
    assert in_short(ward.hospital, TODAY).can == []
    page = text(
        speaking("their-office", "recipient", ward.hospital), f"/hospital/{ward.hospital.pk}/"
    )
    assert "Nothing that was assessed is done here today." in page


def test_of_what_is_referred_away_the_page_says_so_whoever_stands_by(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    expect_hospital(key=listing.key, organisation=ward.hospital.pk, by=ward.office, at=NOW)
    proposed(ward, item, 0, TODAY, by=ward.head, reason="no machine")
    page = text(Client(), f"/care/list/{listing.key}/item/{item.key}/")
    assert "referred away" in page
    assert "of the specialty stands by" not in page
    the_team_went_home(ward)
    page = text(Client(), f"/care/list/{listing.key}/item/{item.key}/")
    assert "of the specialty stands by" not in page


def test_specialties_stand_in_the_order_of_the_alphabet_whatever_their_capitals() -> None:
    with translation.override("fr"):
        named = [in_order(words) for _code, words in specialty_choices()]
        assert "orl" in named
        assert named == sorted(named)


def test_what_the_ladder_says_is_no_longer_done_alone_is_not_asked_after(ward: Ward) -> None:
    item, left = a_service(), TODAY - 200 * DAY
    climbed(ward, item, 4, left - 9 * DAY)
    gone_home(ward, left)
    here = [ward.hospital.pk]
    assert [c.months for c in open_checks(here, TODAY)] == [3, 6]
    proposed(ward, item, 0, TODAY - DAY, by=ward.head, reason="the only nurse moved away")
    assert open_checks(here, TODAY) == []
    assert not any(c.late(TODAY) for c in checks_of(here))
    assert "Is it still done" not in text(
        speaking("their-office", "recipient", ward.hospital), "/desk/"
    )
