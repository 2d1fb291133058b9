"""What recognition hands in: its records' pages and locks, and panels of teams and people."""

from __future__ import annotations

from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.recognition import access, queries
from marrow.recognition.models import Certificate
from marrow.ui.panels import hand_in
from marrow.ui.requests import MarrowRequest

name_columns(
    {
        "code": _("code"), "days": _("days of service"), "issuer": _("issuing office"),
        "languages": _("languages"), "mission_names": _("mission as printed"),
        "signed_by": _("signed by"), "withdrawn_on": _("withdrawn"),
    }
)  # fmt: skip


def _page(row: Record) -> str:
    mission = cast("Certificate", row).assignment.seat.mission_id
    return reverse("recognition:certificates", args=[mission])


def _may_see(viewer: Viewer, row: Record) -> bool:
    return access.may_see(viewer, cast("Certificate", row))


tell(
    Subject(
        Certificate, _("certificate of honour"), _page, _may_see,
        mine=of_mission_office("assignment__seat__mission"), related=access.RELATED,
    )
)  # fmt: skip


def _of_team(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """How many have theirs, for who issues and who audits."""
    if not (access.issues(request.viewer, mission) or request.viewer.holds("auditor")):
        return {}
    lines = queries.lines_of(mission)
    held = sum(1 for line in lines if line.certificate)
    return {"mission": mission, "held": held, "missing": len(lines) - held} if lines else {}


def _of_person(_request: MarrowRequest, person: Person) -> dict[str, Any]:
    found = queries.certificates_of_person(person)
    return {"certificates": found} if found else {}


hand_in("teams.team", "recognition/team_panel.html", _of_team)
hand_in("people.person", "recognition/person_panel.html", _of_person)
