"""The project's own date columns, beside what the prose tells."""

from __future__ import annotations

from collections.abc import Mapping

from marrow.missions.rules.records.dates import agree, before, iso_date
from marrow.missions.rules.records.finds import Findings
from marrow.missions.rules.records.told import Doubt, Told

_JOURNEY = 7  # days between the first day of a project and the arrival of its team
# Column; the field that it tells; the field that it may be compared with; planned or not.
_JOURNEYS = (
    ("start_actual", "departed_on", "arrived_on", False),
    ("end_actual", "returned_on", "returned_on", False),
    ("start_planned", "departed_on", "arrived_on", True),
    ("end_planned", "planned_end_on", "planned_end_on", False),
)


class Cells:
    """A row's cells as text: what is missing, empty or not text reads as its text or ''."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row

    def __getitem__(self, column: str) -> str:
        value: object = self._row.get(column)
        return str(value) if isinstance(value, str | int | float) else ""


def read_columns(cells: Cells, found: Findings) -> None:
    """The journey's dates: told where the prose is silent, a doubt where it says otherwise.

    A planned day is only proposed.
    """
    for column, name, near, planned in _JOURNEYS:
        value = _value(cells, column, name, found)
        if not value:
            continue
        new = Told(name, value, cells[column].strip()[:40], column)
        known = found.first(name) or found.first(near)
        if known is None:
            _alone(new, planned, found)
        elif known.column == "description" and not agree(
            known.value, value, _JOURNEY if known.field == "arrived_on" else 0
        ):
            found.contradict(known, new, proposes=not planned)


def read_event(cells: Cells, name: str, found: Findings) -> None:
    """The day of a gift or a short mission: its first day, and its last as the period."""
    first = _value(cells, "start_actual", name, found)
    last = _value(cells, "end_actual", name, found)
    if not first:
        return
    period = f"{first}/{last}" if last > first else ""
    new = Told(name, first, cells["start_actual"].strip()[:40], "start_actual", period=period)
    known = found.first(name)
    if known is None:
        found.tell(new)
    elif not agree(known.value, first):
        found.contradict(known, new)


def _value(cells: Cells, column: str, name: str, found: Findings) -> str:
    cell = cells[column].strip()[:40].strip()
    value = iso_date(cell)
    if cell and not value:
        found.doubt(Doubt("DATE_IMPOSSIBLE", name, (("date", cell),), quotes=((column, cell),)))
    return value


def _alone(new: Told, planned: bool, found: Findings) -> None:
    start = found.first("arrived_on") or found.first("departed_on")
    ends = new.field in ("returned_on", "planned_end_on")
    same = start is not None and len(new.value) == len("2011-07-01") and new.value == start.value
    if ends and start and (same or before(new.value, start.value)):
        found.doubt(
            Doubt(
                "DATE_IMPOSSIBLE",
                new.field,
                (("date", f"{start.value} … {new.value}"),),
                quotes=((start.column, start.quote), (new.column, new.quote)),
            )
        )
    elif planned:
        found.unsure(new)
    else:
        found.tell(new)
