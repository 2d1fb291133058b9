"""What activity hands in: the page of a count."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.activity.models import Visits
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.missions.access import of_mission_office, records_for


def _page(row: Record) -> str:
    return reverse("activity:mission", args=[row.mission_id])  # type: ignore[attr-defined]


def _may_see(viewer: Viewer, _row: Record) -> bool:
    return viewer.signed_in


def _may_change(viewer: Viewer, row: Record) -> bool:
    return records_for(viewer, row.mission)  # type: ignore[attr-defined]


_MINE = of_mission_office("mission")
tell(Subject(Visits, _("visits"), _page, _may_see, _may_change, mine=_MINE))
