"""An office takes a plan away as a workbook, changes it, sends it back, and a new plan is made."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook as Xlsx
from openpyxl import load_workbook

from marrow.core.jobs import run_one
from marrow.plan import actions
from marrow.plan.models import AbsenceCap, Pin, PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries.problem import problem_of
from tests.builders import NOW
from tests.builders.planning import Planning, planning, solved
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def taken_away(office: Client, plan: Scenario) -> Xlsx:
    answer = office.get(f"/plan/{plan.pk}/problem.xlsx")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def at(book: Xlsx, code: str, row: int) -> Any:
    """The cell of a column, by its code, in a row below the two headings, counted from 1."""
    for sheet in book.worksheets:
        for cell in sheet[2] if sheet.max_row > 1 else ():
            if cell.value == code:
                return sheet.cell(row + 2, cell.column)
    raise AssertionError(code)


def sent_back(office: Client, plan: Scenario, book: Xlsx) -> str:
    file = io.BytesIO()
    book.save(file)
    page = f"/plan/{plan.pk}/workbook/"
    told = opened(office, page) | {"file": SimpleUploadedFile("mine.xlsx", file.getvalue())}
    answer = office.post(page, told)
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


def taken(office: Client, page: str, name: str = "By workbook") -> Scenario:
    address = f"{page}take/"
    answer = office.post(address, opened(office, page, f'action="{address}"') | {"name": name})
    assert answer.status_code == 302, text(answer)
    return Scenario.objects.get(name=name)


def test_the_workbook_is_filled_and_says_what_to_write(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    book = taken_away(signed_in["office"], world.plan)
    assert at(book, "seats.id", 1).value == "GN31-01"
    assert at(book, "people.called", 1).value in (
        "General_Surgery Test",
        "Anaesthesia Test",
        "Nursing Test",
    )
    assert "岗位" in at(book, "seats.id", -1).value
    assert "Poste" in at(book, "seats.id", -1).value
    lists = [v for sheet in book.worksheets for v in sheet.data_validations.dataValidation]
    assert len(lists) > 15
    guide = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert any("1 to 4: 4 is chief" in str(words) for words in guide)


def test_sent_back_unchanged_it_changes_nothing(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    page = sent_back(office, world.plan, taken_away(office, world.plan))
    assert "differs from “Guinea 31” in 0 things" in text(office.get(page))
    made = taken(office, page)
    before = problem_of(world.plan, world.office, NOW.date()).problem
    after = problem_of(made, world.office, NOW.date()).problem
    assert made.facts == {}
    assert before.model_copy(update={"name": ""}) == after.model_copy(update={"name": ""})


@pytest.mark.parametrize("language", ["zh-hans", "fr"])
def test_taken_out_in_one_language_and_sent_back_in_another_it_differs_in_what_was_changed(
    world: Planning, signed_in: dict[str, Client], language: str
) -> None:
    office = signed_in["office"]
    world.hospital.names = {"en": "Test Hospital", "zh": "测试医院", "fr": "Hôpital d’essai"}
    world.hospital.save()
    book = taken_away(office, world.plan)
    assert at(book, "hospitals.called", 1).value == "Test Hospital"
    at(book, "seats.weight", 3).value = "critical"
    reader = {"accept-language": language}
    page = sent_back(office, world.plan, book)
    shown = text(office.get(page, headers=reader))
    assert "GN31-03" in shown
    assert "Test Hospital" not in shown
    form = opened(office, page, f'action="{page}take/"') | {"name": "By workbook"}
    assert office.post(f"{page}take/", form, headers=reader).status_code == 302
    assert Scenario.objects.get(name="By workbook").facts == {}
    at(book, "hospitals.called", 1).value = "Another name"
    assert "Another name" in text(office.get(sent_back(office, world.plan, book), headers=reader))


def test_what_the_office_changes_is_seen_and_becomes_a_plan_of_its_own(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "seats.weight", 3).value = "critical"
    at(book, "seats.grade_min", 3).value = 3
    at(book, "seats.cost", 3).value = 40
    for row in (1, 2, 3):
        if at(book, "people.called", row).value == "Nursing Test":
            at(book, "people.grade", row).value = 4
    at(book, "pins.seat", 1).value = "GN31-02"
    at(book, "pins.reason", 1).value = "kept for a visitor"
    page = sent_back(office, world.plan, book)
    shown = text(office.get(page))
    assert "GN31-03" in shown
    assert "Nursing Test" in shown
    assert PlannedSeat.objects.get(code="GN31-03").weight != "CRITICAL"
    made = taken(office, page)
    seat = PlannedSeat.objects.get(team__scenario=made, code="GN31-03")
    assert (seat.weight, seat.grade) == ("CRITICAL", "DEPUTY_CHIEF")
    assert Pin.objects.get(seat__team__scenario=made).person is None
    told = problem_of(made, world.office, NOW.date()).problem
    nurse = next(p for p in told.people if p.id == str(world.nurse.pk))
    assert nurse.grade == 4
    assert next(s for s in told.seats if s.id == "GN31-03").cost == 40
    assert problem_of(world.plan, world.office, NOW.date()).problem.pins == ()
    own = text(office.get(f"/plan/{made.pk}/"))
    assert "goes by the workbook “mine.xlsx”" in own
    office.post(
        f"/plan/{made.pk}/records/",
        opened(office, f"/plan/{made.pk}/", f'action="/plan/{made.pk}/records/"'),
    )
    told = problem_of(Scenario.objects.get(pk=made.pk), world.office, NOW.date()).problem
    assert next(p for p in told.people if p.id == str(world.nurse.pk)).grade == 2


def test_what_is_wrong_comes_back_in_its_row_and_nothing_is_taken_in(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "seats.grade_min", 2).value = 9
    at(book, "people.department", 1).value = "nowhere"
    page = sent_back(office, world.plan, book)
    shown = text(office.get(page))
    assert "2 things are wrong" in shown or "1 thing is wrong" in shown
    assert "Make a new plan of it" not in shown
    back = load_workbook(io.BytesIO(office.get(f"{page}what-is-wrong.xlsx").content))
    assert "at most 4" in at(back, "seats.wrong", 2).value
    assert at(back, "seats.wrong", 1).value is None
    answer = office.post(
        f"{page}take/", opened(office, f"/plan/{world.plan.pk}/workbook/") | {"name": "x"}
    )
    assert answer.status_code == 422
    at(back, "seats.grade_min", 2).value = 2
    page = sent_back(office, world.plan, back)
    assert "is not in the list" in text(office.get(page))
    assert Scenario.objects.count() == 1


def test_faults_of_every_kind_are_told_at_once_and_not_one_after_the_other(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Emptied, no title, a hospital that is not there, a stranger whose days are not listed, a
    trade that is none."""
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "seats.weight", 1).value = None
    at(book, "seats.grade_min", 2).value = 9
    at(book, "seats.accepts", 3).value = "WIZARD"
    at(book, "people.department", 1).value = "nowhere"
    sheet = at(book, "people.id", 1).parent
    row = [cell.value for cell in sheet[4]]
    row[0] = "somebody"
    sheet.append(row)
    shown = text(office.get(sent_back(office, world.plan, book)))
    assert "6 things are wrong" in shown
    for words in (
        "Weight is empty.", "at most 4", "“nowhere” is not in the list",
        "somebody is not on the roster", "somebody: free “as listed”", "WIZARD",
    ):  # fmt: skip
        assert words in shown, words


def test_pressed_twice_it_says_which_plan_was_made(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    office = signed_in["office"]
    page = sent_back(office, world.plan, taken_away(office, world.plan))
    form = opened(office, page, f'action="{page}take/"') | {"name": "By workbook"}
    made = taken(office, page)
    again = office.post(f"{page}take/", form)
    assert again.status_code == 409
    shown = text(again)
    assert f'A plan was made of this workbook: <a href="/plan/{made.pk}/">By workbook</a>' in shown
    assert "wrong" not in shown.split("<main")[1]
    address = f"/api/v1/plan-workbooks/{page.rstrip('/').rpartition('/')[2]}/take"
    late = calling["office"].post(address, {"name": "x"}, content_type="application/json")
    assert late.status_code == 409
    assert late.json()["detail"] == "A plan was made of this workbook already: “By workbook”."
    assert Scenario.objects.count() == 2


def test_a_wrong_pin_is_told_by_names_in_its_own_row(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The nurse is pinned onto the anaesthetist’s seat."""
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "pins.seat", 1).value = "GN31-02"
    at(book, "pins.person", 1).value = str(world.nurse.pk)
    page = sent_back(office, world.plan, book)
    shown = text(office.get(page))
    assert "Pins, row 3" in shown
    assert "The pin GN31-02 → Nursing Test breaks a rule" in shown
    assert str(world.nurse.pk) not in shown
    back = load_workbook(io.BytesIO(office.get(f"{page}what-is-wrong.xlsx").content))
    assert "Nursing Test breaks a rule" in at(back, "pins.wrong", 1).value


def test_whom_marrow_does_not_know_cannot_be_planned(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    sheet = at(book, "people.id", 1).parent
    row = [cell.value for cell in sheet[3]]
    row[0], row[at(book, "people.free", 1).column - 1] = "somebody", "always"
    sheet.append(row)
    at(book, "missions.id", 2).value = "ML12"
    for code in (
        "kind",
        "destination",
        "from",
        "to",
        "asked_all",
        "overlap_days",
        "minimum_people",
    ):
        at(book, f"missions.{code}", 2).value = at(book, f"missions.{code}", 1).value
    shown = text(office.get(sent_back(office, world.plan, book)))
    assert "somebody is not on the roster" in shown
    assert "Mission ML12 is not in the plan" in shown


def test_a_plan_of_a_workbook_is_solved_and_published(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    solved(world)
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    sheet = at(book, "seats.id", 1).parent
    for cell in sheet[5]:  # the nurse's seat is left out
        cell.value = None
    made = taken(office, sent_back(office, world.plan, book))
    assert PlannedSeat.objects.filter(team__scenario=made).count() == 2
    run = world.run(made)
    assert run.state == "DONE", run.faults
    assert run.plan is not None
    assert len(run.plan["assignments"]) == 2
    assert PlannedTeam.objects.filter(scenario=made).count() == 1


def test_what_is_no_workbook_is_refused_in_words(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/workbook/"
    told = opened(office, page) | {"file": SimpleUploadedFile("a.xlsx", b"no workbook")}
    answer = office.post(page, told)
    assert answer.status_code == 422
    assert "This is not an Excel workbook" in text(answer)


def test_only_the_office_that_plans_takes_it_away(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    page = sent_back(signed_in["office"], world.plan, taken_away(signed_in["office"], world.plan))
    for role in ("unit", "leader", "member", "recipient", "auditor"):
        for address in (
            f"/plan/{world.plan.pk}/problem.xlsx",
            page,
            f"/plan/{world.plan.pk}/workbook/",
        ):
            assert signed_in[role].get(address).status_code == 403, (role, address)
    while run_one("test"):
        pass


LANGUAGES = ("en", "fr", "zh-hans")


def test_faults_speak_in_the_words_of_the_columns_and_of_the_list(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "seats.grade_min", 1).value = 9
    at(book, "seats.weight", 2).value = "urgent"
    page = sent_back(office, world.plan, book)
    for language, grade, choices in (
        ("en", "Grade at least must be at most 4 (found 9)", "critical, important, ordinary"),
        ("fr", "Grade minimum", "critique, important, ordinaire"),
        ("zh-hans", "最低职称", "关键、重要、一般"),
    ):
        office.cookies["django_language"] = language
        told = text(office.get(page)).split("<main")[1]
        assert grade in told, language
        assert choices in told, language
        for code in ("grade_min", "weight ", "seats 1", "&#x27;", "'critical'"):
            assert code not in told, (language, code)


def test_an_emptied_cell_that_means_nothing_and_a_formula_without_a_value_are_faults(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    at(book, "seats.weight", 1).value = None
    at(book, "seats.weight", 2).value = '=HYPERLINK("https://example.org","critical")'
    shown = text(office.get(sent_back(office, world.plan, book)))
    assert "2 things are wrong" in shown
    assert "Weight is empty." in shown
    assert "Weight holds a formula, and the file has no value of it" in shown


def test_differences_name_places_languages_and_hospitals_in_the_reader_s_language(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, today = signed_in["office"], NOW.date()
    cap = AbsenceCap(
        unit=world.hospital, from_on=today, until_on=today.replace(year=today.year + 1), people=5
    )
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    book = taken_away(office, world.plan)
    for row in (1, 2, 3):
        if at(book, "people.called", row).value == "Nursing Test":
            at(book, "people.languages", row).value = "fr 3"
    month = next(c for c in at(book, "caps.organisation", 0).parent[2] if c.column == 4)
    assert month.value.startswith("caps.20")
    month.parent.cell(3, 4).value = 0
    page = sent_back(office, world.plan, book)
    made = taken(office, page)
    page = sent_back(office, world.plan, book)
    for language, sheet, spoken in (
        ("en", "Absence caps", "Languages: – → French 3"),
        ("fr", "Plafonds d’absence", "Langues\u00a0: – → français 3"),
        ("zh-hans", "外派上限", "语言：– → 法语 3"),
    ):
        office.cookies["django_language"] = language
        for address, words in ((page, spoken), (f"/plan/{made.pk}/", spoken.replace("– → ", ""))):
            told = text(office.get(address)).split("<main")[1]
            rows = told.split("<tbody>")[1].split("</tbody>")[0] if address == page else told
            assert sheet in rows, (language, address)
            assert words in rows, (language, address)
            for code in ("absence_cap", "Languages · 语言"):
                assert code not in rows, (language, address, code)
            assert f">{world.hospital.pk}" not in rows, (language, address)
        assert "5 → 0" in text(office.get(page)), language


def test_what_is_chinese_is_divided_by_chinese_signs(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """A nurse pinned onto the anaesthetist’s seat, in a plan whose seat asks a title and French."""
    office = signed_in["office"]
    seat = PlannedSeat.objects.get(code="GN31-02")
    seat.grade, seat.languages = "ATTENDING", {"fr": "B1"}
    seat.save()
    office.cookies["django_language"] = "zh-hans"
    shown = text(office.get(f"/plan/{world.plan.pk}/?team=GN31"))
    assert "以上，法语" in shown
    book = taken_away(office, world.plan)
    at(book, "pins.seat", 1).value = "GN31-02"
    at(book, "pins.person", 1).value = str(world.nurse.pk)
    shown = text(office.get(sent_back(office, world.plan, book)))
    assert "违反规则：" in shown
    guide = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row]
    assert any("代码与等级0–4：fr 3" in words for words in guide)
