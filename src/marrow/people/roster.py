"""The roster as a workbook: an empty one with drop-downs, and what a filled row means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import Names, colon, in_tongue, names
from marrow.directory.rules import folded
from marrow.people.models import LanguageSkill, Person
from marrow.people.rules.languages import LANGUAGES
from marrow.ui.papers.fillable import Asked, fillable_book

T = TypeVar("T")
BORN_UNTIL = 2020  # as the form takes
TONGUES = (("en", "en"), ("zh", "zh-hans"), ("fr", "fr"))
WILLING = {"yes": True, "no": False}
YES_NO = {"yes": names("yes", "是", "oui"), "no": names("no", "否", "non")}


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """A column: its code, its label, what to write in it, and the codes to choose from."""

    code: str
    label: Promise
    guide: Promise
    choices: Mapping[str, Names] = field(default_factory=dict)
    needed: bool = False
    spellings: tuple[str, ...] = ()


def _labels(choices: type[Person.Kind] | type[Person.Grade] | type[Person.Sex]) -> dict[str, Names]:
    """A choice's labels in three tongues."""
    found: dict[str, Names] = {str(code): {} for code in choices.values}
    for tongue, language in TONGUES:
        with translation.override(language):
            for code, label in choices.choices:
                found[str(code)][tongue] = str(label)
    return found


COLUMNS = (
    RosterColumn("name_zh", _("Name in Chinese"), _("As in the identity papers."), spellings=("姓名", "中文名")),
    RosterColumn("name_en", _("Name in English"), _("As in the passport, family name first."), spellings=("name", "pinyin", "拼音")),
    RosterColumn("name_fr", _("Name in French"), _("Only where it differs."), spellings=("nom",)),
    RosterColumn("unit", _("Unit"), _("The hospital's name as it stands in Marrow."), needed=True, spellings=("单位", "派员单位", "unité", "hospital")),
    RosterColumn("kind", _("Profession"), _("Choose from the list."), _labels(Person.Kind), needed=True, spellings=("职业", "类别")),
    RosterColumn("specialty", _("Specialty"), _("Choose from the list."), SPECIALTIES, spellings=("专业", "科室", "spécialité")),
    RosterColumn("grade", _("Professional title"), _("Choose from the list."), _labels(Person.Grade), spellings=("职称", "titre")),
    RosterColumn("sex", _("Sex"), _("Choose from the list."), _labels(Person.Sex), spellings=("性别", "sexe")),
    RosterColumn("birth_year", _("Year of birth"), _("Four digits: 1984."), spellings=("出生年", "出生年份", "année de naissance")),
    RosterColumn("licence", _("Licence number"), _("The licence to practise."), spellings=("执业证书编号", "licence")),
    RosterColumn("licence_until", _("Licence valid until"), _("2027-06-30; empty if nobody told when it ends."), spellings=("执业证书有效期",)),
    RosterColumn("language", _("Language"), _("The language of the post."), LANGUAGES, spellings=("外语", "langue")),
    RosterColumn("level", _("Level (CEFR)"), _("A1, A2, B1, B2, C1 or C2."), {v: names(v) for v in LanguageSkill.Level.values}, spellings=("水平", "niveau")),
    RosterColumn("willing", _("Ready to be sent"), _("Yes or no; empty if not asked."), YES_NO, spellings=("是否愿意",)),
)  # fmt: skip


def called(column: RosterColumn) -> tuple[str, ...]:
    """What files call a column: our own labels in each tongue, and other spellings."""
    labels = []
    for _tongue, language in TONGUES:
        with translation.override(language):
            labels.append(str(column.label))
    return (*labels, *column.spellings)


def empty_book(units: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet to fill, its drop-downs, and a guide in three languages. `units`
    are the names to choose a unit from; any may be written where there are none.
    """
    columns = [
        Asked(
            str(c.label),
            tuple(units) if c.code == "unit" else tuple(in_tongue(n) for n in c.choices.values()),
            str(c.guide),
        )
        for c in COLUMNS
    ]
    guide = [["", "English", "中文", "français"]]
    guide += [[str(c.label), *_in_three(c)] for c in COLUMNS]
    return fillable_book(str(_("Roster")), columns, str(_("Guide")), guide)


def _in_three(column: RosterColumn) -> list[str]:
    said = []
    for _tongue, language in TONGUES:
        with translation.override(language):
            need = f" ({_('needed')})" if column.needed else ""
            said.append(f"{column.label}{need}{colon()}{column.guide}")
    return said


class NotRead(ValueError):
    """A row cannot be read: the codes of all reasons."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = codes


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as a roster tells of them; `unit` is still a name."""

    names: Names
    unit: str
    told: dict[str, object]
    licence: tuple[str, dt.date | None] | None
    language: tuple[str, str] | None


def read_row(cells: Mapping[str, str]) -> RosterRow:
    """What a row tells; NotRead with the codes of all that is wrong."""
    wrong: list[str] = []

    def read(of: Callable[[str], T], column: str) -> T | None:
        try:
            return of(cells.get(column, ""))
        except NotRead as unread:
            wrong.extend(unread.codes)
            return None

    coded = ("kind", "specialty", "grade", "sex", "language", "willing")
    found = {c: read(partial(_code, c), c) for c in coded}
    told: dict[str, object] = {c: found[c] for c in ("kind", "specialty", "grade", "sex")}
    called = {t: text for t in ("zh", "en", "fr") if (text := cells.get(f"name_{t}", "").strip())}
    number, level = cells.get("licence", "").strip(), cells.get("level", "").strip().upper()
    more = {"birth_year": read(_year, "birth_year"), "willing": WILLING.get(found["willing"] or "")}
    until, language = read(_day, "licence_until"), found["language"]
    lacks = (
        ("NO_KIND", found["kind"] == ""), ("NO_NAME", not called),
        ("NO_UNIT", not cells.get("unit", "").strip()),
        ("BAD_LEVEL", bool(language) and level not in LanguageSkill.Level.values),
    )  # fmt: skip
    wrong += [code for code, is_so in lacks if is_so]
    if wrong:
        raise NotRead(*wrong)
    return RosterRow(
        called, cells["unit"].strip(), {**told, **more},
        (number[:60], until) if number or until else None,
        (language, level) if language else None,
    )  # fmt: skip


_BY_WORD = {
    c.code: {
        folded(word): code
        for code, called in c.choices.items()
        for word in (code, *called.values())
    }
    for c in COLUMNS
    if c.choices
}


def _code(column: str, text: str) -> str:
    if not text.strip():
        return ""
    found = _BY_WORD[column].get(folded(text))
    if found is None:
        raise NotRead(f"BAD_{column.upper()}")
    return found


def _year(text: str) -> int | None:
    digits = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\.0)?(?:[-/年.].*)?\s*", text)
    if not text.strip():
        return None
    if not digits or int(digits[1]) > BORN_UNTIL:
        raise NotRead("BAD_BIRTH_YEAR")
    return int(digits[1])


def _day(text: str) -> dt.date | None:
    found = re.match(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})", text)
    if not text.strip():
        return None
    try:
        return dt.date(*(int(part) for part in found.groups())) if found else _not_a_day()
    except ValueError as wrong:
        raise NotRead("BAD_LICENCE_UNTIL") from wrong


def _not_a_day() -> dt.date:
    raise NotRead("BAD_LICENCE_UNTIL")
