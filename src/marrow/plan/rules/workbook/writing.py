"""A problem as the rows of its workbook's sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from marrow.plan.rules.caps import months
from marrow.plan.rules.problem import REST, Cap, Person, Problem, Window
from marrow.plan.rules.workbook.columns import (
    BETWEEN,
    CHOICES,
    HEAD,
    LISTS,
    SHEETS,
    TRADE,
    WEIGHTS,
    Column,
)

Cell = str | int | float | date | None


@dataclass(slots=True)
class Sheet:
    """The codes of a sheet's columns, its rows, and what may be chosen in each column."""

    name: str
    columns: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Called:
    """What codes are called beside them, and the language of choices: 0 English, 1 Chinese,
    2 French. `settings` tells what each setting means."""

    names: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    tongue: int = 0

    def beside(self, code: str) -> str:
        """`Wang Test · 0417`, or the code where nothing is known of it."""
        name = self.names.get(code)
        return f"{name}{BETWEEN}{code}" if name else code


def sheets_of(problem: Problem, called: Called) -> list[Sheet]:
    """All sheets of the workbook, in their order."""
    told = {name: list(rows) for name, rows in _told(problem, called).items()}
    months_told = _months(problem)
    made = []
    for name, columns in SHEETS.items():
        codes = [c.code for c in columns]
        sheet = Sheet(name, codes)
        if name == "caps":
            sheet.columns += [f"caps.{month}" for month in months_told]
        sheet.rows = [
            [_cell(c, row.get(c.code.partition(".")[2]), called) for c in columns]
            + [row.get(code[5:]) for code in sheet.columns[len(columns) :]]  # type: ignore[misc]
            for row in told[name]
        ]
        sheet.choices = {
            c.code: choices for c in columns if (choices := _choices(c, problem, called))
        }
        made.append(sheet)
    return made


Told = dict[str, object]


def _told(problem: Problem, called: Called) -> dict[str, Iterable[Told]]:
    return {
        "settings": _settings(problem, called),
        "hospitals": _hospitals(problem),
        "caps": _caps(problem),
        "people": (_person(p, called) for p in problem.people),
        "availability": (
            {"person": p.id, **_window(w)} for p in problem.people for w in p.available or ()
        ),
        "missions": _missions(problem),
        "seats": _seats(problem),
        "needs": (c.model_dump() for c in problem.cells),
        "couples": (c.model_dump() for c in problem.couples),
        "pins": (p.model_dump() for p in problem.pins),
        "budgets": (b.model_dump() for b in problem.budgets),
        "published": (p.model_dump() for p in problem.published),
    }


def _settings(problem: Problem, called: Called) -> Iterable[Told]:
    told: list[tuple[str, object]] = [(code, getattr(problem, code)) for code in HEAD]
    told += [(f"weights.{code}", getattr(problem.weights, code)) for code in WEIGHTS]
    told += [(f"rest_days.{kind}", problem.rest_days.get(kind)) for kind in REST]
    told += [
        (f"trade.{code}", _joined(found) if isinstance(found, tuple) else found)
        for code in TRADE
        for found in [getattr(problem.trade, code)]
    ]
    told += [("specialties", code) for code in problem.specialties]
    return [
        {"code": code, "meaning": called.settings.get(code, ""), "value": value}
        for code, value in told
    ]


def _hospitals(problem: Problem) -> Iterable[Told]:
    """A row for each hospital, and one for each department below it."""
    for o in problem.organisations:
        yield {
            "organisation": o.id, "called": o.name, "area": o.area,
            "under_pressure": _windows(o.under_pressure),
        }  # fmt: skip
        for d in o.departments:
            yield {"organisation": o.id, "department": d.id, "specialty": d.specialty}


def _caps(problem: Problem) -> Iterable[Told]:
    for o in problem.organisations:
        if o.absence_cap:
            yield {"organisation": o.id, **_by_month(o.absence_cap)}
        for d in o.departments:
            if d.absence_cap:
                yield {"organisation": o.id, "department": d.id, **_by_month(d.absence_cap)}


def _by_month(caps: Iterable[Cap]) -> Told:
    found: Told = {}
    for cap in caps:
        before = found.get(cap.month)
        found[cap.month] = min(cap.people, before) if isinstance(before, int) else cap.people
    return found


def _months(problem: Problem) -> list[str]:
    """The months of the horizon, and those that a cap names."""
    found = {f"{y}-{m:02}" for y, m in months(problem.horizon_from, problem.horizon_to)}
    for o in problem.organisations:
        found |= {c.month for c in o.absence_cap}
        found |= {c.month for d in o.departments for c in d.absence_cap}
    return sorted(found)


def _person(p: Person, called: Called) -> Told:
    free = "always" if p.available is None else "listed" if p.available else "never"
    last = p.last_deployment
    wishes = [
        f"mission {w.mission} {_figure(w.points)}" if w.mission is not None
        else f"area {w.area} {_figure(w.points)}"
        for w in p.prefers
    ]  # fmt: skip
    return {
        **p.model_dump(), "called": called.names.get(p.id, ""), "free": free,
        "languages": "; ".join(f"{code} {level}" for code, level in p.languages.items()),
        "certificates": "; ".join(f"{c.code} {c.until}" for c in p.certificates),
        "last_kind": last.kind if last else None, "last_ended_on": last.ended_on if last else None,
        "last_rested_on": last.rested_on if last else None, "rests": _windows(p.rests),
        "homecomings": "; ".join(f"{h.kind} {h.ended_on}" for h in p.homecomings),
        "prefers": "; ".join(wishes),
    }  # fmt: skip


def _missions(problem: Problem) -> Iterable[Told]:
    for m in problem.missions:
        pool = m.sender_pool
        yield {
            **m.model_dump(), **_window(m), "asked_all": pool.all, "asked_areas": pool.areas,
            "asked_organisations": pool.organisations,
        }  # fmt: skip


def _seats(problem: Problem) -> Iterable[Told]:
    for s in problem.seats:
        language = s.language
        yield {
            **s.model_dump(), **_window(s), "language": language.code if language else None,
            "level": language.level if language else None,
        }  # fmt: skip


def _window(of: Window | object) -> Told:
    return {"from": getattr(of, "start"), "to": getattr(of, "end")}  # noqa: B009  three records have both


def _windows(windows: Iterable[Window]) -> str:
    return "; ".join(f"{w.start} {w.end}" for w in windows)


def _figure(points: float) -> str:
    return str(int(points)) if points == int(points) else str(points)


def escaped(text: str) -> str:
    """A text as one of several in a cell."""
    return text.replace("\\", "\\\\").replace(";", "\\;")


def _joined(texts: Iterable[object]) -> str:
    return "; ".join(escaped(str(t)) for t in texts)


def _cell(column: Column, value: object, called: Called) -> Cell:
    if value is None or value == "":
        return None
    if column.form == "yes":
        return _choice("yes", "yes" if value else "no", called)
    if column.form in ("texts", "refers") and isinstance(value, tuple):
        words = [_choice(column.choices, str(v), called) for v in value]
        return _joined(words) or None
    if column.form == "refer":
        return called.beside(str(value))
    if column.choices and column.form == "text":
        return _choice(column.choices, str(value), called)
    return value if isinstance(value, int | float | date) else str(value)


def _choice(choices: str, code: str, called: Called) -> str:
    found = CHOICES.get(choices, {}).get(code)
    return found[called.tongue] if found else code


def _choices(column: Column, problem: Problem, called: Called) -> tuple[str, ...]:
    """What a drop-down of a column offers; nothing where several may stand in a cell."""
    if column.form in ("texts", "refers", "pairs"):
        return ()
    if column.choices in CHOICES:
        return tuple(_choice(column.choices, c, called) for c in CHOICES[column.choices])
    if column.choices in LISTS:
        return tuple(called.beside(code) for code in _ids(column.choices, problem))
    return ()


def _ids(choices: str, problem: Problem) -> Iterable[str]:
    if choices == "specialty":
        found = [code for s in problem.seats for code in s.accepts]
        found += [p.specialty for p in problem.people]
        return sorted({*problem.specialties, *found})
    return {
        "organisation": lambda: [o.id for o in problem.organisations],
        "department": lambda: [d.id for o in problem.organisations for d in o.departments],
        "area": lambda: sorted({o.area for o in problem.organisations}),
        "person": lambda: [p.id for p in problem.people],
        "mission": lambda: [m.id for m in problem.missions],
        "seat": lambda: [s.id for s in problem.seats],
    }[choices]()
