"""Checklists: from the programme's list to each person, ticked by whose part it is, on time."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.jobs import run_one, take
from marrow.core.journal.undoing import undo
from marrow.core.models import Job, Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.people.models import Credential, Person
from marrow.sources.access import work_for
from marrow.sources.models import WorkItem
from marrow.sources.queries import work_together
from marrow.teams import queries
from marrow.teams.actions import (
    give_lists,
    keep_list,
    reopen_item,
    tell_overdue,
    tick,
    waive,
    withdraw,
)
from marrow.teams.models import Assignment, ChecklistItem
from marrow.teams.rules.checklists import DONE, OPEN, OVERDUE, USUAL, WAIVED, Listed, Marks, state
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, STRANGER, a_batch, a_person
from tests.builders.forming import TODAY, a_seat, chosen, moved, unit_of

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
LEAVES = TODAY + dt.timedelta(days=50)
LATER = NOW + dt.timedelta(days=60)


def selected(name: str = "Able Test") -> Assignment:
    """Somebody selected into a mission whose programme keeps the usual list."""
    mission = a_batch(31)
    keep_list(programme=mission.programme.key, steps=USUAL, by=OFFICE, at=NOW)
    seat = a_seat(mission, from_on=LEAVES, until_on=LEAVES + dt.timedelta(days=540))
    return chosen(seat, a_person(name))


def item_of(row: Assignment, step: str) -> ChecklistItem:
    return ChecklistItem.objects.get(assignment=row, step=step)


def myself(row: Assignment) -> Viewer:
    me = Viewer(uuid4(), "Me", (Grant("member"),))
    Person.objects.filter(pk=row.person_id).update(account=me.person)
    return me


def test_who_is_selected_gets_the_programmes_list_with_its_last_days() -> None:
    row = selected()
    assert row.checklist.count() == len(USUAL)
    visa = item_of(row, "VISA")
    assert (visa.owner, visa.due_on) == ("OFFICE", LEAVES - dt.timedelta(days=21))
    assert not ChecklistItem.objects.exclude(done_on=None).exists()


def test_a_programme_without_a_list_asks_nothing_and_gives_it_later() -> None:
    row = chosen()
    mission = row.seat.mission
    assert row.checklist.count() == 0
    steps = [Listed("VISA", "OFFICE", 21, required=True)]
    keep_list(programme=mission.programme.key, steps=steps, by=OFFICE, at=NOW)
    assert give_lists(mission=mission.pk, by=OFFICE, at=NOW) == 1
    assert give_lists(mission=mission.pk, by=OFFICE, at=NOW) == 0
    assert item_of(row, "VISA").due_on is None, "nobody knows when they leave"
    with pytest.raises(Unseen):
        keep_list(programme=mission.programme.key, steps=steps, by=LEADER, at=NOW)
    with pytest.raises(NotAllowed):
        give_lists(mission=mission.pk, by=AUDITOR, at=NOW)


def test_a_step_that_is_no_longer_asked_stays_with_those_who_have_it() -> None:
    row = selected()
    key = row.seat.mission.programme.key
    keep_list(programme=key, steps=USUAL[:1], by=OFFICE, at=NOW)
    assert list(queries.listed(row.seat.mission.programme)) == ["MEDICAL"]
    later = chosen(a_seat(row.seat.mission, from_on=LEAVES), a_person("Late Test"))
    assert later.checklist.count() == 1
    assert row.checklist.count() == len(USUAL)
    with pytest.raises(Refused, match="365"):
        keep_list(
            programme=key, steps=[Listed("VISA", "OFFICE", 900, required=True)], by=OFFICE, at=NOW
        )


def test_an_item_is_ticked_by_whose_part_it_is_and_by_the_office() -> None:
    row = selected()
    me, unit = myself(row), unit_of(row.person)
    other = Viewer(uuid4(), "Other", (Grant("unit", ORGANISATION, uuid4()),))
    tick(item=item_of(row, "MEDICAL").pk, on=TODAY, by=unit, at=NOW)
    tick(item=item_of(row, "VACCINATION").pk, on=TODAY, by=me, at=NOW)
    tick(item=item_of(row, "LANGUAGE").pk, on=TODAY, by=OFFICE, at=NOW)
    for wrong, step in ((me, "VISA"), (unit, "VISA"), (unit, "PASSPORT"), (AUDITOR, "VISA")):
        with pytest.raises(NotAllowed):
            tick(item=item_of(row, step).pk, on=TODAY, by=wrong, at=NOW)
    for stranger in (STRANGER, LEADER, other):
        with pytest.raises(Unseen):
            tick(item=item_of(row, "VISA").pk, on=TODAY, by=stranger, at=NOW)
    with pytest.raises(Refused, match="no longer open"):
        tick(item=item_of(row, "MEDICAL").pk, on=TODAY, by=unit, at=NOW)
    with pytest.raises(Refused, match="too far back: not before"):
        tick(item=item_of(row, "VISA").pk, on=dt.date(1800, 1, 1), by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="not come"):
        tick(item=item_of(row, "VISA").pk, on=TODAY + dt.timedelta(days=2), by=OFFICE, at=NOW)
    assert reopen_item(item=item_of(row, "MEDICAL").pk, by=unit, at=NOW).done_on is None


def test_a_paper_of_the_person_shows_that_an_item_is_done() -> None:
    row = selected()
    mine = Credential.objects.create(person=row.person, kind="PASSPORT", number="E1")
    other = Credential.objects.create(person=a_person("Other Test"), kind="PASSPORT")
    passport = item_of(row, "PASSPORT").pk
    with pytest.raises(Refused, match="not one of this person"):
        tick(item=passport, on=TODAY, evidence=other.pk, by=OFFICE, at=NOW)
    assert tick(item=passport, on=TODAY, evidence=mine.pk, by=OFFICE, at=NOW).evidence == mine


def test_the_team_does_not_leave_while_something_required_is_open_or_not_let_be() -> None:
    row = selected()
    mission = row.seat.mission
    moved(mission, "RECRUITING", "SELECTED", "TRAINING")
    with pytest.raises(Refused, match=r"Able Test still has open: .*passport.*visa"):
        moved(mission, "IN_TRANSIT")
    for item in row.checklist.filter(required=True).exclude(step="VISA"):
        tick(item=item.pk, on=TODAY, by=OFFICE, at=NOW)
    visa = item_of(row, "VISA").pk
    with pytest.raises(Refused, match="Say why"):
        waive(item=visa, reason=" ", by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        waive(item=visa, reason="none needed", by=unit_of(row.person), at=NOW)
    waive(item=visa, reason="none needed", by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        reopen_item(item=visa, by=unit_of(row.person), at=NOW)
    moved(mission, "IN_TRANSIT")
    assert row.checklist.filter(step="LANGUAGE", done_on=None).exists(), "only asked, no must"


def test_nobody_waits_for_the_list_of_one_who_does_not_come() -> None:
    row = selected()
    withdraw(assignment=row.pk, reason="ill", by=OFFICE, at=NOW)
    chosen(row.seat, a_person("Next Test"))
    found = queries.board(OFFICE, row.seat.mission, TODAY)
    assert [str(line.assignment.person) for line in found.lines] == ["Next Test"]
    assert tell_overdue(mission=row.seat.mission_id, by=STRANGER, at=LATER) == len(USUAL)


def test_what_is_overdue_is_told_once_to_its_owner_and_to_nobody_else() -> None:
    row, mission = selected(), None
    mission = row.seat.mission_id
    me, unit = myself(row), unit_of(row.person)
    medical = item_of(row, "MEDICAL")
    assert (medical.due_on or TODAY) < TODAY, "60 days before a departure in 50 days"
    assert tell_overdue(mission=mission, by=STRANGER, at=NOW) == 1
    assert tell_overdue(mission=mission, by=STRANGER, at=NOW) == 0
    assert tell_overdue(mission=mission, by=STRANGER, at=LATER) == len(USUAL) - 1
    other = Viewer(uuid4(), "Other", (Grant("unit", ORGANISATION, uuid4()), Grant("member")))
    assert not work_for(other).exists()
    told = {(w.name, w.where) for w in work_together(unit)}
    assert ("Able Test: medical examination", f"/teams/checklist/{medical.pk}/") in told
    assert {w.role for w in work_for(unit)} == {"unit"}
    assert [w.about for w in work_for(me)] == [item_of(row, "VACCINATION").pk]
    tick(item=medical.pk, on=TODAY, by=unit, at=LATER)
    assert WorkItem.objects.get(about=medical.pk).done_at == LATER
    reopen_item(item=medical.pk, by=unit, at=LATER)
    assert WorkItem.objects.get(about=medical.pk).done_at is None


def test_what_the_clock_told_of_a_checklist_is_not_taken_back() -> None:
    row = selected()
    tell_overdue(mission=row.seat.mission_id, by=STRANGER, at=LATER)
    told = Operation.objects.filter(action="tell_overdue").latest("id")
    with pytest.raises(Refused, match="cannot be taken back"):
        undo(act=told.act, by=OFFICE, at=LATER)
    assert work_together(OFFICE)


def test_what_is_overdue_for_somebody_without_an_account_is_told_to_the_office() -> None:
    row = selected()
    vaccination = item_of(row, "VACCINATION")
    assert vaccination.owner == "PERSON"
    assert row.person.account is None
    tell_overdue(mission=row.seat.mission_id, by=STRANGER, at=LATER)
    where = f"/teams/checklist/{vaccination.pk}/"
    assert where in {w.where for w in work_together(OFFICE)}
    assert where not in {w.where for w in work_together(unit_of(row.person))}
    tick(item=vaccination.pk, on=TODAY, by=OFFICE, at=LATER)
    assert where not in {w.where for w in work_together(OFFICE)}


@pytest.mark.django_db(transaction=True)
def test_a_clock_is_wound_for_each_day_and_outlives_a_killed_worker() -> None:
    row = selected()
    clocks = Job.objects.filter(kind="teams.overdue").order_by("not_before")
    assert clocks.count() == len({i.due_on for i in row.checklist.all()})
    first = clocks[0]
    due = item_of(row, "MEDICAL").due_on
    assert due
    assert first.not_before.date() == due + dt.timedelta(days=1)
    taken = take("killed", NOW)
    assert taken is not None
    Job.objects.filter(pk=taken.job).update(leased_until=NOW)
    while run_one("next"):
        pass
    assert WorkItem.objects.filter(about=item_of(row, "MEDICAL").pk).count() == 1


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (Marks(TODAY), OPEN),
        (Marks(TODAY - dt.timedelta(days=1)), OVERDUE),
        (Marks(), OPEN),
        (Marks(TODAY - dt.timedelta(days=9), done_on=TODAY), DONE),
        (Marks(TODAY - dt.timedelta(days=9), waived_on=TODAY), WAIVED),
    ],
)
def test_an_item_is_late_from_the_day_after(marks: Marks, expected: str) -> None:
    assert state(marks, TODAY) == expected


def test_the_list_is_kept_and_ticked_on_pages(signed_in: dict[str, Client]) -> None:
    office, unit = signed_in["office"], signed_in["unit"]
    row = chosen(a_seat(from_on=LEAVES))
    mission = row.seat.mission
    where = f"/teams/list/{mission.programme.key}/"
    assert unit.get(where).status_code == 403
    assert office.post(where, {"VISA_owner": "OFFICE"}).status_code == 422
    told = {"VISA_owner": "OFFICE", "VISA_days": "21", "VISA_required": "on",
            "MEDICAL_owner": "UNIT", "MEDICAL_days": "60"}  # fmt: skip
    assert office.post(where, told).status_code == 302
    assert office.post(f"/teams/{mission.pk}/checklist/give/").status_code == 302
    board = office.get(f"/teams/{mission.pk}/checklist/").content.decode()
    assert "0 of 2 done" in board
    assert "1 is overdue" in board
    assert signed_in["specialist"].get(f"/teams/{mission.pk}/checklist/").status_code == 404
    visa, medical = item_of(row, "VISA"), item_of(row, "MEDICAL")
    done = {"on": TODAY.isoformat()}
    assert unit.get(f"/teams/checklist/{visa.pk}/").status_code == 200
    assert unit.post(f"/teams/checklist/{visa.pk}/", done).status_code == 403
    assert signed_in["specialist"].get(f"/teams/checklist/{visa.pk}/").status_code == 404
    assert unit.post(f"/teams/checklist/{medical.pk}/", done).status_code == 302
    assert unit.post(f"/teams/checklist/{medical.pk}/reopen/").status_code == 302
    assert unit.get(f"/teams/checklist/{visa.pk}/waive/").status_code == 403
    let = {"reason": "no visa is needed"}
    assert office.post(f"/teams/checklist/{visa.pk}/waive/", let).status_code == 302
    assert "no visa is needed" in office.get(f"/teams/checklist/{visa.pk}/").content.decode()
    assert "1 open" in office.get(f"/teams/{mission.pk}/").content.decode()


def test_a_large_team_costs_its_pages_no_more_questions(
    signed_in: dict[str, Client], django_assert_max_num_queries: Any
) -> None:
    row = selected()
    mission = row.seat.mission
    for number in range(11):
        chosen(a_seat(mission, from_on=LEAVES), a_person(f"Member {number} Test"))
    signed_in["office"].get("/account/")  # a session writes itself down on its first page
    for page in ("", "checklist/", "letters/", "training/", "panel/", "letters/DISPATCH/fr/"):
        with django_assert_max_num_queries(30):
            answer = signed_in["office"].get(f"/teams/{mission.pk}/{page}")
        assert len(answer.content) < 60_000, page
