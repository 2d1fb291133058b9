"""The sheets of a planning problem as a workbook: their columns, and what a cell may hold.

A column's code is its sheet's name and its own (`people.grade`); it stands in the second row, so
that a sheet is known whatever its title says. Headings and guides are in `marrow.plan.words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

#: text as it is; whole and number; a day; yes or no; several texts; something that another sheet
#: or list has; several of them; codes with a figure or a day after each (`fr 3; en 2`)
Form = Literal["text", "whole", "number", "day", "yes", "texts", "refer", "refers", "pairs"]


@dataclass(frozen=True, slots=True)
class Column:
    """`choices` names a list: of CHOICES, or of the ids of another sheet. `needed`: an empty cell
    means nothing, so it is a fault. `added`: an older workbook lacks the column, as if empty."""

    code: str
    form: Form = "text"
    choices: str = ""
    needed: bool = False
    added: bool = False


#: by list: what a cell says for each code in English, Chinese and French
CHOICES: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "yes": {"yes": ("yes", "是", "oui"), "no": ("no", "否", "non")},
    "free": {
        "always": ("always", "随时", "toujours"),
        "listed": ("as listed", "见“可派时间”表", "selon la feuille"),
        "never": ("never", "不可派", "jamais"),
    },
    "kind": {
        "resident": ("resident", "常驻", "résidente"),
        "teaching": ("teaching", "带教", "formation"),
        "surgical": ("surgical", "短期手术", "chirurgicale"),
        "outbreak": ("outbreak", "疫情", "épidémie"),
        "group": ("group", "组团式", "en équipe"),
        "contract": ("contract", "以院包科", "contrat de service"),
    },
    "hat": {
        "leader": ("leader", "队长", "chef"),
        "language": ("language", "语言", "langue"),
        "infection_control": ("infection control", "感控", "hygiéniste"),
    },
    "weight": {
        "critical": ("critical", "关键", "critique"),
        "important": ("important", "重要", "important"),
        "ordinary": ("ordinary", "一般", "ordinaire"),
    },
    "rule": {
        "together": ("together", "同队", "ensemble"),
        "apart": ("apart", "不同时外派", "jamais en même temps"),
    },
    "grade": {str(n): (str(n),) * 3 for n in (1, 2, 3, 4)},
    "level": {str(n): (str(n),) * 3 for n in (0, 1, 2, 3, 4)},
}
#: the column in which a sheet's ids stand, by the list that other cells choose from
LISTS = {
    "organisation": "hospitals.organisation", "department": "hospitals.department",
    "area": "hospitals.area", "person": "people.id", "mission": "missions.id", "seat": "seats.id",
    "specialty": "settings.value",
}  # fmt: skip
WRONG = "wrong"  # the last column of each sheet: what is wrong with a row


def _sheet(name: str, *columns: Column) -> tuple[Column, ...]:
    return tuple(Column(f"{name}.{c.code}", c.form, c.choices, c.needed, c.added) for c in columns)


#: by sheet, in the order in which they stand; the caps have a column a month besides
SHEETS: Mapping[str, tuple[Column, ...]] = {
    "settings": _sheet("settings", Column("code", needed=True), Column("meaning"), Column("value")),
    "hospitals": _sheet(
        "hospitals",
        Column("organisation", needed=True), Column("called"), Column("area"),
        Column("department"), Column("specialty", "refer", "specialty"),
        Column("under_pressure", "pairs"),
    ),
    "caps": _sheet(
        "caps", Column("organisation", "refer", "organisation", needed=True),
        Column("department", "refer", "department"),
    ),
    "people": _sheet(
        "people",
        Column("id", needed=True), Column("called"),
        Column("department", "refer", "department", needed=True),
        Column("specialty", "refer", "specialty", needed=True),
        Column("second_specialty", "refer", "specialty"),
        Column("grade", "whole", "grade"), Column("languages", "pairs"),
        Column("certificates", "pairs"), Column("free", "text", "free", needed=True),
        Column("last_kind", "text", "kind"), Column("last_ended_on", "day"),
        Column("clearance_until", "day"), Column("refuses", "texts"), Column("prefers", "pairs"),
        Column("may_lead", "yes", "yes", needed=True), Column("rest_exempt", "texts", "kind"),
        Column("last_rested_on", "day", added=True), Column("rests", "pairs", added=True),
        Column("away_already", "texts", added=True),
        Column("homecomings", "pairs", added=True),
    ),
    "availability": _sheet(
        "availability", Column("person", "refer", "person", needed=True),
        Column("from", "day", needed=True), Column("to", "day", needed=True),
    ),
    "missions": _sheet(
        "missions",
        Column("id", needed=True), Column("kind", "text", "kind", needed=True), Column("series"),
        Column("batch", "whole"), Column("destination", needed=True), Column("sites", "texts"),
        Column("from", "day", needed=True), Column("to", "day", needed=True),
        Column("predecessor", "refer", "mission"), Column("overlap_days", "whole", needed=True),
        Column("asked_all", "yes", "yes", needed=True), Column("asked_areas", "texts"),
        Column("asked_organisations", "refers", "organisation"),
        Column("minimum_people", "whole", needed=True), Column("hats", "texts", "hat"),
        Column("language"), Column("receivers", "refers", "organisation", added=True),
        Column("rest_days", "whole", added=True),
    ),
    "seats": _sheet(
        "seats",
        Column("id", needed=True), Column("mission", "refer", "mission", needed=True),
        Column("site"), Column("position", needed=True),
        Column("accepts", "refers", "specialty", needed=True),
        Column("grade_min", "whole", "grade", needed=True), Column("language"),
        Column("level", "whole", "level"), Column("certificates", "texts"),
        Column("from", "day", needed=True), Column("to", "day", needed=True),
        Column("weight", "text", "weight", needed=True), Column("cost", "number", needed=True),
        Column("technique"),
    ),
    "needs": _sheet(
        "needs",
        Column("destination", needed=True), Column("specialty", "refer", "specialty", needed=True),
        Column("half_year", needed=True), Column("burden", "number", needed=True),
        Column("remote", "number", needed=True),
    ),
    "couples": _sheet(
        "couples", Column("a", "refer", "person", needed=True),
        Column("b", "refer", "person", needed=True), Column("rule", "text", "rule", needed=True),
    ),
    "pins": _sheet(
        "pins", Column("seat", "refer", "seat", needed=True), Column("person", "refer", "person"),
        Column("by"), Column("reason"),
    ),
    "budgets": _sheet(
        "budgets", Column("area", "refer", "area", needed=True),
        Column("year", "whole", needed=True), Column("amount", "number", needed=True),
    ),
    "published": _sheet(
        "published", Column("seat", "refer", "seat", needed=True),
        Column("person", "refer", "person", needed=True),
    ),
}  # fmt: skip
#: settings that stand once each; `specialties` stands once for each specialty
HEAD = ("name", "horizon_from", "horizon_to", "seed", "currency")
WEIGHTS = (
    "critical", "important", "ordinary", "containment", "link", "mentor", "preference", "overload",
    "stability",
)  # fmt: skip
TRADE = ("surgical", "anaesthesia", "infection_control", "interpreter")
FORMULA = "\ue000"  # stands before a formula of which the file holds no value
BETWEEN = " · "  # a name that is only read, before the code that counts

#: fields of a problem that stand in columns of another name, by what comes last of the path
_FIELDS: Mapping[tuple[str, str], str] = {
    ("hospitals", "name"): "hospitals.called", ("hospitals", "id"): "hospitals.department",
    ("people", "available"): "people.free", ("people", "kind"): "people.last_kind",
    ("people", "ended_on"): "people.last_ended_on",
    ("people", "rested_on"): "people.last_rested_on", ("seats", "code"): "seats.language",
    ("missions", "all"): "missions.asked_all", ("missions", "areas"): "missions.asked_areas",
    ("missions", "organisations"): "missions.asked_organisations",
    ("missions", "sender_pool"): "missions.asked_all",
    ("people", "last_deployment"): "people.last_kind",
}  # fmt: skip


def column_of(sheet: str, path: Sequence[str | int]) -> str:
    """The column in which a field of a problem stands; '' where none does. Of the settings it is
    the setting, and of a cap its months."""
    words = [str(step) for step in path if isinstance(step, str)]
    if sheet == "settings":
        return f"settings.{'.'.join(words)}"
    if sheet == "caps" or "absence_cap" in words:
        return "caps"
    if sheet == "hospitals" and words[1:] == ["id"]:
        return "hospitals.organisation"
    known = {c.code for c in SHEETS.get(sheet, ())}
    for word in reversed(words[1:] or words):
        code = _FIELDS.get((sheet, word), f"{sheet}.{word}")
        if code in known:
            return code
    return ""


def choices_of(column: str) -> Mapping[str, tuple[str, str, str]]:
    """What a cell of a column may say for each code; nothing where it is free."""
    name = next(
        (c.choices for c in SHEETS.get(column.partition(".")[0], ()) if c.code == column), ""
    )
    return CHOICES.get(name, {})
