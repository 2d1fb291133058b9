"""What phones send: each line once, in order, never refused, never lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from marrow.activity.models import Visits
from marrow.core.models import Operation
from marrow.core.refusals import Overtaken
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is, try_again
from marrow.sync.models import Installation, Receipt
from marrow.sync.rules import chained
from tests.builders import NOW, OFFICE
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def test_a_visit_counted_on_a_phone_stands_once_with_its_origin(
    phone: Phone, batch: Mission
) -> None:
    record = phone.count(batch.pk)
    assert phone.push().ack == 1
    assert phone.push().ack == 1, "sent again, acknowledged again"
    assert Visits.objects.get().pk == record
    line = Operation.objects.get(record=record)
    assert (line.origin, line.origin_q, line.via) == (phone.row.pk, 1, "phone")


def test_the_hash_that_comes_back_is_the_chain_of_the_exact_lines(
    phone: Phone, batch: Mission
) -> None:
    for count in (1, 2):
        phone.count(batch.pk, count)
    assert phone.push().hash == chained(chained("", phone.lines[0]), phone.lines[1])


def test_a_gap_stops_at_what_is_held(phone: Phone, batch: Mission) -> None:
    for count in (1, 2, 3):
        phone.count(batch.pk, count)
    assert phone.push(first=2).ack == 0
    assert not Visits.objects.exists()
    assert phone.push().ack == 3


def test_more_lines_than_one_transaction_takes_all_arrive(phone: Phone, batch: Mission) -> None:
    for _n in range(45):
        phone.count(batch.pk, 1)
    assert phone.push().ack == 45
    assert Visits.objects.count() == 45


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b'{"q":1}',
        b'{"q":1,"r":"x","t":"visits","k":"create","d":{}}',
        b'{"q":1,"r":"00000000-0000-0000-0000-000000000001","t":"dose","k":"create","d":{}}',
        b'{"q":1,"r":"00000000-0000-0000-0000-000000000001","t":"visits","k":"create","d":{}}',
        b'{"q":1,"r":"00000000-0000-0000-0000-000000000001","t":"visits","k":"eat","d":{}}',
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"q":1,"d":' + b'{"d":' * 5000,
        b'{"q":1,"r":"00000000-0000-0000-0000-000000000001","t":"\\ud800","k":"create","d":{}}',
        b'{"q":1,"r":"00000000-0000-0000-0000-000000000001","t":"visits","k":"create","d":{"n":NaN}}',
        b'{"q":1e999,"r":"00000000-0000-0000-0000-000000000001","t":"visits","k":"create","d":{}}',
        b'{"q":' + b"9" * 5000 + b"}",
        '{"q":1,"r":"x"}'.encode("utf-16"),
        b" ",
    ],
)
def test_poison_is_kept_set_aside_and_does_not_block_the_queue(
    phone: Phone, batch: Mission, line: bytes
) -> None:
    phone.lines.append(line)
    phone.count(batch.pk)
    answer = phone.push()
    assert answer.ack == 2
    assert answer.notes[0]["st"] == "quarantined"
    assert bytes(Receipt.objects.get(q=1).line) == line
    assert Visits.objects.count() == 1
    assert WorkItem.objects.filter(code="SET_ASIDE", done_at=None).count() == 1


@pytest.mark.parametrize("count", [0, -1, 5001, 2.5, "3", None, True])
def test_a_count_that_cannot_be_is_set_aside_not_taken(
    phone: Phone, batch: Mission, count: Any
) -> None:
    phone.count(batch.pk, count)
    assert phone.push().notes[0]["st"] == "quarantined"
    assert not Visits.objects.exists()


def test_the_same_record_with_another_count_is_a_conflict_for_a_person(
    phone: Phone, batch: Mission
) -> None:
    record = phone.count(batch.pk, 3)
    phone.count(batch.pk, 3, record)
    phone.count(batch.pk, 4, record)
    states = [note["st"] for note in phone.push().notes]
    assert states == ["identical", "conflict"]
    assert Visits.objects.get().count == 3


def test_a_phone_that_says_something_else_under_a_number_it_used_is_a_fork(
    phone: Phone, batch: Mission
) -> None:
    phone.count(batch.pk, 3)
    phone.push()
    other = phone.lines[0].replace(b'"count": 3', b'"count": 4')
    answer = phone.push(lines=[other])
    assert answer.fork
    assert Visits.objects.get().count == 3


def test_what_a_revoked_phone_sends_is_kept_but_counts_nothing(
    phone: Phone, batch: Mission
) -> None:
    Installation.objects.update(revoked_at=NOW)
    phone.count(batch.pk)
    answer = phone.push()
    assert (answer.ack, answer.notes[0]["why"]) == (1, "REVOKED")
    assert not Visits.objects.exists()


def test_once_its_cause_is_put_right_a_line_can_be_tried_again(
    phone: Phone, batch: Mission
) -> None:
    Installation.objects.update(revoked_at=NOW)
    phone.count(batch.pk)
    phone.push()
    Installation.objects.update(revoked_at=None)
    receipt = Receipt.objects.get()
    taken = try_again(receipt=receipt.pk, by=OFFICE, at=NOW)
    assert (taken.outcome, taken.settled_by) == ("NEW", OFFICE.person)
    assert Visits.objects.count() == 1


def test_half_a_character_or_a_nul_in_the_data_is_set_aside(phone: Phone, batch: Mission) -> None:
    for text in ("\ud800", "a\0b"):
        data = {"mission": str(batch.pk), "held_on": "2026-11-20", "count": 1, "note": text}
        phone.line({"r": str(uuid4()), "t": "visits", "k": "create", "d": data})
    phone.count(batch.pk)
    answer = phone.push()
    assert answer.ack == 3
    assert [note["why"] for note in answer.notes] == ["MALFORMED", "MALFORMED"]
    assert Visits.objects.count() == 1


@pytest.mark.parametrize("kind", ["link", "resolve", "amend"])
def test_a_kind_that_a_type_does_not_take_is_set_aside_and_makes_nothing(
    phone: Phone, batch: Mission, kind: str
) -> None:
    data = {"mission": str(batch.pk), "held_on": "2026-11-20", "count": 3}
    phone.line({"r": str(uuid4()), "t": "visits", "k": kind, "d": data})
    answer = phone.push()
    assert (answer.ack, answer.notes) == (1, [{"q": 1, "st": "quarantined", "why": "UNKNOWN_KIND"}])
    assert not Visits.objects.exists()


def test_a_phone_that_went_another_way_before_is_a_fork_and_nothing_is_kept(
    phone: Phone, batch: Mission
) -> None:
    phone.count(batch.pk, 3)
    phone.push()
    phone.count(batch.pk, 4)
    answer = phone.push(first=2, prev="0" * 32)
    assert (answer.fork, answer.ack) == (True, 1)
    assert phone.here.forked_at == NOW
    assert Visits.objects.count() == 1
    assert not phone.push(first=2).fork, "the one that we know goes on"
    assert Visits.objects.count() == 2


def test_a_copied_phone_is_seen_whichever_number_it_starts_from(
    phone: Phone, batch: Mission
) -> None:
    for count in (1, 2, 3):
        phone.count(batch.pk, count)
    phone.push()
    for first in (1, 2, 3, 4):
        assert phone.push(first=first, lines=[], prev="a" * 32).fork, first
        assert not phone.push(first=first, lines=[]).fork, first
    assert not phone.push(first=9, lines=[], prev="a" * 32).fork, "beyond a gap nobody can tell"


def test_a_fork_in_the_second_transaction_of_a_push_keeps_what_came_before(
    phone: Phone, batch: Mission
) -> None:
    for _n in range(25):
        phone.count(batch.pk, 1)
    phone.push()
    lines = [*phone.lines]
    lines[22] = lines[22].replace(b'"count": 1', b'"count": 2')
    answer = phone.push(lines=lines)
    assert (answer.fork, answer.ack) == (True, 25)


def test_what_became_of_a_line_is_told_again_when_it_comes_again(
    phone: Phone, batch: Mission
) -> None:
    phone.count(batch.pk, 0)
    phone.count(batch.pk)
    first = phone.push()
    assert first.notes
    assert phone.push() == first


def test_a_line_is_settled_once(phone: Phone, batch: Mission) -> None:
    phone.count(batch.pk, 0)
    phone.push()
    receipt = Receipt.objects.get().pk
    leave_as_is(receipt=receipt, by=OFFICE, at=NOW)
    with pytest.raises(Overtaken):
        try_again(receipt=receipt, by=OFFICE, at=NOW)
    row = Receipt.objects.get()
    assert (row.outcome, row.settled_by, row.settled_at) == ("QUARANTINED", OFFICE.person, NOW)
