"""Files that were sent are in the backup that holds the rows that name them, and come back."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marrow.core.actions import back_up, drill, restore
from marrow.core.backups import copies, files, manifests
from marrow.core.backups.drilling import unsealed
from marrow.core.backups.files import Kept, read
from marrow.core.backups.sealing import seal
from marrow.core.refusals import Refused
from marrow.directory.models import Organisation
from marrow.sources.actions.intakes import place_of, receive_file
from marrow.sources.models import Intake
from tests.builders import ADMIN, NOW, OFFICE

pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("verified_at_once"),
]
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> Path:
    settings.VAR, settings.BACKUPS = tmp_path, tmp_path / "backups"
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path


@pytest.fixture
def intake(hospital: Organisation) -> Intake:
    return a_file()


def a_file(text: bytes = b"name,country\nA,GN\n") -> Intake:
    return receive_file(kind="register", name="a.csv", parts=[text], by=OFFICE, at=NOW)


def taken(at: dt.datetime = NOW) -> Path:
    row = back_up(by=ADMIN, at=at)
    return Path(row.folder, row.file)


def faults(file: Path) -> str:
    return drill(file=file, by=ADMIN, at=NOW).faults


def test_a_file_that_a_row_names_is_in_the_backup_with_its_fingerprint(intake: Intake) -> None:
    file = taken()
    held = manifests.of(file)
    assert held.files == (Kept(f"{intake.pk}.table", intake.size, intake.sha256),)
    assert held.holds.named == {f"{intake.pk}.table": intake.sha256}
    assert faults(file) == ""


def test_a_file_added_while_the_backup_runs_loses_nothing(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent before the copy is taken, or between it and the look into the folder."""
    late: list[Intake] = []
    look = files.kept_in

    def slowly(folder: Path) -> tuple[Kept, ...]:
        late.append(a_file(b"name,country\nLate,GN\n"))
        return look(folder)

    monkeypatch.setattr(files, "kept_in", slowly)
    file = taken()
    held = manifests.of(file)
    assert set(held.holds.named) == {f"{intake.pk}.table"}, "its row came after the copy"
    assert {one.name for one in held.files} == {f"{i.pk}.table" for i in (intake, *late)}
    assert faults(file) == ""


def test_what_is_still_being_received_is_no_file_yet(intake: Intake, folders: Path) -> None:
    (folders / "uploads/half.part").write_bytes(b"na")
    assert [one.name for one in manifests.of(taken()).files] == [f"{intake.pk}.table"]


def test_a_file_that_is_lost_already_is_told_and_the_backup_taken(intake: Intake) -> None:
    place_of(intake).unlink()
    out, told = io.StringIO(), io.StringIO()
    call_command("backup", stdout=out, stderr=told)
    assert f"{intake.pk}.table" in told.getvalue()
    file = Path(out.getvalue().splitlines()[0])
    assert manifests.of(file).lacking == (f"{intake.pk}.table",)
    assert faults(file) == "", "it holds all that there was"


def test_a_file_altered_on_the_disk_is_told(intake: Intake) -> None:
    place_of(intake).write_bytes(b"name,country\nB,GN\n")
    assert manifests.of(taken()).lacking == (f"{intake.pk}.table",)


def test_a_backup_without_a_file_that_a_row_names_is_not_whole(
    intake: Intake, tmp_path: Path
) -> None:
    file = taken()
    sealed_anew(file, tmp_path, lambda told: told.update(files=[]), b"")
    assert f"{intake.pk}.table: a row names this file" in faults(file)


def test_other_bytes_than_those_of_the_file_are_noticed(intake: Intake, tmp_path: Path) -> None:
    file = taken()
    sealed_anew(file, tmp_path, lambda _told: None, b"x" * intake.size)
    assert "is not the file that was taken" in faults(file)


def test_more_than_the_backup_says_is_noticed(intake: Intake, tmp_path: Path) -> None:
    file = taken()
    sealed_anew(file, tmp_path, lambda _told: None, place_of(intake).read_bytes(), b"more")
    assert "more than it says" in faults(file)


def sealed_anew(file: Path, tmp_path: Path, change: Any, *after: bytes) -> None:
    """By somebody who holds the key: another manifest, other bytes after the same copy."""
    copy = tmp_path / "opened"
    manifest = unsealed(file, copy)
    told = json.loads(manifest.as_bytes())
    change(told)
    with file.open("wb") as target:
        seal([json.dumps(told).encode(), *read(copy), *(a for a in after if a)], target)


def test_restoring_puts_files_back_and_loses_none_that_is_there(
    intake: Intake, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marrow.core.backups.restoring._into_file", lambda *_: "")
    monkeypatch.setattr("marrow.core.backups.restoring._into_postgresql", lambda *_: "")
    altered, file = a_file(b"name,country\nC,GN\n"), taken()
    place_of(intake).unlink()
    place_of(altered).write_bytes(b"other")
    later = a_file(b"name,country\nD,GN\n")
    assert "Files put back: 2." in restore(file=file, by=ADMIN, at=LATER)
    for row in (intake, altered, later):
        assert hashlib.sha256(place_of(row).read_bytes()).hexdigest() == row.sha256
    (before,) = (folders / "uploads").glob("*.before-*")
    assert before.read_bytes() == b"other"


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "a\\b", ""])
def test_no_name_in_a_backup_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="leads elsewhere"):
        files.place_in(tmp_path, name)


def test_a_file_that_changes_while_it_is_sealed_leaves_no_backup(
    intake: Intake, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = files.kept_in

    def then_change(folder: Path) -> tuple[Kept, ...]:
        found = look(folder)
        place_of(intake).write_bytes(b"other")
        return found

    monkeypatch.setattr(files, "kept_in", then_change)
    with pytest.raises(CommandError, match="was changed while the backup was taken"):
        call_command("backup")
    assert not list((folders / "backups").glob("*.backup"))


def test_backups_of_before_files_were_kept_open_too(hospital: Organisation, tmp_path: Path) -> None:
    file = taken()

    def older(told: dict[str, Any]) -> None:
        del told["files"], told["lacking"], told["holds"]["named"]

    sealed_anew(file, tmp_path, older)
    assert faults(file) == ""
    assert copies.Measured({}, 0, "", 0).named == {}
