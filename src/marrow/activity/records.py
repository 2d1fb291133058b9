"""Single records from a file: one row is one thing done; the same file again adds nothing.

Rows that are alike are several things done alike: the second is known from the second.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions.deeds import NothingTold, prove_deed, prove_told, record_deeds
from marrow.activity.columns import NotRead, of_words
from marrow.activity.models import Deed
from marrow.activity.places import COUNTS, PROBLEMS, SHOWN, Places, Teams
from marrow.activity.rules.kinds import GROUPS, KINDS, code_of
from marrow.catalogue.problems import PROBLEMS as OF_ITEMS
from marrow.catalogue.queries.finding import Finder, NotFound
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.book import same_id
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.sources.intake.kinds import Column, Kind, Preview, Taking
from marrow.sources.intake.tables import Cells, Numbered
from marrow.sources.models import Document

COLUMNS = (
    Column("place", gettext_lazy("Hospital: its name, or its number in a register"), ("hospital", "facility", "医院", "机构", "hôpital", "établissement"), needed=True),
    Column("day", gettext_lazy("Day"), ("day", "date", "日期", "jour"), needed=True),
    Column("what", gettext_lazy("What was done"), ("kind", "what was done", "类别", "活动", "activité"), needed=True),
    Column("count", gettext_lazy("How many"), ("count", "number", "数量", "nombre")),
    Column("reached", gettext_lazy("People reached: of a lecture, a demonstration, a clinic"), ("reached", "people reached", "受众人数", "惠及人数", "personnes touchées")),
    Column("item", gettext_lazy("Technique"), ("technique", "item", "code", "技术", "条目")),
    Column("team", gettext_lazy("Team: its name or key, where a team did it"), ("team", "mission", "batch", "医疗队", "批次", "équipe")),
    Column("department", gettext_lazy("Department"), ("department", "ward", "科室", "service")),
    Column("specialty", gettext_lazy("Specialty"), ("specialty", "专业", "spécialité")),
    Column("with_whom", gettext_lazy("With which colleague"), ("with", "colleague", "同事", "collègue")),
    Column("group", gettext_lazy("For whom"), ("group", "受益人群", "人群", "bénéficiaires")),
)  # fmt: skip
AT_ONCE = 500


@dataclass(slots=True)
class Reader:
    """Reads rows into records that are not written yet; `by` None is the operator."""

    by: Viewer | None
    today: dt.date
    places: Places = field(init=False)
    teams: Teams = field(init=False)
    finder: Finder = field(default_factory=Finder)
    alike: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.places, self.teams = Places(self.by), Teams(self.by)

    def read(self, cells: Cells) -> Deed:
        """A row's record; NotRead with the code of what is wrong."""
        told = {name: text.strip() for name, text in cells.items()}
        if not told.get("place"):
            raise NotRead("NO_PLACE")
        kind = code_of(KINDS, told.get("what", ""))
        if not kind:
            raise NotRead("BAD_KIND")
        place, department = self.places.named(told["place"], told.get("department", ""))
        team = self.teams.named(place, told["team"]) if told.get("team") else None
        item = self._item(told.get("item", ""))
        specialty = of_words(SPECIALTIES, told.get("specialty", ""), "BAD_SPECIALTY")
        deed = Deed(
            organisation=place, mission=team, department=department, kind=kind, item=item,
            held_on=_day(told.get("day", "")), count=_count(told.get("count", "")),
            people_reached=_count(told["reached"]) if told.get("reached") else None,
            specialty=specialty or (item.specialty if item else ""),
            with_whom=told.get("with_whom", "")[:120],
            group=of_words(GROUPS, told.get("group", ""), "BAD_GROUP"),
        )  # fmt: skip
        try:
            prove_deed(deed, self.today)
            prove_told(deed)
        except NothingTold as wrong:
            raise NotRead("NOTHING_TOLD") from wrong
        except Refused as wrong:
            raise NotRead("REFUSED") from wrong
        deed.id = self._id(deed)
        return deed

    def _item(self, told: str) -> Any:
        try:
            return self.finder.line(told) if told else None
        except NotFound as wrong:
            raise NotRead(str(wrong)) from wrong

    def _id(self, deed: Deed) -> UUID:
        same = (
            deed.organisation_id, deed.department_id, deed.held_on, deed.kind, deed.count,
            deed.item_id, deed.specialty, deed.with_whom, deed.group,
            *([deed.mission_id] if deed.mission_id else []),
            *([f"reached {deed.people_reached}"] if deed.people_reached is not None else []),
        )  # fmt: skip
        self.alike[same] += 1
        return same_id("deed", *map(str, same), self.alike[same])


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError as wrong:
        raise NotRead("BAD_DAY") from wrong


def _count(text: str) -> int:
    if not text:
        return 1
    if not text.isdecimal() or len(text) > 6:
        raise NotRead("BAD_VALUE")
    return int(text)


Read = tuple[int, Deed | None, str]


def _read(reader: Reader, rows: Iterable[Numbered]) -> Iterator[list[Read]]:
    """Rows, some hundreds at a time, each with what it becomes: its record and "new" or "known",
    or the code of a fault."""
    each = iter(rows)
    while batch := list(islice(each, AT_ONCE)):
        told = [_one(reader, number, cells) for number, cells in batch]
        ids = [deed.pk for _number, deed, _code in told if deed]
        held = set(Deed.objects.filter(pk__in=ids).values_list("pk", flat=True))
        yield [(n, d, "known" if d and d.pk in held else code) for n, d, code in told]


def _one(reader: Reader, number: int, cells: Cells) -> Read:
    try:
        return number, reader.read(cells), "new"
    except NotRead as wrong:
        return number, None, str(wrong)


def take(taking: Taking) -> dict[str, int]:
    """Record each row that is not there yet, some hundreds in one transaction."""
    counts = Counter({"rows": 0, "new": 0, "known": 0})
    for batch in _read(Reader(taking.by, taking.at.date()), taking.rows()):
        counts["rows"] += len(batch)
        for number, deed, code in batch:
            if deed is None:
                taking.told(number, code)
        new = [deed for _number, deed, code in batch if deed and code == "new"]
        counts["known"] += sum(code == "known" for _number, _deed, code in batch)
        if new:
            counts["new"] += record_deeds(deeds=new, by=taking.by, at=taking.at)
        taking.progress(batch[-1][0], dict(counts))
    taking.over()
    return dict(counts)


def preview(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    """What the rows would become by the rule that takes them in; nothing is written."""
    counts, sample = Counter({"rows": 0, "new": 0, "known": 0}), list[dict[str, str]]()
    lines: list[tuple[int, str]] = []
    read = _read(Reader(by, timezone.localdate()), rows)
    for number, deed, becomes in chain.from_iterable(read):
        counts["rows"] += 1
        if deed is None:
            lines.append((number, becomes))
            continue
        counts[becomes] += 1
        if len(sample) < SHOWN:
            sample.append(_shown(number, deed))
    problems = Counter(code for _number, code in lines)
    return Preview(dict(counts), sample, dict(problems.most_common()), tuple(lines))


def _shown(number: int, deed: Deed) -> dict[str, str]:
    return {
        _("Row"): str(number), _("Hospital"): str(deed.organisation), _("Day"): str(deed.held_on),
        _("What"): str(deed.get_kind_display()), _("Technique"): str(deed.item or "–"),
        _("Team"): str(deed.mission or "–"), _("Value"): str(deed.count),
    }  # fmt: skip


def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
    found = preview(rows)
    return {**found.counts, "problems": found.problems}


OWN = {
    "BAD_KIND": names("what was done is none of the kinds of activity", "活动类别不在列表中", "l’activité n’est d’aucun genre connu"),
    "BAD_DAY": names("the day cannot be read; write it like 2026-01-31", "日期无法读取；请写成 2026-01-31 的样式", "jour illisible ; écrivez-le comme 2026-01-31"),
    "NOTHING_TOLD": names("nothing is told of a lecture, a demonstration, a clinic or public-health work: how many people it reached, what it was about, with or for whom", "讲座、示教、义诊或公共卫生工作没有任何说明：请填写惠及人数、内容、同事或受益人群", "rien n’est dit d’une conférence, d’une démonstration, d’une consultation gratuite ou d’une action de santé publique : combien de personnes, à quel sujet, avec ou pour qui"),
    "REFUSED": names("the day has not come, the count does not fit, or digits stand in the colleague’s name", "日期尚未到来、数量不符，或同事姓名中含有数字", "jour à venir, nombre qui ne convient pas, ou chiffres dans le nom du collègue"),
}  # fmt: skip
RECORDS = Kind(
    code="records", label=gettext_lazy("Single records of what was done"),
    document_kind=Document.Kind.DATASET, columns=COLUMNS, preview=preview, take=take,
    dry_run=dry_run, problems={**OF_ITEMS, **PROBLEMS, **OWN}, counts={**COUNTS, "new": names("new records", "新增记录", "enregistrements nouveaux")}, writes=("new",),
    leaves_out=True,
)  # fmt: skip
