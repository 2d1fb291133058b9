"""Files that strangers send: read when good, refused with a clear word when not."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from django.conf import settings

from marrow.core.jobs import run_one
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area, Organisation
from marrow.sources.actions import cancel_intake, map_columns, receive_file, start_intake
from marrow.sources.intake import tables
from marrow.sources.intake.queries import intake_page, intakes, preview_of
from marrow.sources.models import Document, Intake
from tests.builders import AUDITOR, NOW, OFFICE

REGISTER = "name,country,lat,lon\nHôpital Test,GN,9.5,-13.7\n,GN,1,1\nAutre Test,Atlantis,1,1\n"


@pytest.fixture(autouse=True)
def _own_uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOADS", tmp_path / "uploads")


def named(value: object) -> str:
    """A file's bytes are no name for a test: packed ones hold the second of their making."""
    return value if isinstance(value, str) else "file"


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(data: bytes, name: str = "a.csv") -> Intake:
    return receive_file(kind="register", name=name, parts=[data], by=OFFICE, at=NOW)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (REGISTER.encode(), "a.csv"),
        (REGISTER.encode("utf-8-sig"), "a.csv"),
        (gzip.compress(REGISTER.encode()), "a.csv.gz"),
        (REGISTER.replace(",", ";").encode(), "a.csv"),
        (workbook(["name", "country"], ["Hôpital Test", "GN"]), "a.xlsx"),
    ],
    ids=named,
)
def test_a_table_is_read_whatever_its_dress(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    number, cells = next(tables.rows(path, name))
    assert (number, cells["name"], cells["country"]) == (2, "Hôpital Test", "GN")


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        for n in range(8):
            archive.writestr(f"xl/{n}.xml", b"0" * (90 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        ("name,country\nHôpital,GN\n".encode("latin-1"), "a.csv", "UTF-8"),
        (b"name,country\n" + b"x" * 200_000 + b",GN\n", "a.csv", "100,000"),
        (b"", "a.csv", "empty"),
        (b"\n", "a.csv", "first row"),
        (b"name,name\n", "a.csv", "same name"),
        (b"%PDF-1.7", "a.pdf", ".csv"),
        (b"PK\x03\x04 no book", "a.xlsx", "Excel"),
        (b"not packed", "a.csv.gz", "damaged"),
        (gzip.compress(b"name,country\n" + b"a,b\n" * 200, mtime=0)[:30], "a.csv.gz", "damaged"),
        (workbook(["name", "country"], ["x" * 32_000, "GN"]) + b"", "a.csv", "UTF-8"),
    ],
    ids=named,
)
def test_a_hostile_file_is_refused_with_a_word_and_nothing_is_written(
    data: bytes, name: str, word: str
) -> None:
    with pytest.raises(Refused, match=word):
        row = send(data, name)
        list(tables.rows(settings.UPLOADS / f"{row.pk}.table", name))
    assert not Organisation.objects.exists()
    assert not list(settings.UPLOADS.glob("*.part"))


@pytest.mark.django_db
def test_a_bomb_that_calls_itself_a_workbook_is_not_unpacked() -> None:
    with pytest.raises(Refused, match="unpacks to 754 MB"):
        send(a_bomb(), "a.xlsx")
    assert not Intake.objects.exists()


@pytest.mark.django_db
def test_a_cell_of_two_hundred_megabytes_is_refused_by_its_size() -> None:
    with pytest.raises(Refused, match="64 MB"):
        receive_file(
            kind="register", name="a.csv", by=OFFICE, at=NOW,
            parts=(b"x" * 1024 * 1024 for _part in range(200)),
        )  # fmt: skip
    assert not list(settings.UPLOADS.iterdir())


def test_a_formula_is_text_and_never_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('name,country\n"=1+1",GN\n')
    assert next(tables.rows(path, "a.csv"))[1]["name"] == "=1+1"


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("places")
class TestFromFileToRows:
    def started(self) -> Intake:
        row = send(REGISTER.encode())
        mapping = {"name": "name", "country": "country", "lat": "lat", "lon": "lon"}
        map_columns(intake=row.pk, mapping=mapping, title="T", publisher="P", by=OFFICE)
        assert not Organisation.objects.exists(), "nothing is written before the start"
        return start_intake(intake=row.pk, by=OFFICE, at=NOW)

    def test_a_started_file_is_taken_in_by_the_worker(self) -> None:
        row = self.started()
        assert run_one()
        row.refresh_from_db()
        assert row.state == Intake.State.DONE
        assert row.counts["new"] == 1
        assert {p.code for p in row.problems.all()} == {"NO_NAME", "UNKNOWN_COUNTRY"}
        assert Document.objects.get().sha256 == row.sha256

    def test_a_cancelled_file_is_not_taken_in_and_can_go_on(self) -> None:
        row = self.started()
        cancel_intake(intake=row.pk, by=OFFICE, at=NOW)
        run_one()
        assert not Organisation.objects.exists()
        start_intake(intake=row.pk, by=OFFICE, at=NOW)
        run_one()
        assert Organisation.objects.count() == 1

    def test_a_needed_column_that_is_not_chosen_is_asked_for(self) -> None:
        row = send(REGISTER.encode())
        with pytest.raises(Refused, match="Country"):
            map_columns(intake=row.pk, mapping={"name": "name"}, title="T", publisher="", by=OFFICE)

    def test_a_column_that_was_renamed_is_not_guessed_wrong(self) -> None:
        row = send(b"titulo,wo\nA,B\n")
        assert set(row.mapping.values()) == {""}

    def test_only_a_programme_office_brings_files_in(self) -> None:
        with pytest.raises(NotAllowed):
            receive_file(kind="register", name="a.csv", parts=[b"a"], by=AUDITOR, at=NOW)


def test_a_file_is_its_senders_and_the_whole_offices(places: dict[str, Area]) -> None:
    sender, other = (
        Viewer(uuid4(), name, (Grant("office", AREA, places[code].pk),))
        for name, code in (("Sender", "GN"), ("Other", "ZM"))
    )
    row = receive_file(kind="register", name="a.csv", parts=[REGISTER.encode()], by=sender, at=NOW)
    assert [i.pk for i in intakes(sender)] == [i.pk for i in intakes(OFFICE)] == [row.pk]
    assert intakes(other) == []
    with pytest.raises(Unseen):
        intake_page(other, row.pk)


def _table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(text)
    return path


def test_one_short_row_is_left_out_and_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    path = _table(tmp_path, "name,country\nA Hospital,GN\nno country\nB Hospital,GN\n")
    odd: list[int] = []
    found = list(tables.rows(path, "a.csv", odd.append))
    assert [(n, cells["name"]) for n, cells in found] == [(2, "A Hospital"), (4, "B Hospital")]
    assert odd == [3], "as a spreadsheet numbers it"


def test_a_row_that_swallowed_others_refuses_the_file(tmp_path: Path) -> None:
    path = _table(tmp_path, 'name,country\nA,GN\n"B,GN\nC,GN\nD",GN,x,y\nE,GN\n')
    with pytest.raises(tables.BadFile, match="Row 3"):
        list(tables.rows(path, "a.csv", lambda _n: None))


def test_a_file_of_ragged_rows_is_refused(tmp_path: Path) -> None:
    path = _table(tmp_path, "name,country\n" + "only\n" * 200)
    with pytest.raises(tables.BadFile, match="separator"):
        list(tables.rows(path, "a.csv", lambda _n: None))


DOUBTFUL = (
    "id,name,country,lat,lon\n1,Hôpital Un,GN,9.5,-13.7\n1,Hôpital Un,GN,9.5,-13.7\n"
    "1,Autre,GN,9.5,-13.7\n2,Court\n3,Hôpital Loin,Atlantis,500,1\n"
)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("places")
def test_the_preview_says_what_the_import_then_does_and_each_row_has_one_fate() -> None:
    row = send(DOUBTFUL.encode())
    columns = ("id", "name", "country", "lat", "lon")
    row = map_columns(
        intake=row.pk, mapping={c: c for c in columns}, title="R", publisher="", by=OFFICE
    )
    told = {"TOLD_ALREADY": 1, "NUMBER_TWICE": 1, "UNKNOWN_COUNTRY": 1, "RAGGED": 1}
    preview = preview_of(OFFICE, intake_page(OFFICE, row.pk))
    assert (preview.counts, preview.problems) == ({"rows": 1}, told)
    start_intake(intake=row.pk, by=OFFICE, at=NOW)
    assert run_one()
    row.refresh_from_db()
    assert (row.counts["new"], row.told) == (1, told)
    kept = sorted(row.problems.values_list("row", "code"))
    assert kept == [
        (3, "TOLD_ALREADY"), (4, "NUMBER_TWICE"), (5, "RAGGED"), (6, "UNKNOWN_COUNTRY"),
    ]  # fmt: skip
