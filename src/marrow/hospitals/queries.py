"""What hospitals asked for, and what is broken there."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

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


def broken_at(organisation: Organisation) -> list[EquipmentReport]:
    rows = EquipmentReport.objects.filter(organisation=organisation, mended_on=None)
    return list(rows.order_by("broken_since", "reported_at")[:40])


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


def broken(viewer: Viewer) -> list[EquipmentReport]:
    """What does not work in the hospitals that this viewer sees, the longest first."""
    rows = access.reports_for(viewer).filter(mended_on=None).select_related("organisation")
    return list(rows.order_by(F("broken_since").asc(nulls_first=True), "reported_at")[:200])
