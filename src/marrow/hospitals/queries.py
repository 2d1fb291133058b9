"""What hospitals asked for, and what is broken there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from marrow.capacity.models import Equipment, EquipmentChange
from marrow.capacity.queries import machines_down
from marrow.core.viewer import Viewer
from marrow.directory.access import organisations_of
from marrow.directory.models import Organisation
from marrow.hospitals import access
from marrow.hospitals.models import EquipmentReport, Request

ORDER = {"OPEN": 0, "ANSWERED": 1, "CLOSED": 2}
OLD = dt.timedelta(days=90)  # how long a closed request stays on the hospital's page


def requests_of(organisation: Organisation, today: dt.date) -> list[Request]:
    """Open ones first; closed ones for a while."""
    rows = Request.objects.filter(organisation=organisation).exclude(closed_on__lt=today - OLD)
    return sorted(rows.order_by("-asked_at")[:40], key=lambda r: ORDER[r.state])


@dataclass(frozen=True, slots=True)
class Broken:
    """A machine that is down, since when; what its hospital said of it, where it did."""

    machine: Equipment
    change: EquipmentChange
    report: EquipmentReport | None

    @property
    def since_known(self) -> bool:
        return self.report is None or self.report.since_known


def broken_at(organisation: Organisation) -> list[Broken]:
    return _broken([organisation.pk], 40)


def _broken(hospitals: Collection[UUID] | QuerySet[Any, Any], most: int) -> list[Broken]:
    rows = machines_down(hospitals).select_related("equipment__organisation", "report")
    return [Broken(row.equipment, row, getattr(row, "report", None)) for row in rows[:most]]


def asked(viewer: Viewer) -> list[Request]:
    """Requests that this viewer may see: those that wait first, by the day they are needed."""
    rows = access.requests_for(viewer).select_related("organisation")
    rows = rows.order_by(F("needed_by").asc(nulls_last=True), "asked_at")[:200]
    return sorted(rows, key=lambda r: ORDER[r.state])


def waiting_for_answer(viewer: Viewer) -> list[Request]:
    """For the office that answers."""
    if not viewer.holds("office"):
        return []
    return [r for r in asked(viewer) if r.state == Request.State.OPEN]


def answered_to(viewer: Viewer) -> list[Request]:
    """Answers that the hospital's office has not closed yet."""
    if not viewer.holds("recipient"):
        return []
    own = organisations_of(viewer, "recipient").values("pk")
    rows = Request.objects.filter(organisation__in=own, state=Request.State.ANSWERED)
    return list(rows.select_related("organisation").order_by("answered_at")[:40])


def broken(viewer: Viewer) -> list[Broken]:
    """What does not work in the hospitals that this viewer sees, the longest first."""
    return _broken(access.hospitals_seen(viewer).order_by().values("pk"), 200)
