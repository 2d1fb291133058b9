"""What somebody with the database in their hands may try, and how the journal shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from marrow.core.journal.comparing import differences
from marrow.core.journal.heads import HeadKeeper
from marrow.core.journal.sealing import SIGNED
from marrow.core.journal.sequencer import sequence
from marrow.core.journal.stored import SEALED
from marrow.core.journal.verifying import head, verify
from marrow.core.models import FeedCounter, Operation
from marrow.directory.actions import add_alias
from marrow.directory.models import Organisation
from tests.builders import NOW, OFFICE, a_hospital
from tests.unit.core.altering import beside, cut, sql

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(tmp_path: Path, hospital: Organisation) -> Path:
    """The head that a worker kept."""
    place = tmp_path / "heads.txt"
    HeadKeeper(place).keep(NOW)
    return place


@pytest.fixture
def unnumbered(settings: Any, hospital: Organisation) -> None:
    """One more operation, which waits for its number."""
    settings.NUMBER_EVERY = 3600
    alias = add_alias(organisation=hospital.pk, text="Waits", language="fr", by=OFFICE, at=NOW)
    assert Operation.objects.filter(feed=None).get().record == alias.pk


def cut_off(number: int) -> str:
    return f"that {number} is the last number was not sealed: a tail may be cut off"


def another(column: str) -> str:
    """SQL for a value that does not stand in this column."""
    return {
        "at": "'2020-01-01 00:00:00+00:00'", "origin_q": "7",
        **dict.fromkeys(("act", "record", "by", "origin", "undoes"), "'" + "0" * 31 + "7'"),
    }.get(column, f"\"{column}\" || ' '")  # fmt: skip


def test_what_nobody_touched_is_whole_beside_its_heads(file: Path) -> None:
    assert beside(file).broken == ()
    assert list(differences()) == []


def test_many_pages_are_walked_in_the_order_of_their_numbers(hospital: Organisation) -> None:
    for n in range(12):
        a_hospital(f"Number {n}")
    last = head().number
    assert last > 20
    assert verify().broken == ()
    sql(f"UPDATE core_operation SET note = 'x' WHERE feed = {last - 1}")
    page, line = verify().broken
    assert page == f"operations {last - 1}–{last - 1}: a byte was altered, or their order"
    assert line.startswith("1 operation is not written through the journal")


def test_the_last_page_cut_off_with_its_seal_and_count_is_found(file: Path) -> None:
    last = head().number
    cut(after=last - 1)
    assert verify().broken == (cut_off(last - 1),), "without any head"
    broken = beside(file).broken
    assert f"the exported head {last} is missing" in broken
    assert any("operations were there 2026-11-24" in line for line in broken)


def test_a_tail_that_lost_its_numbers_and_was_rewritten_is_found(file: Path) -> None:
    last = head().number
    cut(
        after=last - 1,
        keep_rows="UPDATE core_operation SET feed = NULL,"
        f" changes = replace(changes, 'Another', 'Forged') WHERE feed > {last - 1}",
    )
    assert f"the exported head {last} is missing" in beside(file).broken
    sequence()
    told = verify().broken
    assert cut_off(last) in told, "numbered and sealed anew it still does not look whole"
    assert any("not written through the journal" in fault for fault in told)
    assert f"the seal at {last} is not the one that was exported" in beside(file).broken


def test_a_wiped_journal_is_found_even_after_it_was_filled_again(file: Path) -> None:
    sql("DELETE FROM core_operation", "DELETE FROM core_seal", "DELETE FROM core_feedcounter")
    assert beside(file).broken
    a_hospital("Written over it")
    assert beside(file).broken


def test_an_operation_that_was_not_numbered_yet_and_vanished_is_found(
    unnumbered: None, hospital: Organisation, tmp_path: Path
) -> None:
    HeadKeeper(tmp_path / "h").keep(NOW)
    assert not beside(tmp_path / "h").broken
    sql("DELETE FROM core_operation WHERE feed IS NULL")
    assert beside(tmp_path / "h").broken
    assert list(differences()), "and its row stands without it"


def test_a_tail_that_was_cut_off_is_not_healed_by_the_next_act(hospital: Organisation) -> None:
    cut(after=head().number - 1)
    a_hospital("Written over it")
    assert verify().broken == (cut_off(head().number),)


def test_a_count_that_was_wiped_with_the_tail_is_not_healed_either(hospital: Organisation) -> None:
    cut(after=head().number - 1)
    sql("DELETE FROM core_feedcounter")
    a_hospital("Written over it")
    assert verify().broken == (cut_off(head().number),)


FORGED = (
    "INSERT INTO core_operation (act, action, kind, model, record, changes, at, via, scope, note,"
    " mac) SELECT act, action, kind, model, record, {}, at, via, scope, note, {} FROM"
    " core_operation WHERE id = (SELECT max(id) FROM core_operation)"
)


@pytest.mark.parametrize("later", [False, True], ids=["waiting", "numbered by the house"])
@pytest.mark.parametrize("mac", ["''", "'0:ab'", "mac"])
def test_a_line_that_was_put_in_past_the_journal_is_named(
    hospital: Organisation, mac: str, *, later: bool
) -> None:
    sql(FORGED.format("replace(changes, 'Another', 'Forged')", mac))
    if later:
        sequence()
    last = Operation.objects.latest("id")
    assert f"1 operation is not written through the journal (id {last.pk})" in verify().broken


def test_a_copy_of_a_true_line_is_told(unnumbered: None, hospital: Organisation) -> None:
    line = Operation.objects.latest("id")
    names = ", ".join(f'"{name}"' for name in (*SEALED, "mac") if name not in ("id", "feed"))
    sql(f"INSERT INTO core_operation ({names}) SELECT {names} FROM core_operation"
        f" WHERE id = {line.pk}")  # fmt: skip
    assert verify().broken == (f"1 operation is a copy of another (seal of id {line.pk})",)


@pytest.mark.parametrize("column", SIGNED)
def test_no_column_of_a_waiting_line_can_be_altered(
    unnumbered: None, hospital: Organisation, column: str
) -> None:
    last = Operation.objects.latest("id").pk
    assert not verify().broken
    sql(f'UPDATE core_operation SET "{column}" = {another(column)} WHERE id = {last}')
    assert verify().broken == (f"1 operation is not written through the journal (id {last})",)


@pytest.mark.sqlite
def test_a_waiting_line_that_cannot_be_read_is_told(
    unnumbered: None, hospital: Organisation
) -> None:
    last = Operation.objects.latest("id").pk
    sql(f"UPDATE core_operation SET act = 'not an id' WHERE id = {last}")
    assert verify().broken == (f"1 operation is not written through the journal (id {last})",)


def test_an_operation_whose_number_was_taken_away_is_named(hospital: Organisation) -> None:
    line = Operation.objects.filter(record=hospital.pk).order_by("feed")[0]
    sql("UPDATE core_operation SET feed = NULL WHERE id = %s", values=[line.pk])
    broken = verify().broken
    assert any("1 were sealed, 0 are there" in fault for fault in broken)
    assert f"1 operations below the last one have no number (id {line.pk})" in broken


def test_an_altered_id_is_found_for_undo_goes_by_it(hospital: Organisation) -> None:
    first, second = Operation.objects.filter(record=hospital.pk).order_by("id")
    move = "UPDATE core_operation SET id = {} WHERE id = {}"
    sql(
        move.format(-1, first.pk),
        move.format(first.pk, second.pk),
        move.format(second.pk, -1),
    )
    assert len(verify().broken) == 2


def test_every_column_of_an_operation_is_sealed() -> None:
    columns = {f.name for f in Operation._meta.concrete_fields} - {"mac"}
    assert set(SEALED) == columns
    assert set(SIGNED) == columns - {"id", "feed"}, "what is known as the line is written"


@pytest.mark.parametrize("column", [c for c in SEALED if c not in ("id", "feed")])
def test_no_column_can_be_altered(hospital: Organisation, column: str) -> None:
    sql(f'UPDATE core_operation SET "{column}" = {another(column)} WHERE feed = {head().number}')
    assert verify().broken


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "written",
    [
        "act = upper(act)",
        "record = substr(record, 1, 8) || '-' || substr(record, 9)",
        "at = replace(at, ' ', 'T')",
        "at = at || '.000000'",
        "feed = CAST(feed AS TEXT) || '.0'",
        "origin_q = CAST('' AS BLOB)",
        "changes = CAST(changes AS BLOB)",
    ],
)
def test_the_same_value_written_otherwise_is_found(hospital: Organisation, written: str) -> None:
    number = head().number
    sql(f"UPDATE core_operation SET {written} WHERE feed = {number}")
    if written.startswith("feed"):
        assert not verify().broken, "an integer column makes a number of it again"
    else:
        assert verify().broken


@pytest.mark.postgresql
def test_a_value_that_postgresql_keeps_in_one_form_stays_whole(hospital: Organisation) -> None:
    sql(
        "UPDATE core_operation SET act = upper(act::text)::uuid, at = at AT TIME ZONE 'UTC'"
        " AT TIME ZONE 'UTC'",
        "SET TIME ZONE 'Asia/Shanghai'",
        "SET DateStyle = 'SQL, DMY'",
    )
    assert not verify().broken
    sql("SET TIME ZONE 'UTC'", "SET DateStyle = 'ISO'")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "written",
    [
        "act = 'not an id'",
        "\"by\" = 'xx'",
        "at = '2026-13-99 00:00:00'",
        "changes = CAST(X'FF' AS TEXT)",
    ],
)
def test_what_cannot_be_read_is_told_with_its_number_never_a_crash(
    hospital: Organisation, written: str
) -> None:
    number = head().number
    sql(f"UPDATE core_operation SET {written} WHERE feed = {number}")
    assert f"operation {number} cannot be read" in verify().broken


@pytest.mark.parametrize(
    "written",
    [
        "last = last + 1",
        '"first" = "first" + 1',
        *(
            pytest.param(text, marks=pytest.mark.sqlite)
            for text in ("mac = 'x'", "last = 'x'", "\"first\" = X'FF'")
        ),
    ],
)
def test_an_altered_seal_is_found(hospital: Organisation, written: str) -> None:
    sql(f"UPDATE core_seal SET {written} WHERE last = {head().number}")
    assert verify().broken


def test_a_dropped_seal_is_found(hospital: Organisation) -> None:
    sql(f"DELETE FROM core_seal WHERE last = {head().number - 1}")
    assert verify().broken


def test_a_lost_counter_is_told_and_stops_nobody(hospital: Organisation) -> None:
    last = head().number
    sql("DELETE FROM core_feedcounter")
    assert verify().broken == (f"0 numbers were given, the last seal ends at {last}",)
    a_hospital("Third")
    assert FeedCounter.objects.get().number == head().number == last + 1
    assert verify().broken == (cut_off(last + 1),), "what was touched is told for good"
