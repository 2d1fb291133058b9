"""What activity takes in: monthly counts, as reported and as adjusted later; both are kept.

A hospital that the directory does not know is a row that was not taken: enter it, or bring its
register in, then bring the file in again; what is in adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.actions.counts import Cell, flag_outliers, take_counts
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
from marrow.sources.intake.tables import Numbered
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
        if row.place not in self.known:
            self.known[row.place] = self._found(row.place)
        place = self.known[row.place]
        if isinstance(place, str):
            raise NotRead(place)
        return place, self._department(place, row.department) if row.department else None

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


def _take(taking: Taking, basis: str) -> dict[str, int]:
    """Take counts in, 2,000 rows a transaction; known cells add nothing."""
    places, rows = Places(taking.by), taking.rows()
    counts = Counter({"rows": 0, "new": 0, "known": 0, "changed": 0, "absent": 0})
    while batch := list(islice(rows, AT_ONCE)):
        cells = []
        for number, told in batch:
            counts["rows"] += 1
            try:
                cells.append(_cell(places, number, read_row(told, taking.at.date())))
            except NotRead as wrong:
                if str(wrong) == "ABSENT":
                    counts["absent"] += 1
                else:
                    taking.told(number, str(wrong))
        counts.update(
            take_counts(
                cells=cells, basis=basis, document=taking.document, by=taking.by, at=taking.at,
                told=taking.told,
            )
        )  # fmt: skip
        taking.progress(batch[-1][0], dict(counts))
    taking.over()
    return dict(counts)


def take_reported(taking: Taking) -> dict[str, int]:
    return _take(taking, Count.Basis.REPORTED)


def take_adjusted(taking: Taking) -> dict[str, int]:
    return _take(taking, Count.Basis.ADJUSTED)


def preview(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    """What the first rows would become; `by` None is the operator. Nothing is written."""
    places, problems, today = Places(by), Counter[str](), timezone.localdate()
    lines: list[tuple[int, str]] = []
    counts, sample = Counter({"rows": 0, "cells": 0, "absent": 0}), list[dict[str, str]]()
    for number, told in rows:
        counts["rows"] += 1
        try:
            cell = _cell(places, number, read_row(told, today))
        except NotRead as wrong:
            if str(wrong) == "ABSENT":
                counts["absent"] += 1
            else:
                problems[str(wrong)] += 1
                lines.append((number, str(wrong)))
            continue
        counts["cells"] += 1
        if len(sample) < SHOWN:
            sample.append(_shown(cell))
    return Preview(dict(counts), sample, dict(problems.most_common()), tuple(lines))


def _shown(cell: Cell) -> dict[str, str]:
    own = cell.words in KINDS
    return {
        _("Row"): str(cell.row), _("Hospital"): str(cell.organisation),
        _("Department"): str(cell.department or "–"), _("Month"): f"{cell.month:%Y-%m}",
        _("What"): in_tongue(KINDS[cell.words]) if own else _("%s (no kind yet)") % cell.words,
        _("Value"): f"{cell.value.normalize():f}",
    }  # fmt: skip


def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
    found = preview(rows)
    return {**found.counts, "problems": found.problems}


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
    "cells": names("counts can be taken", "个数值可以接收", "nombres peuvent être pris"),
    "new": names("new counts", "新增数值", "nombres nouveaux"),
    "known": names("known already", "已有", "déjà connus"),
    "changed": names("changed since the last time", "较上次有变", "changés depuis la dernière fois"),
    "absent": names("empty cells: unknown, not nought", "空单元格：不详，并非零", "cases vides : inconnu, non zéro"),
}  # fmt: skip
for code, label, take in (
    ("counts", gettext_lazy("Monthly counts, as reported"), take_reported),
    ("counts-adjusted", gettext_lazy("Monthly counts, as adjusted later"), take_adjusted),
):
    bring_in(
        Kind(
            code=code, label=label, document_kind=Document.Kind.DATASET, columns=COLUMNS,
            preview=preview, take=take, dry_run=dry_run, problems=PROBLEMS, counts=COUNTS,
            after=SEEK,
        )
    )  # fmt: skip
