"""What three sides sign stays as it stands: the journal takes no part of it back."""

from __future__ import annotations

import pytest

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.handovers import queries
from marrow.handovers.actions import (
    hand_in,
    name_next,
    remove_line,
    settle_line,
    take_back,
    tell_follow_up,
)
from marrow.handovers.models import FollowUp, Handover, OpenPatients, Promise
from tests.builders import NOW, OFFICE
from tests.builders.leaving import (
    DAY,
    TODAY,
    Leaving,
    a_handover,
    handed_in,
    leaving,
    signed_by,
    signed_by_all,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
WRITES = ("add_line", "plan_follow_ups")


def acts(*actions: str) -> list[Operation]:
    """The last line of each act of these actions."""
    lines = Operation.objects.filter(action__in=actions).order_by("id")
    return list({line.act: line for line in lines}.values())


def none_goes_back(found: list[Operation], said: str) -> None:
    assert found
    for line in found:
        with pytest.raises(Refused, match=said):
            undo(act=line.act, by=OFFICE, at=NOW)


def nothing_is_lost(row: Handover) -> None:
    assert {part: len(queries.rows_of(row, part)) for part in queries.PARTS} == {
        "patients": 1, "trainee": 1, "fault": 1, "promise": 1, "follow-up": 2,
    }  # fmt: skip


def test_no_line_of_a_handover_that_all_have_signed_is_taken_back() -> None:
    row = signed_by_all(leaving())
    none_goes_back(acts(*WRITES), "signed by all")
    nothing_is_lost(row)
    assert queries.stale(row) == []


def test_no_line_of_a_handover_that_waits_for_signatures_is_taken_back() -> None:
    world = leaving()
    row = handed_in(world)
    none_goes_back(acts(*WRITES), "handed in, and frozen")
    signed_by(world, row, "outgoing")
    none_goes_back(acts(*WRITES), "handed in, and frozen")
    nothing_is_lost(row)


def changed(world: Leaving) -> Handover:
    """A handover of which a line was taken out, and another team named, before it was signed."""
    by = world.viewer("outgoing")
    row = a_handover(world)
    name_next(handover=row.pk, to_mission=None, why_nobody="the last team", by=by, at=NOW)
    name_next(handover=row.pk, to_mission=world.follows.pk, why_nobody="", by=by, at=NOW)
    line = OpenPatients.objects.get()
    remove_line(handover=row.pk, part="patients", line=line.pk, by=by, at=NOW)
    return hand_in(handover=row.pk, none_of=queries.PARTS, by=by, at=NOW)


def test_nothing_comes_back_into_a_signed_handover_and_nobody_else_follows() -> None:
    world = leaving()
    row = changed(world)
    none_goes_back(acts("remove_line", "name_next"), "handed in, and frozen")
    signed_by(world, row, "outgoing", "incoming", "hospital")
    none_goes_back(acts("remove_line", "name_next"), "signed by all")
    assert queries.stale(Handover.objects.get()) == []


def test_what_is_taken_back_to_be_changed_can_be_undone_again() -> None:
    world = leaving()
    row = handed_in(world)
    take_back(handover=row.pk, reason="a bed is free", by=world.viewer("outgoing"), at=NOW)
    for line in acts("add_line"):
        undo(act=line.act, by=OFFICE, at=NOW)
    assert queries.empty_parts(row) == ["patients", "trainee", "fault", "promise"]


def test_what_came_of_it_after_the_signatures_may_be_taken_back() -> None:
    world = leaving()
    signed_by_all(world)
    by = world.viewer("incoming")
    promise, support = Promise.objects.get(), FollowUp.objects.first()
    assert support is not None
    settle_line(part="promise", line=promise.pk, how="sent", on=TODAY, by=by, at=NOW)
    tell_follow_up(
        follow_up=support.pk, done=True, outcome="seen", on=TODAY, by=OFFICE, at=NOW + DAY
    )
    for line in acts("settle_line", "tell_follow_up"):
        undo(act=line.act, by=OFFICE, at=NOW + DAY)
    promise.refresh_from_db()
    support.refresh_from_db()
    assert (promise.settled_on, support.state) == (None, "PLANNED")
