"""What hospitals ask for and what is broken there as plain values, as the API tells them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from marrow.capacity.models import EquipmentChange
from marrow.core.viewer import Viewer
from marrow.hospitals import access
from marrow.hospitals.models import EquipmentReport, Request

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
ASKED = (
    "id", "organisation_id", "kind", "specialty", "text", "language", "needed_by", "state",
    "asked_at", "answer", "answered_at", "closed_on",
)  # fmt: skip
BROKEN = ("id", "organisation_id", "broken", "who_waits", "reported_at")


def requests(viewer: Viewer, organisation: UUID | None, state: str) -> Rows:
    rows = access.requests_for(viewer)
    rows = rows.filter(organisation=organisation) if organisation else rows
    return rows.filter(state=state) if state else rows


def request_told(row: Request) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in ASKED}


def request(viewer: Viewer, request: UUID) -> Told:
    return request_told(access.request_for(viewer, request))


def reports(viewer: Viewer, organisation: UUID | None, *, mended: bool | None) -> Rows:
    rows = access.reports_for(viewer)
    rows = rows.filter(organisation=organisation) if organisation else rows
    after = EquipmentChange.objects.filter(
        equipment=OuterRef("change__equipment"), told_at__gt=OuterRef("change__told_at")
    ).exclude(state=EquipmentChange.State.DOWN)
    rows = rows.annotate(mended_on=Subquery(after.order_by("told_at").values("on")[:1]))
    return rows if mended is None else rows.filter(mended_on__isnull=not mended)


def report_told(row: EquipmentReport) -> Told:
    """`mended_on` is the day from which the machine works again, or is gone."""
    change = row.change
    told = {c.removesuffix("_id"): getattr(row, c) for c in BROKEN}
    return {
        **told, "equipment": change.equipment_id, "label": change.equipment.label,
        "broken_since": change.on if row.since_known else None,
        "mended_on": getattr(row, "mended_on", None),
    }  # fmt: skip


def report(viewer: Viewer, report: UUID) -> Told:
    access.report_for(viewer, report)
    return report_told(reports(viewer, None, mended=None).get(pk=report))
