"""Who may record what a team did."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marrow.activity.models import Visits
from marrow.core.refusals import Unseen
from marrow.core.viewer import Viewer
from marrow.missions.access import may_record_for, mission_to_record_for, records_for
from marrow.missions.models import Mission

__all__ = ["may_record_for", "mission_to_record", "visits_for"]


def mission_to_record(viewer: Viewer, mission: UUID) -> Mission:
    """The mission, for those who may record what it did."""
    return mission_to_record_for(viewer, mission)


def visits_for(viewer: Viewer, visits: UUID) -> Visits:
    row = Visits.objects.select_related("mission__programme__sender").filter(pk=visits).first()
    if row is None or not records_for(viewer, row.mission):
        raise Unseen(_("There is no such record."))
    return row
