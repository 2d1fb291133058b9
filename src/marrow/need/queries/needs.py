"""Needs: what a list's area lacks, the most people first, with what hospitals said of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from marrow.accounts.queries import as_signed
from marrow.capacity.queries import (
    Chosen,
    Question,
    care_of,
    care_of_all,
    care_of_one,
    expected_of,
    is_expected,
    lists_shown,
)
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item, List, Requirement
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.directory.access import organisations_of
from marrow.directory.models import Area, Organisation
from marrow.need import access
from marrow.need.models import Need, NeedAnswer, NeedChange
from marrow.need.queries.outflows import left_of_area, left_of_areas
from marrow.need.rules.burden import Left, by_people
from marrow.need.rules.states import lacks, proposed

State = Need.State


def care_of_item(listing: List, item: Item, on: dt.date) -> Care:
    return care_of_one(Question(listing.area, listing, on), item)


def proposal_of(row: Need, care: Care, on: dt.date) -> str:
    """The state that the measure proposes; '' where it proposes none."""
    answered = any(a.ended_on is None for a in row.answers.all())
    return proposed(row.state, care, answered=answered, met_on=row.met_on, on=on)


@dataclass(frozen=True, slots=True)
class Told:
    """A need as a page shows it."""

    row: Need
    answers: list[NeedAnswer]  # that hold
    proposal: str
    proposal_words: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is lacking: the item, who left for it (None is unknown), what hospitals said of it."""

    item: Item
    care: Care
    left: Left | None
    needs: list[Told]
    wants: list[str]  # whom and what the item requires


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list's needs, the most people first; what is no longer lacking and still open."""

    counts: Counter[Care]
    lines: list[Line]
    left: int | None  # of all that is lacking, where known; None: nobody told anything
    unknown: int  # how many lines nobody counted


def needs_of_list(
    asked: Question, read: QuerySet[Organisation] | None = None, chosen: Chosen | None = None
) -> ListPage:
    """What the area of a question lacks, the most people first; of its needs those of the
    hospitals there that are read, None is all. `chosen` narrows the lines to a specialty or a
    severity; the counts are of all items."""
    care = care_of(asked)
    left = left_of_area(asked.area, asked.on, asked.known_by)
    needs = _needs().filter(list=asked.list)
    if asked.area != asked.list.area:
        needs = needs.filter(organisation__area__path__startswith=asked.area.path)
    needs = needs if read is None else needs.filter(organisation__in=read)
    told = _by_item(needs, care, asked.on)
    wanted = {UUID(pk) for pk, one in care.items() if lacks(one)} | set(told)
    lines = [
        Line(
            item, care.get(str(item.pk), Care.NOT_ASSESSED), left.get(item.pk),
            told.get(item.pk, []), wants_of(item),
        )
        for item in _items(wanted, chosen or Chosen())
    ]  # fmt: skip
    lines.sort(key=lambda line: by_people(line.left.patients if line.left else None))
    known = [line.left.patients for line in lines if line.left]
    return ListPage(
        Counter(care.values()), lines, sum(known) if known else None, len(lines) - len(known)
    )


def _items(wanted: Iterable[UUID], chosen: Chosen) -> QuerySet[Item]:
    needed = Requirement.objects.filter(until_on=None).order_by("kind", "role", "resource")
    rows = Item.objects.filter(pk__in=list(wanted)).order_by("search", "pk")
    rows = rows.filter(specialty=chosen.specialty) if chosen.specialty else rows
    rows = rows.filter(severity=chosen.severity) if chosen.severity else rows
    return rows.prefetch_related(Prefetch("requirements", queryset=needed))


def wants_of(item: Item) -> list[str]:
    """Whom and what an item requires: "2 × nurse (nephrology)"."""
    return [_wanted(one) for one in item.requirements.all()]


def _wanted(one: Requirement) -> str:
    specialty = f" ({specialty_name(one.specialty)})" if one.specialty else ""
    return f"{one.count} × {one}{specialty}" if one.count else f"{one}{specialty}"


def _needs() -> QuerySet[Need]:
    held = NeedAnswer.objects.filter(ended_on=None).select_related("mission", "seat")
    rows = Need.objects.exclude(state=State.DECLINED).select_related("organisation", "item", "list")
    return rows.prefetch_related(Prefetch("answers", queryset=held))


def _by_item(rows: Iterable[Need], care: Mapping[str, Care], on: dt.date) -> dict[UUID, list[Told]]:
    found: dict[UUID, list[Told]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(_told(row, care.get(str(row.item_id), Care.NOT_ASSESSED), on))
    return found


def _told(row: Need, care: Care, on: dt.date) -> Told:
    state = proposal_of(row, care, on)
    return Told(row, list(row.answers.all()), state, str(State(state).label) if state else "")


def need_told(row: Need, on: dt.date) -> tuple[Told, Care]:
    """One need with what holds of it today."""
    held = NeedAnswer.objects.filter(ended_on=None).select_related("mission", "seat")
    prefetch_related_objects([row], Prefetch("answers", queryset=held))
    care = care_of_item(row.list, row.item, on)
    return _told(row, care, on), care


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in its area: what the measure says, who left, how many needs stand."""

    row: List
    counts: list[tuple[Care, int]]
    left: int | None
    unknown: int
    needs: int


def areas_with_lists(on: dt.date) -> list[Listed]:
    """Every list, all of them measured at once."""
    lists = lists_shown()
    cares = care_of_all(lists, on)
    left = left_of_areas([row.area for row in lists], on)
    asked: dict[UUID, list[UUID]] = defaultdict(list)
    needs = Need.objects.exclude(state=State.DECLINED).filter(list__in=lists)
    for listing, item in needs.values_list("list", "item"):
        asked[listing].append(item)
    return [_listed(row, cares[row.pk], left[row.area_id], asked[row.pk]) for row in lists]


def _listed(
    row: List, cares: Mapping[str, Care], left: Mapping[UUID, Left], asked: list[UUID]
) -> Listed:
    wanted = {UUID(pk) for pk, care in cares.items() if lacks(care)} | set(asked)
    known = [left[item].patients for item in wanted if item in left]
    counts = Counter(cares.values())
    return Listed(
        row, [(care, counts[care]) for care in Care], sum(known) if known else None,
        len(wanted) - len(known), len(asked),
    )  # fmt: skip


ORDER = {state: place for place, state in enumerate(State.values)}


def needs_at(hospital: Organisation) -> list[Need]:
    """The needs of a hospital: those that wait for its word first."""
    rows = _needs().filter(organisation=hospital).order_by("identified_at")
    return sorted(rows, key=lambda r: ORDER[r.state])


def needs_to_confirm(viewer: Viewer) -> list[Need]:
    """What waits for the word of this viewer's hospitals."""
    if not viewer.holds("recipient"):
        return []
    own = organisations_of(viewer, "recipient").values("pk")
    return list(_needs().filter(organisation__in=own, state=State.IDENTIFIED)[:40])


def changes_of(row: Need) -> list[NeedChange]:
    """Each with the name of who said it, in the reader's language where it is known in several."""
    rows = list(row.changes.order_by("changed_at"))
    names = as_signed((c.changed_by, c.by_name) for c in rows)
    for one in rows:
        one.by_name = names[one.changed_by, one.by_name]
    return rows


def may_ask_for(viewer: Viewer, listing: List, on: dt.date, place: Area) -> bool:
    """Whether this viewer may name a need for some hospital of a place."""
    whole = place == listing.area and access.office_of_area(viewer, place)
    if whole and is_expected(listing, on):
        return True  # so that the hospitals themselves need not be read
    return bool(hospitals_to_ask_for(viewer, listing, on, place))


def hospitals_to_ask_for(
    viewer: Viewer, listing: List, on: dt.date, place: Area | None = None
) -> list[Organisation]:
    """For which hospitals of a list's area, or of a place within it, this viewer may name a need:
    those that should have on that day what is listed, and the viewer's own."""
    area = place or listing.area
    own = organisations_of(viewer, "recipient").filter(area__path__startswith=area.path)
    found = {h.pk: h for h in own}
    whole = access.office_of_area(viewer, area)  # so that no hospital is asked for alone
    for one in expected_of(Question(area, listing, on)) if viewer.holds("office") else ():
        if one.pk not in found and (whole or access.office_of(viewer, one)):
            found[one.pk] = one
    return sorted(found.values(), key=str)
