"""A line that its own phone told anew waits for nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.activity.actions import fill_report, send_back, submit
from marrow.core.models import Operation
from marrow.sources.models import WorkItem
from marrow.sync.actions import try_again
from marrow.sync.health import health_of
from marrow.sync.models import Receipt
from marrow.sync.queries import decided, set_aside
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_disputes_of_months import (
    contested,
    dispute,
    report,
    visits,
)
from tests.unit.sync.test_intents import counts, month_of, notes

__all__ = ["dispute"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def works() -> int:
    return WorkItem.objects.filter(code="SET_ASIDE", done_at=None).count()


def differ() -> int:
    signs = {sign.what: sign.count for sign in health_of(OFFICE, NOW).signs}
    return int(signs["of these, two phones that differ"])


def figure(team: Team) -> Any:
    submit(report=report().pk, by=team.leader, at=NOW)
    return visits(team)


def test_a_line_that_its_phone_overtook_leaves_the_queue_its_work_and_the_signs(
    dispute: Receipt, member: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    assert (works(), differ()) == (1, 1)
    counts(member, team, {"VISIT": 85}, {"VISIT": 120})
    notes(member)
    assert (set_aside(OFFICE), works(), differ()) == ([], 0, 0)
    page = signed_in["office"].get("/phones/set-aside/").content.decode()
    assert "None is waiting." in page
    assert "its phone told it anew" in page
    assert "by Member" in page
    ended = Operation.objects.get(action="phone_told_anew")
    assert (ended.model, ended.by) == ("sources.workitem", member.row.account)
    assert decided(member.row.pk, [1]) == [{"q": 1, "st": "taken"}], "no office left it"
    assert figure(team) == 85


@pytest.mark.parametrize("at_once", [False, True])
def test_a_phone_that_counts_on_with_no_network_is_one_dispute_and_one_piece_of_work(
    at_once: bool, leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120})
    notes(leader)
    for day in range(1, 61):
        counts(member, team, {"VISIT": day}, {"VISIT": day - 1} if day > 1 else None)
        if not at_once and day % 20 == 0:
            notes(member)
    assert notes(member)[-1] == ("conflict", "")
    [line] = set_aside(OFFICE)
    assert (line.row.q, works(), differ()) == (60, 1, 1)
    assert not Receipt.objects.filter(outcome="CONFLICT", mission=None).exists(), (
        "its office reads what is settled"
    )
    try_again(receipt=line.row.pk, by=OFFICE, at=NOW, prevails=True)
    assert figure(team) == 60


def test_of_a_line_of_two_numbers_the_one_that_was_not_told_anew_still_waits(
    leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120, "RESCUE": 1})
    counts(member, team, {"VISIT": 80, "RESCUE": 2})
    notes(leader), notes(member)
    counts(member, team, {"VISIT": 85}, {"VISIT": 120})
    notes(member)
    [line] = set_aside(OFFICE)
    assert [value.sent for value in line.compared] == ["2"]
    try_again(receipt=line.row.pk, by=OFFICE, at=NOW, prevails=True)
    assert month_of(team) == {"VISIT": 85, "RESCUE": 2}


def test_a_line_of_a_closed_month_that_is_tried_after_its_phone_wrote_anew_contests_nothing(
    leader: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    counts(leader, team, {"RESCUE": 1})
    notes(leader)
    submit(report=report().pk, by=team.leader, at=NOW)
    counts(leader, team, {"VISIT": 80})
    assert notes(leader) == [("quarantined", "CLOSED")]
    send_back(report=report().pk, reason="Look again", by=OFFICE, at=NOW)
    counts(leader, team, {"VISIT": 85})
    notes(leader)
    line = Receipt.objects.get(outcome="QUARANTINED")
    page = signed_in["office"].post(f"/phones/set-aside/{line.pk}/", follow=True)
    assert "Its phone told this anew since: the line waits no more." in page.content.decode()
    assert (contested(), works()) == (set(), 0)
    assert figure(team) == 85


def test_a_number_of_it_that_was_not_told_anew_is_taken(leader: Phone, team: Team) -> None:
    counts(leader, team, {"RESCUE": 1})
    notes(leader)
    submit(report=report().pk, by=team.leader, at=NOW)
    counts(leader, team, {"VISIT": 80, "DELIVERY": 3})
    notes(leader)
    send_back(report=report().pk, reason="Look again", by=OFFICE, at=NOW)
    counts(leader, team, {"VISIT": 85})
    notes(leader)
    line = Receipt.objects.get(outcome="QUARANTINED")
    assert try_again(receipt=line.pk, by=OFFICE, at=NOW).settled_at == NOW
    assert month_of(team) == {"RESCUE": 1, "VISIT": 85, "DELIVERY": 3}
    assert contested() == set()


def test_what_its_phone_told_anew_is_not_taken_with_what_somebody_puts_back(
    leader: Phone, member: Phone, team: Team
) -> None:
    """A line of a closed month: 80 visits, two rescues. Its phone tells 85 visits since, and the
    leader takes the rescues out."""
    counts(member, team, {"RESCUE": 1})
    assert notes(member) == []
    submit(report=report().pk, by=team.leader, at=NOW)
    counts(member, team, {"VISIT": 80, "RESCUE": 2}, {"RESCUE": 1})
    assert notes(member) == [("quarantined", "CLOSED")]
    send_back(report=report().pk, reason="Look again", by=OFFICE, at=NOW)
    counts(member, team, {"VISIT": 85})
    assert notes(member) == [("quarantined", "CLOSED")], "the first still waits, alone"
    fill_report(report=report().pk, values={"RESCUE": None}, by=team.leader, at=NOW)
    line = Receipt.objects.get(outcome="QUARANTINED")
    row = try_again(receipt=line.pk, by=OFFICE, at=NOW, knowing=True)
    if row.settled_at is None:
        try_again(receipt=line.pk, by=OFFICE, at=NOW, knowing=True, prevails=True)
    assert month_of(team)["VISIT"] == 85
    assert contested() == set()


def set_aside_while_closed(phone: Phone, team: Team, cells: dict[str, int | None]) -> Receipt:
    """A line of a month that was handed in, and sent back since."""
    counts(phone, team, {"RESCUE": 1})
    assert notes(phone) == []
    submit(report=report().pk, by=team.leader, at=NOW)
    counts(phone, team, cells, {"RESCUE": 1})
    assert notes(phone) == [("quarantined", "CLOSED")]
    send_back(report=report().pk, reason="Look again", by=OFFICE, at=NOW)
    return Receipt.objects.get(outcome="QUARANTINED")


@pytest.mark.parametrize("who", ["the leader", "its phone"])
def test_of_a_line_that_was_told_anew_whole_only_what_was_taken_out_is_put_back(
    leader: Phone, member: Phone, team: Team, who: str
) -> None:
    line = set_aside_while_closed(member, team, {"VISIT": 80, "RESCUE": 2})
    counts(member, team, {"VISIT": 85, "RESCUE": 5}, {"RESCUE": 1})
    notes(member)
    if who == "the leader":
        fill_report(report=report().pk, values={"RESCUE": None}, by=team.leader, at=NOW)
    else:
        counts(member, team, {"RESCUE": None}, {"RESCUE": 5})
        notes(member)
    assert month_of(team) == {"VISIT": 85}
    row = try_again(receipt=line.pk, by=OFFICE, at=NOW, knowing=True)
    if row.settled_at is None:
        try_again(receipt=line.pk, by=OFFICE, at=NOW, knowing=True, prevails=True)
    assert month_of(team) == {"VISIT": 85, "RESCUE": 2}
    assert contested() == set()


def test_what_its_phone_took_out_is_put_back_beside_what_it_told_no_more_of(
    member: Phone, team: Team
) -> None:
    line = set_aside_while_closed(member, team, {"VISIT": 80, "RESCUE": 2, "DELIVERY": 3})
    counts(member, team, {"VISIT": 85})
    notes(member)
    counts(member, team, {"RESCUE": None}, {"RESCUE": 1})
    notes(member)
    assert month_of(team) == {"VISIT": 85}
    row = try_again(receipt=line.pk, by=OFFICE, at=NOW, knowing=True)
    if row.settled_at is None:
        try_again(receipt=line.pk, by=OFFICE, at=NOW, knowing=True, prevails=True)
    assert month_of(team) == {"VISIT": 85, "RESCUE": 2, "DELIVERY": 3}
    assert contested() == set()


def test_a_phone_that_counts_on_through_the_number_of_another_settles_nothing(
    leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"RESCUE": 1})
    counts(member, team, {"RESCUE": 2})
    assert (notes(leader), notes(member)) == ([], [("conflict", "")])
    for was, now in ((1, 2), (2, 3)):
        counts(leader, team, {"RESCUE": now}, {"RESCUE": was})
        assert notes(leader) == []
    assert len(set_aside(OFFICE)) == works() == 1
    assert contested() == {"RESCUE"}
