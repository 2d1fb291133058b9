"""Of a line on which two phones differ only those numbers wait that differ, and its phone's last
word counts."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.activity.actions import fill_report, revise
from marrow.activity.models import Report
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.models import Receipt
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_disputes_of_months import (
    approved,
    contested,
    dispute,
    report,
    visits,
)
from tests.unit.sync.test_intents import LATER, counts, month_of, notes

__all__ = ["dispute"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rescues(dispute: Receipt, team: Team, people: dict[str, Account]) -> Receipt:
    """A third phone differs on the visits; its two rescues nobody else told."""
    phone = Phone(people["member"])
    counts(phone, team, {"VISIT": 90, "RESCUE": 2})
    assert notes(phone) == [("conflict", "")]
    return Receipt.objects.filter(outcome="CONFLICT").exclude(pk=dispute.pk).get()


def test_a_number_that_was_taken_of_such_a_line_may_be_put_right(
    rescues: Receipt, team: Team
) -> None:
    fill_report(report=report().pk, values={"RESCUE": Decimal(5)}, by=team.leader, at=NOW)
    assert contested() == {"VISIT"}


def test_taking_the_line_sets_back_no_number_that_was_put_right_since(
    rescues: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    fill_report(report=report().pk, values={"RESCUE": Decimal(5)}, by=team.leader, at=NOW)
    told = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert '<td data-label="Held here">120</td>' in told
    assert '<td data-label="Held here">5</td>' not in told
    try_again(receipt=rescues.pk, by=OFFICE, at=NOW, prevails=True)
    assert month_of(team) == {"VISIT": 90, "RESCUE": 5}


def test_a_number_of_the_line_that_is_not_in_dispute_may_be_taken_out_and_stays_out(
    rescues: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    fill_report(report=report().pk, values={"RESCUE": None}, by=team.leader, at=LATER)
    told = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "Taken out by" not in told
    try_again(receipt=rescues.pk, by=OFFICE, at=LATER, prevails=True)
    assert month_of(team) == {"VISIT": 90}
    wrote = Operation.objects.filter(action="fill_monthly_report").latest("id")
    assert wrote.by != OFFICE.person, "it stands in the name of whose phone told it"


def test_a_phone_that_goes_on_counting_disputes_nothing_with_itself(
    leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120})
    assert notes(leader) == []
    counts(member, team, {"VISIT": 80, "RESCUE": 2})
    counts(member, team, {"RESCUE": 3}, {"RESCUE": 2})
    assert notes(member)[0] == ("conflict", "")
    assert contested() == {"VISIT"}
    line = Receipt.objects.get(outcome="CONFLICT")
    try_again(receipt=line.pk, by=OFFICE, at=NOW, prevails=True)
    assert month_of(team) == {"VISIT": 80, "RESCUE": 3}
    assert contested() == set()


@pytest.mark.parametrize("takes", [False, True])
@pytest.mark.parametrize("at_once", [False, True])
def test_what_a_phone_said_last_is_what_it_says(
    at_once: bool, takes: bool, leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120})
    assert notes(leader) == []
    counts(member, team, {"VISIT": 80})
    if not at_once:
        assert notes(member) == [("conflict", "")]
    counts(member, team, {"VISIT": 85}, {"VISIT": 80})
    assert [st for st, _why in notes(member)] == ["conflict", "conflict"]
    assert contested() == {"VISIT"}
    last = Receipt.objects.order_by("-q").first()
    assert last
    if takes:
        try_again(receipt=last.pk, by=OFFICE, at=NOW, prevails=True)
    else:
        leave_as_is(receipt=last.pk, by=OFFICE, at=NOW)
    assert contested() == set()
    row = report().pk
    fill_report(report=row, values={"VISIT": Decimal(100)}, by=team.leader, at=NOW)
    assert contested() == set(), "the first line is no word of that phone any more"


def test_a_phone_that_comes_to_say_what_stands_differs_no_more(
    dispute: Receipt, member: Phone, team: Team
) -> None:
    counts(member, team, {"VISIT": 120}, {"VISIT": 80})
    assert ("identical", "") in notes(member)
    assert contested() == set()
    fill_report(report=report().pk, values={"VISIT": Decimal(110)}, by=team.leader, at=NOW)
    assert contested() == set()


def test_nor_does_another_phone_that_agrees_end_what_this_one_differs_on(
    dispute: Receipt, team: Team, people: dict[str, Account]
) -> None:
    phone = Phone(people["member"])
    counts(phone, team, {"VISIT": 120})
    assert notes(phone) == [("identical", "")]
    assert contested() == {"VISIT"}


def last_act(action: str) -> UUID:
    found = Operation.objects.filter(action=action).order_by("-id").first()
    assert found
    return found.act


def test_taking_a_change_back_brings_no_dispute_back_that_was_settled(
    dispute: Receipt, team: Team
) -> None:
    fill_report(report=report().pk, values={"VISIT": Decimal(80)}, by=team.leader, at=NOW)
    wrote = last_act("fill_monthly_report")
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    undo(act=wrote, by=team.leader, at=NOW)
    assert month_of(team) == {"VISIT": 120}
    assert contested() == set()


def test_nor_does_it_end_one_that_is_open(dispute: Receipt, team: Team) -> None:
    fill_report(report=report().pk, values={"VISIT": None}, by=team.leader, at=NOW)
    undo(act=last_act("fill_monthly_report"), by=team.leader, at=NOW)
    assert contested() == {"VISIT"}
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    assert contested() == set()


def test_that_an_office_left_a_number_is_not_offered_to_be_taken_back_as_no_line_opens_again(
    dispute: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    act, client = last_act("leave_contested_cells"), signed_in["office"]
    page = client.get(f"/journal/undo/{act}/").content.decode()
    assert "This kind of change cannot be taken back." in page
    told = client.post(f"/journal/undo/{act}/", follow=True).content.decode()
    assert "The change was taken back" not in told
    with pytest.raises(Refused):
        undo(act=act, by=OFFICE, at=NOW)
    assert contested() == set()


def page_of(client: Client, row: Report) -> str:
    return " ".join(client.get(f"/activity/reports/{row.pk}/").content.decode().split())


def test_a_number_that_was_taken_out_still_says_that_a_line_is_open_about_it(
    dispute: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    fill_report(report=report().pk, values={"VISIT": None}, by=team.leader, at=NOW)
    told = page_of(signed_in["leader"], report())
    assert "Two phones told different counts of 1 kind." in told
    assert re.search(r"contested</span> \S* / 80</td>", told)
    cells = signed_in["leader"].get(f"/activity/reports/{report().pk}/cells/").content.decode()
    assert "Two phones differ: – / 80." in " ".join(cells.split())
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    assert "contested</span>" not in page_of(signed_in["leader"], report())


def test_a_version_is_not_said_to_wait_once_the_office_chose_in_the_next(
    dispute: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    approved(team)
    first = report()
    assert "Until the programme office chooses" in page_of(signed_in["office"], first)
    revise(report=first.pk, reason="another number is known", by=team.leader, at=NOW)
    try_again(receipt=dispute.pk, by=OFFICE, at=NOW, prevails=True)
    told = page_of(signed_in["office"], first)
    assert "Until the programme office chooses" not in told
    assert "and what counts stands in a later version. Here it stays unknown" in told
    assert visits(team) is None


def test_nor_that_an_office_chose_where_the_phone_itself_told_it_anew_in_the_next(
    dispute: Receipt, member: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    approved(team)
    first = report()
    revise(report=first.pk, reason="another number is known", by=team.leader, at=NOW)
    counts(member, team, {"VISIT": 85}, {"VISIT": 120})
    notes(member)
    told = page_of(signed_in["office"], first)
    assert "programme office cho" not in told
    assert "what counts stands in a later version" in told


def test_a_version_that_never_told_a_number_says_nothing_of_phones_that_differ_on_it_later(
    leader: Phone, member: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    counts(leader, team, {"RESCUE": 1})
    notes(leader)
    approved(team)
    first = report()
    revise(report=first.pk, reason="visits were forgotten", by=team.leader, at=NOW)
    counts(leader, team, {"VISIT": 120})
    counts(member, team, {"VISIT": 80})
    notes(leader), notes(member)
    assert "Two phones told different counts" not in page_of(signed_in["office"], first)
    assert "Two phones told different counts" in page_of(signed_in["office"], report())
