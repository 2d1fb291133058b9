"""The WHO EMT Minimum Data Set (version 1.0) out of records of activity: a day, a team, a place.

A cell is what was recorded, or None: what Marrow does not record (pregnancy, trauma, anaesthesia,
relation to the event …) is left blank, never nought. Item 3 is of five years and more: a girl
under five is item 2, of others it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from marrow.briefs.rules.mds_items import GROUPS, ITEMS

__all__ = ["GROUPS", "HALVED", "ITEMS", "RESTRICTED", "Cells", "Done", "cells", "consultations"]
#: by a restricted pathway only: never in a paper that goes round
RESTRICTED = frozenset({"28", "31", "42", "43", "47", "48", "49", "50"})
#: shown in halves, under 5 and from 5 on
HALVED = frozenset(map(str, range(4, 36))) | {"30+32"}
#: an ICD-10 code begins with → the item. Only what says the same thing: a code for several is none
DIAGNOSES = {
    "9": ("J0", "J10", "J11", "J12", "J13", "J14", "J15", "J16", "J17", "J18", "J20", "J21", "J22"),
    "10": ("A00",), "11": ("A03",), "12": ("B15", "B17"), "13": ("B05",),
    "14": ("A39.0", "A87", "G00", "G01", "G02", "G03"), "15": ("A33", "A34", "A35"),
    "16": ("A80", "G61.0"), "17": ("A90.9", "A95", "A96", "A97.2", "A98", "A99"),
    "18": ("R50",), "27": ("O14", "O15", "O72"), "28": ("E40", "E41", "E42", "E43"),
}  # fmt: skip
SKIN = "L"
CAESAREAN = ("74.0", "74.1", "74.2", "74.4", "74.9")
AMPUTATION = tuple(f"84.{n:02}" for n in (*range(3, 10), *range(12, 20)))  # no finger, thumb, toe
OF_THEIR_OWN = CAESAREAN + AMPUTATION
OPERATIONS = ("OPERATION_DONE", "OPERATION_ASSISTED", "OPERATION_SUPERVISED")
YOUNG, ELDER = ("U1", "1_4"), ("5_17", "18_64", "65_UP")


@dataclass(frozen=True, slots=True)
class Done:
    """A record of activity of that day: codes of its kind, sex, age, outcome ('' is not told),
    and of its item (ICD-10, ICD-9-CM-3)."""

    kind: str
    sex: str = ""
    age: str = ""
    outcome: str = ""
    icd10: tuple[str, ...] = ()
    icd9: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """A row's counts; None is blank. Halves stand only where the item has them."""

    under5: int | None = None
    from5: int | None = None
    total: int | None = None


def cells(done: Sequence[Done], grave_incidents: int = 0) -> dict[str, Cells]:
    """By item's number: what these records say of it. Items of which nothing is told are absent."""
    found: dict[str, Cells] = {}
    for code, _group, _words in ITEMS:
        test = _tests().get(code)
        rows = [row for row in done if test and test(row)]
        if code == "54" and grave_incidents:
            found[code] = Cells(total=grave_incidents)
        elif rows:
            found[code] = _counted(rows, halved=code in HALVED)
    return found


def _counted(rows: Sequence[Done], *, halved: bool) -> Cells:
    if not halved:
        return Cells(total=len(rows))
    return Cells(_some(rows, YOUNG), _some(rows, ELDER), len(rows))


def _some(rows: Iterable[Done], ages: Sequence[str]) -> int | None:
    return sum(row.age in ages for row in rows) or None


def _tests() -> dict[str, Callable[[Done], bool]]:
    tests: dict[str, Callable[[Done], bool]] = {
        age: lambda row, age=age: is_consultation(row) and row.age == age  # type: ignore[misc]
        for age in YOUNG + ELDER
    }
    tests |= {
        number: lambda row, begins=begins: seen(row) and _begins(row.icd10, begins)  # type: ignore[misc]
        for number, begins in DIAGNOSES.items()
    }
    return tests | {
        "1": lambda row: is_consultation(row) and row.sex == "M",
        "2": lambda row: is_consultation(row) and row.sex == "F" and row.age in YOUNG,
        "2+3": lambda row: is_consultation(row) and row.sex == "F" and row.age not in YOUNG,
        "25": lambda row: seen(row) and _begins(row.icd10, (SKIN,)),
        "29": lambda row: seen(row) and bool(row.icd10) and not _is_listed(row.icd10),
        "31": lambda row: row.kind in OPERATIONS and _begins(row.icd9, AMPUTATION),
        "33": lambda row: _birth(row) == "NORMAL",
        "34": lambda row: _birth(row) == "CAESAREAN",
        "35": lambda row: _birth(row) == "OTHER",
        "30+32": lambda row: row.kind in OPERATIONS and not _begins(row.icd9, OF_THEIR_OWN),
        "39": lambda row: row.outcome == "REFERRED",
        "40": lambda row: row.kind == "ADMISSION",
        "42": lambda row: row.outcome == "DIED",
    }  # fmt: skip


def _birth(row: Done) -> str:
    """How a birth went; '' of what is none, and of one whose way nobody told: it is not normal
    for want of a word."""
    if row.kind not in (*OPERATIONS, "DELIVERY"):
        return ""
    if _begins(row.icd9, CAESAREAN) or _begins(row.icd10, ("O82",)):
        return "CAESAREAN"
    if row.kind != "DELIVERY" or not (row.icd9 or row.icd10):
        return ""
    return "NORMAL" if _begins(row.icd9, ("73.5",)) or _begins(row.icd10, ("O80",)) else "OTHER"


def is_consultation(row: Done) -> bool:
    """What is one consultation: an operation or an admission is its own line, not another one."""
    return row.kind == "VISIT"


def seen(row: Done) -> bool:
    return row.kind in ("VISIT", "RESCUE")


def _begins(codes: Iterable[str], begins: Sequence[str]) -> bool:
    return any(code.upper().startswith(begin) for code in codes for begin in begins)


def _is_listed(codes: Sequence[str]) -> bool:
    """Whether the form may have an item of its own for it: trauma, the mind are not guessed."""
    begins = [begin for found in DIAGNOSES.values() for begin in found]
    return _begins(codes, [*begins, SKIN, "S", "T", "F", "V", "W", "X", "Y", "O", "Z"])


def consultations(done: Iterable[Done], counted: int | None) -> int | None:
    """How many: those that the team counted as a number, and those told one by one beside them."""
    return (counted or 0) + sum(is_consultation(row) for row in done) or None
