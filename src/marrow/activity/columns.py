"""The columns of a file of monthly counts, and how its cells are read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity.rules.kinds import GROUPS, KINDS, code_of
from marrow.activity.rules.months import fault_of_month
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.sources.intake.kinds import Column
from marrow.sources.intake.tables import Cells

COLUMNS = (
    Column("place", _("Hospital: its name, or its number in a register"), ("facility_id", "facility id", "facility", "facility name", "hospital", "orgunit", "organisation", "医院", "机构", "医疗机构", "établissement", "hôpital"), needed=True),
    Column("year", _("Year"), ("year", "年", "年份", "année")),
    Column("month", _("Month, or year and month"), ("month", "period", "月", "月份", "mois", "période"), needed=True),
    Column("what", _("What is counted"), ("appt_type", "indicator", "data element", "dataelement", "kind", "item", "指标", "项目", "类别", "indicateur"), needed=True),
    Column("value", pgettext_lazy("column of a file", "Count"), ("usage", "value", "count", "number", "数值", "数量", "人次", "valeur", "nombre"), needed=True),
    Column("department", _("Department"), ("department", "unit", "ward", "科室", "service")),
    Column("specialty", _("Specialty"), ("specialty", "专业", "spécialité")),
    Column("group", _("For whom"), ("group", "beneficiary group", "受益人群", "人群", "bénéficiaires")),
)  # fmt: skip
LARGEST = Decimal(10_000_000)
MONTH = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*(?:月|[-/.]\s*\d{1,2}(?:[ T].*)?)?$")


class NotRead(Exception):
    """A row that cannot be taken; its text is the code of the reason."""


@dataclass(frozen=True, slots=True)
class CountRow:
    place: str
    department: str
    month: dt.date
    words: str
    value: Decimal
    specialty: str
    group: str


def read_row(cells: Cells, today: dt.date) -> CountRow:
    """A row's cells as values; raises NotRead with the code of what is wrong."""
    place, what = cells.get("place", "").strip(), cells.get("what", "").strip()
    if not place:
        raise NotRead("NO_PLACE")
    if not what:
        raise NotRead("NO_KIND")
    if len(what) > 120:
        raise NotRead("KIND_TOO_LONG")
    return CountRow(
        place, cells.get("department", "").strip(),
        _month(cells.get("year", "").strip(), cells.get("month", "").strip(), today),
        code_of(KINDS, what) or what, _value(cells.get("value", "")),
        of_words(SPECIALTIES, cells.get("specialty", ""), "BAD_SPECIALTY"),
        of_words(GROUPS, cells.get("group", ""), "BAD_GROUP"),
    )  # fmt: skip


def _month(year: str, month: str, today: dt.date) -> dt.date:
    found = MONTH.fullmatch(month)
    if year and month.removesuffix("月").isdecimal():
        numbers = (year.removesuffix("年"), month.removesuffix("月"))
    elif found:
        numbers = (found[1], found[2])
    else:
        raise NotRead("BAD_MONTH")
    try:
        told = dt.date(int(numbers[0]), int(numbers[1]), 1)
    except ValueError as wrong:
        raise NotRead("BAD_MONTH") from wrong
    if fault_of_month(told, today):
        raise NotRead("BAD_MONTH")
    return told


def _value(text: str) -> Decimal:
    """A count; an empty cell is absent, which is not nought. Fractions are estimates."""
    told = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not told:
        raise NotRead("ABSENT")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", told):
        told = told.replace(",", "")
    try:
        value = Decimal(told.replace(",", "."))
    except InvalidOperation as wrong:
        raise NotRead("BAD_VALUE") from wrong
    if not value.is_finite() or not 0 <= value <= LARGEST:
        raise NotRead("BAD_VALUE")
    return value.quantize(Decimal("0.000001"))


def of_words(words: dict[str, dict[str, str]], told: str, fault: str) -> str:
    if not told.strip():
        return ""
    if code := code_of(words, told):
        return code
    raise NotRead(fault)
