"""What phones send: each line once, in order, never refused, never lost."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.models import Visits
from marrow.core.models import Operation
from marrow.missions.models import Mission
from marrow.sources.models import WorkItem
from marrow.sync.actions import Answer, enrol, receive, try_again
from marrow.sync.models import Installation, Receipt
from marrow.sync.rules import BadBatch, chained, read_batch
from tests.builders import NOW, OFFICE, a_batch, a_series

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


class Phone:
    """A phone as the wire sees it."""

    def __init__(self, account: Account) -> None:
        self.row, self.token = enrol(by=viewer_of(account), at=NOW)
        self.lines: list[bytes] = []

    def count(self, mission: UUID, count: Any = 3, record: UUID | None = None) -> UUID:
        record = record or uuid4()
        data = {"mission": str(mission), "held_on": "2026-11-20", "count": count}
        self.line({"r": str(record), "t": "visits", "k": "create", "d": data})
        return record

    def line(self, told: dict[str, Any]) -> None:
        self.lines.append(json.dumps({"q": len(self.lines) + 1, **told}).encode())

    def push(self, first: int = 1, lines: list[bytes] | None = None) -> Answer:
        head = json.dumps({"v": 1, "inst": str(self.row.pk), "from": first, "app": "t"}).encode()
        body = b"\n".join([head, *(self.lines[first - 1 :] if lines is None else lines)])
        return receive(batch=read_batch(body), at=NOW)


@pytest.fixture
def phone(people: dict[str, Account]) -> Phone:
    return Phone(people["leader"])


@pytest.fixture
def batch(people: dict[str, Account]) -> Mission:
    return a_batch(30, a_series(), status="ON_POST")


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
    assert try_again(receipt=receipt.pk, by=OFFICE, at=NOW).outcome == "NEW"
    assert Visits.objects.count() == 1


@pytest.mark.parametrize("body", [b"", b"{}", b'{"v":2}', b'{"v":1,"inst":"x"}', b"\xff"])
def test_only_a_header_that_cannot_be_read_is_an_error(body: bytes) -> None:
    with pytest.raises(BadBatch):
        read_batch(body)
