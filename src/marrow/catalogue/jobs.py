"""What the catalogue takes in: lists. Nothing is written before the preview is confirmed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue import access
from marrow.catalogue.actions import publish_version
from marrow.catalogue.actions.lists import held_by
from marrow.catalogue.models import Item, List
from marrow.catalogue.problems import PROBLEMS
from marrow.catalogue.queries.finding import Finder, NotFound
from marrow.catalogue.rules.severities import severity_of
from marrow.catalogue.rules.versions import Held as Last
from marrow.catalogue.rules.versions import fault_of_next
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue, names
from marrow.directory.rules import folded
from marrow.sources.intake.kinds import Column, Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Numbered
from marrow.sources.models import Document

SHOWN = 12
Held = tuple[str, dt.date | None]  # the key of a list, and the day from which the rows hold


@dataclass(frozen=True, slots=True)
class Read:
    """A row: on which list from which day, the item, and a doubt."""

    row: List
    since: dt.date | None
    item: Item
    doubt: str = ""


@dataclass(slots=True)
class Reader:
    """Reads rows against lists and items; each was asked once. `by` None asks for no right."""

    by: Viewer | None = None
    finder: Finder = field(default_factory=Finder)
    lists: dict[str, List] = field(default_factory=dict)
    seen: set[tuple[Held, Item]] = field(default_factory=set)
    rows: dict[str, List] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in List.objects.select_related("area", "programme__sender"):
            for word in (row.key, *row.names.values()):
                self.lists[folded(word)] = row

    def read(self, cells: Mapping[str, str]) -> Read:
        """What a row tells; NotFound with the code of what is wrong."""
        row, since = self._list(cells.get("list", "")), _day(cells.get("valid_from", ""))
        code, name = cells.get("code", "").strip(), cells.get("name", "").strip()
        if not code and not name:
            raise NotFound("NO_ITEM")
        item = self.finder.find(code, name)
        doubt = _doubt(row, item, severity_of(cells.get("severity", "")))
        held = ((row.key, since), item)
        if held in self.seen:
            raise NotFound("DUPLICATE")
        self.seen.add(held)
        self.rows[row.key] = row
        return Read(row, since, item, doubt)

    def version_of(self, cells: Mapping[str, str]) -> Held | None:
        """Which version a row belongs to, whatever else is wrong with it; None where it does not
        say."""
        try:
            row, since = self._list(cells.get("list", "")), _day(cells.get("valid_from", ""))
        except NotFound:
            return None
        self.rows[row.key] = row
        return row.key, since

    def _list(self, told: str) -> List:
        if not told.strip():
            raise NotFound("NO_LIST")
        row = self.lists.get(folded(told))
        if row is None:
            raise NotFound("UNKNOWN_LIST")
        if self.by and not access.keeps_lists_of(self.by, row.area, row.programme):
            raise NotFound("NOT_YOUR_LIST")
        return row


def _doubt(row: List, item: Item, severity: str | None) -> str:
    if severity is None:
        raise NotFound("BAD_SEVERITY")
    if severity and row.severity and severity != row.severity:
        raise NotFound("NOT_FOR_LIST")
    return "OTHER_SEVERITY" if severity and severity != item.severity else ""


def _day(text: str) -> dt.date | None:
    """The day of a cell, "2026-01-01" with or without a time; None of an empty one."""
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()[:10].replace("/", "-"))
    except ValueError as wrong:
        raise NotFound("BAD_DAY") from wrong


@dataclass(slots=True)
class Gathered:
    """What a file says of lists: what each would hold from a day on, and which rows say so badly.

    A version that lacks a row of its own is not published: what a typing mistake left out would
    leave the list, and the measure with it.
    """

    held: dict[Held, list[Item]] = field(default_factory=lambda: defaultdict(list))
    first: dict[Held, int] = field(default_factory=dict)  # the row where a version begins
    lacking: set[Held] = field(default_factory=set)
    told: list[tuple[int, str]] = field(default_factory=list)
    sample: list[dict[str, str]] = field(default_factory=list)
    rows: int = 0

    def take_in(self, reader: Reader, number: int, cells: Mapping[str, str]) -> None:
        self.rows += 1
        try:
            read = reader.read(cells)
        except NotFound as wrong:
            self.told.append((number, str(wrong)))
            version = reader.version_of(cells)
            if version and str(wrong) != "DUPLICATE":  # the item stands there already
                self.lacking.add(version)
                self.first.setdefault(version, number)
            return
        if read.doubt:
            self.told.append((number, read.doubt))
        version = read.row.key, read.since
        self.held[version].append(read.item)
        self.first.setdefault(version, number)
        if len(self.sample) < SHOWN:
            self.sample.append(_shown(number, read))

    def versions(self, reader: Reader, today: dt.date) -> Iterator[Next]:
        """What can be published, those of one list by their first day; of the rest it is told."""
        last: dict[str, Last | None] = {}
        for (key, since), items in in_turn(self.held, today):
            day, kept, number = since or today, [i.pk for i in items], self.first[key, since]
            before = last[key] if key in last else _last(reader.rows[key])
            fault = fault_of_next(before, day, kept)
            if (key, since) in self.lacking:
                fault = "INCOMPLETE"
            if fault:
                self.told.append((number, fault))
                continue
            last[key] = (day, kept)
            gone = len(set(before[1]) - set(kept)) if before else 0
            yield Next(key, day, items, number, gone)


@dataclass(frozen=True, slots=True)
class Next:
    """The version of a list that comes next: from which day, what it holds, how many items of the
    version before it holds no longer, and in which row of the file it begins."""

    key: str
    day: dt.date
    items: list[Item]
    number: int
    gone: int


def _counts(rows: int) -> Counter[str]:
    return Counter({"rows": rows, "members": 0, "versions": 0, "gone": 0})


def take(taking: Taking) -> dict[str, int]:
    """Publish a version of each list in the file; rows without a day hold from the day of taking.

    A version is published as a whole at the end, so that an interrupted file leaves none by half.
    """
    reader, found = Reader(taking.by), Gathered()
    for number, cells in taking.rows():
        found.take_in(reader, number, cells)
    counts = _counts(found.rows)
    for one in found.versions(reader, taking.at.date()):
        try:
            publish_version(
                key=one.key, items=one.items, valid_from=one.day, note=taking.title,
                document=taking.document, by=taking.by, at=taking.at,
            )  # fmt: skip
        except Refused:
            found.told.append((one.number, "NOT_LATER"))
            continue
        counts.update(versions=1, members=len(one.items), gone=one.gone)
    for number, code in sorted(found.told):
        taking.told(number, code)
    taking.over()
    return dict(counts)


def in_turn(held: Mapping[Held, list[Item]], today: dt.date) -> list[tuple[Held, list[Item]]]:
    """The versions of a file, those of one list by their first day."""
    return sorted(held.items(), key=lambda one: (one[0][0], one[0][1] or today))


def _last(row: List) -> Last | None:
    version = row.versions.order_by("-number").first()
    return held_by(version) if version else None


def preview(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    """What the rows would become when `by` takes them in, None is the operator; nothing is
    written.
    """
    reader, found = Reader(by), Gathered()
    for number, cells in rows:
        found.take_in(reader, number, cells)
    counts = _counts(found.rows)
    for one in found.versions(reader, timezone.localdate()):
        counts.update(versions=1, members=len(one.items), gone=one.gone)
    doubts = sorted(found.told)
    problems = Counter(code for _number, code in doubts)
    return Preview(dict(counts), found.sample, dict(problems.most_common()), tuple(doubts))


def _shown(number: int, read: Read) -> dict[str, str]:
    return {
        _("Row"): str(number), _("List of items"): in_tongue(read.row.names),
        _("Valid from"): str(read.since or _("the day it is taken in")),
        _("Item"): str(read.item), _("Severity of the item"): str(read.item.get_severity_display()),
    }  # fmt: skip


def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
    found = preview(rows)
    return {**found.counts, "problems": found.problems}


LISTS = Kind(
    code="catalogue-list",
    label=gettext_lazy("A list of what an area should treat"),
    document_kind=Document.Kind.PAPER,
    columns=(
        Column("list", gettext_lazy("List of items"), ("List of items", "条目清单", "Liste d’éléments", "清单", "liste"), needed=True),
        Column("valid_from", gettext_lazy("Valid from"), ("Valid from", "生效日期", "Valable dès", "起始日期")),
        Column("code", gettext_lazy("Code of the item"), ("Code of the item", "条目编码", "Code de l’élément", "编码", "疾病编码", "手术编码", "ICD-10", "CIM-10")),
        Column("name", gettext_lazy("Name of the item"), ("Name of the item", "条目名称", "Nom de l’élément", "名称", "病种", "疾病名称", "disease", "nom", "maladie")),
        Column("severity", gettext_lazy("Severity of the item"), ("Severity of the item", "条目的严重程度", "Gravité de l’élément", "严重程度", "gravité")),
    ),
    one_of=("code", "name"),
    preview=preview,
    take=take,
    dry_run=dry_run,
    problems=PROBLEMS,
    counts={
        "rows": names("rows", "行", "lignes"),
        "members": names("items on lists", "清单条目", "éléments sur les listes"),
        "gone": names("items that leave their list", "移出清单的条目", "éléments qui quittent leur liste"),
        "versions": names("versions published", "发布版本", "versions publiées"),
    },
    writes=("versions",),
)  # fmt: skip
bring_in(LISTS)
