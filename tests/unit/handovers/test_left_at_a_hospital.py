"""What a hospital has to do with what teams left there: sign it, and mend what is broken."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from marrow.handovers import access, queries
from marrow.handovers.actions import add_line, hand_in, settle_line
from marrow.handovers.models import Fault
from tests.builders import NOW, OFFICE, a_hospital
from tests.builders.leaving import TODAY, a_handover, leaving, signed_by

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_a_hospital_is_told_once_of_what_waits_for_it_and_of_each_fault(
    django_assert_num_queries: Any,
) -> None:
    world = leaving()
    row, by = a_handover(world), world.viewer("outgoing")
    second = Fault(id=uuid4(), equipment="lamp", broken="bulb")
    add_line(handover=row.pk, line=second, by=by, at=NOW)
    hand_in(handover=row.pk, none_of=[], by=by, at=NOW)
    seen = access.handovers_for(OFFICE)
    with django_assert_num_queries(1):
        waits, faults = queries.left_at(world.hospital, seen)
        assert [str(one) for one in waits] == [str(world.left)]
        assert [(one.handover, opens) for one, opens in faults] == [(row, True), (row, True)]
    assert {one.equipment for one, _opens in faults} == {"autoclave", "lamp"}
    assert queries.left_at(a_hospital("Trois Test"), seen) == ([], [])


def test_what_is_signed_waits_no_more_and_what_is_mended_is_broken_no_more() -> None:
    world = leaving()
    row, by = a_handover(world), world.viewer("outgoing")
    hand_in(handover=row.pk, none_of=[], by=by, at=NOW)
    signed_by(world, row, "outgoing", "incoming", "hospital")
    waits, ((fault, opens),) = queries.left_at(world.hospital, access.handovers_for(by).none())
    assert waits == []
    assert not opens
    settle_line(part="fault", line=fault.pk, on=TODAY, how="new seal", by=OFFICE, at=NOW)
    assert queries.left_at(world.hospital, access.handovers_for(by)) == ([], [])
