"""A table beside the fold of its operations: what was changed past the journal is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest

from marrow.core.journal import Act, journal, writing
from marrow.core.journal.columns import columns
from marrow.core.journal.comparing import differences
from marrow.core.journal.verifying import verify
from marrow.core.viewer import Viewer
from marrow.directory.models import Alias, Organisation
from tests.unit.core.altering import sql

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


UNREADABLE = "its row cannot be read"


def hexed(record: UUID) -> str:
    """An id as SQLite stores it."""
    return record.hex


def told() -> list[str]:
    return [str(difference) for difference in differences()]


def test_a_row_that_was_altered_in_its_table_is_named_with_its_columns(
    hospital: Organisation,
) -> None:
    Organisation.objects.filter(pk=hospital.pk).update(place="Elsewhere", lat=1.5)
    assert told() == [f"directory.organisation {hospital.pk}: lat, place"]
    assert not verify().broken, "the journal itself is whole"


def test_a_row_that_was_deleted_in_its_table_is_named(hospital: Organisation) -> None:
    alias = Alias.objects.get()
    Alias.objects.all().delete()
    assert told() == [f"directory.alias {alias.pk}: the journal has it, the table has not"]


def test_a_row_that_came_in_beside_the_journal_is_named(hospital: Organisation) -> None:
    alias = Alias(organisation=hospital, text="Forged")
    alias.save()
    assert told() == [f"directory.alias {alias.pk}: the table has it, the journal has not"]


def test_a_change_that_waits_for_its_number_is_no_difference(hospital: Organisation) -> None:
    sql("UPDATE core_operation SET feed = NULL")
    assert told() == []


def test_a_row_from_before_an_update_has_the_default_of_a_column_that_came_with_it(
    hospital: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operation of before knows nothing of the column; the update gave the row its default."""
    later = {"names", "invented"}
    monkeypatch.setattr(
        writing, "columns", lambda model: [f for f in columns(model) if f.attname not in later]
    )
    at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    with journal(Act("x", "X"), by=Viewer(via="command"), at=at) as page:
        page.save(Organisation(kind="HOSPITAL", area=hospital.area))
    assert told() == []


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("written", "id_form", "why"),
    [("names = '{'", str, "names"), ("place = CAST(X'FF' AS TEXT)", hexed, UNREADABLE)],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_is_compared(
    hospital: Organisation, written: str, id_form: Callable[[UUID], str], why: str
) -> None:
    other = Organisation.objects.exclude(pk=hospital.pk).get()
    sql(
        "PRAGMA ignore_check_constraints = ON",
        f"UPDATE directory_organisation SET {written} WHERE id = '{hospital.pk.hex}'",
        f"UPDATE directory_organisation SET place = 'x' WHERE id = '{other.pk.hex}'",
        "PRAGMA ignore_check_constraints = OFF",
    )
    assert set(told()) == {
        f"directory.organisation {other.pk}: place",
        f"directory.organisation {id_form(hospital.pk)}: {why}",
    }


@pytest.mark.sqlite
def test_an_id_of_a_row_that_is_none_is_named(hospital: Organisation) -> None:
    alias = Alias.objects.get()
    sql("UPDATE directory_alias SET id = 'zz'")
    assert set(told()) == {
        f"directory.alias zz: {UNREADABLE}",
        f"directory.alias {alias.pk}: the journal has it, the table has not",
    }
