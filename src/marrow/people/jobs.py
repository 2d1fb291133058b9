"""What people take in: rosters. Nothing is written before a person has confirmed the preview."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.models import Record
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.directory.queries import known_as
from marrow.directory.rules import folded
from marrow.directory.search import ORGANISATION
from marrow.people import access
from marrow.people.actions import enter_people
from marrow.people.actions.people import maybe_same_person, prove_days, renewal, same_person
from marrow.people.models import Credential, LanguageSkill, Person
from marrow.people.roster import COLUMNS, NotRead, RosterRow, called, read_row
from marrow.sources.intake.kinds import Column, Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Numbered
from marrow.sources.models import Document

SHOWN = 12
AT_ONCE = 200


class Units:
    """Hospitals by the names that a roster gives; asked once each."""

    def __init__(self) -> None:
        self.known: dict[str, Organisation | None] = {}

    def find(self, name: str) -> Organisation:
        key = folded(name)
        if key not in self.known:
            same = known_as(name, ORGANISATION)
            one = same[0].id if len(same) == 1 else None
            self.known[key] = Organisation.objects.filter(pk=one).first() if one else None
        found = self.known[key]
        if found is None:
            raise NotRead("UNKNOWN_UNIT")
        return found


class Sorting:
    """What each row of one sheet is; preview and import ask here, so that both say the same. `by`
    None is the operator, who asks for no right."""

    def __init__(self, by: Viewer | None) -> None:
        self.by = by
        #: unit and year of birth → the names of each person whom a row above brings
        self.fresh: dict[tuple[UUID, int | None], list[set[str]]] = defaultdict(list)
        self.renewed: set[UUID] = set()

    def of(
        self, person: Person, row: RosterRow, *, enters: bool = True
    ) -> tuple[str, Credential | None]:
        """`people`, `changed` or `known`, with the licence that is told otherwise; NotRead where it
        is not this viewer's to tell."""
        named = {folded(name) for name in person.names.values()}
        above = self.fresh[person.unit_id, person.birth_year]
        if any(named & others for others in above):
            return "known", None
        known = _known(person)
        if known is None:
            if not enters:
                raise NotRead("NOT_YOUR_UNIT")
            if self._may_be_there(person, named):
                raise NotRead("MAY_BE_KNOWN")
            above.append(named)
            return "people", None
        licence = _renewed(known, row)
        if licence is None or licence.pk in self.renewed:
            return "known", None
        if self.by and not access.corrects(self.by, known):
            raise NotRead("NOT_YOUR_PERSON")
        self.renewed.add(licence.pk)
        return "changed", licence

    def _may_be_there(self, person: Person, named: set[str]) -> bool:
        """Whether one of this name and unit is there or stands above, where only one of the two
        has a year of birth: unknown is neither the same nor another."""
        dated = person.birth_year is not None
        above = (
            known
            for (unit, year), rows in self.fresh.items()
            if unit == person.unit_id and (year is not None) != dated
            for known in rows
        )
        return any(named & known for known in above) or maybe_same_person(person) is not None


def _person(row: RosterRow, unit: Organisation) -> Person:
    told: dict[str, Any] = row.told
    key = sorted(folded(name) for name in row.names.values())
    return Person(
        id=same_id("person", unit.pk, told["birth_year"], *key), unit=unit, names=row.names, **told
    )


def _parts(person: Person, row: RosterRow) -> list[Record]:
    found: list[Record] = []
    if row.licence:
        number, until = row.licence
        found.append(
            Credential(
                id=same_id("licence", person.pk, number), person=person, number=number,
                kind=Credential.Kind.LICENCE, expires_on=until,
            )
        )  # fmt: skip
    if row.language:
        code, level = row.language
        found.append(
            LanguageSkill(
                id=same_id("language", person.pk, code), person=person, language=code, level=level
            )
        )
    return found


def _may_be_so(person: Person, row: RosterRow, at: dt.datetime) -> None:
    """NotRead where the form of a person would refuse the days that the row tells."""
    try:
        for part in _parts(person, row):
            prove_days(part, at)
    except Refused as refused:
        raise NotRead("IMPOSSIBLE_LICENCE_UNTIL") from refused


def take(taking: Taking) -> dict[str, int]:
    """Enter the people of a roster; of one who is there only a licence told otherwise is taken."""
    units, counts = Units(), Counter({"rows": 0, "people": 0, "changed": 0, "known": 0})
    sorting = Sorting(taking.by)
    people: list[Person] = []
    parts: list[Record] = []
    renewed: list[Credential] = []

    def write() -> None:
        counts["people"] += enter_people(
            people=people, parts=parts, renewed=renewed, by=taking.by, at=taking.at
        )
        people.clear()
        parts.clear()
        renewed.clear()

    for number, cells in taking.rows():
        counts["rows"] += 1
        try:
            row = read_row(cells)
            unit = units.find(row.unit)
            enters = _enters(taking.by, unit)
            person = _person(row, unit)
            _may_be_so(person, row, taking.at)
            state, licence = sorting.of(person, row, enters=enters)
        except NotRead as wrong:
            for code in wrong.codes:
                taking.told(number, code)
            continue
        if state == "people":
            people.append(person)
            parts += _parts(person, row)
        else:
            counts[state] += 1
            renewed += [licence] if licence else []
        if len(people) + len(renewed) >= AT_ONCE:
            write()
            taking.progress(number, dict(counts))
    write()
    taking.over()
    return dict(counts)


def _renewed(known: Person, row: RosterRow) -> Credential | None:
    return renewal(known, *row.licence) if row.licence else None


def _enters(by: Viewer, unit: Organisation) -> bool:
    """Whether somebody new of this unit may be entered. An office of one programme tells of newer
    licences of whom it sends, and enters nobody; NotRead for a unit that is not theirs at all."""
    try:
        access.may_enter(by, unit)
    except NotAllowed as refused:
        if not access.units_of(by, *access.KEEPERS).filter(pk=unit.pk).exists():
            raise NotRead("NOT_YOUR_UNIT") from refused
        return False
    return True


def _known(person: Person) -> Person | None:
    """Who is there already: of this id, or of this name, year of birth and unit."""
    return Person.objects.filter(pk=person.pk).first() or same_person(person)


def preview(rows: Iterable[Numbered], by: Viewer | None = None) -> Preview:
    """What the rows would become when `by` takes them in, None is the operator; nothing is
    written.
    """
    units, problems = Units(), Counter[str]()
    lines: list[tuple[int, str]] = []
    counts = {"rows": 0, "people": 0, "changed": 0, "known": 0}
    sample: list[dict[str, str]] = []
    sorting, at = Sorting(by), timezone.now()
    for number, cells in rows:
        counts["rows"] += 1
        try:
            row = read_row(cells)
            unit = units.find(row.unit)
            enters = _enters(by, unit) if by else True
            person = _person(row, unit)
            _may_be_so(person, row, at)
            state, _licence = sorting.of(person, row, enters=enters)
        except NotRead as wrong:
            problems.update(wrong.codes)
            lines += [(number, code) for code in wrong.codes]
            continue
        counts[state] += 1
        if len(sample) < SHOWN:
            sample.append(
                {
                    _("Row"): str(number), _("Name"): str(person),
                    _("Profession"): str(person.get_kind_display()), _("Unit"): str(person.unit),
                    _("Year of birth"): str(person.birth_year or "–"),
                    _("State"): _state_words(state, row),
                }
            )  # fmt: skip
    return Preview(counts, sample, dict(problems.most_common()), tuple(lines))


def _state_words(state: str, row: RosterRow) -> str:
    if state == "people":
        return _("new")
    if state == "known" or row.licence is None:
        return _("known already")
    number, until = row.licence
    told = " ".join(filter(None, (number, until.isoformat() if until else "")))
    return _("changes: licence %(licence)s") % {"licence": told}


def dry_run(rows: Iterable[Numbered]) -> dict[str, Any]:
    found = preview(rows)
    return {**found.counts, "problems": found.problems}


ROSTER = Kind(
    code="roster",
    roles=("office", "unit"),
    label=gettext_lazy("A roster of people"),
    document_kind=Document.Kind.PAPER,
    columns=tuple(Column(c.code, c.label, called(c), needed=c.needed) for c in COLUMNS),
    preview=preview,
    take=take,
    dry_run=dry_run,
    problems={
        "NO_NAME": names("no name", "没有姓名", "sans nom"),
        "NO_UNIT": names("no unit", "没有单位", "sans établissement"),
        "NO_KIND": names("no profession", "没有职业", "sans profession"),
        "UNKNOWN_UNIT": names("the unit is not in the directory", "名录中没有该单位", "établissement absent de l’annuaire"),
        "NOT_YOUR_UNIT": names("not a unit of yours", "不是您的单位", "pas l’un de vos établissements"),
        "NOT_YOUR_PERSON": names("another office keeps this person’s record: the licence stays as it is", "该人员的档案由其他单位或办公室维护：执业证书未作更改", "un autre bureau tient ce dossier : la licence reste telle quelle"),
        "MAY_BE_KNOWN": names("not taken: one of this name is known in this unit, and only one of the two has a year of birth; tell it in the file, or on the record", "未接收：该单位已有同名人员，而两者中只有一方有出生年份；请在文件或档案中补充", "non prise : une personne de ce nom est connue dans cet établissement, et une seule des deux a une année de naissance ; indiquez-la dans le fichier ou au dossier"),
        "BAD_KIND": names("profession not in the list", "职业不在列表中", "profession hors liste"),
        "BAD_SPECIALTY": names("specialty not in the list", "专业不在列表中", "spécialité hors liste"),
        "BAD_GRADE": names("title not in the list", "职称不在列表中", "titre hors liste"),
        "BAD_SEX": names("sex not in the list", "性别不在列表中", "sexe hors liste"),
        "BAD_LANGUAGE": names("language not in the list", "语言不在列表中", "langue hors liste"),
        "BAD_LEVEL": names("level is not A1 to C2", "水平不是A1至C2", "niveau hors A1–C2"),
        "BAD_WILLING": names("neither yes nor no", "既非是也非否", "ni oui ni non"),
        "BAD_BIRTH_YEAR": names("year of birth cannot be read", "出生年份无法读取", "année de naissance illisible"),
        "BAD_LICENCE_UNTIL": names("the licence’s last day cannot be read", "执业证书有效期无法读取", "fin de licence illisible"),
        "IMPOSSIBLE_LICENCE_UNTIL": names("the licence’s last day cannot be so: in a person’s life, and at most 80 years from today", "执业证书有效期不可能成立：应在本人有生之年、且距今不超过80年", "fin de licence impossible : du vivant de la personne, et au plus 80 ans après ce jour"),
    },
    counts={
        "rows": names("rows", "行", "lignes"),
        "people": names("people", "人员", "personnes"),
        "changed": names("licences told otherwise now", "执业证书有变", "licences dites autrement"),
        "known": names("known already", "已有人员", "déjà connues"),
    },
    writes=("people", "changed"),
)  # fmt: skip
bring_in(ROSTER)
