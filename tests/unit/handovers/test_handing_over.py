"""A handover is written by the team that leaves, signed by three sides, worked off by the next."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from marrow.core.journal.undoing import undo
from marrow.core.models import Job, Operation
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.handovers import access, queries
from marrow.handovers.actions import (
    add_line,
    begin_handover,
    hand_in,
    name_next,
    raise_overdue,
    record_paper,
    remove_line,
    settle_line,
    sign,
    take_back,
    tell_follow_up,
)
from marrow.handovers.actions.holding import held
from marrow.handovers.models import Fault, FollowUp, Handover, OpenPatients, Promise, Signature
from marrow.missions.models import Mission
from marrow.sources.actions import Source, finish_work
from marrow.sources.models import WorkItem
from marrow.sources.queries import work_together
from marrow.teams.actions import blocked, move_stage
from marrow.teams.models import Seat
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_batch, a_hospital, a_site
from tests.builders.leaving import (
    DAY,
    TODAY,
    a_handover,
    a_leader,
    handed_in,
    leaving,
    signed_by,
    signed_by_all,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
PAPER = Source("Handover paper", "signed for the hospital")


def patients(**told: Any) -> OpenPatients:
    return OpenPatients(id=uuid4(), **{"needs": "plates to be removed", **told})


def test_the_leader_who_leaves_or_the_office_writes_and_nobody_else() -> None:
    world = leaving()
    row = a_handover(world)
    add_line(handover=row.pk, line=patients(), by=OFFICE, at=NOW)
    for other in ("incoming", "hospital"):
        with pytest.raises(NotAllowed):
            add_line(handover=row.pk, line=patients(), by=world.viewer(other), at=NOW)
    with pytest.raises(NotAllowed):
        add_line(handover=row.pk, line=patients(), by=AUDITOR, at=NOW)
    for stranger in (LEADER, Viewer(), Viewer(uuid4(), "R", (Grant("recipient"),))):
        with pytest.raises(Unseen):
            add_line(handover=row.pk, line=patients(), by=stranger, at=NOW)


def test_a_handover_is_begun_once_by_a_team_on_post_and_says_who_follows() -> None:
    world = leaving()
    by = world.viewer("outgoing")
    told: dict[str, Any] = {"mission": world.left.pk, "by": by, "at": NOW}
    with pytest.raises(Refused, match="say why"):
        begin_handover(to_mission=None, why_nobody=" ", **told)
    with pytest.raises(Refused, match="say why"):
        begin_handover(to_mission=world.follows.pk, why_nobody="nobody", **told)
    with pytest.raises(Refused, match="same place"):
        begin_handover(to_mission=a_batch(7).pk, why_nobody="", **told)
    begin_handover(to_mission=world.follows.pk, why_nobody="", **told)
    with pytest.raises(Overtaken):
        begin_handover(to_mission=world.follows.pk, why_nobody="", **told)
    with pytest.raises(Refused, match="on post"):
        begin_handover(
            mission=world.follows.pk, to_mission=None, why_nobody="last", at=NOW, by=OFFICE
        )


def test_an_unknown_count_is_never_nought() -> None:
    world = leaving()
    row = a_handover(world)
    with pytest.raises(Refused, match="unknown count"):
        add_line(handover=row.pk, line=patients(count=0), by=OFFICE, at=NOW)
    add_line(handover=row.pk, line=patients(count=None), by=OFFICE, at=NOW + DAY)
    told = [line[1] for line in queries.table_rows(OFFICE, row, TODAY)]
    assert told[:2] == [2, "unknown"]


def test_a_part_that_is_empty_is_said_to_be_so() -> None:
    world = leaving()
    by = world.viewer("outgoing")
    row = begin_handover(
        mission=world.left.pk, to_mission=None, why_nobody="the programme ends", by=by, at=NOW
    )
    with pytest.raises(Refused, match="Open patients, Trainees"):
        hand_in(handover=row.pk, none_of=[], by=by, at=NOW)
    assert hand_in(handover=row.pk, none_of=queries.PARTS, by=by, at=NOW).state == "HANDED_IN"


def test_what_is_handed_in_is_frozen() -> None:
    world = leaving()
    row = handed_in(world)
    line = queries.rows_of(row, "fault")[0]
    with pytest.raises(Refused, match="frozen"):
        add_line(handover=row.pk, line=patients(), by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="frozen"):
        remove_line(handover=row.pk, part="fault", line=line.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="frozen"):
        name_next(handover=row.pk, to_mission=None, why_nobody="x", by=OFFICE, at=NOW)


def test_each_side_signs_for_itself_once_and_the_office_for_nobody() -> None:
    world = leaving()
    row = handed_in(world)
    seen = queries.fingerprint_of(row)
    for by in (OFFICE, world.viewer("incoming"), world.viewer("hospital")):
        with pytest.raises(NotAllowed):
            sign(handover=row.pk, side="OUTGOING", seen=seen, by=by, at=NOW)
    for side in ("OUTGOING", "INCOMING", "RECIPIENT"):
        with pytest.raises(Refused, match="signs for itself"):
            record_paper(
                handover=row.pk, side=side, signer_name="A", reason="B", source=PAPER, by=OFFICE,
                at=NOW,
            )  # fmt: skip
    signed_by(world, row, "outgoing")
    with pytest.raises(Refused, match="signed already"):
        signed_by(world, row, "outgoing")
    assert queries.unsigned(row) == ["INCOMING", "RECIPIENT"]


def test_one_account_cannot_sign_for_two_sides() -> None:
    world = leaving()
    row = handed_in(world)
    signed_by(world, row, "outgoing")
    one = Signature.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            id=uuid4(), handover=row, side="INCOMING", way="OWN_ACCOUNT", signer=one.signer,
            signer_name="x", signed_at=NOW, sha256="x", version=1,
        )  # fmt: skip


def test_who_saw_something_else_does_not_sign() -> None:
    world = leaving()
    row = handed_in(world)
    with pytest.raises(Overtaken):
        sign(handover=row.pk, side="OUTGOING", seen="0" * 64, by=world.viewer("outgoing"), at=NOW)


def test_taking_back_withdraws_signatures_and_tells_who_signed() -> None:
    world = leaving()
    row = handed_in(world)
    signed_by(world, row, "outgoing", "hospital")
    with pytest.raises(NotAllowed):
        take_back(handover=row.pk, reason="more", by=world.viewer("hospital"), at=NOW)
    take_back(handover=row.pk, reason="a fault was forgotten", by=world.viewer("outgoing"), at=NOW)
    assert queries.signatures_of(row) == []
    told = {w.sentence for w in work_together(world.viewer("hospital"))}
    assert [s for s in told if "no longer holds" in s]
    assert not [w for w in work_together(world.viewer("incoming")) if "no longer" in w.sentence]
    again = hand_in(handover=row.pk, none_of=queries.PARTS, by=OFFICE, at=NOW)
    assert again.version == 2
    signed_by(world, again, "outgoing", "incoming", "hospital")
    assert Handover.objects.get(pk=row.pk).state == "COMPLETE"
    with pytest.raises(Refused):
        take_back(handover=row.pk, reason="x", by=OFFICE, at=NOW)


def test_a_side_without_an_account_signs_on_paper_and_the_page_can_tell() -> None:
    world = leaving()
    row = handed_in(world)
    world.accounts["hospital"].is_active = False
    world.accounts["hospital"].save()
    told: dict[str, Any] = {"handover": row.pk, "side": "RECIPIENT", "source": PAPER, "at": NOW}
    with pytest.raises(Refused, match="why it is on paper"):
        record_paper(signer_name="Director", reason="", by=OFFICE, **told)
    with pytest.raises(NotAllowed):
        record_paper(signer_name="Director", reason="x", by=world.viewer("outgoing"), **told)
    made = record_paper(signer_name="Director", reason="no computer", by=OFFICE, **told)
    assert (made.way, made.signer) == ("PAPER", OFFICE.person)
    signed_by(world, row, "outgoing", "incoming")
    assert Handover.objects.get(pk=row.pk).state == "COMPLETE"


def test_where_nobody_follows_a_paper_says_who_takes_over() -> None:
    world = leaving()
    by = world.viewer("outgoing")
    row = begin_handover(
        mission=world.left.pk, to_mission=None, why_nobody="the programme ends", by=by, at=NOW
    )
    row = hand_in(handover=row.pk, none_of=queries.PARTS, by=by, at=NOW)
    signed_by(world, row, "outgoing", "hospital")
    assert queries.what_is_missing(world.left) == [
        "The handover lacks a signature: who takes over, for no team follows."
    ]
    record_paper(
        handover=row.pk, side="INCOMING", signer_name="Health office", reason="nobody follows",
        source=PAPER, by=OFFICE, at=NOW,
    )  # fmt: skip
    assert queries.what_is_missing(world.left) == []


def test_a_mission_with_seats_cannot_close_before_all_have_signed() -> None:
    world = leaving()
    assert blocked(world.left, "CLOSED") == ["No handover is written."]
    row = a_handover(world)
    assert "not handed in" in blocked(world.left, "CLOSED")[0]
    hand_in(handover=row.pk, none_of=queries.PARTS, by=OFFICE, at=NOW)
    signed_by(world, row, "outgoing")
    assert len(blocked(world.left, "CLOSED")) == 2
    Mission.objects.filter(pk=world.left.pk).update(status="DEBRIEFING")
    told: dict[str, Any] = {
        "mission": world.left.pk,
        "stage": "CLOSED",
        "on": TODAY,
        "by": OFFICE,
        "at": NOW,
    }
    with pytest.raises(Refused, match="recipient hospital"):
        move_stage(**told)
    signed_by(world, row, "incoming", "hospital")
    assert move_stage(**told).status == "CLOSED"
    assert blocked(a_batch(77), "CLOSED") == []


def test_what_differs_from_what_was_signed_is_said_and_blocks() -> None:
    world = leaving()
    row = signed_by_all(world)
    Fault.objects.filter(handover=row).update(broken="something else")
    assert queries.stale(row) == ["OUTGOING", "INCOMING", "RECIPIENT"]
    assert all(side.differs for side in queries.page_of(OFFICE, row, TODAY)["sides"])
    assert "changed after it was signed" in blocked(world.left, "CLOSED")[0]


def test_what_was_left_becomes_work_of_the_leader_who_follows() -> None:
    world = leaving()
    row = signed_by_all(world)
    codes = sorted(WorkItem.objects.filter(done_at=None).values_list("code", flat=True))
    assert codes == ["HANDOVER_FAULT", "HANDOVER_PATIENTS", "HANDOVER_PROMISE"]
    mine = work_together(world.viewer("incoming"))
    assert {w.due_on for w in mine} == {TODAY + 10 * DAY, TODAY + 20 * DAY, None}
    assert [w.href for w in mine] == [w.where for w in mine], "finished on its own page"
    assert work_together(world.viewer("outgoing")) == []
    assert work_together(LEADER) == []
    promise = WorkItem.objects.get(code="HANDOVER_PROMISE")
    with pytest.raises(Refused, match="own page"):
        finish_work(item=promise.pk, by=world.viewer("incoming"), at=NOW)
    with pytest.raises(Unseen):
        finish_work(item=promise.pk, by=LEADER, at=NOW)
    line = Promise.objects.get()
    told: dict[str, Any] = {"part": "promise", "line": line.pk, "on": TODAY, "at": NOW}
    with pytest.raises(NotAllowed):
        settle_line(how="sent", by=world.viewer("outgoing"), **told)
    with pytest.raises(Refused, match="Say how"):
        settle_line(how=" ", by=world.viewer("incoming"), **told)
    settle_line(how="sent by air", by=world.viewer("incoming"), **told)
    assert WorkItem.objects.get(pk=promise.pk).done_at == NOW
    assert queries.stale(row) == []
    with pytest.raises(Refused, match="already"):
        settle_line(how="again", by=OFFICE, **told)


def test_without_an_account_that_follows_the_work_is_the_office_s() -> None:
    world = leaving()
    by = world.viewer("outgoing")
    row = begin_handover(
        mission=world.left.pk, to_mission=None, why_nobody="the last team", by=by, at=NOW
    )
    add_line(handover=row.pk, line=patients(), by=by, at=NOW)
    row = hand_in(handover=row.pk, none_of=queries.PARTS, by=by, at=NOW)
    assert "signed paper" in work_together(OFFICE)[0].sentence
    signed_by(world, row, "outgoing", "hospital")
    record_paper(
        handover=row.pk, side="INCOMING", signer_name="Office", reason="nobody follows",
        source=PAPER, by=OFFICE, at=NOW,
    )  # fmt: skip
    assert [w.sentence for w in work_together(OFFICE)] == [
        "Open patients left by the team before, number unknown. plates to be removed"
    ]


def test_support_is_told_of_by_who_was_named_and_what_is_late_is_the_office_s_work() -> None:
    world = leaving()
    row = handed_in(world)
    first = FollowUp.objects.order_by("due_on")[0]
    assert first.due_on == dt.date(2026, 12, 24)
    told: dict[str, Any] = {"follow_up": first.pk, "done": True, "outcome": "six alone", "at": NOW}
    with pytest.raises(Refused, match="Not all have signed"):
        tell_follow_up(on=TODAY, by=OFFICE, **told)
    signed_by(world, row, "outgoing", "incoming", "hospital")
    due = sorted(Job.objects.filter(kind="handover-overdue").values_list("not_before", flat=True))
    assert [d.date() for d in due][-1] == dt.date(2027, 2, 25)
    late = dt.datetime(2027, 1, 1, 9, 0, tzinfo=dt.UTC)
    assert raise_overdue(handover=row.pk, at=late) == 3
    assert raise_overdue(handover=row.pk, at=late) == 0
    assert "spinal anaesthesia" in " ".join(w.sentence for w in work_together(OFFICE))
    unit = Viewer(uuid4(), "Unit", (Grant("unit", "organisation", world.hospital.pk),))
    with pytest.raises(NotAllowed):
        tell_follow_up(on=TODAY, by=world.viewer("hospital"), **told)
    tell_follow_up(on=TODAY, by=unit, **told)
    assert FollowUp.objects.get(pk=first.pk).state == "DONE"
    assert WorkItem.objects.filter(code="FOLLOW_UP_OVERDUE", done_at=None).count() == 0


def test_who_sees_a_handover() -> None:
    world = leaving()
    row = signed_by_all(world)
    for viewer in (OFFICE, AUDITOR, *(world.viewer(w) for w in world.accounts)):
        assert access.handover_for(viewer, row.pk) == row
    other = Viewer(uuid4(), "R", (Grant("recipient", "organisation", uuid4()),))
    for viewer in (LEADER, Viewer(), other):
        with pytest.raises(Unseen):
            access.handover_for(viewer, row.pk)


def test_an_incoming_leader_without_account_may_sign_on_paper() -> None:
    world = leaving()
    third = a_batch(32, world.left.series, status="PLANNED")
    a_leader(third, "nobody", signs_in=False)
    row = begin_handover(
        mission=world.left.pk, to_mission=third.pk, why_nobody="", by=OFFICE, at=NOW
    )
    assert not access.has_account(row, "INCOMING")
    assert access.has_account(row, "OUTGOING")
    world.accounts["outgoing"].is_active = False
    world.accounts["outgoing"].save()
    assert not access.has_account(row, "OUTGOING")


def test_whoever_acts_on_what_moved_on_meanwhile_is_told() -> None:
    world = leaving()
    before = a_handover(world)
    hand_in(handover=before.pk, none_of=queries.PARTS, by=OFFICE, at=NOW)
    with pytest.raises(Overtaken), held(before):
        pytest.fail("it moved on")


def test_what_came_of_it_names_nobody_either() -> None:
    world = leaving()
    signed_by_all(world)
    line = Fault.objects.get()
    with pytest.raises(Refused, match="looks like"):
        settle_line(
            part="fault", line=line.pk, how="ask 13900001111", on=TODAY, at=NOW,
            by=world.viewer("incoming"),
        )  # fmt: skip


def test_only_later_missions_to_the_same_place_are_offered() -> None:
    world = leaving()
    series = world.left.series
    a_batch(29, series)
    elsewhere = a_batch(33, series)
    a_site(elsewhere, organisation=a_hospital("Autre Test"))
    a_batch(34, series, returned_on="2026")
    assert queries.next_missions(world.left) == [world.follows]
    assert queries.next_missions(world.follows) == [elsewhere]


def test_the_last_day_of_a_mission_is_the_day_before_its_seats_are_over() -> None:
    world = leaving()
    seat = Seat.objects.filter(mission=world.left).latest("until_on")
    assert queries.end_of(world.left) == seat.last_on


def test_what_the_clock_told_of_a_handover_is_not_taken_back() -> None:
    world = leaving()
    row = handed_in(world)
    signed_by(world, row, "outgoing", "incoming", "hospital")
    raise_overdue(handover=row.pk, at=dt.datetime(2027, 1, 1, 9, 0, tzinfo=dt.UTC))
    told = Operation.objects.filter(action="raise_overdue").latest("id")
    with pytest.raises(Refused, match="cannot be taken back"):
        undo(act=told.act, by=OFFICE, at=NOW)
    assert work_together(OFFICE)
