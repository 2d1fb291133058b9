"""What is known of the people of an area or of a hospital: by kind, the newest first, and what
sources say of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from marrow.directory.models import Area, Organisation
from marrow.directory.queries import facts_of
from marrow.need.models import Catchment
from marrow.sources.models import Fact

POPULATION = "population"  # the measure of sources that says it too


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of one place: told here, and published figures of its population."""

    rows: list[Catchment]
    published: list[Fact]


def known_of(place: Area | Organisation) -> Known:
    return known_of_all([place])[place.pk]


def known_of_all(places: Sequence[Area | Organisation]) -> dict[UUID, Known]:
    """The same for several places, one question each way."""
    found = {place.pk: Known([], []) for place in places}
    areas = [p.pk for p in places if isinstance(p, Area)]
    hospitals = [p.pk for p in places if isinstance(p, Organisation)]
    rows = Catchment.objects.filter(area__in=areas) | Catchment.objects.filter(
        organisation__in=hospitals
    )
    for row in rows.filter(ended_why="").select_related("next_hospital"):
        place = row.area_id or row.organisation_id
        if place in found:
            found[place].rows.append(row)
    for pk, fields in facts_of(list(found)).items():
        told = (f for f in fields.get(POPULATION, ()) if f.standing != Fact.Standing.REJECTED)
        newest = sorted(told, key=lambda f: str(f.as_of), reverse=True)
        found[pk].published.extend(sorted(newest, key=lambda f: f.standing))
    return found
