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

from marrow.activity import access
from marrow.activity.actions.counts import Cell, flag_outliers, foreseen, take_counts
from marrow.activity.columns import COLUMNS, CountRow, NotRead, read_row
from marrow.activity.models import Count
from marrow.activity.rules.kinds import KINDS
from marrow.core.jobs import Lease, handles
from marrow.core.viewer import OPERATOR, Viewer
from marrow.core.words import in_tongue, names
from marrow.directory.models import Department, Identifier, Organisation
from marrow.directory.queries import hits
from marrow.directory.rules import folded
from marrow.directory.search import ORGANISATION
from marrow.sources.intake.kinds import Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Cells, Numbered
from marrow.sources.models import Document

SEEK = "seek-outliers"
AT_ONCE = 2000
SHOWN = 12


class Places:
    """Hospitals and departments by what a file calls them; asked once each."""

    def __init__(self, by: Viewer | None) -> None:
        self.by = by
        self.known: dict[str, Organisation | str] = {}
        self.departments: dict[tuple[object, str], Department | None] = {}

    def find(self, row: CountRow) -> tuple[Organisation, Department | None]:
        return self.named(row.place, row.department)

    def named(self, told: str, department: str) -> tuple[Organisation, Department | None]:
        if told not in self.known:
            self.known[told] = self._found(told)
        place = self.known[told]
        if isinstance(place, str):
            raise NotRead(place)
        return place, self._department(place, department) if department else None

    def _found(self, told: str) -> Organisation | str:
        """The one that a register numbers so, else the one of this name; or why there is none."""
        numbered = Identifier.objects.filter(value=told).select_related("organisation__successor")
        found = {_last(i.organisation).pk: _last(i.organisation) for i in numbered[:10]}
        if not found:
            near = hits(told, kind=ORGANISATION, limit=6)
            same = [h.id for h in near if folded(h.name) == folded(told)]
            rows = Organisation.objects.filter(pk__in=same).select_related("successor")
            found = {_last(row).pk: _last(row) for row in rows}
        if len(found) != 1:
            return "SEVERAL_PLACES" if found else "UNKNOWN_PLACE"
        (place,) = found.values()
        if self.by and not access.serves_there(self.by, place.pk):
            return "NOT_YOUR_PLACE"
        return place

    def _department(self, place: Organisation, told: str) -> Department | None:
        key = (place.pk, folded(told))
        if key not in self.departments:
            here = Department.objects.filter(organisation=place)
            same = [d for d in here if key[1] in [folded(n) for n in d.names.values()]]
            self.departments[key] = same[0] if len(same) == 1 else None
        found = self.departments[key]
        if found is None:
            raise NotRead("UNKNOWN_DEPARTMENT")
        return found


def _last(row: Organisation) -> Organisation:
    while row.successor:
        row = row.successor
    return row


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
    own = cell.words in KINDS
    return {
        _("Row"): str(cell.row), _("Hospital"): str(cell.organisation),
        _("Department"): str(cell.department or "–"), _("Month"): f"{cell.month:%Y-%m}",
        _("What"): in_tongue(KINDS[cell.words]) if own else _("%s (no kind yet)") % cell.words,
        _("Value"): f"{cell.value.normalize():f}",
    }  # fmt: skip


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


PROBLEMS = {
    "NO_PLACE": names("no hospital", "没有医院", "sans établissement"),
    "NO_KIND": names("nothing says what is counted", "没有指标名称", "rien ne dit ce qui est compté"),
    "KIND_TOO_LONG": names("what is counted has more than 120 characters", "指标名称超过120字", "indicateur de plus de 120 caractères"),
    "UNKNOWN_PLACE": names("the hospital is not in the directory", "名录中没有该医院", "établissement absent de l’annuaire"),
    "SEVERAL_PLACES": names("several hospitals are called or numbered so", "有多家医院使用该名称或编号", "plusieurs établissements portent ce nom ou ce numéro"),
    "NOT_YOUR_PLACE": names("not a hospital that your office serves", "不是贵办公室服务的医院", "établissement hors de votre bureau"),
    "UNKNOWN_DEPARTMENT": names("the hospital has no such department here", "名录中该医院没有此科室", "ce service est inconnu dans l’établissement"),
    "BAD_MONTH": names("the month cannot be read or has not come", "月份无法读取或尚未到来", "mois illisible ou à venir"),
    "BAD_VALUE": names("the count is no number of 0 or more", "数值不是0或以上的数字", "le nombre n’est pas un nombre positif ou nul"),
    "BAD_SPECIALTY": names("specialty not in the list", "专业不在列表中", "spécialité hors liste"),
    "BAD_GROUP": names("group of people not in the list", "受益人群不在列表中", "groupe de bénéficiaires hors liste"),
    "TWICE": names("the same cell stands above it with another value", "上面已有同一单元格的另一数值", "la même case figure plus haut avec une autre valeur"),
    "APPROVED": names("the month is approved: begin a new version first", "该月已批准：请先建立新版本", "mois approuvé : commencez d’abord une nouvelle version"),
}  # fmt: skip
COUNTS = {
    "rows": names("rows", "行", "lignes"),
    "new": names("new counts", "新增数值", "nombres nouveaux"),
    "known": names("known already", "已有", "déjà connus"),
    "changed": names("changed since the last time", "较上次有变", "changés depuis la dernière fois"),
    "absent": names("empty cells: unknown, not nought", "空单元格：不详，并非零", "cases vides : inconnu, non zéro"),
}  # fmt: skip
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
            after=SEEK, writes=("new", "changed"),
        )
    )  # fmt: skip
