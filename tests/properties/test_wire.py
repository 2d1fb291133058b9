"""Whatever a link does to the pushes of a phone, each of its records stands once."""

from __future__ import annotations

import json
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.activity.models import Visits
from marrow.core.models import Operation
from marrow.missions.models import Mission
from marrow.sync.models import Receipt
from marrow.sync.queries import broken_chains
from marrow.sync.rules import BadBatch, chained, parsed, read_batch, read_line
from tests.properties.examples import taken_back
from tests.unit.sync.conftest import batch, phone
from tests.unit.sync.phones import Phone

__all__ = ["batch", "phone"]
pytestmark = [pytest.mark.both, pytest.mark.django_db]
LINES = 12
pushes = st.lists(st.tuples(st.integers(1, LINES), st.integers(0, LINES)), max_size=14)


@settings(max_examples=30)
@given(pushes)
def test_any_resends_in_any_order_give_each_record_once(
    phone: Phone, batch: Mission, pushes: list[tuple[int, int]]
) -> None:
    with taken_back():
        phone.lines = []
        records = [phone.count(batch.pk, record=UUID(int=n + 1)) for n in range(LINES)]
        held = 0
        for first, count in [*pushes, (1, LINES)]:
            answer = phone.push(first, phone.lines[first - 1 : first - 1 + count])
            arrived = min(first - 1 + count, LINES)
            held = max(held, arrived) if first <= held + 1 else held
            assert (answer.ack, answer.fork) == (held, False)
            assert answer.hash == phone.before(held + 1)
        assert sorted(Visits.objects.values_list("pk", flat=True)) == records
        origins = Operation.objects.exclude(origin=None).values_list("origin_q", flat=True)
        assert sorted(q for q in origins if q) == list(range(1, LINES + 1))
        assert Receipt.objects.count() == LINES
        assert list(broken_chains()) == []


@settings(max_examples=30)
@given(pushes, st.integers(1, LINES), st.integers(0, LINES))
def test_a_copy_that_parted_anywhere_never_adds_to_the_chain(
    phone: Phone, batch: Mission, pushes: list[tuple[int, int]], parts: int, first: int
) -> None:
    """Two phones with the same past: whatever the copy sends after it parted is a fork."""
    with taken_back():
        phone.lines = []
        for n in range(LINES):
            phone.count(batch.pk, record=UUID(int=n + 1))
        phone.push()
        for start, count in pushes:
            assert not phone.push(start, phone.lines[start - 1 : start - 1 + count]).fork
        original = list(phone.lines)
        phone.lines[parts - 1 :] = []
        for n in range(parts, LINES + 3):
            phone.count(batch.pk, 9, UUID(int=1000 + n))
        start = max(1, min(first, LINES + 1))
        answer = phone.push(start)
        assert (answer.fork, answer.ack) == (True, LINES)
        assert Visits.objects.count() == LINES
        phone.lines = original
        assert not phone.push().fork


@settings(max_examples=300)
@given(st.binary(max_size=80) | st.text(max_size=60).map(str.encode))
def test_no_bytes_make_the_reader_raise_anything_but_its_own_refusal(body: bytes) -> None:
    assert read_line(body) is None or isinstance(read_line(body), dict)
    with suppress(BadBatch):
        read_batch(body)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_what_is_parsed_can_be_written_everywhere(value: object) -> None:
    try:
        told = parsed(json.dumps(value).encode())
    except ValueError:
        return
    text = json.dumps(told, ensure_ascii=False, allow_nan=False)
    assert "\0" not in text
    text.encode()


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=8), st.data())
def test_two_chains_that_differ_anywhere_never_meet_again(
    lines: list[bytes], data: st.DataObject
) -> None:
    other = list(lines)
    place = data.draw(st.integers(0, len(lines) - 1))
    other[place] = data.draw(st.binary(max_size=20).filter(lambda b: b != lines[place]))
    hashes = []
    for chain in (lines, other):
        before, found = "", []
        for line in chain:
            before = chained(before, line)
            found.append(before)
        hashes.append(found)
    assert all((a == b) == (n < place) for n, (a, b) in enumerate(zip(*hashes, strict=True)))
