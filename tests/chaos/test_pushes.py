"""Pushes of phones over bad links, to servers that die: each line once, in order, none lost."""

from __future__ import annotations

import datetime as dt
import json
import random
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from marrow.activity.models import Visits
from marrow.core.journal.comparing import differences_of
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.missions.models import Mission
from marrow.sync.actions import Answer
from marrow.sync.models import Receipt
from marrow.sync.queries import broken_chains
from tests import migrated
from tests.builders import NOW
from tests.chaos.pushing import LINES
from tests.loaded import Loaded
from tests.unit.sync.conftest import batch, phone
from tests.unit.sync.phones import Phone

__all__ = ["batch", "phone"]
both = pytest.mark.both
world = pytest.mark.django_db(transaction=True)
TEN_YEARS = dt.timedelta(days=3652)


class Server:
    """A Marrow of its own in a file, each step a process that may be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded = Loaded(migrated.a_home(folder, "test"), folder)

    def run(self, step: str, code: int = 0) -> Any:
        ran = self.loaded.run("-m", "tests.chaos.pushing", step, str(self.folder))
        assert ran.returncode == code, ran.stderr
        return json.loads(ran.stdout) if ran.stdout else None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    with closing(made.loaded):
        made.run("prepare")
        yield made


def holds(count: int) -> None:
    """Each of so many lines stands once everywhere, and every chain is whole."""
    assert Visits.objects.count() == Receipt.objects.count() == count
    assert Operation.objects.exclude(origin=None).count() == count
    assert list(broken_chains()) == []
    assert not verify().broken
    assert list(differences_of(Visits)) == []


def test_killed_between_row_and_receipt_a_server_holds_neither_and_takes_both_later(
    server: Server,
) -> None:
    server.run("die", code=-9)
    half = server.run("stands")
    assert half["visits"] == half["receipts"] == half["operations"] == 20, "one transaction"
    answer = server.run("push")
    assert (answer["ack"], answer["fork"], answer["notes"]) == (LINES, False, [])
    whole = {"visits": LINES, "receipts": LINES, "operations": LINES, "faults": []}
    assert server.run("stands") == whole
    assert server.run("push") == answer


def test_the_same_push_twice_at_once_is_taken_once_by_a_file(server: Server) -> None:
    one, other = server.run("twice")
    assert one == other
    assert (one["ack"], one["fork"]) == (LINES, False)
    assert server.run("stands")["visits"] == LINES
    assert server.run("stands")["faults"] == []


@both
@world
@pytest.mark.postgresql  # in memory SQLite's connections do not wait for each other: see above
def test_the_same_push_many_times_at_once_is_taken_once(phone: Phone, batch: Mission) -> None:
    for _n in range(LINES):
        phone.count(batch.pk)
    found: list[Answer] = []

    def push() -> None:
        found.append(phone.push())
        connections.close_all()

    threads = [threading.Thread(target=push) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(a.ack, a.fork) for a in found] == [(LINES, False)] * 4
    holds(LINES)


@both
@world
def test_what_is_sent_again_after_a_lost_answer_is_answered_the_same(
    phone: Phone, batch: Mission
) -> None:
    for count in (3, 0, 4):
        phone.count(batch.pk, count)
    lost = phone.push()
    phone.count(batch.pk, 5)
    again = phone.push()
    assert again.notes == lost.notes
    assert (again.ack, again.fork) == (4, False)
    assert Visits.objects.count() == 3


@both
@world
@pytest.mark.parametrize("wrong", [-TEN_YEARS, TEN_YEARS, None])
def test_a_clock_that_is_ten_years_wrong_changes_nothing_but_its_skew(
    phone: Phone, batch: Mission, wrong: dt.timedelta | None
) -> None:
    for _n in range(3):
        phone.count(batch.pk)
    wall = (NOW + wrong).isoformat() if wrong else "+275760-09-13T00:00:00.000Z"
    assert phone.push(wall=wall).ack == 3
    assert phone.here.skew_seconds == (-wrong.total_seconds() if wrong else None)
    assert set(Operation.objects.exclude(origin=None).values_list("at", flat=True)) == {NOW}
    holds(3)


@both
@world
def test_a_clock_that_jumps_between_pushes_orders_nothing(phone: Phone, batch: Mission) -> None:
    for years in (10, -10, 0, -30):
        phone.count(batch.pk)
        first = len(phone.lines)
        wall = (NOW + dt.timedelta(days=365 * years)).isoformat()
        assert phone.push(first=first, wall=wall).ack == first
    fed = Operation.objects.exclude(origin=None).order_by("feed")
    assert list(fed.values_list("origin_q", flat=True)) == [1, 2, 3, 4]


@both
@world
def test_pushes_that_overtake_each_other_leave_every_line_once(
    phone: Phone, batch: Mission
) -> None:
    for _n in range(40):
        phone.count(batch.pk)
    chance = random.Random(7)  # noqa: S311  the same on every run
    while phone.here.last_q < 40:
        first = chance.randint(1, 40)
        answer = phone.push(first, phone.lines[first - 1 : first - 1 + chance.randint(0, 12)])
        assert not answer.fork
        assert answer.hash == phone.before(answer.ack + 1)
    holds(40)


@both
@world
def test_lines_that_changed_places_within_a_push_are_set_aside_not_mixed_up(
    phone: Phone, batch: Mission
) -> None:
    for _n in range(3):
        phone.count(batch.pk)
    one, two, three = phone.lines
    answer = phone.push(lines=[one, three, two])
    assert [(note["q"], note["why"]) for note in answer.notes] == [
        (2, "MALFORMED"), (3, "MALFORMED"),
    ]  # fmt: skip
    assert Visits.objects.count() == 1
    assert phone.push().fork, "its own order is another chain: it goes on as a new installation"


@both
@world
@pytest.mark.parametrize("thousands", [2, pytest.param(5, marks=pytest.mark.long)])
def test_thousands_of_lines_arrive_in_pushes_of_a_thousand(
    phone: Phone, batch: Mission, thousands: int
) -> None:
    many = 1000 * thousands
    for _n in range(many):
        phone.count(batch.pk)
    pushes = 0
    while (held := phone.here.last_q) < many:
        answer = phone.push(held + 1)
        assert (answer.fork, answer.ack) == (False, held + 1000)
        pushes += 1
    assert pushes == thousands
    assert phone.push().ack == many
    holds(many)
