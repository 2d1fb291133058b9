"""Exports hold no live formula, keep numbers as numbers, and are read back as they left."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area
from marrow.ui.papers.tables import LIVE, csv_lines, xlsx_bytes
from tests.builders import NOW, OFFICE, a_batch

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(TEXT, st.sampled_from(("", *LIVE)))
def test_no_cell_of_a_csv_begins_as_a_formula(text: str, start: str) -> None:
    made = "".join(csv_lines(["a"], [[start + text]]))
    cell = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"))))[1:]
    assert not cell or not cell[0] or not cell[0][0].startswith(LIVE)


@given(TEXT, st.sampled_from(("", "=", "+", "-", "@")))
def test_every_text_of_a_workbook_stays_the_text_that_it_was(text: str, start: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(["a"], [[5, None, start + text]])))
    number, nothing, last = (book.worksheets[0].cell(2, n) for n in (1, 2, 3))
    assert (number.value, nothing.value) == (5, None)
    if start + text:
        assert (last.value, last.data_type) == (start + text, "s")


@pytest.mark.django_db
def test_a_hospital_named_as_a_formula_leaves_as_text(
    signed_in: dict[str, Client], places: dict[str, Area]
) -> None:
    enter_organisation(
        kind="HOSPITAL", names={"en": "=cmd|' /C calc'!A0"}, area=places["GN"], by=OFFICE, at=NOW
    )
    address = "/directory/places/GN/table.csv"
    answer = signed_in["office"].get(address)
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=cmd" in text
    assert signed_in["stranger"].get(address).status_code == 302
    assert signed_in["office"].get("/directory/places/GN/table.exe").status_code == 404


@pytest.mark.django_db
def test_the_list_of_batches_leaves_as_it_is_filtered_and_unknown_is_empty(
    signed_in: dict[str, Client],
) -> None:
    batch = a_batch(3)
    answer = signed_in["stranger"].get(f"/batches/table.xlsx?programme={batch.programme.key}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    header, line = (list(row) for row in book.worksheets[0].iter_rows(values_only=True))
    told = dict(zip(header, line, strict=True))
    assert told["Number"] == 3
    assert told["Persons"] is None
