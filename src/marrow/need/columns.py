"""The columns of a file of patients who left, and how its cells are read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.words import in_all_tongues
from marrow.need.models import Outflow
from marrow.need.rules.burden import SINCE
from marrow.sources.intake.kinds import Column

COLUMNS = (
    Column("place", _("Area or hospital they left"), ("Area or hospital they left", "离开的地区或医院", "Lieu ou hôpital quitté", "place", "area", "hospital", "地区", "医院", "lieu", "hôpital"), needed=True),
    Column("code", _("Code of the item"), ("Code of the item", "条目编码", "Code de l’élément", "code", "编码", "ICD-10", "CIM-10")),
    Column("name", _("Name of the item"), ("Name of the item", "条目名称", "Nom de l’élément", "item", "name", "条目", "病种", "maladie", "nom")),
    Column("period", _("Year or month"), ("Year or month", "年份或月份", "Année ou mois", "period", "year", "month", "年份", "月份", "période", "année", "mois"), needed=True),
    Column("patients", _("Patients who left"), ("Patients who left", "外转患者数", "Patients partis", "patients", "count", "人数", "例数", "nombre"), needed=True),
    Column("to", _("Where to"), ("Where to", "转往何处", "Destination", "to", "去向")),
    Column("cost", _("What it cost"), ("What it cost", "费用", "Ce que cela a coûté", "Coût", "cost", "coût")),
    Column("currency", _("Currency"), ("Currency", "币种", "Devise", "currency", "devise")),
    Column("cost_of", _("The cost: “of all together” or “of one patient”"), ("The cost: “of all together” or “of one patient”", "费用为“总额”或“每位患者”", "Le coût : « de tous ensemble » ou « d’un patient »", "Cost of all or of each", "总费用或人均费用", "Coût de tous ou de chacun")),
    Column("kilometres", _("Kilometres, one way"), ("Kilometres, one way", "单程公里数", "Kilomètres, aller", "km", "kilometres", "公里", "kilomètres")),
    Column("told_from", pgettext_lazy("column of a file", "Who told it"), ("Who told it", "信息来源", "Qui l’a dit", "source", "来源")),
)  # fmt: skip
PERIOD = re.compile(r"(\d{4})\s*年?(?:[-/.]?\s*(\d{1,2})\s*月?)?(?:[-/.]\d{1,2}(?:[ T].*)?)?")
EACH = {"each", "one", "per patient", "人均", "每人", "chacun", "par patient"}
ALL = {"all", "total", "总计", "总费用", "合计", "tous"}
MOST = 10_000_000


class NotRead(Exception):
    """A row that cannot be taken; its text is the code of the reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says; place, item and destination in its own words."""

    place: str
    code: str
    name: str
    grain: str
    from_on: dt.date
    patients: int
    to: str
    cost: Decimal | None
    currency: str
    cost_of: str
    kilometres: int | None
    told_from: str


def read_row(cells: Mapping[str, str], today: dt.date) -> Row:
    """A row's cells as values; raises NotRead with the code of what is wrong."""
    told = {name: text.strip() for name, text in cells.items()}
    if not told.get("place"):
        raise NotRead("NO_PLACE")
    if not told.get("code") and not told.get("name"):
        raise NotRead("NO_ITEM")
    grain, from_on = _period(told.get("period", ""), today)
    patients = _whole(told.get("patients", ""), "BAD_COUNT")
    if patients is None:
        raise NotRead("ABSENT")
    cost, currency, cost_of = _cost(told)
    return Row(
        told["place"], told.get("code", ""), told.get("name", ""), grain, from_on, patients,
        told.get("to", "")[:200], cost, currency, cost_of,
        _whole(told.get("kilometres", ""), "BAD_KILOMETRES"), told.get("told_from", "")[:300],
    )  # fmt: skip


def _period(text: str, today: dt.date) -> tuple[str, dt.date]:
    """A year or a month that is over."""
    found = PERIOD.fullmatch(text)
    try:
        first = dt.date(int(found[1]), int(found[2] or 1), 1) if found else None
    except ValueError:
        first = None
    if found is None or first is None:
        raise NotRead("BAD_PERIOD")
    if first.year < int(SINCE):
        raise NotRead("TOO_EARLY")
    grain = Outflow.Grain.MONTH if found[2] else Outflow.Grain.YEAR
    open_from = today.replace(day=1) if found[2] else today.replace(month=1, day=1)
    if first >= open_from:
        raise NotRead("NOT_OVER")
    return grain, first


def _plain(text: str) -> str:
    told = re.sub(r"[\s\u00a0\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", told):
        told = told.replace(",", "")
    return told.replace(",", ".")


def _whole(text: str, fault: str) -> int | None:
    told = _plain(text).removesuffix(".0")
    if not told:
        return None
    if not re.fullmatch(r"[0-9]{1,8}", told) or int(told) > MOST:
        raise NotRead(fault)
    return int(told)


def _word(told: str) -> str:
    return told.casefold().replace("’", "'")


@cache
def _on_the_form(choice: Outflow.CostOf) -> frozenset[str]:
    """The code of a choice and the words under which the form shows it, in every language."""
    return frozenset({_word(choice.value), *map(_word, in_all_tongues(choice.label).values())})


def _of_whom(told: str) -> Outflow.CostOf:
    word, of = _word(told), Outflow.CostOf
    for choice, more in ((of.EACH, EACH), (of.ALL, ALL)):
        if word in more or word in _on_the_form(choice):
            return choice
    raise NotRead("COST_OF_WHOM")


def _cost(told: Mapping[str, str]) -> tuple[Decimal | None, str, str]:
    if not told.get("cost"):
        return None, "", ""
    try:
        cost = Decimal(_plain(told["cost"])).quantize(Decimal("0.01"))
    except InvalidOperation as wrong:
        raise NotRead("BAD_COST") from wrong
    currency, whose = told.get("currency", "").upper(), told.get("cost_of", "")
    if not cost.is_finite() or cost < 0 or not re.fullmatch(r"[A-Z]{3}", currency):
        raise NotRead("BAD_COST")
    return cost, currency, _of_whom(whose)
