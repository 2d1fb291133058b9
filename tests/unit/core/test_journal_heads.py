"""Heads of the journal, kept outside the database by the worker and read by `verify`."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marrow.core.journal.heads import HeadKeeper, kept_heads
from marrow.core.journal.verifying import Head, head
from marrow.core.models import Operation
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Organisation
from tests.builders import NOW, OFFICE, a_hospital
from tests.unit.core.altering import beside, cut

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path, hospital: Organisation) -> Path:
    """The head that a worker kept."""
    place = tmp_path / "heads.txt"
    HeadKeeper(place).keep(NOW)
    return place


def test_the_worker_keeps_a_head_when_it_starts_and_each_day(
    hospital: Organisation, tmp_path: Path
) -> None:
    file = tmp_path / "heads.txt"
    keeper = HeadKeeper(file)
    keeper.keep(NOW)
    a_hospital("Later that day")
    keeper.keep(NOW + DAY / 4)
    assert file.read_text().count("\n") == 1
    keeper.keep(NOW + DAY)
    HeadKeeper(file).keep(NOW + DAY)
    heads, _faults = kept_heads(file)
    count = Operation.objects.count()
    assert [(h.on, h.count) for h in heads] == [
        ("2026-11-24", count - 1), ("2026-11-25", count), ("2026-11-25", count),
    ]  # fmt: skip
    assert not beside(file).broken


def test_two_workers_add_one_line_on_a_new_day(hospital: Organisation, tmp_path: Path) -> None:
    file = tmp_path / "heads.txt"
    one, other = HeadKeeper(file), HeadKeeper(file)
    for keeper in (one, other):
        keeper.keep(NOW)
    for keeper in (one, other):
        keeper.keep(NOW + DAY)
    assert [h.on for h in kept_heads(file)[0]] == ["2026-11-24", "2026-11-24", "2026-11-25"]


def test_an_empty_journal_has_no_head_and_its_first_operation_brings_one(
    db: None, tmp_path: Path
) -> None:
    keeper = HeadKeeper(tmp_path / "heads.txt")
    keeper.keep(NOW)
    assert not keeper.file.exists()
    enter_organisation(kind="MINISTRY", names={"en": "First"}, by=OFFICE, at=NOW)
    keeper.keep(NOW)
    assert [h.count for h in kept_heads(keeper.file)[0]] == [1]


def test_a_head_that_cannot_be_written_is_tried_again_after_an_hour(
    hospital: Organisation, tmp_path: Path
) -> None:
    keeper = HeadKeeper(tmp_path / "missing/heads.txt")
    with pytest.raises(OSError, match="missing"):
        keeper.keep(NOW)
    keeper.keep(NOW + DAY / 48)
    keeper.file.parent.mkdir()
    keeper.keep(NOW + DAY / 12)
    assert len(kept_heads(keeper.file)[0]) == 1


def test_a_torn_line_is_told_and_the_next_stands_by_itself(file: Path) -> None:
    file.write_text(file.read_text() + "2026-11-2")
    HeadKeeper(file).keep(NOW)
    heads, faults = kept_heads(file)
    assert len(heads) == 2
    assert faults == ["line 2 of heads.txt cannot be read"]


@pytest.mark.parametrize("text", ["", "x", "1", "x:y", "2026-11-24 1:a x", "a b c d"])
def test_a_line_that_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Head.read(text)


def test_the_worker_writes_the_file_that_verify_reads(
    hospital: Organisation, tmp_path: Path, settings: Any
) -> None:
    settings.HEADS = tmp_path / "heads.txt"
    out = io.StringIO()
    call_command("journal", "verify", stdout=out)
    assert "No head is kept" in out.getvalue()
    call_command("work", once=True)
    call_command("journal", "verify", stdout=out)
    assert "Every table is what its operations say." in out.getvalue()
    assert "This cannot notice" in out.getvalue()
    Organisation.objects.filter(pk=hospital.pk).update(place="Elsewhere")
    with pytest.raises(CommandError, match=f"{hospital.pk}: place"):
        call_command("journal", "verify", stdout=out)
    call_command("journal", "verify", tables=False, stdout=out)
    assert "The tables were not compared" in out.getvalue()
    cut(after=head().number - 1)
    with pytest.raises(CommandError, match="exported head"):
        call_command("journal", "verify", stdout=out)


def test_heads_kept_elsewhere_are_read_beside_ours(
    hospital: Organisation, tmp_path: Path, settings: Any
) -> None:
    settings.HEADS = tmp_path / "heads.txt"
    kept, out = tmp_path / "kept.txt", io.StringIO()
    call_command("journal", "head", stdout=out)
    kept.write_text(out.getvalue())
    call_command("journal", "verify", heads=kept, stdout=out)
    kept.write_text("1:forged\n")
    with pytest.raises(CommandError, match=r"the seal at 1|the exported head 1 "):
        call_command("journal", "verify", heads=kept, stdout=out)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("journal", "verify", heads=tmp_path / "none.txt", stdout=out)


def test_verify_asks_the_rooms_that_keep_a_chain_of_their_own(
    hospital: Organisation, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HEADS = tmp_path / "heads.txt"
    monkeypatch.setattr("marrow.core.management.commands.journal.PROOFS", [lambda: ["a fault"]])
    with pytest.raises(CommandError, match="a fault"):
        call_command("journal", "verify", stdout=io.StringIO())
