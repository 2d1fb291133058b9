"""What a phone says of safety and of help: each word once, as old as it is."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from marrow.core.models import Operation
from marrow.people.models import Person
from marrow.posts.actions import check_in
from marrow.posts.models import CheckIn
from marrow.posts.queries import silence_of
from marrow.sources.models import WorkItem
from marrow.sync.actions import leave_as_is
from marrow.sync.models import Receipt
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import DAYS, LATER, notes, word

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def test_a_word_of_safety_is_as_old_as_it_is_and_ends_no_later_silence(
    leader: Phone, member: Phone, team: Team
) -> None:
    record = word(member, team, NOW + DAYS)
    word(leader, team, LATER)
    member.push(at=LATER)
    member.push(at=LATER)
    leader.push(at=LATER)
    said = CheckIn.objects.get(pk=record)
    assert (said.said_at, said.person, said.by_office) == (NOW + DAYS, team.mate, False)
    assert CheckIn.objects.count() == 2
    assert silence_of(team.mission.watch) == NOW + DAYS
    line = Operation.objects.get(record=record)
    assert (line.origin, line.origin_q, line.at) == (member.row.pk, 1, LATER)


def waits_for_the_office() -> int:
    return WorkItem.objects.filter(code="POST_HELP", role="office", done_at=None).count()


def test_each_call_for_help_of_one_person_stands_with_its_own_hour_and_wakes_the_office(
    member: Phone, team: Team
) -> None:
    for at in (NOW, NOW + DAYS):
        word(member, team, at, "NEEDS_HELP", note="Fever")
    member.push(at=LATER)
    said = CheckIn.objects.order_by("said_at")
    assert [one.said_at for one in said] == [NOW, NOW + DAYS]
    assert waits_for_the_office() == 2


def test_a_call_made_after_the_office_ended_the_one_before_reaches_them_as_a_new_call(
    member: Phone, team: Team
) -> None:
    """The answer to the first was lost: the phone does not know that it arrived."""
    word(member, team, NOW, "NEEDS_HELP", note="Fever")
    member.push(at=NOW)
    check_in(mission=team.mission.pk, state="SAFE", person=team.mate.pk, by=OFFICE, at=NOW + DAYS)
    assert not waits_for_the_office()
    word(member, team, LATER, "NEEDS_HELP", note="Shots at the school")
    member.push(at=LATER)
    assert waits_for_the_office() == 1


def test_a_clock_three_years_slow_is_put_right(member: Phone, team: Team) -> None:
    slow = dt.timedelta(days=1095)
    record = word(member, team, LATER - DAYS - slow)
    member.push(at=LATER, wall=(LATER - slow).isoformat())
    assert CheckIn.objects.get(pk=record).said_at == LATER - DAYS


def test_a_call_for_help_is_taken_whatever_the_clock_says_and_calls_people(
    member: Phone, team: Team
) -> None:
    data = {"mission": str(team.mission.pk), "state": "NEEDS_HELP", "note": "Fever"}
    member.line({"r": str(uuid4()), "t": "check_in", "k": "create", "at": "?", "d": data})
    member.line({"r": str(uuid4()), "t": "check_in", "k": "create", "d": data | {"state": "SAFE"}})
    assert notes(member) == [("quarantined", "MALFORMED")]
    said = CheckIn.objects.get()
    assert (said.state, said.note, said.said_at) == ("NEEDS_HELP", "Fever", NOW)
    assert WorkItem.objects.filter(code="POST_HELP", done_at=None).count() == 2


def test_only_who_serves_is_safe_and_a_member_never_speaks_for_all(
    member: Phone, team: Team
) -> None:
    word(member, team, NOW, whole_team=True)
    Person.objects.filter(pk=team.mate.pk).update(account=None)
    word(member, team, NOW)
    assert [st for st, _why in notes(member)] == ["quarantined"] * 2
    assert not CheckIn.objects.exists()


def test_a_call_for_help_that_cannot_be_taken_is_work_of_the_same_day(
    member: Phone, team: Team
) -> None:
    Person.objects.filter(pk=team.mate.pk).update(account=None)
    word(member, team, NOW, "NEEDS_HELP")
    assert [st for st, _why in notes(member)] == ["quarantined"]
    item = WorkItem.objects.get(code="SET_ASIDE_URGENT", done_at=None)
    assert item.due_on == NOW.date()
    leave_as_is(receipt=Receipt.objects.get().pk, by=OFFICE, at=NOW)
    assert not WorkItem.objects.filter(done_at=None, code="SET_ASIDE_URGENT").exists()
