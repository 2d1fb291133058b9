"""What teams hand in: their records' pages and locks, service on a person's page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission
from marrow.people.access import ALSO_PRIVATE, ALSO_SEEN
from marrow.people.models import Person
from marrow.teams import access
from marrow.teams.models import Assignment, Seat, StageChange
from marrow.teams.queries import service_of
from marrow.ui.panels import hand_in
from marrow.ui.rail import Entry, add
from marrow.ui.requests import MarrowRequest

name_columns(
    {
        "applied_on": _("applied"), "asked_on": _("asked"), "before": _("stage before"),
        "dropped_on": _("dropped"), "languages": _("languages"), "on": _("day"),
        "seat_id": _("seat"), "selected_on": pgettext_lazy("a person", "selected"),
        "site_id": _("place of work"),
        "stage": _("stage"), "step": _("step"), "unit_answered_on": _("the unit answered"),
    }
)  # fmt: skip
add(Entry(42, _("Teams"), "teams:mine", ("office", "unit", "leader", "member", "auditor")))
ALSO_SEEN.append(access.of_my_team)
ALSO_PRIVATE.append(access.leads_person)


def _mission(row: Any) -> Mission:
    found: Mission = row.seat.mission if isinstance(row, Assignment) else row.mission
    return found


def _page(row: Record) -> str:
    return reverse("teams:team", args=[_mission(row).pk])


def _may_see(viewer: Viewer, row: Record) -> bool:
    mission = _mission(row)
    return (
        viewer.holds("auditor") or access.forms(viewer, mission) or access.serves(viewer, mission)
    )


for model, word, path, related in (
    (Seat, _("seat"), "mission", ("mission__programme",)),
    (Assignment, _("person for a seat"), "seat__mission", ("person", "seat__mission")),
    (StageChange, _("stage"), "mission", ("mission",)),
):
    tell(Subject(model, word, _page, _may_see, mine=of_mission_office(path), related=related))


def _service(_request: MarrowRequest, person: Person) -> dict[str, Any]:
    return {"service": service_of(person)}


hand_in("people.person", "teams/service_panel.html", _service)


def _desk(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """A way to the team's desk, for its office and those who serve in it."""
    viewer = request.viewer
    if not viewer.signed_in:
        return {}
    if access.forms(viewer, mission) or access.serves(viewer, mission) or viewer.holds("auditor"):
        return {"mission": mission}
    return {}


hand_in("archive.mission", "teams/desk_link.html", _desk)
