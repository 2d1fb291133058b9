"""A record that was set aside can be put right on the phone, or taken back; nobody need do more."""

from __future__ import annotations

import pytest

from marrow.accounts.models import Account
from marrow.activity.models import Deed, Picture, Visits
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.models import Installation, Receipt
from marrow.sync.queries import decided
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import notes, operates, place, says

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
NUMBER = "Dr Ba 0612345678"


def waits() -> int:
    """Lines that wait, of which each is work for somebody."""
    held = Receipt.objects.filter(outcome__in=("QUARANTINED", "CONFLICT"), settled_at=None)
    assert held.count() == WorkItem.objects.filter(done_at=None).count()
    return held.count()


def test_the_correction_of_a_record_that_was_set_aside_takes_both(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, with_whom=NUMBER)
    says(leader, "file", "create", {"of": "record", "record": str(record), "sha256": "a" * 64})
    assert notes(leader) == [("quarantined", "REFUSED"), ("quarantined", "UNSEEN")]
    assert waits() == 2
    says(leader, "record", "set", {"with_whom": "Dr Ba"}, record, b={"with_whom": NUMBER})
    leader.push()
    assert notes(leader) == [("merged", "")], "the first line went in with the last"
    assert [told["st"] for told in decided(leader.row.pk, [1, 2])] == ["taken"] * 2
    row = Deed.objects.get()
    assert (row.pk, row.with_whom, row.kind) == (record, "Dr Ba", "OPERATION_SUPERVISED")
    assert Picture.objects.get().deed_id == record, "its photograph goes with it"
    assert waits() == 0


def test_a_record_that_is_made_anew_after_it_was_set_aside_leaves_nothing_waiting(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, with_whom=NUMBER)
    says(leader, "file", "create", {"of": "record", "record": str(record), "sha256": "a" * 64})
    leader.push()
    assert waits() == 2
    data = {**place(team), "held_on": "2026-11-20", "kind": "OPERATION_SUPERVISED", "count": 1}
    says(leader, "record", "create", data | {"with_whom": "Dr Ba"}, record)
    leader.push()
    assert (Deed.objects.get().with_whom, Picture.objects.count(), waits()) == ("Dr Ba", 1, 0)


def test_a_correction_that_does_not_help_waits_with_it_and_the_next_one_takes_all(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, with_whom=NUMBER, count=2)
    says(leader, "record", "set", {"count": 1}, record, b={"count": 2})
    leader.push()
    assert (Deed.objects.count(), waits()) == (0, 2)
    assert try_again(receipt=Receipt.objects.get(q=2).pk, by=OFFICE, at=NOW).why == "REFUSED"
    says(leader, "record", "set", {"with_whom": "Dr Ba"}, record, b={"with_whom": NUMBER})
    leader.push()
    assert notes(leader) == [("merged", ""), ("merged", "")]
    row = Deed.objects.get()
    assert (row.with_whom, row.count, waits()) == ("Dr Ba", 1, 0)


def test_a_record_that_was_set_aside_is_taken_back_and_waits_for_nobody(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, with_whom=NUMBER)
    leader.push()
    assert waits() == 1
    says(leader, "record", "void", {"reason": "typed wrong"}, record)
    leader.push()
    assert (Deed.objects.count(), waits()) == (0, 0)


def test_a_count_of_visits_that_could_not_be_is_put_right(phone: Phone, batch: Mission) -> None:
    record = phone.count(batch.pk, 0)
    says(phone, "visits", "set", {"count": 4}, record, b={"count": 0})
    phone.push()
    assert (Visits.objects.get().count, waits()) == (4, 0)


def test_what_the_office_left_out_may_still_be_put_right_by_who_sent_it(
    leader: Phone, team: Team
) -> None:
    record = operates(leader, team, with_whom=NUMBER)
    leader.push()
    leave_as_is(receipt=Receipt.objects.get().pk, by=OFFICE, at=NOW)
    says(leader, "record", "set", {"with_whom": "Dr Ba"}, record, b={"with_whom": NUMBER})
    leader.push()
    assert (Deed.objects.get().with_whom, waits()) == ("Dr Ba", 0)


def test_nobody_puts_right_what_another_person_or_an_ended_phone_sent(
    leader: Phone, team: Team, people: dict[str, Account]
) -> None:
    record = operates(leader, team, with_whom=NUMBER)
    leader.push()
    mate = Phone(people["member"])
    says(mate, "record", "set", {"with_whom": "Dr Ba"}, record, b={"with_whom": NUMBER})
    assert notes(mate) == [("quarantined", "UNSEEN")]
    Installation.objects.filter(pk=leader.row.pk).update(revoked_at=NOW)
    stolen = operates(leader, team)
    leader.push()
    fresh = Phone(people["leader"])
    says(fresh, "record", "set", {"with_whom": "Dr Un"}, stolen, b={"with_whom": ""})
    assert notes(fresh) == [("quarantined", "UNSEEN")]
    assert (Deed.objects.count(), waits()) == (0, 4)
