"""The planner from file to file: it solves, checks, explains, and names what is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marrow.plan.rules.reading import plan_from
from tests.unit.plan.problems import small


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
    one = marrow("explain", problem, plan, "--seat", "S1")
    assert one.startswith("S1: ")
    assert "S2: " not in one


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
