"""What letters say: their places, filled for a mission, and Marrow's own layouts in each tongue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_date
from django.db.models import Prefetch
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import in_tongue
from marrow.missions.models import Mission
from marrow.people.models import Credential, Person
from marrow.teams.models import Assignment, LetterTemplate, Seat
from marrow.ui.papers.letters import Layout

LOCALES = {"zh": "zh-hans", "en": "en", "fr": "fr"}
#: the places of a letter, each with what it gives
OF_MISSION: dict[str, Promise] = {
    "mission": gettext_lazy("name of the batch or mission"),
    "programme": gettext_lazy("programme"),
    "sender": gettext_lazy("who sends"),
    "recipient": gettext_lazy("who receives"),
    "number": gettext_lazy("number of the batch"),
    "leaves_on": gettext_lazy("first day of the posts"),
    "returns_on": gettext_lazy("last day of the posts"),
    "persons": gettext_lazy("how many persons"),
    "leader": gettext_lazy("name of the team leader"),
    "today": gettext_lazy("day of the letter"),
}
OF_PERSON: dict[str, Promise] = {
    "person.no": gettext_lazy("running number"),
    "person.name": gettext_lazy("name"),
    "person.name_zh": gettext_lazy("name in Chinese"),
    "person.name_latin": gettext_lazy("name in Latin letters"),
    "person.role": pgettext_lazy("in a team", "Role"),
    "person.specialty": gettext_lazy("specialty"),
    "person.title": gettext_lazy("professional title"),
    "person.unit": gettext_lazy("unit"),
    "person.sex": gettext_lazy("sex"),
    "person.birth_year": gettext_lazy("year of birth"),
    "person.passport": gettext_lazy("number of the passport"),
    "person.from_on": gettext_lazy("first day of their post"),
    "person.until_on": gettext_lazy("last day of their post"),
}
PLACES = {**OF_MISSION, **OF_PERSON}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a letter can say of a whole team: whether it has a leader, and whether all posts begin
    and end on the same known days."""

    led: bool = True
    together: bool = True


def shape_of(mission: Mission) -> Shape:
    """By who is in the seats now."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    seats = [row.seat for row in held.select_related("seat")]
    return Shape(
        led=any(seat.role == Seat.Role.LEADER for seat in seats),
        together=len({(seat.from_on, seat.until_on) for seat in seats}) <= 1,
    )


def latin(names: Mapping[str, str], language: str) -> str:
    """The name in Latin letters; '' where none was entered, for none is guessed."""
    return names.get(language) or names.get("en") or names.get("fr") or ""


def called(names: Mapping[str, str], language: str) -> str:
    """A name as a letter of this language writes it: Chinese in Chinese, else in Latin letters."""
    found = names.get("zh", "") if language == "zh" else latin(names, language)
    return found or in_tongue(names, language)


def written(day: dt.date | None, language: str) -> str:
    """2026年11月28日 · 28 November 2026 · 28 novembre 2026; None is the word unknown."""
    if day is None:
        return _("unknown")
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    text = format_date(day, "d MMMM y", locale=language)
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 else text


def filling(
    mission: Mission, language: str, today: dt.date
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What fills a letter of a mission: its own places, and those of each person in a seat."""
    passports = Credential.objects.filter(kind=Credential.Kind.PASSPORT)
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    rows = list(
        held.select_related("seat", "person__unit").prefetch_related(
            Prefetch("person__credentials", passports, to_attr="passports")
        )
    )
    order = {role: n for n, role in enumerate(Seat.Role.values)}
    rows.sort(key=lambda a: (order[a.seat.role], a.person.search, str(a.pk)))
    with translation.override(LOCALES[language]):
        people = [_person(row, number, language) for number, row in enumerate(rows, start=1)]
        return _mission(mission, rows, language, today), people


def _mission(
    mission: Mission, rows: list[Assignment], language: str, today: dt.date
) -> dict[str, str]:
    starts = [r.seat.from_on for r in rows if r.seat.from_on]
    ends = [r.seat.last_on for r in rows if r.seat.last_on]
    leader = next((r.person for r in rows if r.seat.role == Seat.Role.LEADER), None)
    series = mission.series
    recipient = (series.recipient or series.recipient_area) if series else None
    return {
        "mission": called(mission.names, language),
        "programme": called(mission.programme.names, language),
        "sender": _named(mission.sender or mission.programme.sender, language),
        "recipient": _named(recipient, language),
        "number": str(mission.number or _("unknown")),
        "leaves_on": written(min(starts, default=None), language),
        "returns_on": written(max(ends, default=None), language),
        "persons": str(len(rows)),
        "leader": called(leader.names, language)
        if leader
        else pgettext("leader", "not chosen yet"),
        "today": written(today, language),
    }


def _named(thing: object, language: str) -> str:
    names = getattr(thing, "names", None)
    return called(names, language) if names else _("unknown")


def _person(row: Assignment, number: int, language: str) -> dict[str, str]:
    who: Person = row.person
    specialty = SPECIALTIES.get(row.seat.specialty or who.specialty, {})
    passports = [c.number for c in who.passports if c.number]  # type: ignore[attr-defined]
    return {
        "person.no": str(number),
        "person.name": called(who.names, language),
        "person.name_zh": who.names.get("zh", ""),
        "person.name_latin": latin(who.names, language),
        "person.role": str(row.seat.get_role_display()),
        "person.specialty": called(specialty, language),
        "person.title": str(who.get_grade_display()),
        "person.unit": called(who.unit.names, language),
        "person.sex": str(who.get_sex_display()),
        "person.birth_year": str(who.birth_year or ""),
        "person.passport": passports[-1] if passports else "",
        "person.from_on": written(row.seat.from_on, language),
        "person.until_on": written(row.seat.last_on, language),
    }  # fmt: skip


def layout(kind: str, language: str, shape: Shape = Shape()) -> Layout:
    """Marrow's own layout of a letter, with its places, in the language of the letter: of a team
    without a leader it names none, and of posts with days of their own it tells each one's."""
    with translation.override(LOCALES[language]):
        columns = [
            (_("No."), "{{ person.no }}"), (pgettext("of a person", "Name"), "{{ person.name }}"),
            (pgettext("in a team", "Role"), "{{ person.role }}"),
            (_("Specialty"), "{{ person.specialty }}"),
            (_("Professional title"), "{{ person.title }}"), (_("Unit"), "{{ person.unit }}"),
        ]  # fmt: skip
        if not shape.together:
            columns += [(_("From"), "{{ person.from_on }}"), (_("Until"), "{{ person.until_on }}")]
        if kind == LetterTemplate.Kind.NAME_LIST:
            above = [
                _("Sent by: %(sender)s") % _at("sender"),
                _("Received by: %(recipient)s") % _at("recipient"),
                *(
                    [_("From %(leaves_on)s to %(returns_on)s") % _at("leaves_on", "returns_on")]
                    if shape.together
                    else []
                ),
                _("Persons: %(persons)s") % _at("persons"),
            ]
            title = _("Name list: %(mission)s") % _at("mission")
            return Layout(title, above, columns, ["{{ today }}"])
        above = [
            _("To: %(recipient)s") % _at("recipient"),
            _sends(shape) % _at(*OF_MISSION),
            _("We ask you to receive them and to help them in their work. They are:"),
        ]
        below = ["{{ sender }}", "{{ today }}"]
        return Layout(_("Dispatch letter"), above, columns, below)


def _sends(shape: Shape) -> str:
    """The sentence of a dispatch letter, with its places as `%(name)s`."""
    if shape.led and shape.together:
        return _(
            "Under %(programme)s, %(sender)s sends %(mission)s, %(persons)s persons led by"
            " %(leader)s, from %(leaves_on)s to %(returns_on)s."
        )
    if shape.together:
        return _(
            "Under %(programme)s, %(sender)s sends %(mission)s, %(persons)s persons, from"
            " %(leaves_on)s to %(returns_on)s."
        )
    if shape.led:
        return _(
            "Under %(programme)s, %(sender)s sends %(mission)s, %(persons)s persons led by"
            " %(leader)s. The days of each are in the list."
        )
    return _(
        "Under %(programme)s, %(sender)s sends %(mission)s, %(persons)s persons. The days of each"
        " are in the list."
    )


def _at(*names: str) -> dict[str, str]:
    return {name: f"{{{{ {name} }}}}" for name in names}


def without_latin_name(mission: Mission) -> list[Person]:
    """Those of whom no name in Latin letters was entered: foreign letters show the Chinese one."""
    held = Assignment.objects.filter(seat__mission=mission, state__in=Assignment.HELD)
    people = [row.person for row in held.select_related("person")]
    return [p for p in people if not latin(p.names, "en")]
