"""Letters: in three languages, as DOCX and XLSX, by Marrow's layout or the office's template."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from openpyxl import Workbook, load_workbook

from marrow.core.refusals import Refused, Unseen
from marrow.core.words import names
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.teams import queries
from marrow.teams.actions import drop_template, keep_template
from marrow.teams.letters import written
from marrow.teams.models import Assignment, LetterFile, LetterTemplate, Seat
from marrow.ui.papers.filling import filled
from tests.builders import LEADER, NOW, OFFICE, a_batch, a_person
from tests.builders.forming import TODAY, a_seat, chosen

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
LEAVES = dt.date(2027, 3, 1)
SAID = {"zh": "李梅", "en": "Li Mei", "fr": "Li Mei"}


@pytest.fixture
def mission() -> Mission:
    row = a_batch(31)
    for role, who in (("LEADER", names("Li Mei", "李梅")), ("COOK", names("=SUM(A1)", "王厨"))):
        person = a_person(who["en"], specialty="ANAESTHESIA")
        Person.objects.filter(pk=person.pk).update(names=who)
        seat = a_seat(row, role, from_on=LEAVES, until_on=dt.date(2028, 9, 1))
        chosen(seat, Person.objects.get(pk=person.pk))
    return row


def docx_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def xlsx_cells(content: bytes) -> list[str]:
    sheets = load_workbook(io.BytesIO(content)).worksheets
    return [str(c) for s in sheets for row in s.iter_rows(values_only=True) for c in row if c]


def a_docx(*lines: str, row: tuple[str, ...] = ()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if row:
        table = document.add_table(rows=1, cols=len(row))
        for number, text in enumerate(row):
            table.cell(0, number).text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return made.getvalue()


def kept(mission: Mission, content: bytes, name: str = "ours.docx") -> LetterTemplate:
    return keep_template(
        programme=mission.programme.key, kind="DISPATCH", language="fr", name=name,
        content=content, by=OFFICE, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
@pytest.mark.parametrize("kind", ["NAME_LIST", "DISPATCH"])
def test_every_letter_opens_with_names_and_dates_of_its_language(
    mission: Mission, kind: str, language: str
) -> None:
    day = {"zh": "2027年3月1日", "en": "1 March 2027", "fr": "1er mars 2027"}[language]
    role = {"zh": "队长", "en": "team leader", "fr": "chef d’équipe"}[language]
    content, own = queries.letter(mission, kind, language, "docx", TODAY)
    assert own is None
    said = docx_text(content)
    for words in (SAID[language], day, role):
        assert words in said
    assert "{{" not in said
    content, _own = queries.letter(mission, kind, language, "xlsx", TODAY)
    cells = xlsx_cells(content)
    assert SAID[language] in cells
    assert any(day in cell for cell in cells)
    assert not any("{{" in cell for cell in cells)
    other = "Li Mei" if language == "zh" else "李梅"
    assert other not in said


LEADERLESS = {
    "zh": ("共1人，派遣时间自2027年3月1日", "队长"),
    "en": ("1 persons, from 1 March 2027", "led by"),
    "fr": ("1 personnes, du 1er mars 2027", "chef d’équipe"),
}


@pytest.mark.parametrize("language", list(LEADERLESS))
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_dispatch_letter_without_a_leader_speaks_of_none(
    mission: Mission, signed_in: dict[str, Client], language: str, ending: str
) -> None:
    address = f"/teams/{mission.pk}/letters/"
    warns = "No leader is chosen yet"
    assert warns not in signed_in["office"].get(address).content.decode()
    Assignment.objects.filter(seat__role="LEADER").update(state="WITHDRAWN")
    content, _own = queries.letter(mission, "DISPATCH", language, ending, TODAY)
    said = docx_text(content) if ending == "docx" else "\n".join(xlsx_cells(content))
    wanted, never = LEADERLESS[language]
    assert wanted in said
    assert never not in said
    assert warns in signed_in["office"].get(address).content.decode()


def test_an_offices_own_template_says_that_the_leader_is_not_chosen_yet(mission: Mission) -> None:
    kept(mission, a_docx("Chef : {{ leader }}"))
    Assignment.objects.filter(seat__role="LEADER").update(state="WITHDRAWN")
    content, _own = queries.letter(mission, "DISPATCH", "fr", "docx", TODAY)
    assert "Chef : pas encore désigné" in docx_text(content)


@pytest.mark.parametrize("kind", ["NAME_LIST", "DISPATCH"])
def test_whose_seat_begins_later_leaves_on_their_own_day(
    mission: Mission, signed_in: dict[str, Client], kind: str
) -> None:
    Seat.objects.filter(mission=mission, role="COOK").update(from_on=dt.date(2027, 10, 1))
    content, _own = queries.letter(mission, kind, "en", "docx", TODAY)
    document = Document(io.BytesIO(content))
    assert not [p.text for p in document.paragraphs if "2027" in p.text], "no day for all of them"
    rows = [[c.text for c in r.cells] for r in document.tables[0].rows]
    assert rows[0][-2:] == ["From", "Until"]
    assert [r[-2:] for r in rows[1:]] == [
        ["1 March 2027", "31 August 2028"], ["1 October 2027", "31 August 2028"],
    ]  # fmt: skip
    page = signed_in["office"].get(f"/teams/{mission.pk}/letters/").content.decode()
    assert "the letters tell the days of each person" in page


def test_a_name_that_looks_like_a_formula_stays_text(mission: Mission) -> None:
    content, _own = queries.letter(mission, "NAME_LIST", "en", "xlsx", TODAY)
    book = load_workbook(io.BytesIO(content))
    found = [c for row in book.active.iter_rows() for c in row if c.value == "=SUM(A1)"]  # type: ignore[union-attr]
    assert [c.data_type for c in found] == ["s"]


def test_a_value_that_looks_like_a_placeholder_is_filled_once() -> None:
    template = a_docx("{{ mission }}")
    said = docx_text(filled(template, "docx", {"mission": "{{ mission }}"}, []))
    assert said == "{ { mission }}"


def test_the_offices_own_template_comes_first_until_it_is_dropped(mission: Mission) -> None:
    template = kept(mission, a_docx("Notre tête", "{{ recipient }}", row=("{{person.name}}", "x")))
    content, own = queries.letter(mission, "DISPATCH", "fr", "docx", TODAY)
    assert own == template
    assert [r.cells[0].text for r in Document(io.BytesIO(content)).tables[0].rows] == [
        "Li Mei", "=SUM(A1)",
    ]  # fmt: skip
    assert "Notre tête" in docx_text(content)
    assert "Notre tête" in str(queries.preview(mission, "DISPATCH", "fr", TODAY))
    second = kept(mission, a_docx("Autre tête {{ mission }}"))
    assert LetterTemplate.objects.get(dropped_on=None) == second
    drop_template(template=second.pk, by=OFFICE, at=NOW)
    content, own = queries.letter(mission, "DISPATCH", "fr", "docx", TODAY)
    assert own is None
    with pytest.raises(Refused):
        drop_template(template=second.pk, by=OFFICE, at=NOW)
    with pytest.raises(Unseen):
        drop_template(template=second.pk, by=LEADER, at=NOW)
    with pytest.raises(Unseen):
        keep_template(
            programme=mission.programme.key, kind="DISPATCH", language="fr", name="a.docx",
            content=a_docx("{{ mission }}"), by=LEADER, at=NOW,
        )  # fmt: skip


def test_a_placeholder_that_word_cut_into_runs_is_filled_in_its_first_look(
    mission: Mission,
) -> None:
    document = Document()
    line = document.add_paragraph("To ")
    line.add_run("{{ reci").bold = True
    line.add_run("pient }}, ")
    line.add_run("greetings")
    made = io.BytesIO()
    document.save(made)
    said = Document(io.BytesIO(filled(made.getvalue(), "docx", {"recipient": "Conakry"}, [])))
    assert said.paragraphs[0].text == "To Conakry, greetings"
    assert [r.text for r in said.paragraphs[0].runs if r.bold] == ["Conakry"]


def test_a_sheets_row_is_repeated_and_what_stands_below_moves_down(mission: Mission) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["{{ mission }}"])
    sheet.append(["{{ person.no }}", "{{ person.name }}"])
    sheet.append(["Seal"])
    sheet.merge_cells("A3:B3")
    made = io.BytesIO()
    book.save(made)
    kept(mission, made.getvalue(), "ours.xlsx")
    content, _own = queries.letter(mission, "DISPATCH", "fr", "xlsx", TODAY)
    found = load_workbook(io.BytesIO(content)).active
    assert found is not None
    assert [found.cell(n, 2).value for n in (2, 3)] == ["Li Mei", "=SUM(A1)"]
    assert found["A4"].value == "Seal"
    assert [str(r) for r in found.merged_cells.ranges] == ["A4:B4"]


def test_what_is_wrong_with_a_template_is_named(mission: Mission) -> None:
    good = a_docx("{{ mission }}")
    bomb = with_part(good, "word/media/x.bin", b"0" * 30_000_000)
    outside = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"><Relationship Id="r9" Type="http://x/attachedTemplate" Target="http://x/"'
        b' TargetMode="External"/></Relationships>'
    )
    formula = io.BytesIO()
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "=CONCAT({{ mission }})"
    book.save(formula)
    wrongs = (
        ("a.docx", a_docx("{{ misson }}"), r"could fill \{\{ misson \}\}"),
        ("a.docx", a_docx("{{ mission }"), "not closed"),
        ("a.docx", a_docx("{{ person.name }}"), "outside a table"),
        ("a.docx", a_docx("nothing"), "no placeholder"),
        ("a.docx", b"PK no", "cannot|no DOCX"),
        ("a.docm", good, "Send a DOCX"),
        ("a.xlsx", good, "no XLSX"),
        ("a.docx", b"0" * (1024 * 1024 + 1), "larger"),
        ("a.docx", bomb, "unpacks"),
        ("a.docx", with_part(good, "word/vbaProject.bin", b"x"), "macros"),
        ("a.docx", with_part(good, "word/_rels/settings.xml.rels", outside), "elsewhere"),
        ("a.docx", with_part(good, "word/x.xml", b"<!DOCTYPE a []><a/>"), "entities"),
        ("a.xlsx", formula.getvalue(), "formula"),
    )  # fmt: skip
    for name, content, words in wrongs:
        with pytest.raises(Refused, match=words):
            kept(mission, content, name)
    assert not LetterTemplate.objects.exists()
    assert not LetterFile.objects.exists()


def test_a_file_that_is_not_the_one_that_was_kept_makes_no_letter(mission: Mission) -> None:
    template = kept(mission, a_docx("{{ mission }}"))
    LetterFile.objects.filter(pk=template.sha256).update(content=a_docx("{{ today }}"))
    with pytest.raises(Refused, match="not the one that was kept"):
        queries.letter(mission, "DISPATCH", "fr", "docx", TODAY)


def test_dates_are_written_as_each_language_does() -> None:
    assert written(dt.date(2026, 11, 28), "fr") == "28 novembre 2026"
    assert written(None, "en") == "unknown"


def test_the_office_takes_letters_and_sends_templates_on_pages(
    mission: Mission, signed_in: dict[str, Client]
) -> None:
    office, where = signed_in["office"], f"/teams/{mission.pk}/letters/"
    assert "Dispatch letter" in office.get(where).content.decode()
    assert signed_in["unit"].get(where).status_code == 403
    taken = office.get(f"{where}NAME_LIST/zh/letter.docx")
    assert "李梅" in docx_text(taken.content)
    assert office.get(f"{where}NAME_LIST/de/letter.docx").status_code == 404
    assert office.get(f"{where}NAME_LIST/zh/letter.pdf").status_code == 404
    assert "李梅" in office.get(f"{where}NAME_LIST/zh/").content.decode()
    templates = f"/teams/templates/{mission.programme.key}/"
    layout = office.get("/teams/template/DISPATCH/en/layout.docx").content
    assert "{{ recipient }}" in docx_text(layout)
    told = {"kind": "DISPATCH", "language": "en"}
    wrong = {**told, "file": SimpleUploadedFile("a.docx", a_docx("{{ who }}"))}
    answer = office.post(templates, wrong)
    assert answer.status_code == 422
    assert "{{ who }}" in answer.content.decode()
    right = {**told, "file": SimpleUploadedFile("Our letter.docx", layout)}
    assert office.post(templates, right).status_code == 302
    assert "Our letter.docx" in office.get(where).content.decode()
    row = LetterTemplate.objects.get()
    assert signed_in["unit"].post(f"/teams/template/{row.pk}/drop/").status_code == 403
    assert office.post(f"/teams/template/{row.pk}/drop/").status_code == 302
    assert "Our letter.docx" not in office.get(templates).content.decode()
