"""A planning problem as a workbook to fill, and back: the bytes around the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from marrow.core.words import COLONS, TONGUES, tongue
from marrow.plan.queries.formulas import with_formulas
from marrow.plan.rules.problem import REST, Problem
from marrow.plan.rules.said import Said
from marrow.plan.rules.workbook.columns import (
    CHOICES,
    FORMULA,
    HEAD,
    SHEETS,
    TRADE,
    WEIGHTS,
    choices_of,
)
from marrow.plan.rules.workbook.columns import WRONG as WRONG_COLUMN
from marrow.plan.rules.workbook.reading import FIRST_ROW, Wrong
from marrow.plan.rules.workbook.writing import Called, Sheet, sheets_of
from marrow.plan.words import sentence
from marrow.plan.words.workbook import (
    COLUMNS,
    HOW,
    READ_ME,
    TITLES,
    WRONG,
    column_called,
    heading,
    setting,
)
from marrow.sources.intake.tables import sheets
from marrow.ui.papers.fillable import Asked, FillSheet, fillable_sheets
from marrow.ui.papers.tables import Cell

MOST_ROWS = 120_000
Cells = Mapping[str, Sequence[Sequence[str]]]


def cells_of(path: Path) -> Cells:
    """The texts of a workbook, sheet by sheet; refuses what is no workbook."""
    return with_formulas(path, sheets(path, MOST_ROWS))


def called_by(names: Mapping[str, str]) -> Called:
    """What codes are called, in the reader's language."""
    at = TONGUES.index(tongue())
    codes = [*HEAD, *(f"weights.{w}" for w in WEIGHTS), *(f"rest_days.{k}" for k in REST)]
    codes += [*(f"trade.{t}" for t in TRADE), "specialties"]
    meanings = {code: setting(code, at) + _of_kind(code, at) for code in codes}
    return Called(names, meanings, at)


def _of_kind(code: str, at: int) -> str:
    kind = code.removeprefix("rest_days.")
    return (
        f" ({CHOICES['kind'][kind][at]}{COLONS[TONGUES[at]]}{REST[kind]})" if kind in REST else ""
    )


def workbook(problem: Problem, called: Called) -> bytes:
    """The workbook of a problem, filled, with drop-downs and a guide in three languages."""
    made = [_filled(sheet, called.tongue) for sheet in sheets_of(problem, called)]
    return fillable_sheets(made, READ_ME[called.tongue], _guide(), guide_first=True)


def _filled(sheet: Sheet, at: int) -> FillSheet:
    columns = [_asked(code, sheet.choices.get(code, ()), at) for code in sheet.columns]
    rows = [[*row, None] for row in sheet.rows]
    return FillSheet(TITLES[sheet.name][at], [*columns, _wrong_column(sheet.name)], rows)


def _asked(code: str, choices: tuple[str, ...], at: int) -> Asked:
    guide = COLUMNS[code][1][at] if code in COLUMNS else ""
    return Asked(heading(code), choices, guide, code)


def _wrong_column(sheet: str) -> Asked:
    return Asked(" · ".join(WRONG), code=f"{sheet}.{WRONG_COLUMN}")


def _guide() -> list[list[str]]:
    lines = [["", "English", "中文", "français"]]
    lines += [["", *words] for words in HOW]
    for name, columns in SHEETS.items():
        lines.append(["", *TITLES[name]])
        for column in columns:
            label, guide = COLUMNS[column.code]
            told = [
                f"{a}{COLONS[code]}{b}" for code, a, b in zip(TONGUES, label, guide, strict=True)
            ]
            lines.append([column.code + (" *" if column.needed else ""), *told])
    return lines


def where(one: Wrong) -> str:
    """`Seats, row 7`; '' where it is the workbook as a whole."""
    if not one.sheet:
        return ""
    title = TITLES[one.sheet][TONGUES.index(tongue())]
    return _("%(sheet)s, row %(row)s") % {"sheet": title, "row": one.row} if one.row else title


def sentence_of(what: Said) -> str:
    """What is wrong, with columns as they are headed and what may be chosen in them, in the
    reader's language."""
    at, names, code = TONGUES.index(tongue()), dict(what.names), what.code
    for key in ("column", "where"):
        column = str(names.get(key, ""))
        if column.partition(".")[0] in SHEETS:
            names[key] = headed(column, at)
            if code == "not_of_choices" and (choices := choices_of(column)):
                code = "not_of_list"
                names["choices"] = tuple(words[at] for words in choices.values())
    if code == "no_sheet":
        names["sheet"] = TITLES[str(names["sheet"])][at]
    return sentence(Said(code, names))


def headed(column: str, at: int) -> str:
    """A column, a setting or all caps by one of its headings."""
    return column_called(column, at) + _of_kind(column.removeprefix("settings."), at)


def corrected(cells: Cells, wrong: Iterable[tuple[str, int, str]]) -> bytes:
    """The workbook as it was sent, with a last column that says what is wrong with a row: sheet,
    row (0: under the headings), words."""
    told: dict[str, dict[int, list[str]]] = {}
    for sheet, row, words in wrong:
        told.setdefault(sheet, {}).setdefault(max(row, FIRST_ROW), []).append(words)
    made = []
    for title, rows in cells.items():
        name = rows[1][0].partition(".")[0] if len(rows) > 1 and rows[1] else ""
        if name in SHEETS:
            made.append(_marked(title, name, rows, told.get(name, {})))
    return fillable_sheets(made, READ_ME[TONGUES.index(tongue())], _guide(), guide_first=True)


def _marked(
    title: str, name: str, rows: Sequence[Sequence[str]], told: Mapping[int, list[str]]
) -> FillSheet:
    choices = {c.code: _choices(c.choices) for c in SHEETS[name] if c.form in ("text", "yes")}
    keep = [k for k, code in enumerate(rows[1]) if code and not code.endswith(f".{WRONG_COLUMN}")]
    columns = [Asked(rows[0][k], choices.get(rows[1][k], ()), code=rows[1][k]) for k in keep]
    below: list[list[Cell]] = []
    last = max([len(rows), *told])
    for n in range(FIRST_ROW, last + 1):
        row = rows[n - 1] if n <= len(rows) else []
        cells: list[Cell] = [row[k].removeprefix(FORMULA) if k < len(row) else "" for k in keep]
        below.append([*cells, " ".join(told[n]) if n in told else None])
    wrong = frozenset(n - FIRST_ROW for n in told)
    return FillSheet(title, [*columns, _wrong_column(name)], below, wrong)


def _choices(name: str) -> tuple[str, ...]:
    at = TONGUES.index(tongue())
    return tuple(words[at] for words in CHOICES.get(name, {}).values())
