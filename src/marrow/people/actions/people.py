"""Entering people and keeping their records; the history keeps what stood before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pypinyin import lazy_pinyin

from marrow.accounts.queries import held_by, is_open
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.book import same_id
from marrow.core.days import LIVING, Day, prove_happened, prove_order, prove_planned
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import Names
from marrow.directory.models import Organisation
from marrow.directory.rules import folded
from marrow.people import access
from marrow.people.models import (
    Benefit,
    CareerStep,
    Credential,
    Distinction,
    LanguageSkill,
    Learning,
    Person,
    Unavailability,
)
from marrow.people.rules.languages import LANGUAGES
from marrow.sources.actions import Source, tell_source

ENTER = Act("enter_person", gettext_lazy("Entered a person"))
CHANGE = Act("change_person", gettext_lazy("Changed a person's record"))
LINK = Act("link_account", gettext_lazy("Said whose account it is"))
ANSWER_LINK = Act("answer_link", gettext_lazy("Said whether it is them"))
ADD = Act("add_to_person", gettext_lazy("Added to a person's record"))
ROSTER = Act("enter_people", gettext_lazy("Took in a roster"))
CHANGEABLE = ("names", "kind", "specialty", "grade", "sex", "birth_year", "willing", "left_on")
PARTS = (
    Credential, LanguageSkill, Unavailability, Benefit, Distinction, CareerStep, Learning,
)  # fmt: skip
BORN_FROM, BORN_UNTIL = 1900, 2020
HAPPENED = ("issued_on", "tested_on", "granted_on", "given_on", "since_on", "learned_on")
FURTHEST_AWAY, FURTHEST_END = 10, 80  # years: of an absence; of a paper "for life"


def enter_person(
    *,
    unit: Organisation,
    names: Names,
    kind: str,
    by: Viewer,
    at: dt.datetime,
    person: UUID | None = None,
    invented: bool = False,
    **told: Any,
) -> Person:
    """Enter a person of a unit; `told` are columns of CHANGEABLE. Refuses one who is there, and one
    who may be: of the same name and unit, where only one of the two has a year of birth."""
    access.may_enter(by, unit)
    row = Person(id=person or uuid4(), unit=unit, kind=kind, names=names, invented=invented)
    _set(row, told)
    _prove_left(row, at)
    _prove_no_twin(row)
    _prove_nobody_known(row)
    with journal(ENTER, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(row)
    return row


def _prove_no_twin(row: Person) -> None:
    if twin := same_person(row):
        raise Refused(_("%s is entered already, with this name, year of birth and unit.") % twin)


def _prove_nobody_known(row: Person) -> None:
    known = maybe_same_person(row)
    if known is None:
        return
    if row.birth_year is None:
        raise Refused(
            _(
                "%s is known in this unit, with a year of birth: is it them? Somebody else of this"
                " name is entered with their own year of birth."
            )
            % known
        )
    raise Refused(
        _(
            "%s is known in this unit, without a year of birth: is it them? Somebody else of this"
            " name is entered once that year stands on the record of the one who is known."
        )
        % known
    )


def same_person(row: Person) -> Person | None:
    """Somebody else of the same name, year of birth and unit."""
    return _called_so(row, Person.objects.filter(birth_year=row.birth_year))


def maybe_same_person(row: Person) -> Person | None:
    """Somebody else of the same name and unit, where only one of the two has a year of birth:
    unknown is neither the same nor another."""
    dated = row.birth_year is not None
    return _called_so(row, Person.objects.filter(birth_year__isnull=dated))


def _called_so(row: Person, among: QuerySet[Person]) -> Person | None:
    mine = {folded(name) for name in row.names.values()}
    others = among.filter(unit=row.unit).exclude(pk=row.pk)
    return next((p for p in others if mine & {folded(n) for n in p.names.values()}), None)


def change_person(*, person: UUID, by: Viewer, at: dt.datetime, **told: Any) -> Person:
    """Change what is known of a person."""
    row = access.person_to_correct(by, person)
    before, named = (row.names, row.birth_year), row.names
    _set(row, told)
    _prove_left(row, at)
    if (row.names, row.birth_year) != before:
        _prove_no_twin(row)
    if row.names != named:
        _prove_nobody_known(row)
    with journal(CHANGE, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(row)
    return row


def link_account(*, person: UUID, account: UUID, by: Viewer, at: dt.datetime) -> Person:
    """Say which account is this person's when they sign in; its owner is asked, and nothing opens
    before they agree.

    Whoever is linked acts for that person in a team: so nobody links themselves, and an account
    that holds an office of its own is not lent to somebody else's seat.
    """
    row = access.person_to_link(by, person)
    if account == by.person:
        raise Refused(_("Nobody says this of their own account: another of your office does."))
    if row.account != account:
        _prove_link(row, account)
        row.asked_account = account
    with journal(LINK, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(row)
    return row


def answer_link(*, person: UUID, mine: bool, by: Viewer, at: dt.datetime) -> Person:
    """The owner of an account says whether they are the person whom an office takes them for."""
    row = access.person_who_asks(by, person)
    if mine:
        _prove_link(row, by.person)
        row.account = by.person
    row.asked_account = None
    with journal(ANSWER_LINK, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(row)
    return row


def _prove_link(row: Person, account: UUID | None) -> None:
    if account is None:
        raise Refused(_("Sign in first."))
    if row.account != account and is_open(row.account):
        raise Refused(
            _("They sign in with an account already. It is closed first, then another is linked.")
        )
    if held_by(account) & access.OFFICES:
        raise Refused(
            _("This account holds an office. Whoever serves in a team has one of their own.")
        )
    if Person.objects.filter(account=account).exclude(pk=row.pk).exists():
        raise Refused(_("This account is another person’s."))


def add_to_person(
    *,
    person: UUID,
    part: Record,
    by: Viewer,
    at: dt.datetime,
    source: Source | None = None,
    told: Mapping[str, object] | None = None,
) -> Record:
    """Add a credential, a language, an absence, a benefit …; a benefit names its policy paper."""
    row = access.person_to_correct(by, person)
    if not isinstance(part, PARTS):
        raise Refused(_("This cannot be entered here: %s.") % part._meta.verbose_name)
    part.person = row
    if isinstance(part, Benefit) and source is None:
        raise Refused(_("Name the policy document that grants this."))
    prove_days(part, at)
    part = _completed(part) if isinstance(part, Credential) else _proved(part)
    with journal(ADD, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(part)
        if source:
            tell_source(page, about=part, told=told or {}, source=source, at=at)
    return part


def _completed(told: Credential) -> Credential:
    """A credential told again is the same paper, told better, and no second row."""
    rows = Credential.objects.filter(person=told.person, kind=told.kind).order_by("pk")
    known = next((row for row in rows if told.number and _is_same_paper(row, told)), None)
    if known is None:
        return told
    for column in ("number", "title", "given_by", "issued_on", "expires_on"):
        setattr(known, column, getattr(told, column) or getattr(known, column))
    return known


def _is_same_paper(known: Credential, told: Credential) -> bool:
    """Of the same number, and of no other name or issuer where both say one; one that had no number
    yet, of the very same name and issuer."""
    if not known.number:
        return (known.title, known.given_by) == (told.title, told.given_by)
    said = ((known.title, told.title), (known.given_by, told.given_by))
    return folded(known.number) == folded(told.number) and all(
        not one or not other or folded(one) == folded(other) for one, other in said
    )


def _prove_left(row: Person, at: dt.datetime) -> None:
    """Who leaves a unit does so in their life, and by a day that is near."""
    prove_planned(row.left_on, at=at, years=1, since=_born(row))


def prove_days(part: Record, at: dt.datetime) -> None:
    """What stands on a record was so in this person's life; what ends does so after it began."""
    since = _born(part.person)  # type: ignore[attr-defined]
    if isinstance(part, Unavailability):
        prove_planned(part.from_on, part.until_on, at=at, years=FURTHEST_AWAY, since=since)
        return
    prove_happened(*(getattr(part, name, None) for name in HAPPENED), at=at, since=since)
    if isinstance(part, Credential):
        prove_order(part.issued_on, part.expires_on)
        prove_planned(part.expires_on, at=at, years=FURTHEST_END, since=since)


def _born(row: Person) -> Day:
    return str(row.birth_year) if row.birth_year else LIVING


def _proved(part: Record) -> Record:
    """The part as it may be kept; a language told again takes the new level."""
    if isinstance(part, Unavailability) and part.until_on and part.until_on <= part.from_on:
        raise Refused(_("The first free day comes after the first day away."))
    if isinstance(part, LanguageSkill):
        if part.language not in LANGUAGES:
            raise Refused(_("Choose a language from the list."))
        known = LanguageSkill.objects.filter(person=part.person, language=part.language).first()
        if known:
            known.level, known.tested_on = part.level, part.tested_on
            return known
    return part


def end_unavailability(
    *, unavailability: UUID, until_on: dt.date, by: Viewer, at: dt.datetime
) -> Unavailability:
    """Say the first day on which somebody is free again."""
    row = Unavailability.objects.filter(pk=unavailability).first()
    if row is None:
        raise Unseen(_("There is no such absence."))
    access.person_to_correct(by, row.person_id)
    row.until_on = until_on
    prove_days(row, at)
    _proved(row)
    with journal(CHANGE, by=by, at=at, scope=f"person:{row.person_id}") as page:
        page.save(row)
    return row


def enter_people(
    *, people: Sequence[Person], parts: Sequence[Record], by: Viewer, at: dt.datetime,
    renewed: Sequence[Credential] = (),
) -> int:  # fmt: skip
    """Take in people of a roster with what hangs on them, in one act. Those who are known are left
    alone, but for licences that were `renewed`.
    """
    for unit in {p.unit for p in people}:
        access.may_enter(by, unit)
    for person in {p.person for p in renewed}:
        if not access.corrects(by, person):
            raise NotAllowed(_("Another office keeps the record of %s.") % person)
    known = set(Person.objects.filter(pk__in=[p.pk for p in people]).values_list("pk", flat=True))
    fresh = [p for p in people if p.pk not in known]
    for row in fresh:
        _set(row, {})
    new = {p.pk for p in fresh}
    for part in (p for p in parts if p.person_id in new):  # type: ignore[attr-defined]
        prove_days(part, at)
    with journal(ROSTER, by=by, at=at) as page:
        page.save_all(fresh)
        for model in PARTS:
            page.save_all([p for p in parts if type(p) is model and p.person_id in new])
        page.save_all(renewed)
    return len(fresh)


def renewal(person: Person, number: str, until: dt.date | None) -> Credential | None:
    """The licence of a known person as a roster tells it, where that says anything new: the one of
    this number with a later last day, the one that had no number yet, else one more. An older sheet
    takes no day away.
    """
    held = list(person.credentials.filter(kind=Credential.Kind.LICENCE))
    same = next((c for c in held if number and c.number == number), None)
    if same is None and not number:  # without a number: the longest of those that stand
        same = max(held, key=lambda c: c.expires_on or dt.date.min, default=None)
    if same is None and (bare := next((c for c in held if not (c.number or c.given_by)), None)):
        bare.number, same = number, bare  # the same paper, told better
        same.expires_on = max(filter(None, (until, bare.expires_on)), default=None)
        return same
    if same is None:
        return Credential(
            id=same_id("licence", person.pk, number), person=person, number=number,
            kind=Credential.Kind.LICENCE, expires_on=until,
        )  # fmt: skip
    if until is None or (same.expires_on and until <= same.expires_on):
        return None
    same.expires_on = until
    return same


def _set(row: Person, told: Mapping[str, Any]) -> None:
    for column, value in told.items():
        if column not in CHANGEABLE:
            raise Refused(_("This cannot be entered here: %s.") % column)
        setattr(row, column, value)
    if not any(row.names.values()):
        raise Refused(_("Give the name in at least one language."))
    if row.specialty and row.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    if row.birth_year and not BORN_FROM <= row.birth_year <= BORN_UNTIL:
        raise Refused(_("Write the year of birth with four digits."))
    row.search = searched(row.names)


def searched(names: Names) -> str:
    """The folded names and the pinyin of the Chinese one, for typing."""
    words = [folded(name) for name in names.values()]
    spelled = lazy_pinyin(names.get("zh", ""), errors="ignore")
    words += [" ".join(spelled), "".join(spelled)]
    return " ".join(dict.fromkeys(filter(None, words)))[:400]
