"""A11, the part of files: what waits is carried by hand and sent online, interleaved, again and
again; each line stands once, and phones believe no receipt but the server's own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.models import Visits
from marrow.missions.models import Mission
from marrow.sync.carried import take_file, tell_key
from marrow.sync.models import Receipt
from marrow.sync.queries import broken_chains
from tests.builders import NOW
from tests.builders.carrying import Pen
from tests.chaos.test_pushes import holds
from tests.unit.sync.conftest import batch, phone
from tests.unit.sync.phones import Phone

__all__ = ["batch", "phone"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


class Carrier:
    """A phone that writes files now and then; a stick that keeps them all, shuffled."""

    def __init__(self, phone: Phone, pen: Pen) -> None:
        self.phone, self.pen, self.acked = phone, pen, 0
        self.stick: list[bytes] = []

    def write(self) -> None:
        if self.acked < len(self.phone.lines):
            body = self.phone.body(self.acked + 1)
            self.stick.append(self.pen.write(str(self.phone.row.pk), body))

    def hears(self, receipt: bytes) -> None:
        told = self.pen.read(receipt)
        assert told["h"] == self.phone.before(told["ack"] + 1)
        self.acked = max(self.acked, told["ack"])


@pytest.mark.parametrize("seed", [1, 7, 11, pytest.param(29, marks=pytest.mark.long)])
def test_files_three_times_and_out_of_order_between_pushes_leave_every_line_once(
    phone: Phone, batch: Mission, people: dict[str, Account], seed: int
) -> None:
    chance, pen = random.Random(seed), Pen()  # noqa: S311  the same on every run
    assert tell_key(phone=phone.row.pk, key=pen.point)
    carrier, by = Carrier(phone, pen), viewer_of(people["recipient"])
    for count in range(1, 61):
        phone.count(batch.pk, count)
        if chance.random() < 0.3:
            carrier.write()
        if chance.random() < 0.1:
            first = chance.randint(1, len(phone.lines))
            phone.push(first, phone.lines[first - 1 :])
        if carrier.stick and chance.random() < 0.1:
            _row, back = take_file(data=chance.choice(carrier.stick), by=by, at=NOW)
            if chance.random() < 0.5:  # else the receipt is lost
                carrier.hears(back)
    carrier.write()
    again = carrier.stick * 3
    chance.shuffle(again)
    for data in again:
        take_file(data=data, by=by, at=NOW)
    if phone.here.last_q < 60:  # only where a file stood before the one that it follows
        take_file(data=carrier.stick[-1], by=by, at=NOW)
    holds(60)
    assert sorted(Visits.objects.values_list("count", flat=True)) == list(range(1, 61))
    assert [bytes(r.line) for r in Receipt.objects.order_by("q")] == phone.lines
    assert phone.push().ack == 60
    assert list(broken_chains()) == []


def test_a_file_of_a_phone_that_was_ended_is_kept_and_counts_nothing(
    phone: Phone, batch: Mission, people: dict[str, Account], tmp_path: Path
) -> None:
    pen, row = Pen(), phone.here
    assert tell_key(phone=row.pk, key=pen.point)
    phone.count(batch.pk)
    row.revoked_at = NOW
    row.signs_with = pen.point
    row.save()
    data = pen.write(str(row.pk), phone.body())
    told, _back = take_file(data=data, by=viewer_of(people["member"]), at=NOW)
    assert (told.fresh, told.aside) == (1, 1)
    assert not Visits.objects.exists()
    assert bytes(Receipt.objects.get().line) == phone.lines[0]
