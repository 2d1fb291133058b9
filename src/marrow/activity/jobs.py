"""What activity takes in: monthly counts, as reported and as adjusted later; both are kept.

A hospital that the directory does not know is a row that was not taken: enter it, or bring its
register in, then bring the file in again; what is in adds nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions.counts import Cell, flag_outliers, foreseen, take_counts
from marrow.activity.columns import COLUMNS, CountRow, NotRead, read_row
from marrow.activity.models import Count, Indicator
from marrow.activity.places import COUNTS, PROBLEMS, SHOWN, Places
from marrow.activity.records import RECORDS
from marrow.activity.rules.kinds import KINDS
from marrow.core.jobs import Lease, handles
from marrow.core.viewer import OPERATOR, Viewer
from marrow.core.words import in_tongue
from marrow.sources.intake.kinds import Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Cells, Numbered
from marrow.sources.models import Document

SEEK = "seek-outliers"
AT_ONCE = 2000


def _cell(places: Places, number: int, row: CountRow) -> Cell:
    place, department = places.find(row)
    return Cell(
        number, place, department, row.month, row.words, row.value, row.specialty, row.group
    )


@dataclass(slots=True)
class Reader:
    """Reads rows into cells, 2,000 at a time; what is wrong with one is told, an empty one counted.
    `told` holds what the rows before said of a cell."""

    places: Places
    today: dt.date
    wrong: Callable[[int, str], None]
    counts: Counter[str] = field(
        default_factory=lambda: Counter(
            {"rows": 0, "new": 0, "known": 0, "changed": 0, "absent": 0}
        )
    )
    told: dict[UUID, Decimal] = field(default_factory=dict)

    def batches(self, rows: Iterable[Numbered]) -> Iterator[tuple[int, list[Cell]]]:
        """The cells of each batch, with the number of its last row."""
        each = iter(rows)
        while batch := list(islice(each, AT_ONCE)):
            yield (
                batch[-1][0],
                [cell for number, told in batch if (cell := self._read(number, told))],
            )

    def _read(self, number: int, told: Cells) -> Cell | None:
        self.counts["rows"] += 1
        try:
            return _cell(self.places, number, read_row(told, self.today))
        except NotRead as wrong:
            if str(wrong) == "ABSENT":
                self.counts["absent"] += 1
            else:
                self.wrong(number, str(wrong))
        return None


def _take(taking: Taking, basis: str) -> dict[str, int]:
    """Take counts in, 2,000 rows a transaction; known cells add nothing."""
    reader = Reader(Places(taking.by), taking.at.date(), taking.told)
    for last, cells in reader.batches(taking.rows()):
        reader.counts.update(
            take_counts(
                cells=cells, basis=basis, document=taking.document, by=taking.by, at=taking.at,
                told=taking.told, before=reader.told,
            )
        )  # fmt: skip
        taking.progress(last, dict(reader.counts))
    taking.over()
    return dict(reader.counts)


def take_reported(taking: Taking) -> dict[str, int]:
    return _take(taking, Count.Basis.REPORTED)


def take_adjusted(taking: Taking) -> dict[str, int]:
    return _take(taking, Count.Basis.ADJUSTED)


def _preview(rows: Iterable[Numbered], by: Viewer | None, basis: str) -> Preview:
    """What the rows would do, by the rule that takes them in; nothing is written. `by` None is the
    operator."""
    lines, sample = list[tuple[int, str]](), list[dict[str, str]]()
    reader = Reader(Places(by), timezone.localdate(), lambda row, code: lines.append((row, code)))
    for _last_row, cells in reader.batches(rows):
        for one in foreseen(cells=cells, basis=basis, told=reader.told, at=timezone.now()):
            if one.code in PROBLEMS:
                lines.append((one.cell.row, one.code))
                continue
            reader.counts[one.code] += 1
            if one.code != "known" and len(sample) < SHOWN:
                sample.append(_shown(one.cell))
    problems = Counter(code for _row, code in lines)
    return Preview(dict(reader.counts), sample, dict(problems.most_common()), tuple(sorted(lines)))


def preview_reported(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    return _preview(rows, by, Count.Basis.REPORTED)


def preview_adjusted(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    return _preview(rows, by, Count.Basis.ADJUSTED)


def _shown(cell: Cell) -> dict[str, str]:
    return {
        _("Row"): str(cell.row), _("Hospital"): str(cell.organisation),
        _("Department"): str(cell.department or "–"), _("Month"): f"{cell.month:%Y-%m}",
        _("What"): _what(cell.words), _("Value"): f"{cell.value.normalize():f}",
    }  # fmt: skip


def _what(words: str) -> str:
    """What is counted: our own kind, or the source's words with the kind that they have here."""
    if words in KINDS:
        return in_tongue(KINDS[words])
    named = Indicator.objects.filter(words=words).exclude(kind="").first()
    if named is None:
        return _("%s (no kind yet)") % words
    told = {"words": words, "kind": named.get_kind_display()}
    return _("%(words)s (counts as %(kind)s)") % told


def _dry_run(preview: Callable[[Iterable[Numbered]], Preview]) -> Callable[..., dict[str, Any]]:
    def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
        found = preview(rows)
        return {**found.counts, "problems": found.problems}

    return dry_run


@handles(SEEK)
def seek_outliers(lease: Lease) -> None:
    """Once counts are in: each that stands out of its series becomes a doubt."""
    lease.keep()
    flag_outliers(by=OPERATOR, at=timezone.now())


for code, label, take, preview in (
    ("counts", gettext_lazy("Monthly counts, as reported"), take_reported, preview_reported),
    (
        "counts-adjusted", gettext_lazy("Monthly counts, as adjusted later"), take_adjusted,
        preview_adjusted,
    ),
):  # fmt: skip
    bring_in(
        Kind(
            code=code, label=label, document_kind=Document.Kind.DATASET, columns=COLUMNS,
            preview=preview, take=take, dry_run=_dry_run(preview), problems=PROBLEMS, counts=COUNTS,
            after=SEEK, writes=("new", "changed"), leaves_out=True,
        )
    )  # fmt: skip

bring_in(RECORDS)
