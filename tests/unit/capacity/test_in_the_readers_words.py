"""What a hospital can do is told in the reader's language: names, and how many there are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from marrow.accounts.actions import open_account
from marrow.capacity.actions import expect_hospital, offer_supervision
from marrow.capacity.queries.standing import offered_to
from marrow.capacity.rules.care import Care
from marrow.capacity.words import counted_words, people_words
from marrow.core.viewer import Grant, Viewer
from marrow.core.words import names
from tests.builders import ADMIN, NOW
from tests.builders.capability import Ward, a_service, a_ward, listed, proposed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def test_who_stands_by_from_afar_is_named_in_the_readers_language(ward: Ward) -> None:
    expert = open_account(
        username="from-afar", password="correct horse 9", full_name="胡泉", by=ADMIN, at=NOW,
        names=names("Hu Quan", zh="胡泉", fr="Hu Quan"), invented=True,
    )  # fmt: skip
    offer_supervision(
        organisation=ward.hospital.pk, specialty="NEPHROLOGY", from_on=TODAY,
        until_on=TODAY + 30 * DAY, at=NOW,
        by=Viewer(expert.pk, "胡泉", (Grant("specialist"),)),
    )  # fmt: skip
    for tongue, name in (("en", "Hu Quan"), ("fr", "Hu Quan"), ("zh-hans", "胡泉")):
        shown = Client().get(f"/care/at/{ward.hospital.pk}/", headers={"accept-language": tongue})
        assert name in shown.content.decode(), tongue
        with translation.override(tongue):
            assert [one.row.expert_name for one in offered_to([ward.hospital], TODAY)] == [name]


@pytest.mark.parametrize(
    ("tongue", "one", "many"),
    [
        ("en", "1 must leave", "43 must leave"), ("fr", "1 doit partir", "43 doivent partir"),
        ("zh-hans", "1 须外出就医", "43 须外出就医"),
    ],
)  # fmt: skip
def test_how_many_must_leave_is_told_in_the_readers_grammar(
    tongue: str, one: str, many: str
) -> None:
    with translation.override(tongue):
        assert [counted_words(Care.MUST_LEAVE, n) for n in (1, 43)] == [one, many]
        hands = [people_words(n) for n in (1, 2)]
    told = {
        "en": ["1 local person", "2 local people"], "zh-hans": ["本院1人", "本院2人"],
        "fr": ["1 personne sur place", "2 personnes sur place"],
    }  # fmt: skip
    assert hands == told[tongue]


def test_the_answers_of_two_items_are_told_in_french_plural(ward: Ward) -> None:
    one, two = a_service(), a_service("Another")
    listing = listed(one, two)
    expect_hospital(key=listing.key, organisation=ward.hospital.pk, by=ward.office, at=NOW)
    for item in (one, two):
        proposed(ward, item, 0, TODAY, by=ward.head, reason="no machine")
    shown = Client().get(f"/care/list/{listing.key}/", headers={"accept-language": "fr"})
    assert ">2 doivent partir</a>" in shown.content.decode()
