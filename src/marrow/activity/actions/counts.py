"""Counts from files: each cell once, both bases kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions.reports import State, report_id
from marrow.activity.models import Count, Indicator, Report
from marrow.activity.queries.outliers import doubts_of
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.levels import PASSED
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import NotAllowed
from marrow.core.viewer import Viewer
from marrow.directory.models import Department, Organisation
from marrow.sources.actions.findings import raise_findings

TAKE = Act("take_counts", gettext_lazy("Took in counts of months"))
FLAG = Act("flag_outliers", gettext_lazy("Looked for counts that stand out"), undo=NEVER)
SCOPE = "activity"  # no phone keeps the counts of files
Place = tuple[UUID, UUID | None, dt.date]  # organisation, department, month


@dataclass(frozen=True, slots=True)
class Cell:
    """One count as a file tells it; its row, place and month."""

    row: int
    organisation: Organisation
    department: Department | None
    month: dt.date
    words: str  # one of our kinds, or what the source calls it
    value: Decimal
    specialty: str = ""
    group: str = ""

    @property
    def place(self) -> Place:
        return self.organisation.pk, self.department.pk if self.department else None, self.month


@dataclass(frozen=True, slots=True)
class Verdict:
    """What taking a cell in does: new, known or changed; or the code of why it is not taken."""

    cell: Cell
    code: str
    pk: UUID
    held: Count | None


def verdicts_of(
    cells: Sequence[Cell], basis: str, told: dict[UUID, Decimal], reports: Mapping[Place, Report]
) -> Iterator[Verdict]:
    """What each cell does, in the file's order; `told` holds what the rows before it said. The
    preview and the taking both ask here, so that one promises what the other does."""
    ids = [_id(reports[c.place], c, basis) for c in cells]
    known = Count.objects.in_bulk(ids)
    for cell, pk in zip(cells, ids, strict=True):
        held = known.get(pk)
        if pk in told:
            code = "known" if told[pk] == cell.value else "TWICE"
        elif held and held.value == cell.value:
            code = "known"
        elif (state := reports[cell.place].state) in PASSED:
            code = state
        else:
            code = "changed" if held else "new"
        if code not in PASSED:
            told.setdefault(pk, cell.value)
        yield Verdict(cell, code, pk, held)


def foreseen(
    *, cells: Sequence[Cell], basis: str, told: dict[UUID, Decimal], at: dt.datetime
) -> Iterator[Verdict]:
    """What `take_counts` would do with these cells; nothing is written."""
    reports, _fresh = _reports(cells, None, at)
    return verdicts_of(cells, basis, told, reports)


def take_counts(
    *,
    cells: Sequence[Cell],
    basis: str,
    document: UUID,
    by: Viewer,
    at: dt.datetime,
    told: Callable[[int, str], None],
    before: dict[UUID, Decimal] | None = None,
) -> Counter[str]:
    """Take in up to a few thousand cells in one transaction; a known cell adds nothing.

    Their reports are handed in by who brings the file, so that another person reviews them. A cell
    of a report that was reviewed or approved is left out: that is sent back first, or takes a new
    version. `before` is what rows of the same file said in earlier calls.
    """
    if not by.holds("office"):
        raise NotAllowed(_("Only a programme office brings in counts."))
    counts: Counter[str] = Counter()
    with journal(TAKE, by=by, at=at, scope=SCOPE) as page:
        indicators = _indicators(page, {cell.words for cell in cells})
        reports, begun = _reports(cells, by.person, at)
        page.save_all(begun)
        fresh: list[Count] = []
        seen = {} if before is None else before
        for one in verdicts_of(cells, basis, seen, reports):
            cell = one.cell
            if one.code in ("TWICE", *PASSED):
                told(cell.row, one.code)
                continue
            counts[one.code] += 1
            if one.code == "changed" and one.held:
                one.held.value, one.held.document, one.held.row = cell.value, document, cell.row
                page.save(one.held)
            elif one.code == "new":
                fresh.append(
                    Count(
                        id=one.pk, report=reports[cell.place], indicator=indicators[cell.words],
                        basis=basis, specialty=cell.specialty, group=cell.group, value=cell.value,
                        document=document, row=cell.row,
                    )
                )  # fmt: skip
        page.save_all(fresh)
    return counts


def _id(report: Report, cell: Cell, basis: str) -> UUID:
    return same_id("count", report.pk, cell.words, basis, cell.specialty, cell.group)


def _indicators(page: Page, words: set[str]) -> dict[str, Indicator]:
    found = {i.words: i for i in Indicator.objects.filter(words__in=words)}
    fresh = [
        Indicator(id=same_id("indicator", w), words=w, kind=w if w in KINDS else "")
        for w in sorted(words - set(found))
    ]
    page.save_all(fresh)
    return found | {i.words: i for i in fresh}


def _reports(
    cells: Sequence[Cell], person: UUID | None, at: dt.datetime
) -> tuple[dict[Place, Report], list[Report]]:
    """The last version of each place and month; and what nobody has reported, handed in now."""
    wanted = {cell.place: cell for cell in cells}
    rows = Report.objects.filter(
        organisation__in={p[0] for p in wanted}, month__in={p[2] for p in wanted}, mission=None
    ).order_by("version")
    found = {(r.organisation_id, r.department_id, r.month): r for r in rows}
    fresh: list[Report] = []
    for place, cell in wanted.items():
        if place in found:
            continue
        row = Report(
            organisation=cell.organisation, department=cell.department, month=cell.month,
            version=1, state=State.SUBMITTED, stands=True, handed_in_by=person, handed_in_at=at,
        )  # fmt: skip
        row.id = report_id(row)
        fresh.append(row)
        found[place] = row
    return found, fresh


def flag_outliers(*, by: Viewer, at: dt.datetime) -> int:
    """Raise a doubt for each count that stands out of its series; returns how many are new."""
    with journal(FLAG, by=by, at=at, scope=SCOPE) as page:
        return raise_findings(page, doubts_of(None, at))
