"""How a hospital's people were brought on: pairs, studies, bases, what came down or went down."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.entrusting import access
from marrow.entrusting.models import Base, GreenChannel, HandedDown, LogCase, Pair, Study, Talent
from marrow.entrusting.queries.logbook import colleagues, visitors_at
from marrow.people.models import Person
from marrow.sources.models import Fact

MOST = 100
MOST_STUDIES = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """All of one hospital; specialties beside their rows."""

    pairs: list[tuple[Pair, bool]]  # with whether its agreement's words are there
    studies: list[tuple[Study, str]]
    bases: list[tuple[Base, str]]
    channels: list[GreenChannel]  # of other houses' bases to this one
    given: list[tuple[HandedDown, str]]
    taken: list[tuple[HandedDown, str]]
    talents: list[tuple[str, list[Talent]]]  # by grade, the highest first; each once

    @property
    def running(self) -> int:
        return sum(1 for pair, _agreed in self.pairs if pair.ended_on is None)

    @property
    def away(self) -> int:
        return sum(1 for study, _words in self.studies if study.state == Study.State.AWAY)

    @property
    def anything(self) -> bool:
        return any(
            (self.pairs, self.studies, self.bases, self.channels, self.given, self.taken,
             self.talents)
        )  # fmt: skip


def brought_on_at(hospital: Organisation) -> Brought:
    pairs = Pair.objects.filter(organisation=hospital).select_related("teacher", "apprentice")
    pairs = pairs.prefetch_related("techniques__item")
    agreed = _with_words([p.pk for p in pairs])
    studies = Study.objects.filter(organisation=hospital).select_related("person", "host")
    bases = Base.objects.filter(organisation=hospital).select_related("organisation")
    bases = bases.prefetch_related("channels__organisation")
    down = HandedDown.objects.filter(Q(giver=hospital) | Q(taker=hospital))
    moved = [(d, specialty_name(d.specialty)) for d in _full(down)]
    return Brought(
        [(p, p.pk in agreed) for p in pairs],
        [(s, specialty_name(s.specialty)) for s in studies[:MOST]],
        [(b, specialty_name(b.specialty)) for b in bases],
        list(
            GreenChannel.objects.filter(organisation=hospital).select_related("base__organisation")
        ),
        [(d, words) for d, words in moved if d.giver_id == hospital.pk],
        [(d, words) for d, words in moved if d.taker_id == hospital.pk],
        _talents(hospital),
    )


@dataclass(frozen=True, slots=True)
class Hosted:
    """Who came to one house to learn: how many from which place, how many are there now."""

    host: Organisation
    rows: list[tuple[Study, str]]  # with the specialty in words

    @property
    def here(self) -> int:
        return sum(1 for study, _words in self.rows if study.state == Study.State.AWAY)

    @property
    def places(self) -> list[tuple[str, int]]:
        """By the place that they came from, the most first; '' is unknown."""
        areas = (study.organisation.area for study, _words in self.rows)
        return Counter(str(area) if area else "" for area in areas).most_common()


def hosted_for(viewer: Viewer) -> list[Hosted]:
    """By house, those that took in most first."""
    rows = access.studies_hosted(viewer).select_related("person", "host", "organisation__area")
    found: dict[UUID, Hosted] = {}
    for row in rows[:MOST_STUDIES]:
        one = found.setdefault(row.host_id, Hosted(row.host, []))
        one.rows.append((row, specialty_name(row.specialty)))
    return sorted(found.values(), key=lambda one: (-len(one.rows), str(one.host)))


def _talents(hospital: Organisation) -> list[tuple[str, list[Talent]]]:
    """By grade: who stands on it, counted on the highest that they reached."""
    order = list(Talent.Grade.values)
    highest: dict[UUID, Talent] = {}
    for row in Talent.objects.filter(organisation=hospital).select_related("person")[:MOST]:
        held = highest.get(row.person_id)
        if held is None or order.index(row.grade) > order.index(held.grade):
            highest[row.person_id] = row
    by = [(str(words), [t for t in highest.values() if t.grade == code])
          for code, words in reversed(Talent.Grade.choices)]  # fmt: skip
    return [(words, rows) for words, rows in by if rows]


def _full(rows: QuerySet[HandedDown]) -> list[HandedDown]:
    return list(rows.select_related("giver", "taker", "item")[:MOST])


def _with_words(ids: list[UUID]) -> set[UUID]:
    told = Fact.objects.filter(about__in=ids, field="begun_on", standing=Fact.Standing.SHOWN)
    return set(told.values_list("about", flat=True))


def colleagues_at(hospital: Organisation, on: dt.date) -> list[tuple[str, str]]:
    """The people of the house, to choose from."""
    return [(str(p.pk), str(p)) for p in colleagues(hospital, on)]


def teachers_to_choose(hospital: Organisation, on: dt.date) -> list[tuple[str, str]]:
    """Who may teach there: visitors on post, then the people of the house."""
    return [(str(p.pk), str(p)) for p in (*visitors_at(hospital), *colleagues(hospital, on))]


def items_of(hospital: Organisation) -> list[tuple[str, str]]:
    """What the house works at: items of its ladder and of its people's specialties and logbooks."""
    people = Person.objects.filter(unit=hospital)
    ours = Q(pk__in=Step.objects.filter(organisation=hospital).values("item"))
    ours |= Q(pk__in=LogCase.objects.filter(organisation=hospital).values("item"))
    ours |= Q(specialty__in=people.exclude(specialty="").order_by().values("specialty"))
    rows = Item.objects.filter(ours, retired_on=None).exclude(kind=Item.Kind.CONDITION)
    return [(row.key, str(row)) for row in rows.order_by("specialty", "search")]
