"""Places and organisations as pages show them: trees, registers, search, likely doubles."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from rapidfuzz import fuzz

from marrow.core.models import Operation
from marrow.core.remembering import remembered
from marrow.core.words import in_tongue, listing, original
from marrow.directory import access, search
from marrow.directory.models import (
    Alias,
    Area,
    Department,
    Grade,
    Identifier,
    Likeness,
    Organisation,
)
from marrow.directory.rules import folded
from marrow.sources.models import Document, Fact

PAGE = 40
MERGED = "merge_organisations"  # the act by which an organisation goes on as another


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of search results: what it is, where it lies, where its page is."""

    id: UUID
    kind: str
    name: str
    also: str
    where: str
    code: str


def hits(typed: str, *, kind: str = "", limit: int = 12) -> list[Hit]:
    """Search as you type; a merged organisation leads to the one it went on as."""
    ranked = search.find(typed, kind=kind, limit=limit)
    areas = Area.objects.select_related("parent").in_bulk(
        [pk for _s, pk, k in ranked if k == search.AREA]
    )
    rows = Organisation.objects.select_related("area", "successor__area").in_bulk(
        [pk for _s, pk, k in ranked if k == search.ORGANISATION]
    )
    found: dict[UUID, Hit] = {}
    for _score, pk, _kind in ranked:
        if area := areas.get(pk):
            found[pk] = _area_hit(area)
        elif row := rows.get(pk):
            last = last_of(row)
            found.setdefault(last.pk, _organisation_hit(last))
    return list(found.values())


def known_as(typed: str, kind: str) -> list[Hit]:
    """What is called just so, folded: by a name in any language, by a spelling or a place by its
    code; merged organisations as the ones they went on as. Never what is only near to it."""
    ids, name = search.called(typed, kind), folded(typed)
    spelled = Alias.objects.filter(Q(area__in=ids) | Q(organisation__in=ids))
    by_spelling = {a.area_id or a.organisation_id for a in spelled if folded(a.text) == name}
    if kind == search.AREA:
        areas = Area.objects.filter(pk__in=ids).select_related("parent")
        return [_area_hit(a) for a in areas if a.pk in by_spelling or name in _names(a)]
    rows = Organisation.objects.filter(pk__in=ids).select_related("area", "successor__area")
    same = [last_of(o) for o in rows if o.pk in by_spelling or name in _names(o)]
    return [_organisation_hit(o) for o in {o.pk: o for o in same}.values()]


def _names(row: Area | Organisation) -> set[str]:
    codes = (row.code, row.iso3) if isinstance(row, Area) else ()
    return {folded(text) for text in (*row.names.values(), *codes)}


def _area_hit(area: Area) -> Hit:
    where = in_tongue(area.parent.names) if area.parent else ""
    return Hit(area.pk, area.kind, str(area), original(area.names), where, area.code)


def _organisation_hit(row: Organisation) -> Hit:
    where = listing().join(x for x in (row.place, str(row.area) if row.area else "") if x)
    return Hit(row.pk, row.kind, str(row), original(row.names), where, "")


@dataclass(frozen=True, slots=True)
class AreaPage:
    area: Area
    above: list[Area]
    parts: list[Area]
    counts: list[tuple[str, str, int]]
    organisations: list[Organisation]
    aliases: list[Alias]
    more: bool


def area_page(code: str, *, kind: str = "", page: int = 1) -> AreaPage:
    """A place with what lies in it: parts, counts of organisations by kind, a page of them."""
    area = access.area_for(code)
    codes = [c for c in area.path.split("/") if c and c != area.code]
    around = list(Area.objects.filter(Q(code__in=codes) | Q(parent=area)))
    above = sorted((a for a in around if a.code in codes), key=lambda a: len(a.path))
    inside = _inside(area)
    counted = inside.values("kind").annotate(n=Count("pk")).order_by("-n")
    labels = dict(Organisation.Kind.choices)
    counts = [(row["kind"], str(labels[row["kind"]]), row["n"]) for row in counted]
    rows = inside.filter(kind=kind) if kind else inside
    many = sum(n for code, _words, n in counts if kind in ("", code))
    shown = _page_of(rows, page, few=many <= PAGE)
    parts = sorted((a for a in around if a.parent_id == area.pk), key=lambda a: a.code)
    return AreaPage(
        area, above, parts, counts, shown[:PAGE], list(area.aliases.all()), len(shown) > PAGE
    )


def _page_of(rows: QuerySet[Organisation], page: int, *, few: bool) -> list[Organisation]:
    """One page of these, and the first of the next. Of many the ids alone first: they stand in the
    index, and only a page of rows is read."""
    here = slice((page - 1) * PAGE, page * PAGE + 1)
    if not few:
        ids = list(rows.order_by("id").values_list("pk", flat=True)[here])
        rows, here = Organisation.objects.filter(pk__in=ids), slice(None)
    return list(rows.select_related("area").order_by("id")[here])


def _inside(area: Area) -> QuerySet[Organisation]:
    """What stands in a place or a part of it; by ids of the parts, so that an index leads there."""
    parts = Area.objects.filter(path__startswith=area.path).order_by()
    return Organisation.objects.filter(area__in=parts.values("pk"), successor=None)


def organisations_in(code: str, *, kind: str = "") -> QuerySet[Organisation]:
    """Every organisation in a place and its parts, merged ones left out."""
    inside = _inside(access.area_for(code))
    rows = inside.filter(kind=kind) if kind else inside
    return rows.select_related("area").order_by("id")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one register says of an organisation, row by row of its own words."""

    identifier: Identifier
    document: Document | None


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    row: Organisation
    tellings: list[Telling]
    aliases: list[Alias]
    departments: list[Department]
    grades: list[Grade]
    joined: list[Organisation]
    likely: list[Likeness]


def organisation_page(organisation: UUID) -> OrganisationPage:
    row = access.organisation_for(organisation)
    joined = list(row.predecessors.all())
    all_of_it = [row, *joined]
    identifiers = list(Identifier.objects.filter(organisation__in=all_of_it).order_by("scheme"))
    documents = Document.objects.in_bulk([i.document for i in identifiers if i.document])
    tellings = [Telling(i, documents.get(i.document) if i.document else None) for i in identifiers]
    return OrganisationPage(
        row,
        tellings,
        list(Alias.objects.filter(organisation__in=all_of_it)),
        list(Department.objects.filter(organisation__in=all_of_it)),
        list(Grade.objects.filter(organisation__in=all_of_it)),
        joined,
        likely_doubles(row, limit=8),
    )


def facts_of(ids: Sequence[UUID]) -> dict[UUID, dict[str, list[Fact]]]:
    """Facts by record and field, the shown one first."""
    return _facts_of(tuple(ids))


@remembered
def _facts_of(ids: tuple[UUID, ...]) -> dict[UUID, dict[str, list[Fact]]]:
    found: dict[UUID, dict[str, list[Fact]]] = {}
    rows = Fact.objects.filter(about__in=ids).select_related("quote__document")
    rank = {"SHOWN": 0, "CLAIM": 1, "ALSO": 2, "REJECTED": 3}
    for fact in sorted(rows, key=lambda f: rank[f.standing]):
        found.setdefault(fact.about, {}).setdefault(fact.field, []).append(fact)
    return found


def likely_doubles(
    organisation: Organisation | None = None, *, country: str = "", page: int = 1, limit: int = 20
) -> list[Likeness]:
    """Pairs that look alike and that nobody has merged or told apart, the likeliest first."""
    rows = open_doubles()
    if country:  # both of a pair lie in one area
        rows = rows.filter(area__in=Area.objects.filter(path__contains=f"/{country}/").values("pk"))
    if organisation:
        rows = rows.filter(Q(one=organisation) | Q(other=organisation))
    rows = rows.select_related("one__area", "other__area").order_by("-alike", "kilometres", "id")
    return _fuller_first(list(rows[(page - 1) * limit : page * limit]))


def _fuller_first(pairs: list[Likeness]) -> list[Likeness]:
    """Each pair with the one of the two that knows more first: its columns, names and facts."""
    ids = {one for pair in pairs for one in (pair.one_id, pair.other_id)}
    known: Counter[UUID] = Counter()
    for rows, column in (
        (Fact.objects.filter(about__in=ids), "about"),
        (Alias.objects.filter(organisation__in=ids), "organisation"),
        (Identifier.objects.filter(organisation__in=ids), "organisation"),
    ):
        for row in rows.values(column).annotate(n=Count("pk")).order_by():
            known[row[column]] += row["n"]
    for pair in pairs:
        one, other = pair.sides
        first = known[one.pk] + _filled(one) >= known[other.pk] + _filled(other)
        pair.ways = [(one, other), (other, one)] if first else [(other, one), (one, other)]  # type: ignore[attr-defined]
        pair.percent = _percent(pair)  # type: ignore[attr-defined]
    return pairs


def _filled(row: Organisation) -> int:
    return sum(getattr(row, f.attname) not in (None, "") for f in row._meta.concrete_fields)


def _percent(pair: Likeness) -> int:
    """How alike the names are, 100 only where no word differs: "Alba Clinic" is not "Alba Post"."""
    whole = max(
        fuzz.token_sort_ratio(folded(one), folded(other))
        for one in pair.one.names.values()
        for other in pair.other.names.values()
    )
    told = round(pair.alike * 100)
    return told if whole == 100 else min(told, 99, round((told + whole) / 2))


def open_doubles() -> QuerySet[Likeness]:
    """Those of which neither went on as another; these are few, and sought once, not by pair."""
    merged = Organisation.objects.filter(successor__isnull=False).values("pk")
    return Likeness.objects.exclude(one__in=merged).exclude(other__in=merged)


@dataclass(frozen=True, slots=True)
class OfCountry:
    """How many likely doubles a country has."""

    code: str
    name: str
    count: int


def doubles_by_country() -> list[OfCountry]:
    """Where likely doubles wait, the most first."""
    by_area = open_doubles().values("area").annotate(n=Count("pk")).order_by()
    counted: Counter[str] = Counter()
    counts = {row["area"]: row["n"] for row in by_area if row["area"]}
    areas = Area.objects.filter(pk__in=counts).values_list("pk", "path")
    paths = {path: counts[pk] for pk, path in areas}
    codes = {code for path in paths for code in path.split("/") if code}
    countries = {a.code: a for a in Area.objects.filter(code__in=codes, kind=Area.Kind.COUNTRY)}
    for path, n in paths.items():
        for code in countries.keys() & set(path.split("/")):
            counted[code] += n
    return [OfCountry(code, str(countries[code]), n) for code, n in counted.most_common()]


def doubles_count() -> int:
    return open_doubles().count()


def area_names(codes: Sequence[str]) -> dict[str, str]:
    """Code → name in the reader's language, for those that are codes of places."""
    return {a.code: str(a) for a in Area.objects.filter(code__in=set(codes))}


def directory_counts() -> tuple[int, int]:
    """How many organisations and places there are."""
    return Organisation.objects.filter(successor=None).count(), Area.objects.count()


def last_of(row: Organisation) -> Organisation:
    """Where a merged organisation went on, to the end of the chain."""
    seen = {row.pk}
    while row.successor is not None and row.successor.pk not in seen:
        row = row.successor
        seen.add(row.pk)
    return row


def merged_on(organisations: Collection[UUID]) -> dict[UUID, dt.date]:
    """Of those that were merged the day on which it was entered, by the journal."""
    rows = Operation.objects.filter(
        model=Organisation._meta.label_lower, action=MERGED, record__in=organisations
    )
    found = rows.order_by().values("record").annotate(last=Max("at"))
    return {one["record"]: one["last"].date() for one in found}


def heir_in(one: UUID, successor: Mapping[UUID, UUID]) -> UUID:
    """Where one went on, by who went on as whom."""
    seen = {one}
    while one in successor and successor[one] not in seen:
        one = successor[one]
        seen.add(one)
    return one


@remembered
def heirs() -> dict[UUID, UUID]:
    """Whoever was merged, with the one that goes on."""
    merged = Organisation.objects.filter(successor__isnull=False).order_by()
    successor = {one: other for one, other in merged.values_list("pk", "successor") if other}
    return {one: heir_in(one, successor) for one in successor}


def gone_on_into(hospitals: Collection[UUID]) -> dict[UUID, UUID]:
    """Each of these, and whoever was merged into one of them, with the one that goes on: what they
    reached counts as its own."""
    gone = {one: heir for one, heir in heirs().items() if heir in hospitals}
    return {one: one for one in hospitals} | gone


def as_one(hospitals: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Of each of these, itself and all that count as the same one since a merge."""
    known, merged = heirs(), defaultdict[UUID, set[UUID]](set)
    for one, heir in known.items():
        merged[heir].add(one)
    last = {one: known.get(one, one) for one in hospitals}
    return {one: {one, heir, *merged.get(heir, ())} for one, heir in last.items()}


def counted_as_one_with(hospital: UUID) -> set[UUID]:
    """A hospital and all whose steps count as those of the same one since a merge."""
    return as_one({hospital})[hospital]
