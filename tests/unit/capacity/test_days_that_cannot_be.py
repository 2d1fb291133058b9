"""Days on which no case can have been done, and from which no hospital should have had a list."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils.translation import override

from marrow.capacity.actions import expect_hospital, show_step_anew, void_evidence
from marrow.capacity.models import Expected, Step
from marrow.capacity.queries.leaving import Gone
from marrow.capacity.words import gone_words
from marrow.core.refusals import Refused
from tests.builders import NOW, OFFICE
from tests.builders.capability import Ward, a_service, a_ward, cases, climbed, listed, proposed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def test_cases_of_1900_show_no_step(ward: Ward) -> None:
    item = a_service()
    for on in (dt.date(1900, 11, 5), dt.date(1962, 12, 31), TODAY + DAY):
        with pytest.raises(Refused):
            proposed(ward, item, 2, on)
    step = climbed(ward, item, 4, TODAY - 90 * DAY)
    void_evidence(evidence=step.evidence.get().pk, reason="Not ours", by=ward.head, at=NOW)
    with pytest.raises(Refused, match="1963"):
        show(step, ward, dt.date(1900, 11, 5))


def test_cases_from_before_a_step_do_not_show_that_it_still_holds(ward: Ward) -> None:
    step = climbed(ward, a_service(), 4, TODAY - 90 * DAY)
    void_evidence(evidence=step.evidence.get().pk, reason="Not ours", by=ward.head, at=NOW)
    with pytest.raises(Refused, match="the day of the step, or later"):
        show(step, ward, step.on - DAY)
    with pytest.raises(Refused):
        show(step, ward, TODAY + DAY)
    show(step, ward, step.on)
    assert step.evidence.filter(void_reason="").count() == 1


def show(step: Step, ward: Ward, on: dt.date) -> None:
    show_step_anew(step=step.pk, evidence=[cases(on)], by=ward.head, at=NOW)


def test_no_hospital_should_have_a_list_before_its_first_version(ward: Ward) -> None:
    key, hospital = listed(a_service()).key, ward.hospital.pk  # since 2020
    for on, why in ((dt.date(1800, 1, 1), "1963"), (dt.date(2019, 12, 31), "2020-01-01")):
        with pytest.raises(Refused, match=why):
            expect_hospital(key=key, organisation=hospital, on=on, by=OFFICE, at=NOW)
    row = expect_hospital(key=key, organisation=hospital, on=dt.date(2020, 1, 1), by=OFFICE, at=NOW)
    assert row.from_on == dt.date(2020, 1, 1)


def test_a_hospital_named_from_a_wrong_day_is_put_right_from_the_page_of_the_list(
    ward: Ward, signed_in: dict[str, Client]
) -> None:
    """The list leads to the naming's history, after its end as before; there it is taken back."""
    listing, office = listed(a_service()), signed_in["office"]
    at = f"/care/list/{listing.key}/"
    told = {"organisation": str(ward.hospital.pk), "on": "2021-03-01"}
    assert office.post(f"{at}expect/", told).status_code == 302
    link = f"/history/capacity.expected/{Expected.objects.get().pk}/"
    assert link in office.get(at).content.decode()
    assert office.post(f"{at}expect/{ward.hospital.pk}/end/").status_code == 302
    shown = office.get(at).content.decode()
    assert link in shown
    assert "2021-03-01 – " in shown
    for who in ("stranger", "recipient"):
        assert link not in signed_in[who].get(at).content.decode()
    history = office.get(link).content.decode()
    end, naming = re.findall(r"/journal/undo/[^\"]+", history)  # the newest first
    assert [office.post(undoes).status_code for undoes in (end, naming)] == [302, 302]
    assert not Expected.objects.exists()
    assert office.post(f"{at}expect/", {**told, "on": "2022-03-01"}).status_code == 302


FRENCH = (
    "318 patients sont partis pour cela au cours de la dernière année ; inconnu pour 60 éléments."
)


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("en", "318 patients left for it in the last year; of 60 items unknown."),
        ("fr", FRENCH),
        ("zh-hans", "最近一年有 318 名患者为此外出就医；其中 60 项不详。"),
    ],
)
def test_who_left_is_told_with_the_stops_of_the_readers_language(tongue: str, words: str) -> None:
    with override(tongue):
        assert gone_words(Gone(318, 60)).replace("\u202f", " ").replace("\u00a0", " ") == words
        assert gone_words(Gone(318, 0)).endswith("。" if tongue == "zh-hans" else ".")
