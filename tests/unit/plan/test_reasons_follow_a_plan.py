"""Of a plan from file to file: it is written first; the reasons of what stays empty follow."""

from __future__ import annotations

import io
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from marrow.plan.queries.alone import reasons_of_empty
from marrow.plan.rules.engine.explain import Reason, reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.solvers import solve_mip
from marrow.plan.rules.reading import plan_from
from tests.unit.plan.problems import small
from tests.unit.plan.test_command import files, marrow, solved_telling

__all__ = ["files"]


def crowded(problem: Path) -> None:
    """A problem in which many seats stay empty."""
    problem.write_text(small(5, people=20, seats=30).written(), encoding="utf-8")


def test_the_plan_is_written_before_the_reasons_of_empty_seats_are_reckoned(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, plan = files
    crowded(problem)
    there = []

    def reckoned(*told: Any) -> Any:
        there.append(plan_from(plan.read_bytes()).assignments)
        return reasons_of_empty(*told)

    monkeypatch.setattr("marrow.plan.management.commands.plan.reasons_of_empty", reckoned)
    marrow("solve", problem, "--out", plan)
    assert there == [plan_from(plan.read_bytes()).assignments]
    assert any(" stays empty: " in line for line in plan_from(plan.read_bytes()).log)


@pytest.mark.parametrize("name", ["plan.json", "plan.xlsx"])
def test_reasons_take_no_longer_than_was_told(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    problem, plan = files
    crowded(problem)
    monkeypatch.setattr("marrow.plan.management.commands.plan.REASONS", -1.0)
    beside, out = io.StringIO(), plan.with_name(name)
    told = ("plan", "solve", str(problem), "--out", str(out), "--seconds", "0.01")
    call_command(*told, stdout=io.StringIO(), stderr=beside)
    assert "seats stay empty; “marrow plan explain” tells why." in beside.getvalue()
    assert " stays empty: " not in beside.getvalue()
    if name == "plan.json":
        assert "keeps every rule" in marrow("check", problem, plan)
    else:
        rows = load_workbook(out)["Empty seats"].iter_rows(2, values_only=True)
        assert {row[3] for row in rows} == {"Not reckoned yet."}


@pytest.mark.parametrize("at", [1, 3])
def test_ctrl_c_while_reasons_are_reckoned_leaves_the_plan_and_those_it_has(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    problem, plan = files
    crowded(problem)
    asked = []

    def pressed(standing: Standing, seat: str) -> Reason:
        asked.append(seat)
        if len(asked) == at:
            os.kill(os.getpid(), signal.SIGINT)
            solve_mip(standing.model)  # which nobody waits for any more
        return reason(standing, seat)

    monkeypatch.setattr("marrow.plan.queries.alone.reason", pressed)
    said = solved_telling(problem, plan)
    assert "keeps every rule" in marrow("check", problem, plan)
    assert said.count(" stays empty: ") == at - 1
    assert "seats stay empty; “marrow plan explain” tells why." in said
