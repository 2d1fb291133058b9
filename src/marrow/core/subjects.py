"""What a record is called, where its page is, and who may see it: each room tells of its own.

History, facts, findings and work items are about any record; they ask here, so that no low room
needs to know a higher one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marrow.core.models import Record
from marrow.core.refusals import Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import Viewer

Address = Callable[[Record], str]


def by_office(viewer: Viewer, _row: Record) -> bool:
    """Any programme office: what is common to all, as places and documents are."""
    return viewer.holds("office")


def by_all(_viewer: Viewer, _row: Record) -> bool:
    """Anybody: what the public pages tell."""
    return True


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record: its word, the address of its page, who may see it and who change it."""

    model: type[Record]
    word: str | Promise
    address: Address
    may_see: Callable[[Viewer, Record], bool] = by_all
    may_change: Callable[[Viewer, Record], bool] = by_office
    #: of some records, the ids of those that a viewer may see, asked once for all of them
    sees: Callable[[Viewer, Sequence[Any]], set[UUID]] | None = None
    related: tuple[str, ...] = ()  # what its name and address look at, to be read along
    #: what each of some records is called, asked once for all of them
    names: Callable[[Sequence[Any]], Sequence[str]] = lambda rows: [str(row) for row in rows]
    #: those that this office may change, as one condition; None where any office may. Where
    #: `may_change` says nothing of its own, this is the rule
    mine: Callable[[Viewer], Q] | None = None
    #: the record that this one is about (label, id): who may change that one may change this
    about: Callable[[Record], tuple[str, UUID]] | None = None
    #: the records of which it is made (label, id), be they gone: its history tells theirs too
    parts: Callable[[UUID], Collection[tuple[str, UUID]]] | None = None
    #: reads some of its records, where a page that names them has asked for them already
    load: Callable[[frozenset[UUID]], list[Any]] | None = None

    def name(self, row: Record) -> str:
        return self.names([row])[0]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a line of a page shows it."""

    word: str
    name: str
    href: str
    hidden: bool = False  # not for the eyes of who asked


SUBJECTS: dict[str, Subject] = {}


def seen_with(
    hangs_on: Callable[[Any], UUID], those: Callable[[Viewer], QuerySet[Any]]
) -> Callable[[Viewer, Sequence[Any]], set[UUID]]:
    """A `sees` of records each of which is seen by who sees the one that it hangs on (its id);
    `those` are the ones that a viewer sees."""

    def sees(viewer: Viewer, rows: Sequence[Any]) -> set[UUID]:
        on = {row.pk: hangs_on(row) for row in rows}
        seen = set(those(viewer).filter(pk__in=set(on.values())).values_list("pk", flat=True))
        return {pk for pk, one in on.items() if one in seen}

    return sees


def tell(subject: Subject) -> None:
    SUBJECTS[subject.label] = subject


def word_of(label: str) -> str:
    """What a kind of record is called; its label where nobody told."""
    return str(SUBJECTS[label].word) if label in SUBJECTS else label


def shown(label: str, ids: Collection[UUID]) -> dict[UUID, Shown]:
    """The names and pages of records of one kind; those that are gone are missing."""
    return _named(label, _loaded(label, ids))


def _loaded(label: str, ids: Collection[UUID]) -> list[Record]:
    subject = SUBJECTS.get(label)
    if subject and subject.load:
        return subject.load(frozenset(ids))
    rows = (subject.model if subject else apps.get_model(label))._base_manager.filter(pk__in=ids)
    return list(rows.select_related(*subject.related) if subject and subject.related else rows)


def there(label: str, ids: Collection[UUID]) -> set[UUID]:
    """Those of these records that are here."""
    if not ids:
        return set()
    rows = apps.get_model(label)._base_manager.filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _named(label: str, rows: Sequence[Record]) -> dict[UUID, Shown]:
    subject = SUBJECTS.get(label)
    if subject is None:
        word = str(apps.get_model(label)._meta.verbose_name)
        return {row.pk: Shown(word, str(row), "") for row in rows}
    called = zip(rows, subject.names(rows), strict=True)
    return {row.pk: Shown(str(subject.word), name, subject.address(row)) for row, name in called}


def shown_all(wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Shown]:
    """The same for records of several kinds, one query a kind."""
    found: dict[UUID, Shown] = {}
    for label, ids in _by_label(wanted).items():
        found |= shown(label, ids)
    return found


def shown_to(viewer: Viewer, wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Shown]:
    """The same for this viewer: what is not for their eyes has neither name nor page."""
    found: dict[UUID, Shown] = {}
    for label, ids in _by_label(wanted).items():
        rows = _loaded(label, ids)
        found |= _named(label, rows)
        for record in _hidden(viewer, SUBJECTS.get(label), rows):
            found[record] = not_for_eyes(label)
    return found


def not_for_eyes(label: str) -> Shown:
    """How a record is shown to who may not see it."""
    return Shown(word_of(label), _("not for your eyes"), "", hidden=True)


def _by_label(wanted: Iterable[tuple[str, UUID]]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {}
    for label, record in wanted:
        found.setdefault(label, set()).add(record)
    return found


def may_change_all(viewer: Viewer, touched: Iterable[tuple[str, UUID]]) -> bool:
    """Whether this viewer may change each of these records; those that are gone need no leave."""
    return all(
        _may_change(viewer, SUBJECTS.get(label), ids) for label, ids in _by_label(touched).items()
    )


def changeable(viewer: Viewer, wanted: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """Those of these records that this viewer may change, one question a kind where it can be."""
    found: set[UUID] = set()
    for label, ids in _by_label(wanted).items():
        if subject := SUBJECTS.get(label):
            found |= _changeable(viewer, subject, ids)
    return found


def _changeable(viewer: Viewer, subject: Subject, ids: set[UUID]) -> set[UUID]:
    rows = subject.model._base_manager.filter(pk__in=ids)
    if subject.about:
        about = {row.pk: subject.about(row) for row in rows} if viewer.holds("office") else {}
        mine = changeable(viewer, set(about.values()))
        return {pk for pk, (_label, one) in about.items() if one in mine}
    if subject.may_change is not by_office:
        return {row.pk for row in rows if subject.may_change(viewer, row)}
    if subject.mine:
        return set(rows.filter(subject.mine(viewer)).values_list("pk", flat=True))
    return ids if viewer.holds("office") else set()


def ids_mine(viewer: Viewer, label: str) -> QuerySet[Any, UUID]:
    """The ids of records of a kind of which `mine` tells all, as far as this office may change
    them, to be asked within a question."""
    subject = SUBJECTS[label]
    rows = subject.model._base_manager
    if not viewer.holds("office") or subject.mine is None:
        return rows.none().values_list("pk", flat=True)
    return rows.filter(subject.mine(viewer)).values_list("pk", flat=True)


def _may_change(viewer: Viewer, subject: Subject | None, ids: set[UUID]) -> bool:
    if subject is None:
        return False
    rows = subject.model._base_manager.filter(pk__in=ids)
    if subject.about:
        about = {subject.about(row) for row in rows.iterator(chunk_size=500)}
        return viewer.holds("office") and may_change_all(viewer, about)
    if subject.may_change is not by_office:
        return all(subject.may_change(viewer, row) for row in rows.iterator(chunk_size=500))
    if subject.mine:
        return rows.filter(subject.mine(viewer)).count() == rows.count()
    return viewer.holds("office")


def common(labels: Iterable[str]) -> list[str]:
    """Those of these kinds that any office may change."""
    found = (SUBJECTS[label] for label in labels)
    return [s.label for s in found if s.may_change is by_office and s.mine is None and not s.about]


@remembered
def about_mine(viewer: Viewer, told: Callable[[], Container[str]]) -> Q:
    """Rows with `about_model` and `about` that tell of a record which this office may change;
    `told` gives the kinds of which any tells.

    One condition for a whole list; it says what `may_change_all` says of each. Only kinds of which
    a row tells come into it: most never do, and each costs a question within the question.
    """
    if viewer.holds_everywhere("office"):
        return Q()
    kinds = told()
    found = Q(about_model__in=common(SUBJECTS))
    for label, subject in SUBJECTS.items():
        if subject.mine and label in kinds:
            mine = subject.model._base_manager.filter(subject.mine(viewer))
            found |= Q(about_model=label, about__in=mine.values("pk"))
    return found


def unseen(viewer: Viewer, wanted: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """Those of these records that this viewer may not see; what is gone hides nothing."""
    found: set[UUID] = set()
    for label, ids in _by_label(wanted).items():
        subject = SUBJECTS.get(label)
        if subject and (subject.about or subject.sees or subject.may_see is not by_all):
            found |= _hidden(viewer, subject, _loaded(label, ids))
    return found


def _hidden(viewer: Viewer, subject: Subject | None, rows: Sequence[Record]) -> set[UUID]:
    """Of rows of one kind, those that are not for this viewer, or tell of what is not."""
    if subject is None:
        return set()
    if subject.sees:
        found = {row.pk for row in rows} - subject.sees(viewer, rows)
    else:
        found = {row.pk for row in rows if not subject.may_see(viewer, row)}
    if subject.about:
        about = {row.pk: subject.about(row) for row in rows}
        above = unseen(viewer, about.values())
        found |= {pk for pk, (_label, record) in about.items() if record in above}
    return found


def record_for(viewer: Viewer, label: str, record: UUID) -> Record:
    """Load and prove: the record, if there is one and this viewer may see it."""
    subject = SUBJECTS.get(label)
    row = subject.model._base_manager.filter(pk=record).first() if subject else None
    if row is None or subject is None or _hidden(viewer, subject, [row]):
        raise Unseen(_("There is no such record, or it is not for your eyes."))
    return row
