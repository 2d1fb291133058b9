"""A roster is checked first, then taken in: bad rows are named, the known left alone."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.utils import translation
from openpyxl import load_workbook

from marrow.core.viewer import ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.people.jobs import ROSTER, preview, take
from marrow.people.models import Credential, LanguageSkill, Person
from marrow.people.roster import COLUMNS, empty_book
from marrow.sources.actions import keep_document
from marrow.sources.intake.kinds import Taking, guess, mapped
from tests.builders import NOW, OFFICE, a_programme, a_sending_hospital

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
GOOD = {
    "姓名": "王小明", "单位": "Beijing Test Hospital", "职业": "医生", "专业": "麻醉科",
    "职称": "主任（正高级）", "出生年份": "1984年", "外语": "法语", "水平": "b1",
    "执业证书编号": "110", "执业证书有效期": "2027-06-30", "是否愿意": "是",
}  # fmt: skip


def rows(*told: dict[str, str]) -> list[tuple[int, dict[str, str]]]:
    header = list(dict.fromkeys(name for cells in told for name in cells))
    mapping = guess(ROSTER, header)
    return list(mapped(enumerate(told, start=2), mapping))


def taken(*told: dict[str, str], by: Viewer = OFFICE) -> tuple[dict[str, int], list[str]]:
    document = keep_document(key="r", kind="PAPER", title="Roster", by=OFFICE, at=NOW)
    problems: list[str] = []
    taking = Taking(
        rows=lambda: iter(rows(*told)), document=document.pk, title="Roster", by=by, at=NOW,
        told=lambda row, code: problems.append(f"{row} {code}"), progress=lambda _n, _c: None,
    )  # fmt: skip
    return take(taking), problems


def test_a_chinese_roster_is_read_into_people_with_licence_and_language() -> None:
    a_sending_hospital()
    counts, problems = taken(GOOD)
    assert (counts, problems) == ({"rows": 1, "people": 1, "changed": 0, "known": 0}, [])
    person = Person.objects.get()
    assert (person.names, person.specialty, person.grade) == (
        {"zh": "王小明"}, "ANAESTHESIA", "CHIEF",
    )  # fmt: skip
    assert (person.birth_year, person.willing) == (1984, True)
    assert str(Credential.objects.get().expires_on) == "2027-06-30"
    assert LanguageSkill.objects.get().level == "B1"


def test_the_same_roster_again_adds_nobody() -> None:
    a_sending_hospital()
    taken(GOOD)
    counts, _problems = taken(GOOD, GOOD)
    assert counts == {"rows": 2, "people": 0, "changed": 0, "known": 2}


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("姓名", "", "NO_NAME"),
        ("单位", "", "NO_UNIT"),
        ("单位", "Nowhere Hospital Xyzzy", "UNKNOWN_UNIT"),
        ("职业", "", "NO_KIND"),
        ("职业", "wizard", "BAD_KIND"),
        ("专业", "magic", "BAD_SPECIALTY"),
        ("水平", "fluent", "BAD_LEVEL"),
        ("出生年份", "long ago", "BAD_BIRTH_YEAR"),
        ("执业证书有效期", "2027-13-45", "BAD_LICENCE_UNTIL"),
        ("执业证书有效期", "soon", "BAD_LICENCE_UNTIL"),
        ("执业证书有效期", "3026-01-01", "IMPOSSIBLE_LICENCE_UNTIL"),
        ("执业证书有效期", "2190-01-01", "IMPOSSIBLE_LICENCE_UNTIL"),
        ("执业证书有效期", "1801-01-01", "IMPOSSIBLE_LICENCE_UNTIL"),
        ("是否愿意", "maybe", "BAD_WILLING"),
    ],
)
def test_a_bad_cell_is_named_with_its_row_and_the_rest_is_taken(
    column: str, text: str, code: str
) -> None:
    a_sending_hospital()
    counts, problems = taken({**GOOD, column: text}, {**GOOD, "姓名": "李四"})
    assert problems == [f"2 {code}"]
    assert counts["people"] == 1
    assert ROSTER.problems[code]["zh"]


def test_a_day_that_cannot_be_is_named_in_the_preview_as_the_form_refuses_it() -> None:
    a_sending_hospital()
    told = rows({**GOOD, "执业证书有效期": "3026-01-01"}, {**GOOD, "姓名": "李四"})
    found = preview(told, OFFICE)
    assert found.lines == ((2, "IMPOSSIBLE_LICENCE_UNTIL"),)
    assert found.counts["people"] == 1


def test_a_preview_writes_nothing_and_says_who_is_known() -> None:
    a_sending_hospital()
    taken(GOOD)
    told = preview(rows(GOOD, {**GOOD, "姓名": "李四"}, {**GOOD, "职业": "wizard"}))
    assert told.counts == {"rows": 3, "people": 1, "changed": 0, "known": 1}
    assert told.problems == {"BAD_KIND": 1}
    assert Person.objects.count() == 1


def test_a_preview_counts_somebody_who_stands_twice_as_the_import_does() -> None:
    a_sending_hospital()
    taken(GOOD)
    again = {**GOOD, "执业证书编号": "220", "执业证书有效期": "2031-06-30"}
    once_more = {**again, "执业证书编号": "330"}
    sheet = (again, GOOD, once_more, again)
    told = preview(rows(*sheet)).counts
    assert told == {"rows": 4, "people": 0, "changed": 2, "known": 2}
    assert taken(*sheet)[0] == told


def test_a_row_without_a_year_of_birth_may_be_somebody_known_and_makes_nobody_new() -> None:
    a_sending_hospital()
    taken(GOOD)
    yearless = {**GOOD, "出生年份": ""}
    told = preview(rows(yearless))
    assert (told.counts["people"], told.problems) == (0, {"MAY_BE_KNOWN": 1})
    counts, problems = taken(yearless)
    assert (counts["people"], problems) == (0, ["2 MAY_BE_KNOWN"])
    assert Person.objects.count() == 1
    assert taken({**yearless, "姓名": "张三"})[0]["people"] == 1, "nobody of this name is known"
    assert taken({**GOOD, "姓名": "张三"})[1] == ["2 MAY_BE_KNOWN"]
    assert taken({**GOOD, "姓名": "李四"}, {**yearless, "姓名": "李四"})[1] == ["3 MAY_BE_KNOWN"]
    assert ROSTER.problems["MAY_BE_KNOWN"]["fr"]
    another = {**GOOD, "姓名": "李四", "出生年份": "1985年"}
    assert taken(another)[0]["people"] == 1, "told with its year it is another person"


def test_one_person_told_by_other_names_in_one_sheet_is_entered_once() -> None:
    a_sending_hospital()
    in_english = {**{k: v for k, v in GOOD.items() if k != "姓名"}, "拼音": "Wang Xiaoming"}
    sheet = ({**GOOD, "拼音": "Wang Xiaoming"}, {**GOOD, "拼音": ""}, in_english)
    told = preview(rows(*sheet)).counts
    assert told == {"rows": 3, "people": 1, "changed": 0, "known": 2}
    assert taken(*sheet)[0] == told
    assert Person.objects.count() == 1


def test_an_office_of_one_programme_changes_no_licence_of_whom_it_does_not_send() -> None:
    unit = a_sending_hospital()
    taken(GOOD)
    programme = a_programme(sender=unit.area)
    limited = Viewer(uuid4(), "Office", (Grant("office", PROGRAMME, programme.pk),))
    later = {**GOOD, "执业证书有效期": "2039-01-01"}
    assert preview(rows(later), limited).problems == {"NOT_YOUR_PERSON": 1}
    counts, problems = taken(later, by=limited)
    assert (counts["changed"], problems) == (0, ["2 NOT_YOUR_PERSON"])
    assert str(Credential.objects.get().expires_on) == "2027-06-30"
    new = {**GOOD, "姓名": "新人", "拼音": "Xin Ren"}
    assert preview(rows(new), limited).problems == {"NOT_YOUR_UNIT": 1}
    counts, problems = taken(new, by=limited)
    assert (counts["people"], problems) == (0, ["2 NOT_YOUR_UNIT"])
    assert Person.objects.count() == 1


def test_a_unit_takes_in_no_people_of_another() -> None:
    a_sending_hospital()
    other = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, uuid4()),))
    counts, problems = taken(GOOD, by=other)
    assert (counts["people"], problems) == (0, ["2 NOT_YOUR_UNIT"])


@pytest.mark.parametrize("language", ["en", "zh-hans", "fr"])
def test_the_empty_roster_has_drop_downs_and_a_guide_and_is_read_back(language: str) -> None:
    with translation.override(language):
        book = load_workbook(io.BytesIO(empty_book()))
    sheet, guide = book.worksheets[0], book.worksheets[1]
    header = [str(cell.value) for cell in sheet[1]]
    assert all(guess(ROSTER, header)[c.code] for c in COLUMNS), guess(ROSTER, header)
    choosable = [c for c in COLUMNS if c.choices]
    assert len(sheet.data_validations.dataValidation) == len(choosable)
    assert [cell.value for cell in guide[1]][1:] == ["English", "中文", "français"]
    assert guide.max_row == len(COLUMNS) + 1
