"""A backup is whole or it is none; the drill finds what was altered, and says that it was done."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from marrow.core.actions import back_up, drill, restore
from marrow.core.backups import copies, drilling, sealing
from marrow.core.backups.drilling import unsealed
from marrow.core.backups.files import read
from marrow.core.backups.queries import last_drilled_at, state_of_backups
from marrow.core.backups.sealing import PIECE, Damaged, pieces_of, seal
from marrow.core.models import Backup, Drill, Operation
from marrow.core.refusals import NotAllowed, Refused
from marrow.directory.models import Organisation
from tests.builders import ADMIN, NOW, OFFICE, a_hospital
from tests.unit.core.altering import sql

pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("verified_at_once"),
]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> Path:
    settings.VAR, settings.BACKUPS = tmp_path, tmp_path / "backups"
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path


@pytest.fixture
def taken(hospital: Organisation) -> Path:
    row = back_up(by=ADMIN, at=NOW)
    return Path(row.folder, row.file)


def drilled(file: Path) -> Drill:
    return drill(file=file, by=ADMIN, at=NOW)


def sealed_anew(file: Path, tmp_path: Path, change: Any) -> None:
    """What somebody could do who holds the key: open it, change the copy, seal it again."""
    copy = tmp_path / "opened"
    copy.unlink(missing_ok=True)
    manifest = unsealed(file, copy)
    told = json.loads(manifest.as_bytes())
    change(copy, told)
    with file.open("wb") as target:
        seal([json.dumps(told).encode(), *read(copy)], target)


def test_a_backup_counts_only_when_it_was_restored_and_compared(taken: Path) -> None:
    assert state_of_backups(ADMIN).drilled is None
    row = drilled(taken)
    assert row.faults == ""
    assert row.rows == Backup.objects.get().rows
    assert last_drilled_at(ADMIN) == NOW
    acts = list(Operation.objects.order_by("id").values_list("action", flat=True))[-2:]
    assert acts == ["take_backup", "drill_backup"]
    taken.unlink()
    assert last_drilled_at(ADMIN) is None, "a file that is gone is no backup"


def test_nothing_of_it_can_be_read_without_the_key(taken: Path, settings: Any) -> None:
    held = taken.read_bytes()
    assert b"Organisation" not in held
    assert b"core_operation" not in held
    assert taken.stat().st_mode & 0o077 == 0
    settings.BACKUP_KEY = "another key"
    assert "another key" in drilled(taken).faults
    assert state_of_backups(ADMIN).drilled is None


@pytest.mark.parametrize("place", [5, 40, 80, 900, -20])
def test_a_changed_byte_is_noticed_wherever_it_stands(taken: Path, place: int) -> None:
    held = bytearray(taken.read_bytes())
    held[place] ^= 1
    taken.write_bytes(bytes(held))
    assert drilled(taken).faults


@pytest.mark.parametrize("keep", [0, 30, 70, 2000, -1])
def test_a_cut_or_lengthened_file_is_noticed(taken: Path, keep: int) -> None:
    held = taken.read_bytes()
    for bad in (held[:keep], held + b"x"):
        taken.write_bytes(bad)
        assert drilled(taken).faults


def test_pieces_cannot_be_left_out_or_change_places(tmp_path: Path) -> None:
    file = tmp_path / "sealed"
    with file.open("wb") as target:
        seal([b"manifest", b"a" * 9, b"b" * 9, b"c"], target)
    held = file.read_bytes()
    first = sealing.HEAD + 5 + 8 + sealing.TAG
    length = 5 + 9 + sealing.TAG
    one, other = held[first : first + length], held[first + length :][:length]
    start, rest = held[:first], held[first + 2 * length :]
    for bad in (start + other + one + rest, start + one + rest, start + one + other):
        file.write_bytes(bad)
        with file.open("rb") as source, pytest.raises(Damaged):
            list(pieces_of(source))


def test_many_pieces_come_back_as_they_were(tmp_path: Path) -> None:
    parts = [b"m", b"a" * PIECE, b"b" * PIECE, b"", b"c" * 7]
    with (tmp_path / "sealed").open("w+b") as file:
        seal(parts, file)
        file.seek(0)
        assert list(pieces_of(file)) == parts


@pytest.mark.sqlite
def test_a_row_changed_in_the_copy_is_noticed_even_when_it_is_sealed_again(
    taken: Path, tmp_path: Path
) -> None:
    def change(copy: Path, told: dict[str, Any]) -> None:
        with closing(sqlite3.connect(copy)) as base, base:
            base.execute("UPDATE directory_organisation SET kind = 'MINISTRY'")

    sealed_anew(taken, tmp_path, change)
    assert "not the one that was taken" in drilled(taken).faults

    def lie(copy: Path, told: dict[str, Any]) -> None:
        change(copy, told)
        told["size"] = copy.stat().st_size
        told["sha256"] = hashlib.sha256(copy.read_bytes()).hexdigest()

    back_up(by=ADMIN, at=NOW.replace(hour=10))
    other = next(f for f in taken.parent.glob("*.backup") if f != taken)
    sealed_anew(other, tmp_path, lie)
    assert "directory.organisation" in drilled(other).faults


def test_a_row_changed_behind_the_journal_is_noticed(hospital: Organisation) -> None:
    sql("UPDATE directory_organisation SET kind = 'MINISTRY'")
    row = back_up(by=ADMIN, at=NOW)
    assert "directory.organisation" in drilled(Path(row.folder, row.file)).faults


def test_counts_and_the_journals_end_are_compared(taken: Path, tmp_path: Path) -> None:
    def change(copy: Path, told: dict[str, Any]) -> None:
        told["holds"]["rows"]["directory_organisation"] += 1
        told["holds"]["mac"] = "0" * 64

    sealed_anew(taken, tmp_path, change)
    faults = drilled(taken).faults
    assert "directory_organisation: 3 rows were there, 2 are" in faults
    assert "the journal ended at" in faults


def test_a_full_disk_says_so_and_leaves_no_file(
    hospital: Organisation, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("marrow.core.backups.taking.os.fsync", full)
    with pytest.raises(CommandError, match=r"The disk of .* is full: nothing was kept"):
        call_command("backup", stdout=io.StringIO())
    assert [f.name for f in (folders / "backups").rglob("*") if f.is_file()] == ["lock"]
    assert not Backup.objects.exists()


def test_a_disk_that_fills_while_the_database_is_copied_says_so_too(
    hospital: Organisation, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.utils import OperationalError  # noqa: PLC0415

    def full(path: Path) -> None:
        path.write_bytes(b"half")
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(copies, "take", full)
    with pytest.raises(Refused, match="full"):
        back_up(by=ADMIN, at=NOW)
    assert not [f for f in (folders / "backups").rglob("*") if f.name not in (".taking", "lock")]


def test_only_one_is_taken_at_a_time(hospital: Organisation, folders: Path) -> None:
    from marrow.core.backups.workplaces import workplace  # noqa: PLC0415

    with (
        workplace(folders / "backups/.taking"),
        pytest.raises(Refused, match="Another process is at work"),
    ):
        back_up(by=ADMIN, at=NOW)


def test_only_an_administrator_keeps_backups(taken: Path) -> None:
    for act in (
        lambda: back_up(by=OFFICE, at=NOW), lambda: drill(file=taken, by=OFFICE, at=NOW),
        lambda: restore(file=taken, by=OFFICE, at=NOW), lambda: state_of_backups(OFFICE),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_a_file_that_is_not_there_or_no_backup_is_told(taken: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore-drill", str(tmp_path / "none"))
    (tmp_path / "letter").write_text("Dear all")
    with pytest.raises(CommandError, match="not a backup of Marrow"):
        call_command("restore-drill", str(tmp_path / "letter"))


def test_the_commands_say_what_they_did(
    hospital: Organisation, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drilling, "subprocess", subprocess)  # here it loads, as in the product
    out = io.StringIO()
    call_command("backup", to=folders / "elsewhere", stdout=out)
    file = Path(out.getvalue().splitlines()[0])
    assert file.parent == folders / "elsewhere"
    call_command("restore-drill", str(file), stdout=out)
    assert "every table as it was counted" in out.getvalue()
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", str(file))


@pytest.mark.postgresql
def test_without_its_own_programs_postgresql_is_told_what_to_install(
    hospital: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PROGRAMS", "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refused, match="pg_dump is not here"):
        back_up(by=ADMIN, at=NOW)


@pytest.mark.postgresql
def test_restoring_puts_postgresql_back_as_it_was(taken: Path) -> None:
    a_hospital("Too late")
    assert Organisation.objects.count() == 3
    restore(file=taken, by=ADMIN, at=NOW)
    assert Organisation.objects.count() == 2
    assert connection.vendor == "postgresql"


@pytest.mark.sqlite
def test_a_copy_of_postgresql_is_not_drilled_on_sqlite(taken: Path, tmp_path: Path) -> None:
    sealed_anew(taken, tmp_path, lambda _copy, told: told.update(database="postgresql"))
    with pytest.raises(Refused, match="backup of PostgreSQL"):
        drilled(taken)
