"""The sheets of a planning problem as a workbook: their columns, and what a cell may hold.

A column's code is its sheet's name and its own (`people.grade`); it stands in the second row, so
that a sheet is known whatever its title says. Headings and guides are in `marrow.plan.words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: text as it is; whole and number; a day; yes or no; several texts; something that another sheet
#: or list has; several of them; codes with a figure or a day after each (`fr 3; en 2`)
Form = Literal["text", "whole", "number", "day", "yes", "texts", "refer", "refers", "pairs"]


@dataclass(frozen=True, slots=True)
class Column:
    """`choices` names a list: of CHOICES, or of the ids of another sheet."""

    code: str
    form: Form = "text"
    choices: str = ""
    needed: bool = False


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
    return tuple(Column(f"{name}.{c.code}", c.form, c.choices, c.needed) for c in columns)


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
        Column("grade", "whole", "grade", needed=True), Column("languages", "pairs"),
        Column("certificates", "pairs"), Column("free", "text", "free"),
        Column("last_kind", "text", "kind"), Column("last_ended_on", "day"),
        Column("clearance_until", "day"), Column("refuses", "texts"), Column("prefers", "pairs"),
        Column("may_lead", "yes", "yes"), Column("rest_exempt", "texts", "kind"),
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
        Column("predecessor", "refer", "mission"), Column("overlap_days", "whole"),
        Column("asked_all", "yes", "yes"), Column("asked_areas", "texts"),
        Column("asked_organisations", "refers", "organisation"),
        Column("minimum_people", "whole"), Column("hats", "texts", "hat"), Column("language"),
    ),
    "seats": _sheet(
        "seats",
        Column("id", needed=True), Column("mission", "refer", "mission", needed=True),
        Column("site"), Column("position", needed=True),
        Column("accepts", "refers", "specialty", needed=True),
        Column("grade_min", "whole", "grade"), Column("language"),
        Column("level", "whole", "level"), Column("certificates", "texts"),
        Column("from", "day", needed=True), Column("to", "day", needed=True),
        Column("weight", "text", "weight"), Column("cost", "number"), Column("technique"),
    ),
    "needs": _sheet(
        "needs",
        Column("destination", needed=True), Column("specialty", "refer", "specialty", needed=True),
        Column("half_year", needed=True), Column("burden", "number", needed=True),
        Column("remote", "number"),
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
BETWEEN = " · "  # a name that is only read, before the code that counts
