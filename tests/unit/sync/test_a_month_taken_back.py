"""A month that its author emptied is not brought back by an older line that still waits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import approve, fill_report, review, revise, submit
from marrow.activity.models import Report
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.models import Receipt
from marrow.sync.queries import set_aside
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import DAYS, counts, month_of, notes
from tests.unit.sync.test_pull import Reader

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
REASON = "counted another month"


@pytest.fixture
def withdrawn(leader: Phone, member: Phone, team: Team) -> Receipt:
    """Two phones differ; the first, of which a number stands, then empties the month."""
    counts(leader, team, {"DELIVERY": 50})
    counts(member, team, {"DELIVERY": 60})
    assert (notes(leader), notes(member)) == ([], [("conflict", "")])
    counts(leader, team, {"DELIVERY": None}, {"DELIVERY": 50}, reason=REASON)
    leader.push(2)
    assert month_of(team) == {}
    return Receipt.objects.get(outcome="CONFLICT")


def test_the_office_reads_who_emptied_the_month_when_and_why_beside_the_old_line(
    withdrawn: Receipt, signed_in: dict[str, Client]
) -> None:
    [line] = set_aside(OFFICE)
    assert line.emptied
    assert (line.emptied_by, line.emptied.at, line.emptied.reason) == ("Leader", NOW, REASON)
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "Taken out by Leader on " in page
    assert f"Reason: “{REASON}”." in page
    assert "Try again" not in page
    assert "Take what the phone sent" in page


@pytest.mark.parametrize("prevails", [False, True])
def test_nobody_brings_the_number_back_without_having_read_that(
    withdrawn: Receipt, team: Team, signed_in: dict[str, Client], prevails: bool
) -> None:
    with pytest.raises(Refused):
        try_again(receipt=withdrawn.pk, by=OFFICE, at=NOW, prevails=prevails)
    told = {"prevails": "yes"} if prevails else {}
    signed_in["office"].post(f"/phones/set-aside/{withdrawn.pk}/", told)
    assert month_of(team) == {}
    assert Receipt.objects.get(pk=withdrawn.pk).settled_at is None


def test_who_brings_it_back_knowingly_is_told_by_the_history(
    withdrawn: Receipt, team: Team, people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    told = {"prevails": "yes", "knowing": "yes", "initial-shown": set_aside(OFFICE)[0].shown}
    signed_in["office"].post(f"/phones/set-aside/{withdrawn.pk}/", told)
    assert month_of(team) == {"DELIVERY": 60}
    last = Operation.objects.filter(model="activity.count").order_by("-id").first()
    assert last
    assert (last.by, last.origin) == (people["office"].pk, withdrawn.installation_id)
    assert Receipt.objects.get(pk=withdrawn.pk).settled_by == people["office"].pk


def test_the_phone_is_told_that_the_office_put_the_number_there(
    withdrawn: Receipt, leader: Phone, member: Phone, team: Team, people: dict[str, Account]
) -> None:
    reader, by = Reader(member), viewer_of(people["office"])

    def cells() -> list[tuple[float, bool]]:
        reader.sync()
        told = [one for one in reader.records.values() if one and "kind" in one]
        return [(one["value"], one.get("office", False)) for one in told]

    assert cells() == []
    try_again(receipt=withdrawn.pk, by=by, at=NOW, prevails=True, knowing=True)
    assert cells() == [(60, True)]
    counts(leader, team, {"DELIVERY": 63}, {"DELIVERY": 60})
    leader.push(2)
    assert cells() == [(63, False)], "a phone wrote it since"


def test_a_month_that_its_author_wrote_again_since_is_not_told_as_emptied(
    withdrawn: Receipt, leader: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    counts(leader, team, {"DELIVERY": 62})
    leader.push(1)
    assert month_of(team) == {"DELIVERY": 62}
    [line] = set_aside(OFFICE)
    assert line.emptied is None, "62 stands beside the 60 that waits"
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "62" in page
    assert "Try again" in page


def test_nor_one_that_was_written_again_in_a_later_version_of_its_report(
    withdrawn: Receipt, member: Phone, team: Team, people: dict[str, Account]
) -> None:
    counts(member, team, {"VISIT": 4})
    member.push(1)
    by = viewer_of(people["office"])
    report = Report.objects.get().pk
    submit(report=report, by=team.leader, at=NOW)
    review(report=report, by=by, at=NOW)
    approve(report=report, by=OFFICE, at=NOW)
    fresh = revise(report=report, reason="deliveries were left out", by=by, at=NOW + DAYS)
    assert [line.emptied is None for line in set_aside(OFFICE)] == [False]
    fill_report(report=fresh.pk, values={"DELIVERY": Decimal(62)}, by=by, at=NOW + DAYS)
    assert [line.emptied for line in set_aside(OFFICE)] == [None]


def test_the_line_can_be_left_and_the_month_stays_empty(withdrawn: Receipt, team: Team) -> None:
    leave_as_is(receipt=withdrawn.pk, by=OFFICE, at=NOW)
    assert month_of(team) == {}
    assert set_aside(OFFICE) == []


def test_a_line_that_was_set_aside_for_a_closed_month_is_not_offered_as_if_nothing_was(
    leader: Phone, team: Team, people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    counts(leader, team, {"DELIVERY": 50})
    leader.push()
    report = Report.objects.get()
    submit(report=report.pk, by=team.leader, at=NOW)
    counts(leader, team, {"DELIVERY": 60}, {"DELIVERY": 50})
    assert notes(leader) == [("quarantined", "CLOSED")]
    Report.objects.update(state="DRAFT")
    counts(leader, team, {"DELIVERY": None}, {"DELIVERY": 50}, reason=REASON)
    leader.push(3, at=NOW + DAYS)
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "Take it all the same" in page
    line = Receipt.objects.get(outcome="QUARANTINED")
    office = viewer_of(people["office"])
    told: dict[str, Any] = {"receipt": line.pk, "by": office, "at": NOW + DAYS, "knowing": True}
    assert try_again(**told).outcome == "CONFLICT", "the phone saw what was emptied since"
    assert month_of(team) == {}
    assert try_again(**told, prevails=True).settled_by == office.person
    assert month_of(team) == {"DELIVERY": 60}


def test_a_cell_that_was_emptied_before_the_line_came_hinders_nothing(
    leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"DELIVERY": 50})
    counts(leader, team, {"DELIVERY": None}, {"DELIVERY": 50}, reason=REASON)
    counts(leader, team, {"DELIVERY": 51})
    assert notes(leader) == []
    counts(member, team, {"DELIVERY": 60})
    assert notes(member, NOW + DAYS) == [("conflict", "")]
    [line] = set_aside(OFFICE)
    assert line.emptied is None
    try_again(receipt=line.row.pk, by=OFFICE, at=NOW + DAYS, prevails=True)
    assert month_of(team) == {"DELIVERY": 60}
