"""What a phone records, counts and says: the same actions as the pages', each once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.activity.actions import (
    approve,
    correct_deed,
    fill_report,
    leave_cells,
    review,
    revise,
    send_back,
    submit,
)
from marrow.activity.models import Count, Deed, Report
from marrow.core.book import same_id
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.missions.models import Mission
from marrow.posts.models import CheckIn
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.health import health_of
from marrow.sync.models import Receipt
from marrow.sync.reference import KEPT
from tests.builders import ADMIN, NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
DAYS = dt.timedelta(days=1)
LATER = NOW + 3 * DAYS


def place(team: Team) -> dict[str, str]:
    return {"organisation": str(team.site.organisation_id), "mission": str(team.mission.pk)}


def says(
    phone: Phone, kind: str, what: str, data: dict[str, Any], record: UUID | None = None,
    at: dt.datetime = NOW, **more: Any,
) -> UUID:  # fmt: skip
    record = record or uuid4()
    told = {"r": str(record), "t": kind, "k": what, "at": at.isoformat(), "d": data}
    phone.line(told | more)
    return record


def operates(phone: Phone, team: Team, **more: Any) -> UUID:
    data = {**place(team), "held_on": "2026-11-20", "kind": "OPERATION_SUPERVISED", "count": 1}
    return says(phone, "record", "create", data | more)


def notes(phone: Phone, at: dt.datetime = NOW) -> list[tuple[str, str]]:
    return [(note["st"], note["why"]) for note in phone.push(at=at).notes]  # type: ignore[misc]


def test_a_record_stands_once_with_its_origin_and_all_that_was_told(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, with_whom="Dr Test", outcome="SIGHT_RESTORED", age="65_UP")
    assert notes(leader) == []
    assert notes(leader) == [], "sent again after a lost answer"
    row = Deed.objects.get()
    assert (row.pk, row.kind, row.with_whom, row.outcome, row.age) == (
        record, "OPERATION_SUPERVISED", "Dr Test", "SIGHT_RESTORED", "65_UP",
    )  # fmt: skip
    line = Operation.objects.get(record=record)
    assert (line.origin, line.origin_q, line.via, line.action) == (
        leader.row.pk, 1, "phone", "record_deed",
    )  # fmt: skip
    assert not verify().broken


def test_what_cannot_be_recorded_is_kept_and_becomes_work(leader: Phone, team: Team) -> None:
    operates(leader, team, kind="MAGIC")
    operates(leader, team, organisation=str(uuid4()))
    operates(leader, team, count=True)
    operates(leader, team, with_whom="x" * 121)
    operates(leader, team, item=str(uuid4()))
    operates(leader, team)
    assert [st for st, _why in notes(leader)] == ["quarantined"] * 5
    assert Deed.objects.count() == 1
    assert WorkItem.objects.filter(code="SET_ASIDE", done_at=None).count() == 5


def test_two_phones_that_put_different_values_right_are_both_heard(
    leader: Phone, member: Phone, team: Team
) -> None:
    record = operates(leader, team)
    leader.push()
    says(leader, "record", "set", {"with_whom": "Dr Un"}, record, b={"with_whom": ""})
    says(member, "record", "set", {"age": "U1"}, record, b={"age": "", "with_whom": ""})
    assert (notes(leader), notes(member)) == ([], [("merged", "")])
    row = Deed.objects.get()
    assert (row.with_whom, row.age) == ("Dr Un", "U1")


def test_two_values_for_one_are_a_conflict_of_which_a_person_chooses(
    leader: Phone, member: Phone, team: Team, signed_in: dict[str, Client]
) -> None:
    record = operates(leader, team)
    leader.push()
    says(leader, "record", "set", {"outcome": "RECOVERED"}, record, b={"outcome": ""})
    says(
        member,
        "record",
        "set",
        {"outcome": "DIED", "age": "U1"},
        record,
        b={"outcome": "", "age": ""},
    )
    leader.push()
    assert notes(member) == [("conflict", "")]
    row = Deed.objects.get()
    assert (row.outcome, row.age) == ("RECOVERED", "U1"), "what only one side said is taken"
    receipt = Receipt.objects.get(outcome="CONFLICT")
    signs = {sign.what: sign.count for sign in health_of(OFFICE, NOW).signs}
    assert signs["Lines set aside or in conflict"] == 1
    assert signs["of these, two phones that differ"] == 1
    signs = {sign.what: sign.count for sign in health_of(ADMIN, NOW).signs}
    assert signs["Lines set aside or in conflict that you look after"] == 0
    assert signs["Lines set aside or in conflict, with programme offices"] == 1
    assert try_again(receipt=receipt.pk, by=OFFICE, at=NOW).outcome == "CONFLICT"
    page = signed_in["office"].post(f"/phones/set-aside/{receipt.pk}/", follow=True)
    told = page.content.decode()
    assert "It was taken." not in told
    assert "What is here and what the phone sent still differ: choose which stands." in told
    assert try_again(receipt=receipt.pk, by=OFFICE, at=NOW, prevails=True).settled_at == NOW
    assert Deed.objects.get().outcome == "DIED"
    assert not WorkItem.objects.filter(code="SET_ASIDE", done_at=None).exists()


def test_an_edit_of_what_was_voided_is_a_conflict_and_voiding_twice_is_once(
    leader: Phone, member: Phone, team: Team
) -> None:
    record = operates(leader, team)
    says(leader, "record", "void", {"reason": "Twice"}, record)
    says(leader, "record", "void", {"reason": "Twice"}, record)
    assert notes(leader) == [("identical", "")]
    says(member, "record", "set", {"age": "U1"}, record, b={"age": ""})
    assert notes(member) == [("conflict", "")]
    assert Deed.objects.get().age == ""


def test_the_office_page_and_a_phone_meet_in_one_record(leader: Phone, team: Team) -> None:
    record = operates(leader, team)
    leader.push()
    correct_deed(deed=record, values={"sex": "F"}, by=OFFICE, at=NOW)
    says(leader, "record", "set", {"sex": "M"}, record, b={"sex": ""})
    assert notes(leader) == [("conflict", "")]


def counts(
    phone: Phone, team: Team, cells: dict[str, int | None], before: dict[str, Any] | None = None,
    **more: Any,
) -> UUID:  # fmt: skip
    told = {**place(team), "month": "2026-11", "cells": cells, **more}
    record = same_id("month", team.site.organisation_id, team.mission.pk, "2026-11")
    return says(phone, "count", "set", told, record, b=before or {})


def month_of(team: Team) -> dict[str, int]:
    rows = Count.objects.filter(report__mission=team.mission).select_related("indicator")
    return {c.indicator.words: int(c.value) for c in rows}


def test_two_phones_write_one_month_and_its_cells_are_never_added_up(
    leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120, "RESCUE": 3})
    counts(member, team, {"VISIT": 80, "DELIVERY": 0})
    assert (notes(leader), notes(member)) == ([], [("conflict", "")])
    assert month_of(team) == {"VISIT": 120, "RESCUE": 3, "DELIVERY": 0}
    assert Report.objects.count() == 1
    receipt = Receipt.objects.get(outcome="CONFLICT")
    leave_as_is(receipt=receipt.pk, by=OFFICE, at=NOW)
    assert month_of(team)["VISIT"] == 120


def test_only_the_office_of_the_team_settles_a_contested_cell(
    leader: Phone, member: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120})
    counts(member, team, {"VISIT": 80})
    assert (notes(leader), notes(member)) == ([], [("conflict", "")])
    report = Report.objects.get().pk
    elsewhere = Viewer(uuid4(), "Office", (Grant("office", PROGRAMME, uuid4()),))
    with pytest.raises(Unseen):
        leave_cells(report=report, kinds=["VISIT"], by=elsewhere, at=NOW)
    with pytest.raises(NotAllowed):
        leave_cells(report=report, kinds=["VISIT"], by=team.leader, at=NOW)
    assert Count.objects.get().contested
    leave_cells(report=report, kinds=["VISIT"], by=OFFICE, at=NOW)
    assert not Count.objects.get().contested


def test_who_saw_the_cell_may_change_it_and_take_it_out(leader: Phone, team: Team) -> None:
    counts(leader, team, {"VISIT": 120})
    counts(leader, team, {"VISIT": 121}, {"VISIT": 120})
    assert notes(leader) == []
    assert month_of(team) == {"VISIT": 121}
    counts(leader, team, {"VISIT": None}, {"VISIT": 121})
    assert notes(leader) == []
    assert month_of(team) == {}


def test_a_month_that_was_over_before_the_team_was_there_is_refused_as_its_records_are(
    leader: Phone, team: Team
) -> None:
    Mission.objects.filter(pk=team.mission.pk).update(departed_on="2026-10-12")
    for month in ("1999-01", "2026-08", "2026-09"):  # a vanguard goes a month ahead
        record = same_id("month", team.site.organisation_id, team.mission.pk, month)
        says(leader, "count", "set", {**place(team), "month": month, "cells": {"VISIT": 4}}, record)
    assert notes(leader) == [("quarantined", "REFUSED"), ("quarantined", "REFUSED")]
    assert [f"{row.month:%Y-%m}" for row in Report.objects.all()] == ["2026-09"]


def test_a_month_that_was_a_mistake_keeps_why_it_was_one(leader: Phone, team: Team) -> None:
    counts(leader, team, {"VISIT": 120})
    counts(leader, team, {"VISIT": None}, {"VISIT": 120}, reason="of another month")
    counts(leader, team, {"VISIT": 1}, reason="x" * 201)
    assert notes(leader) == [("quarantined", "MALFORMED")]
    assert month_of(team) == {}
    written = Operation.objects.filter(action="fill_monthly_report").order_by("id").last()
    assert written
    assert written.note == "of another month"


def test_an_estimate_of_the_office_is_put_right_by_a_phone_that_saw_it(
    leader: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120})
    leader.push()
    report = Report.objects.get().pk
    fill_report(report=report, values={"VISIT": Decimal("120.25")}, by=OFFICE, at=NOW)
    counts(leader, team, {"VISIT": 121, "RESCUE": 2}, {"VISIT": 120.25, "RESCUE": None})
    assert notes(leader) == []
    assert month_of(team) == {"VISIT": 121, "RESCUE": 2}


@pytest.mark.parametrize("saw", ["120", True, -1, float("inf"), float("nan"), [120]])
def test_what_no_cell_can_have_held_is_set_aside(leader: Phone, team: Team, saw: Any) -> None:
    counts(leader, team, {"VISIT": 121}, {"VISIT": saw})
    assert [state for state, _why in notes(leader)] == ["quarantined"]
    assert not Count.objects.exists()


def test_a_month_that_was_handed_in_or_of_another_record_waits_for_a_person(
    leader: Phone, team: Team
) -> None:
    counts(leader, team, {"VISIT": 120})
    leader.push()
    submit(report=Report.objects.get().pk, by=team.leader, at=NOW)
    counts(leader, team, {"RESCUE": 1})
    told = {**place(team), "month": "2026-10", "cells": {"VISIT": 1}}
    says(leader, "count", "set", told)
    told = {**place(team), "month": "2026-11", "cells": {"VISIT": 1.5}}
    says(leader, "count", "set", told)
    assert notes(leader) == [
        ("quarantined", "CLOSED"), ("quarantined", "MALFORMED"), ("quarantined", "MALFORMED"),
    ]  # fmt: skip
    assert month_of(team) == {"VISIT": 120}


def test_phones_are_told_which_months_stand_closed(leader: Phone, team: Team) -> None:
    def closed() -> list[dict[str, str]]:
        rows: list[dict[str, str]] = KEPT["months"](team.leader, NOW)
        return rows

    month = str(counts(leader, team, {"VISIT": 120}))
    leader.push()
    report = Report.objects.get().pk
    assert closed() == []
    submit(report=report, by=team.leader, at=NOW)
    assert closed() == [{"id": month, "state": "SUBMITTED"}]
    send_back(report=report, reason="Look again", by=OFFICE, at=NOW)
    assert closed() == []
    submit(report=report, by=team.leader, at=NOW)
    review(report=report, by=OFFICE, at=NOW)
    approve(report=report, by=OFFICE, at=NOW)
    assert closed() == [{"id": month, "state": "APPROVED"}]
    revise(report=report, reason="One was forgotten", by=OFFICE, at=NOW)
    assert closed() == [], "its new version is written in"
    assert KEPT["months"](Viewer(uuid4(), "Stranger", ()), NOW) == []


def word(phone: Phone, team: Team, at: dt.datetime, state: str = "SAFE", **more: Any) -> UUID:
    data = {"mission": str(team.mission.pk), "state": state, **more}
    return says(phone, "check_in", "create", data, at=at)


def test_a_forked_phone_that_sends_its_records_anew_says_nothing_twice(
    leader: Phone, people: dict[str, Account], team: Team
) -> None:
    operates(leader, team)
    word(leader, team, NOW)
    counts(leader, team, {"VISIT": 9})
    leader.push()
    other = Phone(people["leader"])
    other.lines = leader.lines
    assert [st for st, _why in notes(other)] == ["identical"] * 3
    assert (Deed.objects.count(), CheckIn.objects.count()) == (1, 1)
