"""Which of the records that a page shows its viewer may change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission
from marrow.programmes.access import changes
from marrow.programmes.models import Programme


def mission_of(row: Any) -> Mission | None:
    """The mission that a record is or hangs on, if any."""
    found = row if isinstance(row, Mission) else getattr(row, "mission", None)
    return found if isinstance(found, Mission) else None


def programme_of(row: Any) -> Programme | None:
    """The programme that a record is or belongs to, however it hangs on it."""
    if row is None or isinstance(row, Programme):
        return row
    for name in ("programme", "mission", "series", "event", "consortium"):
        if found := programme_of(getattr(row, name, None)):
            return found
    return None


def changeable(viewer: Viewer, rows: Iterable[Record]) -> set[UUID]:
    """The ids of those that this viewer may change; programmes one by one, missions at once."""
    rows = list(rows)
    if not viewer.holds("office"):
        return set()
    belongs = {row.pk: programme_of(row) for row in rows}
    asked = {p.pk if p else None: p for p in belongs.values()}
    mine = {key for key, programme in asked.items() if changes(viewer, programme)}
    found = {pk for pk, p in belongs.items() if (p.pk if p else None) in mine}
    left = {row.pk: m.pk for row in rows if row.pk not in found and (m := mission_of(row))}
    if not left:
        return found
    sent = Mission.objects.filter(of_mission_office("")(viewer), pk__in=set(left.values()))
    here = set(sent.values_list("pk", flat=True))
    return found | {pk for pk, mission in left.items() if mission in here}
