"""A problem in a workbook: it comes back as it went out, and each fault with its row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from marrow.plan.queries.workbook import called_by, cells_of, sentence_of, where, workbook
from marrow.plan.rules.facts import changes, difference, overlaid
from marrow.plan.rules.problem import Person, Pin, Problem, Seated
from marrow.plan.rules.workbook.reading import Read, problem_of
from tests.unit.plan.problems import small

HOSPITALS = "Hospitals and departments"
FORMULA = '=CONCATENATE("a","b")'  # a program wrote it, and nothing reckoned it


def alike(problem: Problem) -> dict[str, Any]:
    """The problem with its caps in the order of months, as a sheet has them."""
    told: dict[str, Any] = problem.model_dump()
    for o in told["organisations"]:
        for home in (o, *o["departments"]):
            home["absence_cap"] = sorted(home["absence_cap"], key=lambda c: str(c["month"]))
    return told


def read(path: Path, **cells: Any) -> Read:
    """The workbook with some cells changed: `seats_B3` is a cell of the sheet Seats."""
    if cells:
        book = load_workbook(path)
        for name, value in cells.items():
            sheet, cell = name.split("_")
            book[sheet][cell] = value
        book.save(path)
    return problem_of(cells_of(path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "p.xlsx"
    found.write_bytes(workbook(small(3), called_by({})))
    return found


@pytest.mark.parametrize("seed", range(25))
def test_out_and_in_again_gives_the_same_problem(seed: int, tmp_path: Path) -> None:
    problem, path = small(seed, name="Two; years"), tmp_path / "p.xlsx"
    names = {"P0": "Wang Test", "surgery": "外科", "H1": "Hospital · one"}
    with translation.override(("en", "zh-hans", "fr")[seed % 3]):
        path.write_bytes(workbook(problem, called_by(names)))
    found = problem_of(cells_of(path))
    assert found.wrong == []
    assert found.problem is not None
    assert alike(found.problem) == alike(problem)


def test_receiving_hospitals_and_a_grade_that_is_not_known_come_back(tmp_path: Path) -> None:
    problem, path = small(3), tmp_path / "p.xlsx"
    first, *others = problem.people
    received = [m.model_copy(update={"receivers": ("H0", "H1")}) for m in problem.missions]
    unknown = (first.model_copy(update={"grade": None}), *others)
    told = problem.model_copy(update={"missions": tuple(received), "people": unknown})
    path.write_bytes(workbook(told, called_by({})))
    found = problem_of(cells_of(path)).problem
    assert found is not None
    assert alike(found) == alike(told)


def test_texts_with_signs_of_their_own_come_back(tmp_path: Path) -> None:
    problem, path = small(3), tmp_path / "p.xlsx"
    strange = problem.people[0].model_copy(update={"refuses": ("A; B", "=1+1", "C\\D")})
    problem = problem.model_copy(update={"people": (strange, *problem.people[1:])})
    path.write_bytes(workbook(problem, called_by({})))
    found = problem_of(cells_of(path)).problem
    assert found is not None
    assert found.people[0].refuses == ("A; B", "=1+1", "C\\D")
    cells = [c for row in load_workbook(path)["People"].iter_rows() for c in row]
    assert all(c.data_type != "f" for c in cells)


def test_rest_around_other_missions_comes_back_and_an_older_workbook_lacks_it(
    tmp_path: Path,
) -> None:
    problem, path = small(3), tmp_path / "p.xlsx"
    rests = ({"from": "2027-01-10", "to": "2028-01-10"}, {"from": "2028-02-10", "to": "2029-02-10"})
    last = {"kind": "surgical", "ended_on": "2027-05-20", "rested_on": "2028-05-20"}
    home = (
        {"kind": "surgical", "ended_on": "2027-07-20"},
        {"kind": "group", "ended_on": "2028-01-02"},
    )
    told = problem.people[0].model_dump(by_alias=True)
    told |= {"rests": rests, "last_deployment": last, "homecomings": home}
    resting = Person.model_validate(told)
    first = problem.missions[0].model_copy(update={"rest_days": 0})
    problem = problem.model_copy(update={
        "people": (resting, *problem.people[1:]), "missions": (first, *problem.missions[1:]),
    })  # fmt: skip
    path.write_bytes(workbook(problem, called_by({})))
    found = problem_of(cells_of(path)).problem
    assert found is not None
    assert found.people[0] == resting
    assert [m.rest_days for m in found.missions] == [0, *(None for _m in problem.missions[1:])]

    book = load_workbook(path)
    sheet = book["People"]
    codes = [cell.value for cell in sheet[2]]
    for code in ("people.rests", "people.last_rested_on", "people.homecomings"):
        sheet.delete_cols(codes.index(code) + 1)
        codes.remove(code)
    book.save(path)
    older = problem_of(cells_of(path)).problem
    assert older is not None
    assert older.people[0].rests == ()


@pytest.mark.parametrize(
    ("cell", "value", "place", "words"),
    [
        ("Seats_B3", "M9", "Seats, row 3", "“M9” is not in the list"),
        ("Seats_I4", None, "", ""),
        ("Seats_A4", "S0", "Seats, row 4", "stands 2 times"),
        ("Missions_H3", "2020-01-01", "Missions, row 3", "before it starts"),
        ("People_F5", 7, "People, row 5", "at most 4"),
        ("People_G5", "fr", "People, row 5", "cannot be read"),
        ("People_C5", None, "People, row 5", "is empty"),
        ("Seats_L3", None, "Seats, row 3", "Weight is empty"),
        ("Seats_L3", '=HYPERLINK("x","critical")', "Seats, row 3", "Weight holds a formula"),
        ("Seats_F3", None, "Seats, row 3", "Grade at least is empty"),
        ("Missions_I3", '=IF(1=1,"M0","")', "Missions, row 3", "Follows holds a formula"),
        ("Settings_C4", "soon", "Settings, row 4", "must be a day"),
        ("Settings_A5", "nothing", "Settings, row 5", "no setting nothing"),
        ("Needs_D3", "much", "Needs, row 3", ""),
        ("Pins_A3", "S77", "Pins, row 3", "“S77” is not in the list"),
    ],
)
def test_each_fault_has_its_row(path: Path, cell: str, value: Any, place: str, words: str) -> None:
    found = read(path, **{cell: value})
    if not place:
        assert found.problem is not None
        return
    assert found.problem is None
    assert place in [where(w) for w in found.wrong]
    assert words in " ".join(sentence_of(w.what) for w in found.wrong)


def test_faults_of_cells_types_and_references_are_told_together(path: Path) -> None:
    found = read(
        path, Seats_L3=None, Missions_I3='=IF(1=1,"M0","")', People_F5=7, Settings_A5="nothing",
        Pins_A3="S77", Seats_B5="M9", Needs_D3="much", Seats_A6="S0",
    )  # fmt: skip
    assert found.problem is None
    told = sorted(where(w) for w in found.wrong)
    assert told == [
        "Missions, row 3", "Needs, row 3", "People, row 5", "Pins, row 3", "Seats, row 3",
        "Seats, row 5", "Seats, row 6", "Settings", "Settings, row 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        {"Seats_A3": None},  # its pins, links and rows in the published plan have no seat then
        {"Missions_A3": None},
        {"Missions_G3": "soon"},  # a seat of it begins on a day of it, or does not
        {"People_F3": "x", "People_C3": None},
        {"Seats_A3": FORMULA},
        {"Missions_A3": FORMULA},
        {"People_A3": FORMULA},  # its free days, couples and pins name nobody then
        {"People_A4": None},
        {f"{HOSPITALS}_A3": FORMULA},  # its departments, limits and people have no home then
        {f"{HOSPITALS}_D4": FORMULA},
        {"Absence caps_A3": FORMULA},
        {"Availability_A3": FORMULA},  # whose free days these are is not known
        {"Settings_A4": FORMULA},
        {"Published plan_A3": FORMULA},
        {"Seats_H8": FORMULA},  # the level of the language that stands beside it
        {"Settings_C4": FORMULA},  # the first day is not missing: it cannot be read
        {"Settings_C4": FORMULA, "Settings_C5": FORMULA},
        {"People_N4": "zzz"},
    ],
)
def test_what_follows_from_one_fault_is_no_second_one(path: Path, cells: dict[str, Any]) -> None:
    found = read(path, **cells)
    assert len(found.wrong) == len(cells), [sentence_of(w.what) for w in found.wrong]


def test_a_formula_in_a_cell_that_names_a_row_does_not_hide_the_other_faults(path: Path) -> None:
    """The same faults as without the formula, but for what may be of the row without a name."""
    others = {
        "Missions_I3": "M7", "People_F5": 7, "Settings_A5": "nothing", "Needs_D3": "much",
        "Seats_A6": "S1", "Seats_L5": None,
    }  # fmt: skip
    without = {(where(w), sentence_of(w.what)) for w in read(path, **others).wrong}
    assert len(without) == len(others) + 1  # and the setting of which the code is written over
    for cell, sheet in (
        ("Seats_A3", "Seats, row 3"), ("People_A3", "People, row 3"),
        (f"{HOSPITALS}_A3", f"{HOSPITALS}, row 3"), (f"{HOSPITALS}_D4", f"{HOSPITALS}, row 4"),
    ):  # fmt: skip
        book, told = load_workbook(path), {cell: FORMULA}
        before = book[cell.split("_")[0]][cell.split("_")[1]].value
        found = {(where(w), sentence_of(w.what)) for w in read(path, **told).wrong}
        assert found - without == {one for one in found if one[0] == sheet and "formula" in one[1]}
        assert without <= found, cell
        read(path, **{cell: before})


def published(path: Path) -> Path:
    """Whoever is pinned is published too."""
    problem = small(3)
    pins = tuple(Pin(seat=s.id, person="P0") for s in problem.seats[:1])
    stand = tuple(Seated(seat=s.id, person=f"P{k}") for k, s in enumerate(problem.seats[:3]))
    told = problem.model_copy(update={"pins": pins, "published": stand})
    path.write_bytes(workbook(told, called_by({})))
    return path


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("Published plan_B3", "P99", "“P99” is not in the list"),
        ("Published plan_A4", "S77", "“S77” is not in the list"),
        ("Published plan_A4", "S0", "stands 2 times"),
    ],
)
def test_what_is_wrong_with_the_published_plan_is_told_there_not_with_its_seat_or_pin(
    path: Path, cell: str, value: str, words: str
) -> None:
    (found,) = read(published(path), **{cell: value}).wrong
    assert where(found) == f"Published plan, row {cell[-1]}"
    assert words in sentence_of(found.what)


def test_days_of_one_mission_that_cannot_be_read_hide_nothing_of_another(path: Path) -> None:
    problem = small(7)
    path.write_bytes(workbook(problem, called_by({})))
    seat = next(k for k, s in enumerate(problem.seats) if s.mission != "M0") + 3
    found = read(path, Missions_G3="soon", **{f"Seats_J{seat}": "2031-01-01"}).wrong
    told = {where(w): sentence_of(w.what) for w in found}
    assert "must be a day" in told["Missions, row 3"]
    assert "before it starts" in told[f"Seats, row {seat}"]


@pytest.mark.parametrize(("column", "value"), [("F", "2027-01-01 2027-03-01"), ("C", "elsewhere")])
def test_what_is_told_of_a_department_and_counts_for_its_hospital_is_not_lost(
    path: Path, column: str, value: str
) -> None:
    (found,) = read(path, **{f"{HOSPITALS}_{column}4": value}).wrong
    assert where(found) == f"{HOSPITALS}, row 4"
    assert "in the hospital’s own row" in sentence_of(found.what)
    guide = load_workbook(path).worksheets[0]
    told = [str(c.value) for row in guide.iter_rows() for c in row]
    assert sum("In the hospital’s row, for all of it." in one for one in told) == 1


def test_a_sheet_that_is_gone_is_named(path: Path) -> None:
    book = load_workbook(path)
    del book["Budgets"]
    book.save(path)
    told = [sentence_of(w.what) for w in problem_of(cells_of(path)).wrong]
    assert told == ["The sheet “Budgets” is missing, or its row of codes is."]


@pytest.mark.parametrize("seed", range(12))
def test_a_difference_laid_over_gives_what_was_wanted(seed: int) -> None:
    base, wanted = small(seed), small(seed + 100)
    wanted = wanted.model_copy(update={"name": base.name, "seed": base.seed})
    found = overlaid(base, difference(base, wanted))
    for part in ("people", "seats", "missions", "organisations", "cells", "budgets", "couples"):
        old, new = alike(wanted)[part], alike(found)[part]
        assert sorted(old, key=str) == sorted(new, key=str), part
    assert difference(base, base) == {}
    assert list(changes(base, {})) == []


def test_who_is_selected_against_a_rule_is_told_in_their_own_row_and_not_as_a_pin(
    tmp_path: Path,
) -> None:
    """The two rows of the sheet of pins: one that the office pinned, one whom the records hold."""
    problem, path = small(3), tmp_path / "p.xlsx"
    seats = [s.id for s in problem.seats[:2]]
    home = {d.id: o.id for o in problem.organisations for d in o.departments}
    people = [p.id for p in problem.people[:2]]
    received = tuple(home.values())
    problem = problem.model_copy(
        update={
            "missions": tuple(
                m.model_copy(update={"receivers": received}) for m in problem.missions
            ),
            "pins": (
                Pin(seat=seats[0], person=people[0]),
                Pin(seat=seats[1], person=people[1], by="selected"),
            ),
        }
    )
    path.write_bytes(workbook(problem, called_by({})))
    wrong = {w.row: sentence_of(w.what) for w in read(path).wrong if w.sheet == "pins"}
    assert wrong[3].startswith(f"The pin {seats[0]} → {people[0]} breaks a rule")
    assert wrong[4].startswith(f"{people[1]} is selected for seat {seats[1]} already, against")
    nobody = read(path, Pins_B4="P99")
    assert [(w.sheet, w.row, w.what.names["who"]) for w in nobody.wrong] == [
        ("pins", 4, "selected")
    ]
