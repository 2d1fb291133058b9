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
from marrow.programmes.access import of_its_office
from marrow.recognition import access, queries
from marrow.recognition.models import AgendaItem, Certificate, Consent, Honouree, Remembered
from marrow.teams.rules.stages import STILL_FORMING
from marrow.ui.panels import hand_in
from marrow.ui.rail import WORK, Entry, add
from marrow.ui.requests import MarrowRequest

name_columns(
    {
        "award": _("honour"), "begins_at": _("begins at"), "covers": _("what may be shown"),
        "distinction_id": _("honour of a person"),
        "fallen_id": _("fallen"), "fell_on": _("died"),
        "honour_id": _("honour"), "name_told": _("name as told"),
        "remembered_id": _("who is remembered"), "sealed_paper": _("paper, sealed"),
        "unit_told": _("unit as told"), "agenda_point": _("point of the order of the day"),
        "agenda_who": _("who"),
        "code": _("code"), "days": _("days of service"), "issuer": _("issuing office"),
        "languages": _("languages"), "mission_names": _("mission as printed"),
        "signed_by": _("signed by"), "signed_by_names": _("signed by"),
        "withdrawn_on": _("withdrawn"),
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


def _of_event(row: Record) -> str:
    return reverse("recognition:ceremony", args=[cast("Honouree", row).event_id])


def _sees_event(viewer: Viewer, row: Record) -> bool:
    event = cast("Honouree", row).event
    return viewer.holds("auditor") or access.keeps_event(viewer, event)


def _names(_row: Record) -> str:
    return reverse("recognition:names")


def _keeps_name(viewer: Viewer, row: Record) -> bool:
    one = row if isinstance(row, Remembered) else cast("Consent", row).remembered
    return access.fallen_for(viewer).filter(pk=one.fallen_id).exists()


for model, word in ((Honouree, _("honouree")), (AgendaItem, _("point of the order of the day"))):
    tell(
        Subject(
            model, word, _of_event, _sees_event, mine=of_its_office("event__programme"),
            related=("event__programme__sender",),
        )
    )  # fmt: skip
tell(
    Subject(
        Remembered, _("who is remembered"), _names, _keeps_name,
        mine=of_its_office("fallen__programme"),
    )
)  # fmt: skip
tell(
    Subject(
        Consent, _("consent of a family"), _names, _keeps_name,
        mine=of_its_office("remembered__fallen__programme"), related=("remembered",),
    )
)  # fmt: skip


def _memorial(request: MarrowRequest, _row: Any) -> dict[str, Any]:
    """Names that families let be shown, and the office's way to them."""
    names, keeps = queries.names_shown(), request.viewer.holds("office")
    invented = queries.names_shown(invented=True)
    told = {"names": names, "invented": invented, "keeps": keeps}
    return told if any(told.values()) else {}


def _of_team(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """How many have theirs, for who issues and who audits."""
    if mission.status in STILL_FORMING:
        return {}
    if not (access.issues(request.viewer, mission) or request.viewer.holds("auditor")):
        return {}
    lines = queries.lines_of(mission)
    held = sum(1 for line in lines if line.certificate)
    return {"mission": mission, "held": held, "missing": len(lines) - held} if lines else {}


def _of_person(_request: MarrowRequest, person: Person) -> dict[str, Any]:
    found = queries.certificates_of_person(person)
    return {"certificates": found} if found else {}


add(Entry(46, _("Recognition"), "recognition:index", ("office", "auditor"), group=WORK))
hand_in("archive.memorial", "recognition/memorial_panel.html", _memorial)
hand_in("teams.team", "recognition/team_panel.html", _of_team)
hand_in("people.person", "recognition/person_panel.html", _of_person)
