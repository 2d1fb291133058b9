"""The journal: rows and their operations commit together, in order, sealed, and fold back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from marrow.activity.actions import count_visits
from marrow.activity.models import Visits
from marrow.core.journal.acts import Act
from marrow.core.journal.folding import fold, table
from marrow.core.journal.history import history_of
from marrow.core.journal.undoing import undo, undo_plan
from marrow.core.journal.verifying import Head, head, verify
from marrow.core.journal.writing import Spoiled, journal, together
from marrow.core.models import FeedCounter, Operation
from marrow.core.refusals import Overtaken, Refused
from marrow.core.secrets import erase
from marrow.directory.actions import enter_organisation, name_organisation
from marrow.directory.models import Organisation
from marrow.missions.actions import change_batch
from marrow.missions.models import Mission
from tests.builders import LEADER, NOW, OFFICE, a_batch, a_hospital

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
TRY = Act("try_it", "Tried it")


@pytest.fixture(autouse=True)
def _world(places: Any) -> None:
    """Every test has its places."""


def test_a_change_keeps_who_when_what_before_and_after() -> None:
    batch = a_batch(30)
    change_batch(mission=batch.pk, size=24, by=OFFICE, at=NOW, note="counted again")
    _op, newest = history_of("missions.mission", batch.pk)[0]
    assert (newest.by, newest.at, newest.via, newest.note) == (
        OFFICE.person, NOW, "page", "counted again",
    )  # fmt: skip
    assert [(c.before, c.after) for c in newest.changes] == [(None, 24)]


def test_nothing_is_written_when_nothing_changed() -> None:
    batch = a_batch(30, size=24)
    before = Operation.objects.count()
    change_batch(mission=batch.pk, size=24, by=OFFICE, at=NOW)
    assert Operation.objects.count() == before


def test_acts_together_are_put_down_in_their_order_and_each_is_whole() -> None:
    rows = [Organisation(kind="HOSPITAL", names={"en": name}) for name in ("One", "Two")]
    last = Operation.objects.order_by("-pk").first()
    with together():
        for row in rows:
            with journal(TRY, by=OFFICE, at=NOW) as page:
                page.save(row)
    fresh = Operation.objects.filter(pk__gt=last.pk if last else 0).order_by("pk")
    assert [line.record for line in fresh] == [row.pk for row in rows]
    assert len({line.act for line in fresh}) == 2
    assert not verify().broken


def test_of_acts_together_none_stands_when_one_failed_though_it_was_caught() -> None:
    rows, lines = Organisation.objects.count(), Operation.objects.count()
    with pytest.raises(Spoiled), together():
        for name in ("Whole", "Half done"):
            with suppress(RuntimeError), journal(TRY, by=OFFICE, at=NOW) as page:
                page.save(Organisation(kind="HOSPITAL", names={"en": name}))
                if name == "Half done":
                    raise RuntimeError
    assert (Organisation.objects.count(), Operation.objects.count()) == (rows, lines)


def test_a_failed_action_leaves_neither_row_nor_operation() -> None:
    rows, lines = Organisation.objects.count(), Operation.objects.count()
    with pytest.raises(RuntimeError), journal(TRY, by=OFFICE, at=NOW) as page:
        page.save(Organisation(kind="HOSPITAL", names={"en": "Half done"}))
        raise RuntimeError
    assert (Organisation.objects.count(), Operation.objects.count()) == (rows, lines)


def test_numbers_are_given_after_the_commit_without_a_gap() -> None:
    a_hospital("One")
    with transaction.atomic():
        a_hospital("Two")
        assert Operation.objects.filter(feed=None).exists()
    numbers = list(Operation.objects.order_by("feed").values_list("feed", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_who_change_the_same_field_are_told() -> None:
    batch = a_batch(30)
    mine, theirs = Mission.objects.get(pk=batch.pk), Mission.objects.get(pk=batch.pk)
    theirs.size = 24
    with journal(TRY, by=OFFICE, at=NOW) as page:
        page.save(theirs)
    mine.size = 25
    with pytest.raises(Overtaken), journal(TRY, by=OFFICE, at=NOW) as page:
        page.save(mine)
    assert Mission.objects.get(pk=batch.pk).size == 24


def test_two_who_change_different_fields_both_stand() -> None:
    batch = a_batch(30)
    mine, theirs = Mission.objects.get(pk=batch.pk), Mission.objects.get(pk=batch.pk)
    theirs.size, mine.months = 24, 18
    for row in (theirs, mine):
        with journal(TRY, by=OFFICE, at=NOW) as page:
            page.save(row)
    stands = Mission.objects.get(pk=batch.pk)
    assert (stands.size, stands.months) == (24, 18)


def test_the_journal_folds_into_the_very_tables() -> None:
    batch = a_batch(30)
    change_batch(mission=batch.pk, size=24, departed_on="2024-06", by=OFFICE, at=NOW)
    a_hospital("Ignace Test")
    for model in (Mission, Organisation):
        assert fold(model) == table(model)
        assert table(model)


def test_verify_finds_no_fault_in_what_was_sealed() -> None:
    a_hospital()
    verdict = verify(head())
    assert not verdict.broken
    assert verdict.operations == Operation.objects.count()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE core_operation SET changes = replace(changes, 'Ignace', 'Ignaze') WHERE feed = %s",
        "DELETE FROM core_operation WHERE feed = %s",
        "UPDATE core_operation SET at = '2020-01-01 00:00:00+00:00' WHERE feed = %s",
        "UPDATE core_operation SET note = 'x' WHERE feed = %s",
    ],
)
def test_verify_finds_an_altered_dropped_or_antedated_line(damage: str) -> None:
    hospital = a_hospital("Ignace Test")
    a_hospital("Another")
    line = Operation.objects.get(record=hospital.pk)
    with connection.cursor() as cursor:
        cursor.execute(damage, [line.feed])
    assert verify().broken


def test_verify_finds_two_lines_that_changed_places() -> None:
    a_hospital("One")
    a_hospital("Two")
    first, second = Operation.objects.order_by("-feed")[:2]
    with connection.cursor() as cursor:
        for feed, line in ((-1, first), (first.feed, second), (second.feed, first)):
            cursor.execute("UPDATE core_operation SET feed = %s WHERE id = %s", [feed, line.pk])
    assert verify().broken


def test_a_cut_tail_is_found_by_the_head_that_was_kept() -> None:
    a_hospital("One")
    kept = head()
    last = Operation.objects.order_by("-feed")[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_operation")
        cursor.execute("DELETE FROM core_seal")
        cursor.execute("DELETE FROM core_feedcounter")
    assert not verify().broken, "an empty journal is whole by itself"
    assert verify(Head(kept.number, kept.mac)).broken
    assert last.feed == kept.number


def test_a_crash_before_numbering_is_healed_by_the_next_writer() -> None:
    hospital = a_hospital()
    Operation.objects.update(feed=None)
    FeedCounter.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_seal")
    name_organisation(organisation=hospital.pk, names={"fr": "Autre"}, by=OFFICE, at=NOW)
    assert not Operation.objects.filter(feed=None).exists()
    assert not verify().broken


def test_undo_shows_first_what_would_go_back_and_then_does_it() -> None:
    batch = a_batch(30, size=20)
    change_batch(mission=batch.pk, size=24, by=OFFICE, at=NOW)
    act = Operation.objects.order_by("-id")[0].act
    plan = undo_plan(act)
    assert [(r.column, r.now, r.then) for r in plan.reverts] == [("size", 24, 20)]
    undo(act=act, by=OFFICE, at=NOW)
    assert Mission.objects.get(pk=batch.pk).size == 20
    assert fold(Mission) == table(Mission)


def test_undo_refuses_while_a_later_change_stands_on_it() -> None:
    batch = a_batch(30, size=20)
    change_batch(mission=batch.pk, size=24, by=OFFICE, at=NOW)
    act = Operation.objects.order_by("-id")[0].act
    change_batch(mission=batch.pk, size=25, by=OFFICE, at=NOW)
    later = Operation.objects.order_by("-id")[0]
    assert [b.pk for b in undo_plan(act).blockers] == [later.pk]
    with pytest.raises(Refused):
        undo(act=act, by=OFFICE, at=NOW)
    assert Mission.objects.get(pk=batch.pk).size == 25


def test_undo_of_a_new_record_names_what_refers_to_it() -> None:
    batch = a_batch(30)
    count_visits(mission=batch.pk, held_on=NOW.date(), count=3, by=LEADER, at=NOW)
    act = Operation.objects.get(record=batch.pk).act
    with pytest.raises(Refused, match="3"):
        undo(act=act, by=OFFICE, at=NOW)
    assert Mission.objects.filter(pk=batch.pk).exists()


def test_an_undo_can_itself_be_followed_by_the_same_change_again() -> None:
    batch = a_batch(30, size=20)
    change_batch(mission=batch.pk, size=24, by=OFFICE, at=NOW)
    undo(act=Operation.objects.order_by("-id")[0].act, by=OFFICE, at=NOW)
    change_batch(mission=batch.pk, size=24, by=OFFICE, at=NOW)
    assert Mission.objects.get(pk=batch.pk).size == 24
    assert not verify().broken


def test_a_secret_stands_as_ciphertext_in_table_and_journal_and_can_be_erased() -> None:
    row = count_visits(
        mission=a_batch(30).pk, held_on=NOW.date(), count=3, note="fever ward", by=LEADER, at=NOW
    )
    stored = Visits.objects.get(pk=row.pk)
    assert stored.note == "fever ward"
    line = Operation.objects.get(record=row.pk)
    assert "fever" not in stored.sealed_note + line.changes
    assert erase(row.pk)
    assert Visits.objects.get(pk=row.pk).note is None
    assert not verify().broken


def test_an_unknown_act_cannot_be_undone() -> None:
    with pytest.raises(Refused):
        undo_plan(uuid4())


def test_an_organisation_without_a_name_is_refused() -> None:
    with pytest.raises(Refused, match="name"):
        enter_organisation(kind="HOSPITAL", names={}, by=OFFICE, at=NOW)
