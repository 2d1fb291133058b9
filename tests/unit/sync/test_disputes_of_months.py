"""A number of a month on which phones differ is in no figure for as long as they do."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.activity.actions import approve, fill_report, review, revise, send_back, submit
from marrow.activity.models import Count, Report
from marrow.activity.queries.figures import Of, contested_of, total_of
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.health import health_of
from marrow.sync.models import Receipt
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import counts, month_of, notes

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
SECOND = Viewer(uuid4(), "Office 2", OFFICE.grants)


@pytest.fixture
def dispute(leader: Phone, member: Phone, team: Team) -> Receipt:
    """The leader's phone says 120 visits, the member's 80."""
    counts(leader, team, {"VISIT": 120})
    counts(member, team, {"VISIT": 80})
    assert (notes(leader), notes(member)) == ([], [("conflict", "")])
    return Receipt.objects.get(outcome="CONFLICT")


def report() -> Report:
    return Report.objects.order_by("version").last() or Report()


def visits(team: Team) -> object:
    return total_of(Of(mission=team.mission.pk), "VISIT", 2026)


def as_shown(client: Client) -> dict[str, str]:
    """The button that takes what the phone sent, as the page of lines has it now."""
    told = client.get("/phones/set-aside/").content.decode()
    [shown] = re.findall(r'name="initial-shown" value="(\w+)"', told)
    return {"initial-shown": shown, "prevails": "yes"}


def approved(team: Team) -> None:
    row = report().pk
    submit(report=row, by=team.leader, at=NOW)
    review(report=row, by=OFFICE, at=NOW)
    approve(report=row, by=SECOND, at=NOW)


def test_a_new_version_of_the_month_counts_nothing_on_which_phones_still_differ(
    dispute: Receipt, team: Team
) -> None:
    approved(team)
    assert visits(team) is None
    revise(report=report().pk, reason="another number is known", by=team.leader, at=NOW)
    approved(team)
    assert report().version == 2
    assert visits(team) is None
    assert len(contested_of(Of(mission=team.mission.pk), 2026)) == 1
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    assert visits(team) == 120
    assert not Count.objects.filter(contested=True).exists()


def test_a_month_that_is_handed_in_stays_a_dispute_that_can_be_left(
    dispute: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    submit(report=report().pk, by=team.leader, at=NOW)
    for prevails in (True, False):
        with pytest.raises(match="handed in"):
            try_again(receipt=dispute.pk, by=OFFICE, at=NOW, prevails=prevails)
    page = signed_in["office"].post(
        f"/phones/set-aside/{dispute.pk}/", as_shown(signed_in["office"]), follow=True
    )
    told = page.content.decode()
    assert "It still cannot be taken: the report of this month was handed in." in told
    assert "Take what the phone sent" in told
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.why, dispute.settled_at) == ("CONFLICT", "", None)
    signs = {sign.what: sign.count for sign in health_of(OFFICE, NOW).signs}
    assert signs["of these, two phones that differ"] == 1
    assert visits(team) is None
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    assert visits(team) == 120


def test_once_the_month_is_sent_back_what_the_phone_sent_is_taken(
    dispute: Receipt, team: Team
) -> None:
    submit(report=report().pk, by=team.leader, at=NOW)
    with pytest.raises(Refused):
        try_again(receipt=dispute.pk, by=OFFICE, at=NOW, prevails=True)
    send_back(report=report().pk, reason="Look again", by=OFFICE, at=NOW)
    try_again(receipt=dispute.pk, by=OFFICE, at=NOW, prevails=True)
    submit(report=report().pk, by=team.leader, at=NOW)
    assert visits(team) == 80


@pytest.fixture
def third(dispute: Receipt, member: Phone, team: Team, people: dict[str, Account]) -> Receipt:
    """A second phone of the member says 90 visits, and two rescues."""
    phone = Phone(people["member"])
    counts(phone, team, {"VISIT": 90, "RESCUE": 2})
    assert notes(phone) == [("conflict", "")]
    return Receipt.objects.filter(outcome="CONFLICT").exclude(pk=dispute.pk).get()


def contested() -> set[str]:
    rows = Count.objects.filter(contested=True).select_related("indicator")
    return {row.indicator.words for row in rows}


@pytest.mark.parametrize("takes", [False, True])
def test_settling_one_of_two_disputes_counts_nothing_on_which_the_other_is_open(
    takes: bool, dispute: Receipt, third: Receipt, team: Team
) -> None:
    if takes:
        try_again(receipt=dispute.pk, by=OFFICE, at=NOW, prevails=True)
    else:
        leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    submit(report=report().pk, by=team.leader, at=NOW)
    assert contested() == {"VISIT"}
    assert visits(team) is None
    leave_as_is(receipt=third.pk, by=OFFICE, at=NOW)
    assert visits(team) == (80 if takes else 120)


def test_a_number_that_is_written_by_hand_is_no_figure_until_the_office_has_chosen(
    dispute: Receipt, team: Team
) -> None:
    row = report().pk
    fill_report(report=row, values={"VISIT": Decimal(100)}, by=team.leader, at=NOW)
    submit(report=row, by=team.leader, at=NOW)
    assert visits(team) is None
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    assert visits(team) == 100


def test_nor_is_one_that_was_taken_out_and_written_anew(dispute: Receipt, team: Team) -> None:
    row = report().pk
    for value in (None, Decimal(100)):
        fill_report(report=row, values={"VISIT": value}, by=team.leader, at=NOW)
    assert contested() == {"VISIT"}


def test_the_number_that_the_other_phone_told_is_no_dispute(dispute: Receipt, team: Team) -> None:
    fill_report(report=report().pk, values={"VISIT": Decimal(80)}, by=team.leader, at=NOW)
    assert contested() == set()


def test_who_hands_in_reviews_or_approves_a_month_reads_on_which_numbers_phones_differ(
    dispute: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    def page(who: str, path: str) -> str:
        return " ".join(signed_in[who].get(path).content.decode().split())

    row, unknown = report(), "Until the programme office chooses"
    cells = page("leader", f"/activity/reports/{row.pk}/cells/")
    assert "Two phones differ: 120 / 80." in cells
    for who in ("leader", "office"):
        told = page(who, f"/activity/reports/{row.pk}/")
        assert "Two phones told different counts of 1 kind. " + unknown in told
        assert "contested</span> 120 / 80</td>" in told
        assert ("/phones/set-aside/" in told) == (who == "office")
    submit(report=row.pk, by=team.leader, at=NOW)
    for step in (review, None):
        told = page("office", "/activity/review/")
        assert "On numbers of 1 of them two phones differ. " + unknown in told
        assert "contested</span>" in told
        if step:
            step(report=row.pk, by=SECOND, at=NOW)
    leave_as_is(receipt=dispute.pk, by=OFFICE, at=NOW)
    for path in (f"/activity/reports/{row.pk}/", "/activity/review/"):
        assert unknown not in page("office", path)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Deux téléphones"), ("zh-hans", "两部手机")]
)
def test_and_reads_it_in_their_language(
    dispute: Receipt, signed_in: dict[str, Client], language: str, words: str
) -> None:
    signed_in["office"].cookies["django_language"] = language
    told = signed_in["office"].get(f"/activity/reports/{report().pk}/").content.decode()
    assert words in told


def test_a_button_of_an_old_page_takes_nothing_over_a_number_that_was_written_since(
    dispute: Receipt, team: Team, signed_in: dict[str, Client]
) -> None:
    client, where = signed_in["office"], f"/phones/set-aside/{dispute.pk}/"
    old = as_shown(client)
    fill_report(report=report().pk, values={"VISIT": Decimal(130)}, by=team.leader, at=NOW)
    answer = client.post(where, old)
    assert answer.status_code == 409
    assert "held here: 130, sent: 80" in answer.content.decode()
    assert client.post(where, {"prevails": "yes"}).status_code == 409, "nor one that says nothing"
    assert month_of(team) == {"VISIT": 130}
    page = "/phones/set-aside/"
    by_hand = {"Accept": "text/html", "Referer": f"http://testserver{page}"}
    told = client.post(where, old, headers=by_hand, follow=True).content.decode()
    assert "held here: 130, sent: 80" in told
    assert '<td data-label="Held here">130</td>' in told
    assert "What you wrote did not arrive" not in told
    client.post(where, as_shown(client))
    assert month_of(team) == {"VISIT": 80}
