"""Two journals side by side: what must not be there, what must, and what stands between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from marrow.core.backups.beside import beside, end_is_ours
from marrow.core.journal.sequencer import sequence
from marrow.core.models import Operation, Seal
from marrow.directory.models import Organisation
from tests.builders import NOW, a_hospital

pytestmark = [pytest.mark.both, pytest.mark.django_db]

LATER = NOW + dt.timedelta(hours=1)
TO = NOW + dt.timedelta(minutes=30)
Lines = list[tuple[Any, ...]]


@pytest.fixture
def lines(hospital: Organisation) -> Lines:
    """All operations; the last was written an hour after the others."""
    a_hospital("After")
    last = Operation.objects.order_by("-id").values_list("id", flat=True)[0]
    Operation.objects.filter(pk=last).update(at=LATER)
    Operation.objects.exclude(pk=last).update(at=NOW)
    return list(Operation.objects.order_by("id").values_list("id", "at", "mac"))


def rows(lines: Lines) -> Iterator[tuple[Any, ...]]:
    return iter(lines)


def test_what_was_written_before_is_there_and_what_was_written_after_is_not(lines: Lines) -> None:
    found = beside(rows(lines[:-1]), TO)
    assert found.faults == ()
    assert (found.there, found.left_out, found.between) == (len(lines) - 1, 1, 0)
    assert found.last_at == NOW


def test_what_came_after_is_found_where_it_must_not_be(lines: Lines) -> None:
    assert beside(rows(lines), TO).faults == ("1 operations of after the moment are there",)


def test_what_came_before_and_lacks_is_found(lines: Lines) -> None:
    told = beside(rows(lines[1:-1]), TO).faults
    assert told == ("1 operations of before the moment are not there",)


def test_what_was_on_its_way_at_the_moment_is_counted_apart(lines: Lines) -> None:
    found = beside(rows(lines[:-1]), LATER + dt.timedelta(seconds=1))
    assert (found.faults, found.left_out, found.between) == ((), 0, 1)


def test_what_this_journal_has_not_or_has_otherwise_is_found(lines: Lines) -> None:
    other = [(lines[0][0], lines[0][1], "x"), *lines[1:-1], (10**9, NOW, "y")]
    assert beside(rows(other), TO).faults == (
        "2 operations are there that this journal has not, or has otherwise",
    )


def test_sqlites_hours_are_read_as_utc(lines: Lines) -> None:
    told = [(pk, f"{at:%Y-%m-%d %H:%M:%S}", mac) for pk, at, mac in lines[:-1]]
    assert beside(rows(told), TO).last_at == NOW


def test_the_end_of_it_must_be_a_seal_of_ours(lines: Lines) -> None:
    sequence()
    seal = Seal.objects.order_by("-last").first()
    assert seal
    assert end_is_ours((seal.last, seal.mac))
    assert end_is_ours(None)
    assert not end_is_ours((seal.last, "0" * 64))
