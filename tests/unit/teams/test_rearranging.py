"""A panel or a training that is arranged anew: what rests on it follows, and undo steps round
nothing."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import Refused
from marrow.teams.actions import (
    call_panel,
    change_panel,
    change_training,
    judge,
    keep_list,
    mark_attendance,
    plan_training,
    reopen_item,
    select,
    tick,
)
from marrow.teams.models import Assignment, ChecklistItem, Panel, TrainingSession
from marrow.teams.rules.checklists import Listed
from tests.builders import NOW, OFFICE, a_batch, a_person
from tests.builders.forming import TODAY, a_seat, agreed, chosen

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


def last_of(action: str) -> UUID:
    return Operation.objects.filter(action=action).latest("id").act


def somebody() -> Assignment:
    """Selected for a team whose programme asks for training."""
    mission = a_batch(31)
    keep_list(
        programme=mission.programme.key, by=OFFICE, at=NOW,
        steps=[Listed("TRAINING", "OFFICE", 20, required=True)],
    )  # fmt: skip
    return chosen(a_seat(mission))


def a_training(
    row: Assignment, topic: str, held_on: dt.date = TODAY, *, required: bool = True
) -> TrainingSession:
    return plan_training(
        mission=row.seat.mission_id, held_on=held_on, topic=topic, required=required, by=OFFICE,
        at=NOW,
    )  # fmt: skip


def changed(session: TrainingSession, **told: object) -> None:
    change_training(session=session.pk, by=OFFICE, at=NOW, **told)  # type: ignore[arg-type]


def marked(session: TrainingSession, row: Assignment, state: str = "PRESENT") -> None:
    mark_attendance(session=session.pk, states={row.pk: state}, by=OFFICE, at=NOW)


def done_on() -> dt.date | None:
    return ChecklistItem.objects.get(step="TRAINING").done_on


def test_training_ticked_off_is_so_again_when_one_was_required_by_mistake() -> None:
    row = somebody()
    session = a_training(row, "Law", required=False)
    tick(item=ChecklistItem.objects.get().pk, on=TODAY - 3 * DAY, by=OFFICE, at=NOW)
    changed(session, required=True)
    assert done_on() is None
    changed(session, required=False)
    assert done_on() == TODAY - 3 * DAY


def test_training_is_ticked_off_when_the_only_one_that_was_missed_is_required_no_more() -> None:
    row = somebody()
    first, missed = a_training(row, "Malaria", TODAY - 5 * DAY), a_training(row, "Law")
    marked(first, row)
    assert done_on() is None, "one that is required was missed"
    changed(missed, required=False)
    assert done_on() == TODAY - 5 * DAY
    changed(missed, required=True)
    other = a_training(row, "Safety")
    changed(missed, required=False)
    assert done_on() is None, "another one is still to come"
    changed(other, required=False)
    assert done_on() == TODAY - 5 * DAY


def test_nobody_is_ticked_off_who_was_nowhere_or_whom_the_office_opened_again() -> None:
    row = somebody()
    session = a_training(row, "Law")
    changed(session, required=False)
    assert done_on() is None, "they were at nothing"
    changed(session, required=True)
    marked(session, row)
    reopen_item(item=ChecklistItem.objects.get().pk, by=OFFICE, at=NOW)
    other = a_training(row, "Songs")
    changed(other, required=False)
    assert done_on() is None


def test_what_was_done_by_a_training_moves_with_the_day_on_which_it_was_held() -> None:
    row = somebody()
    first, last = a_training(row, "Malaria", TODAY - 5 * DAY), a_training(row, "Law")
    marked(first, row)
    marked(last, row)
    assert done_on() == TODAY
    changed(last, held_on=TODAY - 2 * DAY)
    assert done_on() == TODAY - 2 * DAY
    undo(act=last_of("change_training"), by=OFFICE, at=NOW)
    assert done_on() == TODAY
    changed(last, held_on=TODAY - 9 * DAY)
    assert done_on() == TODAY - 5 * DAY, "the other one was held later then"


def test_a_tick_by_hand_stays_when_a_training_moves() -> None:
    row = somebody()
    session = a_training(row, "Songs", required=False)
    tick(item=ChecklistItem.objects.get().pk, on=TODAY, by=OFFICE, at=NOW)
    marked(session, row)
    changed(session, held_on=TODAY - 2 * DAY)
    assert done_on() == TODAY


def test_a_training_that_was_held_is_not_moved_into_the_future_by_undo() -> None:
    row = somebody()
    session = a_training(row, "Law", TODAY + 9 * DAY)
    changed(session, held_on=TODAY - DAY)
    moved = last_of("change_training")
    marked(session, row)
    with pytest.raises(Refused, match="marked since"):
        undo(act=moved, by=OFFICE, at=NOW)
    changed(session, held_on=TODAY)
    undo(act=last_of("change_training"), by=OFFICE, at=NOW)
    session.refresh_from_db()
    assert session.held_on == TODAY - DAY


def a_panel_moved() -> tuple[Panel, Assignment]:
    asked = agreed(a_seat(), a_person())
    panel = call_panel(
        mission=asked.seat.mission_id, meets_on=TODAY + 9 * DAY, members=[("Chair Test", "")],
        by=OFFICE, at=NOW,
    )  # fmt: skip
    change_panel(
        panel=panel.pk, meets_on=TODAY, members=[("Chair Test", ""), ("Second Test", "")],
        by=OFFICE, at=NOW,
    )  # fmt: skip
    return panel, asked


def test_a_panel_that_judged_keeps_its_day_and_its_people_by_undo_as_well() -> None:
    panel, asked = a_panel_moved()
    moved = last_of("change_panel")
    judge(panel=panel.pk, assignment=asked.pk, decision="RECOMMENDED", by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="has judged since"):
        undo(act=moved, by=OFFICE, at=NOW)
    change_panel(panel=panel.pk, place="Lab", by=OFFICE, at=NOW)
    undo(act=last_of("change_panel"), by=OFFICE, at=NOW)
    undo(act=last_of("judge"), by=OFFICE, at=NOW)
    undo(act=moved, by=OFFICE, at=NOW)
    panel.refresh_from_db()
    assert (panel.meets_on, panel.members.count()) == (TODAY + 9 * DAY, 1)


def test_somebody_who_sat_on_a_panel_that_judged_is_not_taken_from_it_by_undo() -> None:
    panel, asked = a_panel_moved()
    people = [("Chair Test", ""), ("Second Test", ""), ("Third Test", "")]
    change_panel(panel=panel.pk, members=people, by=OFFICE, at=NOW)
    judge(panel=panel.pk, assignment=asked.pk, decision="NOT", by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="has judged since"):
        undo(act=last_of("change_panel"), by=OFFICE, at=NOW)
    assert panel.members.count() == 3


def test_what_a_panel_said_is_not_taken_back_from_under_a_selection() -> None:
    panel, asked = a_panel_moved()
    for score in (60, 80):
        judge(
            panel=panel.pk, assignment=asked.pk, decision="RECOMMENDED", score=score, by=OFFICE,
            at=NOW,
        )  # fmt: skip
    said = last_of("judge")
    select(assignment=asked.pk, by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="Wang Test was selected on what the panel said"):
        undo(act=said, by=OFFICE, at=NOW)
    assert panel.judgements.get().score == 80
    undo(act=last_of("select"), by=OFFICE, at=NOW)
    undo(act=said, by=OFFICE, at=NOW)
    assert panel.judgements.get().score == 60, "of nobody in a seat it may be taken back"


def test_what_a_panel_said_of_who_withdrew_stays_as_for_the_form() -> None:
    panel, asked = a_panel_moved()
    judge(panel=panel.pk, assignment=asked.pk, decision="RECOMMENDED", by=OFFICE, at=NOW)
    Assignment.objects.filter(pk=asked.pk).update(state="WITHDRAWN")
    with pytest.raises(Refused, match="decided already"):
        undo(act=last_of("judge"), by=OFFICE, at=NOW)


def test_training_is_not_ticked_off_by_undo_where_another_is_required_since() -> None:
    row = somebody()
    session = a_training(row, "Law", required=False)
    tick(item=ChecklistItem.objects.get().pk, on=TODAY - DAY, by=OFFICE, at=NOW)
    changed(session, required=True)
    opened = last_of("change_training")
    a_training(row, "Safety")
    with pytest.raises(Refused, match=r"Wang Test missed what is required since: .*Safety"):
        undo(act=opened, by=OFFICE, at=NOW)
    undo(act=last_of("plan_training"), by=OFFICE, at=NOW)
    undo(act=opened, by=OFFICE, at=NOW)
    assert done_on() == TODAY - DAY
