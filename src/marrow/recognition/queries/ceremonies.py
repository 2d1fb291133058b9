"""Whom a list means, and what a ceremony's page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.programmes.models import Event
from marrow.recognition import access
from marrow.recognition.models import AgendaItem, Honouree
from marrow.recognition.rules.lists import Told, folded, twice

KNOWN, AS_TOLD, SEVERAL, TWICE, ALREADY = "KNOWN", "AS_TOLD", "SEVERAL", "TWICE", "ALREADY"
NEW = (KNOWN, AS_TOLD, SEVERAL)


@dataclass(frozen=True, slots=True)
class Meant:
    """A line of a list with what was found for it; `state` is one of the codes above."""

    told: Told
    kind: str
    state: str
    key: UUID
    mission: Mission | None = None
    person: Person | None = None

    @property
    def is_new(self) -> bool:
        return self.state in NEW


def honouree_id(event: Event, kind: str, told: Told) -> UUID:
    """The same line at the same ceremony is the same honouree."""
    return same_id("honouree", event.pk, kind, folded(told.name), folded(told.unit))


def meant_groups(event: Event, lines: Sequence[Told]) -> list[Meant]:
    """Groups are looked for among the missions of the ceremony's programme."""
    rows = Mission.objects.filter(programme=event.programme_id) if lines else []
    missions: dict[str, list[Mission]] = {}
    for row in rows:
        for name in {folded(n) for n in row.names.values()}:
            missions.setdefault(name, []).append(row)
    known, doubled = _known(event), twice(lines)
    found = []
    for place, told in enumerate(lines):
        near = missions.get(folded(told.name), [])
        key = honouree_id(event, "GROUP", told)
        state = _state(key, place in doubled, known, len(near))
        mission = near[0] if state == KNOWN else None
        found.append(Meant(told, "GROUP", state, key, mission=mission))
    return found


def meant_people(viewer: Viewer, event: Event, lines: Sequence[Told]) -> list[Meant]:
    """People are looked for among those on whose record this viewer may write.

    Whoever stood on the list alone and is known by now counts as new.
    """
    people: dict[str, list[Person]] = {}
    wanted = {folded(told.name) for told in lines}
    if lines:
        for row in access.people_to_honour(viewer).select_related("unit").order_by("pk"):
            for name in wanted & {folded(n) for n in row.names.values()}:
                people.setdefault(name, []).append(row)
    known, doubled = _known(event), twice(lines)
    found = []
    for place, told in enumerate(lines):
        near = _of_unit(people.get(folded(told.name), []), told.unit)
        key = honouree_id(event, "PERSON", told)
        late = key in known and not known[key].person_id and len(near) == 1
        state = KNOWN if late else _state(key, place in doubled, known, len(near))
        person = near[0] if state == KNOWN else None
        found.append(Meant(told, "PERSON", state, key, person=person))
    return found


def _known(event: Event) -> dict[UUID, Honouree]:
    return {row.pk: row for row in Honouree.objects.filter(event=event)}


def _state(key: UUID, doubled: bool, known: Collection[UUID], near: int) -> str:
    if doubled:
        return TWICE
    if key in known:
        return ALREADY
    return KNOWN if near == 1 else SEVERAL if near else AS_TOLD


def _of_unit(people: list[Person], unit: str) -> list[Person]:
    """Where a unit is told, only its people are meant."""
    wanted = folded(unit)
    if not wanted:
        return people
    return [p for p in people if wanted in {folded(n) for n in p.unit.names.values()}]


def ceremonies(viewer: Viewer, limit: int = 60) -> list[tuple[Event, int, int]]:
    """Ceremonies, and other meetings with honourees: how many groups, how many persons."""
    rows = access.events_for(viewer).annotate(
        groups=Count("honourees", filter=Q(honourees__kind="GROUP")),
        persons=Count("honourees", filter=Q(honourees__kind="PERSON")),
    )
    shown = rows.filter(Q(kind=Event.Kind.CEREMONY) | Q(groups__gt=0) | Q(persons__gt=0))
    return [(e, e.groups, e.persons) for e in shown.order_by("-held_on", "pk")[:limit]]


def honourees(event: Event, kind: str) -> list[Honouree]:
    rows = Honouree.objects.filter(event=event, kind=kind)
    return list(rows.select_related("mission", "person"))


def ceremony_page(viewer: Viewer, event: Event) -> dict[str, Any]:
    groups, persons = honourees(event, "GROUP"), honourees(event, "PERSON")
    wanted = {h.person_id for h in persons if h.person_id}
    seen = set(people_for(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return {
        "event": event, "agenda": list(AgendaItem.objects.filter(event=event)),
        "speakers": list(event.speakers.all()), "groups": groups, "persons": persons,
        "group_award": _one_award(groups), "person_award": _one_award(persons),
        "seen": seen, "keeps": access.keeps_event(viewer, event),
    }  # fmt: skip


def called(row: Honouree, seen: Collection[UUID]) -> str:
    """A name as the page shows it: of whom it means where that may be `seen`, else as told."""
    if row.mission:
        return str(row.mission)
    return str(row.person) if row.person_id in seen else row.said("name_told")


def _one_award(rows: Sequence[Honouree]) -> str:
    """The honour's name where all were given the same; "" where they differ."""
    found = {row.award_words for row in rows}
    return found.pop() if len(found) == 1 else ""


def agenda_lines(event: Event) -> str:
    """The order of the day as its form writes it."""
    rows = AgendaItem.objects.filter(event=event)
    return "\n".join(
        "; ".join((r.begins_at or "–", r.agenda_point, r.agenda_who)).rstrip("; ") for r in rows
    )


def list_rows(viewer: Viewer, event: Event) -> Iterable[list[str | int | None]]:
    """Everybody who was honoured, in the reader's language: kind, number, name, unit, honour."""
    page = ceremony_page(viewer, event)
    for rows in (page["groups"], page["persons"]):
        for n, h in enumerate(rows, 1):
            name, unit = called(h, page["seen"]), h.said("unit_told")
            yield [str(h.get_kind_display()), n, name, unit, h.award_words]
