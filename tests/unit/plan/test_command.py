"""The planner from file to file: it solves, checks, explains, and names what is wrong."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from marrow.plan.management.commands.plan import Command
from marrow.plan.management.interrupt import Interrupt
from marrow.plan.rules.reading import plan_from
from marrow.server import command
from tests.unit.plan.problems import small
from tests.unit.plan.test_what_fills_a_seat import short_of_money


def marrow(*words: str | Path) -> str:
    out = io.StringIO()
    call_command("plan", *map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(small(3, people=14).written(), encoding="utf-8")
    return problem, plan


def test_a_problem_is_solved_checked_and_explained(files: tuple[Path, Path]) -> None:
    problem, plan = files
    assert "no plan has more than" in marrow("solve", problem, "--out", plan, "--seed", "3")
    assert "keeps every rule" in marrow("check", problem, plan)
    told = marrow("explain", problem, plan)
    assert all(f"{s.id}: " in told for s in small(3, people=14).seats)
    assert "points of each tier" in told
    assert "Wishes and fair load: " in told, "a tier is called as on the page"
    one = marrow("explain", problem, plan, "--seat", "S1")
    assert one.startswith("S1: ")
    assert "S2: " not in one


def test_of_an_empty_seat_is_told_how_many_changes_were_tried_in_vain(
    files: tuple[Path, Path],
) -> None:
    problem, plan = files
    poor = short_of_money(budgets=[{"area": "A", "year": 2027, "amount": 0}])
    problem.write_text(poor.written(), encoding="utf-8")
    marrow("solve", problem, "--out", plan)
    told = marrow("explain", problem, plan, "--seat", "C-1")
    assert "4 small changes were tried: none fills it." in told


def test_a_file_whose_name_promises_another_form_is_not_written(files: tuple[Path, Path]) -> None:
    problem, plan = files
    for what, name, words in (
        ("solve", "plan.pdf", ".json or .xlsx"),
        ("book", "problem.json.txt", ".xlsx"),
    ):
        out = plan.with_name(name)
        with pytest.raises(CommandError, match=f"--out must end in {words} \\(found {name}\\)"):
            marrow(what, problem, "--out", out)
        assert not out.exists()


def test_a_damaged_plan_is_refused_with_1(files: tuple[Path, Path]) -> None:
    problem, plan = files
    marrow("solve", problem, "--out", plan)
    told = json.loads(plan.read_text(encoding="utf-8"))
    told["assignments"].append({"seat": "S99", "person": "P0"})
    plan.write_text(json.dumps(told), encoding="utf-8")
    for what in ("check", "explain"):
        with pytest.raises(CommandError) as refused:
            marrow(what, problem, plan)
        assert refused.value.returncode == {"check": 1, "explain": 2}[what]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"seats": []}, "0 seats"),
        ({"extra": 1}, "extra is no field"),
        ({"pins": [{"seat": "S0", "person": "P77"}]}, "“P77” is not in the list"),
        ({"horizon_to": "2026-01-01"}, "horizon ends 2026-01-01"),
    ],
)
def test_bad_input_ends_with_2_and_no_plan(
    files: tuple[Path, Path], change: dict[str, Any], names: str
) -> None:
    problem, plan = files
    told = json.loads(problem.read_text(encoding="utf-8")) | change
    problem.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CommandError, match=names) as refused:
        marrow("solve", problem, "--out", plan)
    assert refused.value.returncode == 2
    assert not plan.exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no file .*nothing\.json") as refused:
        marrow("solve", tmp_path / "nothing.json", "--out", tmp_path / "plan.json")
    assert refused.value.returncode == 2


def test_a_seat_that_is_not_in_the_problem_is_named(files: tuple[Path, Path]) -> None:
    problem, plan = files
    marrow("solve", problem, "--out", plan)
    with pytest.raises(CommandError, match="Seat S99"):
        marrow("explain", problem, plan, "--seat", "S99")


def test_the_schema_is_that_of_the_files(files: tuple[Path, Path]) -> None:
    problem, plan = files
    marrow("solve", problem, "--out", plan)
    told = json.loads(marrow("schema"))
    assert set(told) == {"problem", "plan"}
    assert "seats" in told["problem"]["properties"]
    written = plan_from(plan.read_bytes()).model_dump(mode="json", by_alias=True)
    assert set(told["plan"]["properties"]) == set(written)


def test_a_workbook_is_filled_solved_and_its_plan_read(files: tuple[Path, Path]) -> None:
    problem, _plan = files
    book, plan, sheets = (problem.with_name(n) for n in ("p.xlsx", "plan.json", "plan.xlsx"))
    assert "seats" in marrow("book", problem, "--out", book)
    marrow("solve", book, "--out", plan, "--seed", "3")
    assert "keeps every rule" in marrow("check", book, plan)
    marrow("solve", book, "--out", sheets, "--seed", "3")
    told = load_workbook(sheets)
    assert [s.title for s in told] == ["Plan", "Empty seats", "Changes", "Load of the senders"]
    empty = {s.id for s in small(3, people=14).seats}
    empty -= {one.seat for one in plan_from(plan.read_text(encoding="utf-8")).assignments}
    assert {row[0] for row in told["Empty seats"].iter_rows(2, values_only=True)} == empty
    assert all(row[3] for row in told["Empty seats"].iter_rows(2, values_only=True))


def test_a_workbook_with_a_wrong_row_ends_with_2_and_the_row(files: tuple[Path, Path]) -> None:
    problem, plan = files
    path = problem.with_name("p.xlsx")
    marrow("book", problem, "--out", path)
    book = load_workbook(path)
    book["Seats"]["B3"] = "M9"
    book.save(path)
    with pytest.raises(CommandError, match=r"Seats, row 3: .*“M9” is not in the list") as refused:
        marrow("solve", path, "--out", plan)
    assert refused.value.returncode == 2
    assert not plan.exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [("--seconds", "nan"), ("--seconds", "0"), ("--seconds", "x"), ("--seconds", "inf"),
     ("--seed", "-1"), ("--seed", "x"), ("--seed", "9999999999"), ("--seed", "1.5")],
)  # fmt: skip
def test_a_time_or_seed_that_is_none_ends_with_2(
    files: tuple[Path, Path], option: str, value: str
) -> None:
    problem, plan = files
    with pytest.raises(CommandError, match=f"{option} must be .*found {value}") as refused:
        marrow("solve", problem, "--out", plan, f"{option}={value}")
    assert refused.value.returncode == 2
    assert not plan.exists()


def test_interrupted_it_writes_the_best_plan_so_far(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C once the first plan stands: the plan is written, and says that it was stopped."""
    problem, plan = files
    problem.write_text(small(5, people=40, seats=30).written(), encoding="utf-8")

    def press(*_told: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("marrow.plan.management.commands.plan.Command._step", press)
    before = signal.getsignal(signal.SIGINT)
    with contextlib.suppress(KeyboardInterrupt):
        marrow("solve", problem, "--out", plan)
    assert signal.getsignal(signal.SIGINT) is before
    assert "keeps every rule" in marrow("check", problem, plan)


def test_pressed_again_it_ends_at_once_and_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []
    monkeypatch.setattr("os._exit", ended.append)
    with Interrupt(ends=True) as interrupt:
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupt.asked()
        assert not ended
        with interrupt.held():  # a file is being written
            os.kill(os.getpid(), signal.SIGINT)
        assert not ended
        os.kill(os.getpid(), signal.SIGINT)
    assert ended == [130]
    assert capfd.readouterr().err.splitlines()[1:] == ["Stopped."]


def test_any_command_that_ctrl_c_ends_says_so_and_no_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(_words: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "execute_from_command_line", pressed)
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize("what", ["solve", "book"])
def test_a_folder_that_is_not_there_is_told_before_anything_is_solved(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    problem, plan = files

    def solved(*_told: object, **_more: object) -> None:
        pytest.fail("solved in vain")

    monkeypatch.setattr("marrow.plan.management.commands.plan.solve", solved)
    monkeypatch.setattr("marrow.plan.management.commands.plan.workbook", solved)
    out = plan.parent / "nowhere" / "plan.xlsx"
    with pytest.raises(CommandError, match="cannot be written: No such file") as refused:
        marrow(what, problem, "--out", out)
    assert refused.value.returncode == 2


def test_a_problem_that_points_nowhere_is_named_before_a_plan_of_it_is_checked(
    files: tuple[Path, Path],
) -> None:
    problem, plan = files
    marrow("solve", problem, "--out", plan)
    told = json.loads(problem.read_text(encoding="utf-8"))
    told["people"][0]["department"] = "H9.nowhere"
    problem.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CommandError, match=r"H9\.nowhere") as refused:
        marrow("check", problem, plan)
    assert refused.value.returncode == 2


def test_on_the_command_line_the_sentence_stands_alone(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = files
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["marrow", "plan", "check", str(problem), str(plan)])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("There is no file")


def test_one_breach_is_one_breach(files: tuple[Path, Path]) -> None:
    problem, plan = files
    marrow("solve", problem, "--out", plan)
    told = json.loads(plan.read_text(encoding="utf-8")) | {"problem_sha256": "0"}
    plan.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CommandError, match=r"^1 breach\.$"):
        marrow("check", problem, plan)


def solved_telling(problem: Path, plan: Path) -> str:
    """What the command says beside its last line."""
    beside = io.StringIO()
    call_command(
        "plan", "solve", str(problem), "--out", str(plan), stdout=io.StringIO(), stderr=beside
    )
    return beside.getvalue()


def test_seats_that_stay_empty_are_told_with_their_reason(files: tuple[Path, Path]) -> None:
    """Every seat is pinned empty: such a plan is never written without a word."""
    problem, plan = files
    told = json.loads(problem.read_text(encoding="utf-8"))
    seats = [s["id"] for s in told["seats"]]
    told["pins"] = [{"seat": seat, "person": None} for seat in seats]
    told["couples"] = []
    problem.write_text(json.dumps(told), encoding="utf-8")
    said = solved_telling(problem, plan)
    assert f"Nobody goes: all {len(seats)} seats stay empty." in said
    assert f"{seats[0]} stays empty: It is pinned: the seat stays empty." in said
    written = plan_from(plan.read_bytes())
    assert any("Nobody goes" in line for line in written.log)
    assert "keeps every rule" in marrow("check", problem, plan)


def test_as_many_seats_are_named_as_stay_empty(files: tuple[Path, Path]) -> None:
    problem, plan = files
    said = solved_telling(problem, plan)
    held = len(plan_from(plan.read_bytes()).assignments)
    empty = len(json.loads(problem.read_text(encoding="utf-8"))["seats"]) - held
    assert said.count(" stays empty: ") == min(empty, 12)
    assert ("Nobody goes" in said) is (held == 0)


def test_two_budgets_of_one_area_and_year_are_refused(files: tuple[Path, Path]) -> None:
    problem, plan = files
    told = json.loads(problem.read_text(encoding="utf-8"))
    told["budgets"] = [{"area": "A", "year": 2027, "amount": n} for n in (5, 500)]
    problem.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(CommandError, match="budget A 2027 stands 2 times") as refused:
        marrow("solve", problem, "--out", plan)
    assert refused.value.returncode == 2
    assert not plan.exists()


def test_a_change_tells_which_seats_pay_for_it_and_what_the_planner_may_spend_elsewhere(
    files: tuple[Path, Path],
) -> None:
    problem, plan = files
    elsewhere = "The planner may spend such a change on another seat: pin the person here too."
    problem.write_text(short_of_money().written(), encoding="utf-8")
    marrow("solve", problem, "--out", plan)
    told = marrow("explain", problem, plan, "--seat", "C-1")
    assert "Zhou (+970.00); empty then: F-1" in told
    assert elsewhere not in told
    people = short_of_money().model_dump(mode="json", by_alias=True)["people"]
    fluent = short_of_money(people=[{**people[0], "languages": {"fr": 3}}, *people[1:]])
    problem.write_text(fluent.written(), encoding="utf-8")
    marrow("solve", problem, "--out", plan)
    told = marrow("explain", problem, plan, "--seat", "F-1")
    assert "rises by 10: Nurse (+30.00)" in told
    assert elsewhere in told


def test_of_many_whom_a_rule_leaves_out_it_is_said_that_there_are_more(
    files: tuple[Path, Path],
) -> None:
    problem, plan = files
    problem.write_text(small(3, people=60).written(), encoding="utf-8")
    marrow("solve", problem, "--out", plan)
    lines = [line for line in marrow("explain", problem, plan).splitlines() if " ✗ " in line]
    cut = [line for line in lines if int(line.split()[0]) > 12]
    assert cut
    assert all(line.endswith(", …") for line in cut)
    assert not any("…" in line for line in lines if line not in cut)
