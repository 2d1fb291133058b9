"""Changes to places and organisations. A merge rewrites nothing, so it can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.days import prove_happened
from marrow.core.journal import Act, journal
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.directory import access, search
from marrow.directory.models import (
    Alias,
    Area,
    Department,
    Grade,
    Likeness,
    NotTheSame,
    Organisation,
)
from marrow.directory.queries import MERGED, last_of
from marrow.directory.rules import are_coordinates
from marrow.sources.actions import Source, tell_source

LOAD_AREAS = Act("load_areas", gettext_lazy("Loaded places"))
ENTER = Act("enter_organisation", gettext_lazy("Entered an organisation"))
CHANGE = Act("change_organisation", gettext_lazy("Changed an organisation"))
PLACED = ("kind", "area", "place", "address", "lat", "lon")
RENAME = Act("name_organisation", gettext_lazy("Named an organisation"))
ALIAS = Act("add_alias", gettext_lazy("Added a spelling"))
GRADE = Act("grade_organisation", gettext_lazy("Recorded a grade"))
DEPARTMENT = Act("open_department", gettext_lazy("Recorded a department"))
MERGE = Act(MERGED, gettext_lazy("Merged two organisations"))
UNMERGE = Act("unmerge_organisation", gettext_lazy("Parted two organisations again"))
APART = Act("tell_apart", gettext_lazy("Told two organisations apart"))


def load_areas(
    *, areas: Iterable[Area], aliases: Iterable[Alias], by: Viewer, at: dt.datetime
) -> int:
    """Load places, parents first; those that are there stay as they are. Returns how many."""
    access.may_keep_directory(by)
    book = Book()
    for row in areas:
        book.put(row)
    for alias in aliases:
        book.put(alias)
    with journal(LOAD_AREAS, by=by, at=at) as page:
        fresh = book.write(page).get("area", 0)
        search.refresh(list(Area.objects.all()) if fresh else [])
    return fresh


def enter_organisation(
    *,
    kind: str,
    names: Names,
    by: Viewer,
    at: dt.datetime,
    area: Area | None = None,
    key: str = "",
    invented: bool = False,
    source: Source | None = None,
) -> Organisation:
    """Enter an organisation; with a `key` the same one is entered once.

    `source` is what a person names; an import keeps facts of its own.
    """
    access.may_keep_directory(by)
    if not in_tongue(names):
        raise Refused(_("An organisation needs a name in at least one language."))
    if kind not in Organisation.Kind.values:
        raise Refused(_("There is no such kind of organisation."))
    row = Organisation(kind=kind, names=names, area=area, invented=invented)
    if key:
        row.id = same_id("organisation", key)
        if known := Organisation.objects.filter(pk=row.pk).first():
            return known
    with journal(ENTER, by=by, at=at) as page:
        page.save(row)
        if source:
            told = {
                "names": in_tongue(names),
                "kind": kind,
                **({"area_id": area.code} if area else {}),
            }
            tell_source(page, about=row, told=told, source=source, at=at)
        search.refresh([row])
    return row


def name_organisation(
    *,
    organisation: UUID,
    names: Names,
    by: Viewer,
    at: dt.datetime,
    source: Source | None = None,
) -> Organisation:
    access.may_keep_directory(by)
    row = access.organisation_for(organisation)
    if not in_tongue(names):
        raise Refused(_("An organisation needs a name in at least one language."))
    fresh = {tongue: text.strip() for tongue, text in names.items() if text.strip()}
    renamed, row.names = row.names != fresh, fresh
    with journal(RENAME, by=by, at=at) as page:
        page.save(row)
        if source and renamed:
            told = {"names": in_tongue(fresh)}
            tell_source(page, about=row, told=told, source=source, at=at)
        search.refresh([row])
    return row


def change_organisation(
    *,
    organisation: UUID,
    told: Mapping[str, object],
    source: Source,
    by: Viewer,
    at: dt.datetime,
) -> Organisation:
    """Change what it is and where it lies; each changed value keeps the words that say so."""
    access.may_keep_directory(by)
    row = access.organisation_for(organisation)
    fresh = {c: v for c, v in told.items() if c in PLACED and getattr(row, c) != v}
    for column, value in fresh.items():
        setattr(row, column, value)
    if (row.lat is None) != (row.lon is None):
        raise Refused(_("Give both coordinates, or none."))
    if row.lat is not None and not are_coordinates(row.lat, row.lon):
        raise Refused(_("These are no coordinates on the globe."))
    with journal(CHANGE, by=by, at=at) as page:
        page.save(row)
        said = {
            ("area_id" if c == "area" else c): (v.code if isinstance(v, Area) else v)
            for c, v in fresh.items()
            if v not in (None, "")
        }
        if said:
            tell_source(page, about=row, told=said, source=source, at=at)
        search.refresh([row])
    return row


def add_alias(
    *,
    organisation: UUID,
    text: str,
    language: str,
    by: Viewer,
    at: dt.datetime,
    source: Source | None = None,
) -> Alias:
    access.may_keep_directory(by)
    row = access.organisation_for(organisation)
    if not text.strip():
        raise Refused(_("Write the other spelling."))
    alias = Alias(organisation=row, text=text.strip()[:300], language=language[:3])
    with journal(ALIAS, by=by, at=at) as page:
        page.save(alias)
        if source:
            tell_source(page, about=alias, told={"text": alias.text}, source=source, at=at)
        search.refresh([row])
    return alias


def grade_organisation(
    *,
    organisation: UUID,
    grade: str,
    attained_on: str,
    by: Viewer,
    at: dt.datetime,
    source: Source | None = None,
) -> Grade:
    """Record the grade that a hospital attained (三甲 …) and when, as far as it is told. Told again
    with another day, the last telling is shown, and what was told before stays beside it."""
    access.may_keep_directory(by)
    if attained_on and not is_partial_date(attained_on):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    prove_happened(attained_on, at=at)
    row = access.organisation_for(organisation)
    known = Grade.objects.filter(organisation=row, grade=grade).first()
    if known and not source and attained_on in ("", known.attained_on):
        return known
    held = known or Grade(id=same_id("grade", row.pk, grade), organisation=row, grade=grade)
    held.attained_on = attained_on or held.attained_on
    with journal(GRADE, by=by, at=at) as page:
        page.save(held)
        if source:
            since = {"attained_on": attained_on} if attained_on else {}
            tell_source(page, about=held, told={"grade": grade, **since}, source=source, at=at)
    return held


def open_department(
    *,
    organisation: UUID,
    kind: str,
    names: Names,
    by: Viewer,
    at: dt.datetime,
    started_on: str = "",
    source: Source | None = None,
) -> Department:
    """Record a department, since when where that is told; one that is known keeps what another
    source says of it, too."""
    access.may_keep_directory(by)
    row = access.organisation_for(organisation)
    if started_on and not is_partial_date(started_on):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    if kind not in Department.Kind.values or not in_tongue(names):
        raise Refused(_("A department needs a kind and a name."))
    fresh = Department(
        id=same_id("department", row.pk, in_tongue(names, "en")),
        organisation=row, kind=kind, names=names, started_on=started_on,
    )  # fmt: skip
    known = Department.objects.filter(pk=fresh.pk).first()
    if known and not source and (known.started_on or not started_on):
        return known
    held = known or fresh
    held.started_on = held.started_on or started_on
    with journal(DEPARTMENT, by=by, at=at) as page:
        page.save(held)
        if source:
            told = {"names": in_tongue(held.names)}
            since = {"started_on": started_on} if started_on else {}
            tell_source(page, about=held, told={**told, **since}, source=source, at=at)
    return held


def merge_organisations(*, loser: UUID, winner: UUID, by: Viewer, at: dt.datetime) -> Organisation:
    """Let `loser` go on as `winner`. No reference is rewritten: the loser points on."""
    access.may_keep_directory(by)
    gone, stays = access.organisation_for(loser), last_of(access.organisation_for(winner))
    if gone.successor_id is not None:
        raise Refused(_("This organisation was merged already; part it again first."))
    if gone.pk == stays.pk:
        raise Refused(_("Both are the same organisation already."))
    gone.successor = stays
    with journal(MERGE, by=by, at=at) as page:
        page.save(gone)
        search.refresh([gone])
    return stays


def unmerge_organisation(*, loser: UUID, by: Viewer, at: dt.datetime) -> Organisation:
    """Part it again: both stand with all that was changed in either since."""
    access.may_keep_directory(by)
    gone = access.organisation_for(loser)
    if gone.successor_id is None:
        raise Refused(_("This organisation is not merged into another."))
    gone.successor = None
    with journal(UNMERGE, by=by, at=at) as page:
        page.save(gone)
        search.refresh([gone])
    return gone


def tell_apart(*, one: UUID, other: UUID, by: Viewer, at: dt.datetime) -> NotTheSame:
    """A person says that two which look alike are two; the pair is not proposed again."""
    access.may_keep_directory(by)
    first, second = sorted(
        (access.organisation_for(one), access.organisation_for(other)), key=lambda o: o.pk
    )
    row = NotTheSame(id=same_id("apart", first.pk, second.pk), one=first, other=second)
    if known := NotTheSame.objects.filter(pk=row.pk).first():
        return known
    with journal(APART, by=by, at=at) as page:
        page.save(row)
        Likeness.objects.filter(one=first, other=second).delete()
    return row
