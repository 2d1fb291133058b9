"""Monthly counts of a phone: one report of a place and month, whichever phones write in it."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.actions import cell_id, fill_report, leave_cells, open_report
from marrow.activity.actions.away import prove_was_away
from marrow.activity.models import Count, Report
from marrow.activity.queries.disputes import month_id, still_disputed, told_otherwise
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.months import after
from marrow.activity.sync.wording import LONGEST, names_called, said
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.sync.intents import (
    About,
    Came,
    Compared,
    Emptied,
    Intent,
    Malformed,
    Outcome,
    Sent,
    describes,
    leaves,
    names_told,
    shows_held,
    takes,
    tells_emptied,
)
from marrow.sync.rules import merge

Cells = dict[str, Decimal | None]
MOST = 9_999_999  # as many digits as the phone's form takes
REASON = 200  # letters


@dataclass(frozen=True, slots=True)
class Month:
    """Of which place, team and month; its cells as the phone writes them, None taken out; and why,
    where they were a mistake."""

    organisation: UUID
    mission: UUID
    month: dt.date
    cells: Cells
    reason: str = ""

    @property
    def id(self) -> UUID:
        return month_id(self.organisation, self.mission, self.month)


@takes("count", kinds=("set",), word=gettext_lazy("a month’s counts"), chooses=("set",))
def count(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Write cells of a month's report. Two phones' values for one cell are never added up: the
    first stands, in no figure, until a person chooses."""
    told = _of_line(intent)
    if told.id != intent.record:
        raise Malformed("the record of another month")
    _prove_there(told, by)
    report = open_report(
        organisation=told.organisation, mission=told.mission, month=told.month, by=by, at=at,
        origin=intent.origin,
    )  # fmt: skip
    seen, held = _seen(intent.before), _held(report)
    found = merge(seen, held, told.cells)
    fresh = _anew(told.cells, seen)
    agreed = {kind: value for kind, value in fresh.items() if kind in held and value == held[kind]}
    values = agreed | dict(found.values) | (dict(found.parted) if intent.prevails else {})
    contested = () if intent.prevails else tuple(found.parted)
    if values or contested:
        fill_report(
            report=report.pk, values=values, by=by, at=at, origin=intent.origin,
            contested=contested, note=told.reason,
        )  # fmt: skip
    outcome = "NEW" if intent.prevails else found.outcome
    return Outcome.of(outcome, intent.record, fresh, contested)


@names_told("count")
def told_anew(data: Mapping[str, Any], before: Any) -> frozenset[str]:
    """The numbers that a line says, but for those that its phone had read here so."""
    return frozenset(_anew(_cells(data["cells"]), _seen(before or {})))


def _anew(cells: Cells, seen: Cells) -> Cells:
    return {kind: value for kind, value in cells.items() if value != seen.get(kind)}


def _of_line(intent: Intent) -> Month:
    """What a line says: of one that came before only the numbers on which two sides differed. The
    others were taken then, and whoever changed one since meant it."""
    return _that_differ(_read(intent.data), intent.parted)


def _that_differ(told: Month, parted: frozenset[str] | None) -> Month:
    """A month with those of its numbers alone on which two sides differ; with all where nobody
    noted which they are."""
    if parted is None:
        return told
    return replace(told, cells={kind: v for kind, v in told.cells.items() if kind in parted})


def _prove_there(told: Month, by: Viewer) -> None:
    """Refuse a month that was over before the team was there, as a record of such a day is."""
    _place, team = access.place_to_write(by, told.organisation, told.mission)
    prove_was_away(team, after(told.month) - dt.timedelta(days=1))


@leaves("count")
def leave(intent: Intent, by: Viewer, at: dt.datetime) -> None:
    """What stands here stays, and counts again where no other line tells it otherwise."""
    told = _of_line(intent)
    rows = Report.objects.filter(
        organisation=told.organisation, mission=told.mission, month=told.month, department=None
    )
    for report in rows:
        held = _held(report)  # locked first: a line that comes meanwhile is read, or waits
        others = still_disputed(told_otherwise(report, intent.origin), held)
        leave_cells(report=report.pk, kinds=told.cells.keys() - others, by=by, at=at)


def _read(data: Mapping[str, Any]) -> Month:
    try:
        day = dt.date.fromisoformat(f"{data['month']}-01")
        place, team = UUID(data["organisation"]), UUID(data["mission"])
        return Month(place, team, day, _cells(data["cells"]), _reason(data.get("reason", "")))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong


def _reason(told: Any) -> str:
    if not isinstance(told, str) or len(told) > REASON:
        raise Malformed("reason")
    return told


def _cells(told: Any) -> Cells:
    """Cells by kind. Whole numbers only; None is unknown, never nought."""
    if not isinstance(told, Mapping):
        raise Malformed("cells")
    for kind, value in told.items():
        if kind not in KINDS or not (value is None or (type(value) is int and 0 <= value <= MOST)):
            raise Malformed(str(kind)[:40])
    return {kind: None if v is None else Decimal(v) for kind, v in told.items()}


def _seen(told: Any) -> Cells:
    """Cells as the phone read them here: those of the office may be estimates, with a fraction.

    Raises Malformed where one could never have stood here.
    """
    if not isinstance(told, Mapping):
        raise Malformed("before")
    return {str(kind): _number(kind, value) for kind, value in told.items()}


def _number(kind: str, value: Any) -> Decimal | None:
    if value is None:
        return None
    if type(value) not in (int, float) or not 0 <= value < math.inf:
        raise Malformed(str(kind)[:40])
    return Decimal(str(value))


def _held(report: Report) -> Cells:
    """The wholes that stand in a report, locked until the transaction ends."""
    cells = Count.objects.filter(report=report, basis="REPORTED", specialty="", group="")
    locked = cells.order_by("pk").select_for_update(of=("self",)).select_related("indicator")
    return {cell.indicator.words: cell.value for cell in locked}


@shows_held("count")
def counts_beside(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Each cell that a phone sent beside the one that stands in the report; of a line on which two
    sides differ those alone: of the others nobody has to choose."""
    told = [_read_or_none(line) for line in lines]
    reports = _reports_of([month for month in told if month])
    return [
        _beside(month, reports.get(month.id), line.parted) if month else []
        for month, line in zip(told, lines, strict=True)
    ]


def _read_or_none(sent: Sent) -> Month | None:
    try:
        return _read(sent.data)
    except Malformed:
        return None


def _reports_of(months: Sequence[Month]) -> dict[UUID, Cells]:
    """The cells of the last report of each of these months, by the month's id; a month of which
    nothing was reported is missing. Two questions, however many they are."""
    last = {month: rows[-1] for month, rows in _versions_of(months).items()}
    found: dict[UUID, Cells] = {report: {} for report in last.values()}
    cells = Count.objects.filter(report__in=found, basis="REPORTED", specialty="", group="")
    for cell in cells.select_related("indicator"):
        found[cell.report_id][cell.indicator.words] = cell.value
    return {month: found[report] for month, report in last.items()}


def _versions_of(months: Sequence[Month]) -> dict[UUID, list[UUID]]:
    """The reports of each of these months, by the month's id, the last version last."""
    rows = Report.objects.filter(
        organisation__in={m.organisation for m in months},
        mission__in={m.mission for m in months}, month__in={m.month for m in months},
        department=None,
    ).order_by("version")  # fmt: skip
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.mission_id:
            found[month_id(row.organisation_id, row.mission_id, row.month)].append(row.pk)
    return found


def _beside(told: Month, held: Cells | None, parted: frozenset[str] | None) -> list[Compared]:
    return [
        Compared(
            in_tongue(KINDS[kind]), None if held is None else _said(held.get(kind)), _said(value)
        )
        for kind, value in told.cells.items()
        if parted is None or kind in parted
    ]


@tells_emptied("count")
def emptied_since(lines: Sequence[Came]) -> list[Emptied | None]:
    """Who took a number out last that a line writes, in whichever version of the month's report;
    nobody where it was written again since, in a later version too."""
    read = [(_read_or_none(line.sent), line.sent.parted) for line in lines]
    told = [month and _that_differ(month, parted) for month, parted in read]
    last = _last_of(told, min(line.at for line in lines))
    return [
        _emptied([(one, kind) for one, kind in last[at] if _is_after(one, line)])
        for at, line in enumerate(lines)
    ]


def _last_of(told: Sequence[Month | None], since: dt.datetime) -> list[list[tuple[Operation, str]]]:
    """For each month, what took its numbers out last and was not undone, the latest first; with
    the number."""
    reports = _versions_of([month for month in told if month])
    cells = [
        {
            cell_id(report, kind): kind
            for kind, value in month.cells.items() if value is not None
            for report in reports.get(month.id, ())
        } if month else {}
        for month in told
    ]  # fmt: skip
    rows = Operation.objects.filter(
        model="activity.count", kind__in=(Operation.DELETE, Operation.CREATE),
        record__in=set().union(*cells), at__gte=since,
    ).order_by("id")  # fmt: skip
    found = []
    for kind_of in cells:
        last = {kind_of[one.record]: one for one in rows if one.record in kind_of}
        gone = [(one, kind) for kind, one in last.items() if one.kind == Operation.DELETE]
        found.append(sorted(gone, key=lambda told: told[0].pk, reverse=True))
    return found


def _is_after(gone: Operation, line: Came) -> bool:
    """Lines of one push come at one moment: those of one phone lie by their numbers."""
    if gone.origin == line.origin.installation and gone.origin_q is not None:
        return gone.origin_q > line.origin.q
    return gone.at >= line.at


def _emptied(gone: Sequence[tuple[Operation, str]]) -> Emptied | None:
    if not gone:
        return None
    latest = gone[0][0]
    return Emptied(latest.by, latest.at, latest.note, frozenset(kind for _one, kind in gone))


@describes("count")
def months_of(lines: Sequence[Sent], _viewer: Viewer) -> list[About]:
    """Which month, of which hospital and team."""
    called = names_called([line.data for line in lines])
    return [About(_month_of(line, called)) for line in lines]


def _month_of(line: Sent, called: Mapping[str, str]) -> str:
    parts = [
        said(name, line.data.get(name), called) for name in ("month", "organisation", "mission")
    ]
    return " · ".join(part[:LONGEST] for part in parts if part)


def _said(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
