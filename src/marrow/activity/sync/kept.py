"""What a phone keeps to record with no network: teams and their places, words, items of lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from marrow.activity.models import Report
from marrow.activity.queries.away import taken_from
from marrow.activity.queries.disputes import month_id
from marrow.activity.rules.kinds import (
    AGES,
    GROUPS,
    IN_PERSONS,
    KINDS,
    OUTCOMES,
    SATISFACTIONS,
    SEXES,
    SPEAKERS,
)
from marrow.activity.rules.levels import OPEN
from marrow.catalogue.models import Item, List, ListVersion
from marrow.core.viewer import Viewer
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission, Site
from marrow.missions.queries import present_missions
from marrow.programmes.access import areas_above
from marrow.sync.reference import keeps
from marrow.teams.access import leads, serves

MOST = 1500  # items that a phone holds


@keeps("missions")
def missions(viewer: Viewer, at: dt.datetime) -> list[dict[str, Any]]:
    """Teams that are away and for which this person records, with the hospitals where they work;
    first those in which they serve."""
    return [
        {
            "id": str(row.pk), "names": row.names,
            "leads": leads(viewer, row), "serves": own,
            "places": [{"id": str(o.pk), "names": o.names} for o in _places(row)],
            "posts": _posts(row),
            "since": day.isoformat() if (day := taken_from(row)) else "",
        }
        for row, own in sorted(
            ((row, serves(viewer, row)) for row in present_missions(viewer)),
            key=lambda one: not one[1],
        )
    ]  # fmt: skip


def _places(row: Mission) -> list[Organisation]:
    ids = [site.organisation_id for site in row.sites.all()]
    ids.append(row.series.recipient_id if row.series else None)
    held = {pk for pk in ids if pk}
    return list(Organisation.objects.filter(pk__in=held).order_by("pk"))


def _posts(row: Mission) -> list[dict[str, Any]]:
    """Every place of the team, by its site; `outside` marks one that is no hospital: a village, an
    area, a name as told."""
    return [
        {"id": str(site.pk), "names": _called(site)}
        | ({} if site.organisation_id else {"outside": True})
        for site in row.sites.select_related("organisation", "area").order_by("pk")
        if site.organisation_id or site.area_id or site.as_told
    ]


def _called(site: Site) -> dict[str, str]:
    place = site.organisation or site.area
    names: dict[str, str] = place.names if place else {"en": site.as_told}
    return names


@keeps("months")
def months(viewer: Viewer, _at: dt.datetime) -> list[dict[str, Any]]:
    """Months of these teams that stand closed, so that nobody writes in them in vain: their report
    was handed in, reviewed or approved."""
    rows = Report.objects.filter(mission__in=present_missions(viewer), department=None)
    last = {
        month_id(row.organisation_id, row.mission_id, row.month): row.state
        for row in rows.order_by("version", "month", "pk")
        if row.mission_id
    }
    return [{"id": str(pk), "state": state} for pk, state in last.items() if state not in OPEN]


@keeps("words")
def words(_viewer: Viewer, _at: dt.datetime) -> dict[str, Any]:
    """Codes with their words in three tongues."""
    return {
        "kinds": KINDS, "groups": GROUPS, "outcomes": OUTCOMES, "sexes": SEXES, "ages": AGES,
        "in_persons": IN_PERSONS, "speakers": SPEAKERS, "satisfactions": SATISFACTIONS,
    }  # fmt: skip


@keeps("items")
def items(viewer: Viewer, at: dt.datetime) -> list[dict[str, Any]]:
    """What stands on the lists of this person's programmes today, to be found in three tongues,
    pinyin and codes."""
    versions = _versions(present_missions(viewer), at.date())
    rows = Item.objects.filter(on_lists__version__in=versions, retired_on=None).distinct()
    return [
        {"id": str(i.pk), "n": i.names, "f": i.search, "sp": i.specialty, "k": i.kind}
        for i in rows.order_by("specialty", "search", "pk")[:MOST]
    ]


def _areas(row: Mission) -> Iterator[Area]:
    """Where a team serves: its recipient's area, those of its hospitals and of its other places."""
    if row.series and row.series.recipient_area:
        yield row.series.recipient_area
    held = Q(pk__in=[place.area_id for place in _places(row)])
    held |= Q(pk__in=[site.area_id for site in row.sites.all() if site.area_id])
    yield from Area.objects.filter(held)


def _versions(rows: Iterable[Mission], on: dt.date) -> set[Any]:
    """The versions that hold on a day, of the lists of these missions' programmes and areas."""
    areas: set[Any] = set()
    for row in rows:
        for area in _areas(row):
            areas |= areas_above(area)
    programmes = {row.programme_id for row in rows}
    lists = List.objects.filter(Q(programme__in=programmes) | Q(programme=None, area__in=areas))
    held = ListVersion.objects.filter(list__in=lists, valid_from__lte=on).order_by("valid_from")
    return set(dict(held.values_list("list", "pk")).values())
