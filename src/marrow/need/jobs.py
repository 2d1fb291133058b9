"""What needs take in: patients who left, from a file. Nothing is written before the preview is
confirmed; a second import of the same file adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.queries.finding import Finder, NotFound
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import hits, last_of
from marrow.directory.rules import folded
from marrow.directory.search import AREA, ORGANISATION
from marrow.need import access
from marrow.need.actions import take_outflows
from marrow.need.columns import COLUMNS, NotRead, read_row
from marrow.need.models import Outflow
from marrow.people.rules.findable import findable_in
from marrow.people.rules.privacy import titled_in
from marrow.sources.intake.kinds import Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Numbered
from marrow.sources.models import Document

AT_ONCE = 500
SHOWN = 12
Place = Area | Organisation


@dataclass(slots=True)
class Reader:
    """Reads rows against places and items, each asked once. `by` None asks for no right."""

    by: Viewer | None
    title: str
    finder: Finder = field(default_factory=Finder)
    places: dict[str, Place | None] = field(default_factory=dict)
    allowed: dict[UUID, bool] = field(default_factory=dict)
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def read(self, cells: Mapping[str, str]) -> Outflow:
        """A row as a telling; NotRead with the code of what is wrong."""
        told = read_row(cells, timezone.localdate())
        place = self._place(told.place)
        if place is None:
            raise NotRead("UNKNOWN_PLACE")
        self._prove(place)
        hospital = place if isinstance(place, Organisation) else None
        area = hospital.area if hospital else place
        if not isinstance(area, Area):
            raise NotRead("NOWHERE")
        try:
            item = self.finder.find(told.code, told.name)
        except NotFound as wrong:
            raise NotRead(str(wrong)) from wrong
        if any(map(titled_in, (told.told_from, told.to))):
            raise NotRead("NAMED")
        if any(map(findable_in, (told.told_from, told.to))):
            raise NotRead("FINDABLE")
        to = self._place(told.to) if told.to else None
        self._once((place.pk, item.pk, told.from_on, told.grain, folded(told.to)))
        return Outflow(
            id=uuid4(), area=area, organisation=hospital, item=item, grain=told.grain,
            from_on=told.from_on, patients=told.patients, cost=told.cost, currency=told.currency,
            cost_of=told.cost_of, kilometres=told.kilometres,
            to_area=to if isinstance(to, Area) else None,
            to_organisation=to if isinstance(to, Organisation) else None,
            to_words="" if to else told.to, told_from=told.told_from or _without_numbers(self.title)[:300],
        )  # fmt: skip

    def _once(self, told: tuple[object, ...]) -> None:
        if told in self.seen:
            raise NotRead("DUPLICATE")
        self.seen.add(told)

    def _place(self, told: str) -> Place | None:
        if told not in self.places:
            self.places[told] = self._found(told)
        return self.places[told]

    def _found(self, told: str) -> Place | None:
        """The one place or hospital of this code or name; None where there is none, or several."""
        if area := Area.objects.filter(code__iexact=told).first():
            return area
        near = [*hits(told, kind=AREA, limit=6), *hits(told, kind=ORGANISATION, limit=6)]
        same = [h.id for h in near if folded(h.name) == folded(told)]
        rows = Organisation.objects.filter(pk__in=same).select_related("area", "successor")
        found: dict[UUID, Place] = {a.pk: a for a in Area.objects.filter(pk__in=same)}
        found |= {last_of(row).pk: last_of(row) for row in rows}
        return next(iter(found.values())) if len(found) == 1 else None

    def _prove(self, place: Place) -> None:
        if self.by is None:
            return
        if place.pk not in self.allowed:
            self.allowed[place.pk] = (
                access.may_speak(self.by, place)
                if isinstance(place, Organisation)
                else access.office_of_area(self.by, place)
            )
        if not self.allowed[place.pk]:
            raise NotRead("NOT_YOUR_PLACE")


def take(taking: Taking) -> dict[str, int]:
    """Take rows in, 500 a transaction."""
    reader, rows = Reader(taking.by, taking.title), taking.rows()
    counts = Counter({"rows": 0, "new": 0, "known": 0, "changed": 0, "absent": 0})
    while batch := list(islice(rows, AT_ONCE)):
        found = []
        for number, cells in batch:
            counts["rows"] += 1
            try:
                found.append((number, reader.read(cells)))
            except NotRead as wrong:
                if str(wrong) == "ABSENT":
                    counts["absent"] += 1
                else:
                    taking.told(number, str(wrong))
        counts.update(
            take_outflows(
                rows=found, document=taking.document, by=taking.by, at=taking.at, told=taking.told
            )
        )
        taking.progress(batch[-1][0], dict(counts))
    taking.over()
    return dict(counts)


def _without_numbers(title: str) -> str:
    """What a file is called, where nobody else told: long numbers in it tell nothing."""
    while found := findable_in(title):
        if found not in title:
            return _("a file")
        title = title.replace(found, "…")
    return title


def preview(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    """What the rows would become; `by` None is the operator. Nothing is written."""
    reader, doubts = Reader(by, ""), list[tuple[int, str]]()
    counts, sample = Counter({"rows": 0, "tellings": 0, "absent": 0}), list[dict[str, str]]()
    for number, cells in rows:
        counts["rows"] += 1
        try:
            row = reader.read(cells)
        except NotRead as wrong:
            if str(wrong) == "ABSENT":
                counts["absent"] += 1
            else:
                doubts.append((number, str(wrong)))
            continue
        counts["tellings"] += 1
        if len(sample) < SHOWN:
            sample.append(_shown(number, row))
    problems = Counter(code for _number, code in doubts)
    return Preview(dict(counts), sample, dict(problems.most_common()), tuple(doubts))


def _shown(number: int, row: Outflow) -> dict[str, str]:
    to = row.to_organisation or row.to_area or row.to_words
    return {
        _("Row"): str(number), _("Area or hospital they left"): str(row.organisation or row.area),
        _("Item"): str(row.item), _("Year or month"): row.period,
        _("Patients who left"): str(row.patients), _("Where to"): str(to or _("unknown")),
    }  # fmt: skip


def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
    found = preview(rows)
    return {**found.counts, "problems": found.problems}


PROBLEMS = {
    "NO_PLACE": names("no area or hospital", "没有地区或医院", "ni lieu ni hôpital"),
    "NO_ITEM": names("nothing says what for", "没有说明因何外转", "rien ne dit pour quoi"),
    "UNKNOWN_PLACE": names("not one place or hospital of the directory", "名录中没有唯一对应的地区或医院", "aucun lieu ou hôpital unique de l’annuaire"),
    "NOWHERE": names("the directory does not say where this hospital lies", "名录未载明该医院所在地", "l’annuaire ne dit pas où se trouve cet hôpital"),
    "NOT_YOUR_PLACE": names("not an area or hospital of yours", "不属于贵方的地区或医院", "ni lieu ni hôpital de votre ressort"),
    "UNKNOWN_ITEM": names("not in the catalogue", "目录中没有", "absent du catalogue"),
    "AMBIGUOUS": names("several items are meant", "对应多个条目", "plusieurs éléments possibles"),
    "DISAGREE": names("code and name are of two items", "编码与名称不属同一条目", "code et nom désignent deux éléments"),
    "BAD_PERIOD": names("no year or month that can be read", "年份或月份无法读取", "année ou mois illisible"),
    "TOO_EARLY": names("before 1963, the year in which the first team was sent", "早于1963年（首支医疗队派出之年）", "avant 1963, année de l’envoi de la première équipe"),
    "NOT_OVER": names("this year or month is not over", "该年或该月尚未结束", "année ou mois non terminé"),
    "BAD_COUNT": names("the count is no whole number", "人数不是整数", "le nombre n’est pas entier"),
    "BAD_KILOMETRES": names("the kilometres are no whole number", "公里数不是整数", "les kilomètres ne sont pas un nombre entier"),
    "BAD_COST": names("a cost is a number with a currency of three letters", "费用须为数字并附三字母币种", "un coût est un nombre avec une devise de trois lettres"),
    "COST_OF_WHOM": names("nothing says whether the cost is of all or of each: write “of all together” or “of one patient”", "未说明费用口径：请填写“总额”或“每位患者”", "rien ne dit si le coût est de tous ou de chacun : écrivez « de tous ensemble » ou « d’un patient »"),
    "DUPLICATE": names("the same place, item, period and destination stand above it", "上面已有同一地区、条目、期间和去向", "même lieu, élément, période et destination déjà plus haut"),
    "NAMED": names("what looks like a patient’s name: write who told it, never who left", "疑似患者姓名：请写信息由谁提供，不要写外转者是谁", "ce qui ressemble au nom d’un patient : dites qui l’a dit, jamais qui est parti"),
    "FINDABLE": names("what looks like a telephone, identity or file number: leave it out", "疑似电话、身份证或病历号码：请删去", "ce qui ressemble à un numéro de téléphone, d’identité ou de dossier : retirez-le"),
    "NOT_TAKEN": names("not taken: look at the row", "未接收：请检查该行", "non prise : vérifiez la ligne"),
}  # fmt: skip
OUTFLOW = Kind(
    code="outflow", label=gettext_lazy("Patients who left, by area or hospital"),
    document_kind=Document.Kind.DATASET, columns=COLUMNS, one_of=("code", "name"),
    roles=("office", "recipient"),
    preview=preview, take=take, dry_run=dry_run, problems=PROBLEMS,
    counts={
        "rows": names("rows", "行", "lignes"),
        "tellings": names("figures can be taken", "个数字可以接收", "chiffres peuvent être pris"),
        "new": names("new figures", "新增数字", "chiffres nouveaux"),
        "known": names("known already", "已有", "déjà connus"),
        "changed": names("took the place of another", "取代了原有数字", "ont remplacé un autre"),
        "absent": names("empty counts: unknown, not nought", "空白人数：不详，并非零", "nombres vides : inconnu, non zéro"),
    },
)  # fmt: skip
bring_in(OUTFLOW)
