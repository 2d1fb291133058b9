"""What a source’s words mean, once reviewed or approved months rest on them: two say it."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity import actions, today
from marrow.activity.actions.counts import Cell
from marrow.activity.models import Indicator, Report
from marrow.activity.queries import figures
from marrow.activity.queries.figures import Of
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.directory.models import Organisation
from tests.builders import NOW, a_hospital
from tests.builders.calling import a_token, bearing, sent
from tests.builders.counting import MARCH
from tests.builders.leaving import an_account

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def hospital(places: object) -> Organisation:
    return a_hospital("Un Test")


@pytest.fixture
def one(people: object) -> Account:
    return an_account("Office One", "office")


@pytest.fixture
def two(people: object) -> Account:
    return an_account("Office Two", "office")


def brought_in(hospital: Organisation, one: Account) -> Report:
    """A month of OPD by a file of the first office; nobody has said what OPD is."""
    cell = Cell(2, hospital, None, MARCH, "OPD", Decimal(500))
    actions.take_counts(
        cells=[cell], basis="REPORTED", document=uuid4(), by=viewer_of(one), at=NOW,
        told=lambda _row, _code: None,
    )  # fmt: skip
    return Report.objects.get()


def approved(hospital: Organisation, one: Account, two: Account, kind: str = "") -> Indicator:
    row = brought_in(hospital, one)
    if kind:
        said(one, kind)
    actions.review(report=row.pk, by=viewer_of(two), at=NOW)
    actions.approve(report=row.pk, by=viewer_of(two), at=NOW)
    return Indicator.objects.get()


def said(who: Account, kind: str) -> Indicator:
    word = Indicator.objects.get().pk
    return actions.say_what_it_is(indicator=word, kind=kind, by=viewer_of(who), at=NOW)


def visits(hospital: Organisation) -> Decimal | None:
    return figures.total_of(Of(organisation=hospital.pk), "VISIT", MARCH.year)


def pages(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("state", ["REVIEWED", "APPROVED"])
def test_one_office_alone_neither_lifts_nor_empties_a_figure_that_was_vouched_for(
    hospital: Organisation, one: Account, two: Account, state: str
) -> None:
    approved(hospital, one, two)
    Report.objects.update(state=state)
    for _again in range(2):
        asked = said(one, "VISIT")
        assert (asked.kind, asked.asked_kind, asked.asked_by) == ("", "VISIT", one.pk)
        assert visits(hospital) is None
    said(two, "VISIT")
    assert visits(hospital) == 500
    said(two, "")
    said(two, "")
    assert visits(hospital) == 500, "nor does one alone empty it"
    said(one, "")
    assert visits(hospital) is None


def test_until_somebody_reviewed_it_who_brought_it_in_says_what_a_word_is(
    hospital: Organisation, one: Account
) -> None:
    brought_in(hospital, one)
    said(one, "VISIT")
    assert visits(hospital) == 500
    said(one, "")
    assert visits(hospital) is None


def test_what_was_asked_is_left_and_another_question_needs_its_own_second(
    hospital: Organisation, one: Account, two: Account
) -> None:
    approved(hospital, one, two)
    said(one, "VISIT")
    assert said(two, "").asked_by is None
    assert said(two, "VISIT").kind == ""
    assert said(one, "ADMISSION").asked_by == one.pk
    assert said(one, "VISIT").kind == ""
    assert said(two, "VISIT").kind == "VISIT"


def test_the_journal_takes_back_no_meaning_on_which_approved_months_rest(
    hospital: Organisation, one: Account, two: Account
) -> None:
    approved(hospital, one, two, kind="VISIT")
    act = Operation.objects.filter(action="say_what_it_is").latest("id").act
    with pytest.raises(Refused, match=r"1 month .* approved rests on “OPD”: Un Test.* 2026-03"):
        undo(act=act, by=viewer_of(one), at=NOW)
    assert visits(hospital) == 500


def test_the_page_says_how_many_months_rest_on_a_word_and_the_second_office_confirms_there(
    hospital: Organisation, one: Account, two: Account
) -> None:
    word = approved(hospital, one, two)
    ours, theirs, here = pages(one), pages(two), "/activity/words/"
    assert "1 month that was reviewed or approved rests on it" in ours.get(here).content.decode()
    shown = ours.post(here, {f"kind-{word.pk}": "VISIT"}, follow=True).content.decode()
    assert "rests on “OPD”: Un Test" in shown
    assert "A second person of an office confirms it." in shown
    assert f'value="{word.pk} VISIT"' not in shown, "who asked is offered no confirming"
    (line,) = today.levels(viewer_of(two), NOW.date())
    assert "“OPD” mean waits for a second person" in line.what
    assert list(today.levels(viewer_of(one), NOW.date())) == []
    shown = theirs.get(here).content.decode()
    assert "Office One asks that it be: visits." in shown
    theirs.post(here, {f"kind-{word.pk}": ""})
    assert visits(hospital) is None, "keeping another word confirms nothing"
    theirs.post(here, {f"kind-{word.pk}": "", "decide": f"{word.pk} VISIT"})
    assert visits(hospital) == 500


def test_a_program_is_one_hand_too(hospital: Organisation, one: Account, two: Account) -> None:
    word = approved(hospital, one, two)
    where, told = f"/api/v1/indicators/{word.pk}/kind", {"kind": "VISIT"}
    for _again in range(2):
        answer = sent(bearing(a_token(one)[1]), "PUT", where, told)
        assert (answer.json()["kind"], answer.json()["asked_kind"]) == ("", "VISIT")
    answer = sent(bearing(a_token(two)[1]), "PUT", where, told)
    assert (answer.json()["kind"], answer.json()["asked_kind"]) == ("VISIT", None)
    assert visits(hospital) == 500
