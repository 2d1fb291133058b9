"""What briefs hand in: the rail, pages and locks of their records, panels on missions' pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.briefs import access
from marrow.briefs.models import Brief, BriefPicture, Screened
from marrow.briefs.queries import briefing, operating
from marrow.core.journal.column_words import name_columns
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission
from marrow.teams.rules.stages import STILL_FORMING
from marrow.ui.panels import hand_in
from marrow.ui.rail import WORK, Entry, add
from marrow.ui.requests import MarrowRequest

BRIEFED = ("office", "leader", "member", "auditor")
add(Entry(44, _("Monthly briefs"), "briefs:index", BRIEFED, group=WORK))
name_columns(
    {
        "begun_at": pgettext_lazy("column", "begun"),
        "begun_by": pgettext_lazy("column", "begun by"),
        "brief_id": pgettext_lazy("column", "monthly brief"),
        "day1_on": pgettext_lazy("column", "seen on day 1"),
        "day1_outcome": pgettext_lazy("column", "outcome on day 1"),
        "figures": pgettext_lazy("column", "figures"),
        "listed_at": pgettext_lazy("column", "listed"),
        "listed_by": pgettext_lazy("column", "listed by"),
        "operation_id": pgettext_lazy("column", "operation"),
        "picture_id": pgettext_lazy("column", "photograph"),
        "screened_on": pgettext_lazy("column", "screened on"),
        "texts": pgettext_lazy("column", "texts"), "verdict": pgettext_lazy("column", "decided"),
        "week6_on": pgettext_lazy("column", "seen in week 6"),
        "week6_outcome": pgettext_lazy("column", "outcome in week 6"),
    }
)  # fmt: skip


def _of_brief(row: Any) -> str:
    return reverse("briefs:brief", args=[row.pk if isinstance(row, Brief) else row.brief_id])


def _sees_brief(viewer: Viewer, row: Any) -> bool:
    brief = row if isinstance(row, Brief) else row.brief
    mission = brief.mission
    return access.reads(viewer, mission) and (brief.is_sent or access.writes(viewer, mission))


def _writes_brief(viewer: Viewer, row: Any) -> bool:
    brief = row if isinstance(row, Brief) else row.brief
    return not brief.is_sent and access.writes(viewer, brief.mission)


def _of_list(row: Any) -> str:
    return reverse("briefs:list", args=[row.mission_id])


def _sees_line(viewer: Viewer, row: Any) -> bool:
    return access.reads(viewer, row.mission) or access.checks(viewer, row.mission)


def _lists(viewer: Viewer, row: Any) -> bool:
    return access.lists(viewer, row.mission)


tell(
    Subject(
        Brief, pgettext_lazy("record", "a month’s brief"), _of_brief, _sees_brief, _writes_brief,
        mine=of_mission_office("mission"), related=("mission__programme__sender",),
    )
)  # fmt: skip
tell(
    Subject(
        BriefPicture, pgettext_lazy("record", "a photograph in a brief"), _of_brief, _sees_brief,
        _writes_brief, mine=of_mission_office("brief__mission"),
        related=("brief__mission__programme__sender",),
    )
)  # fmt: skip
tell(
    Subject(
        Screened, pgettext_lazy("record", "a line of an operating list"), _of_list, _sees_line,
        _lists, mine=of_mission_office("mission"), related=("mission__programme__sender",),
    )
)  # fmt: skip


def _on_mission(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """The team's briefs, its day and its operating list, for those inside."""
    viewer = request.viewer
    if not viewer.signed_in or mission.status in STILL_FORMING:
        return {}
    inside = access.reads(viewer, mission)
    months = briefing.months(viewer, mission, timezone.localdate())[:6] if inside else []
    lists = operating.has_list(mission) and (inside or access.checks(viewer, mission))
    if not months and not lists:
        return {}
    return {"mission": mission, "months": months, "lists": lists, "inside": inside,
            "may_write": inside and access.writes(viewer, mission)}  # fmt: skip


hand_in("archive.mission", "briefs/panel.html", _on_mission)
hand_in("teams.team", "briefs/panel.html", _on_mission)
