"""What activity hands in: the pages of its records, the rail, panels, the sentence of its doubt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity import access
from marrow.activity.models import (
    Count,
    Deed,
    Indicator,
    Picture,
    Report,
    Visits,
    Voice,
)
from marrow.activity.queries import figures, reports
from marrow.activity.queries.figures import Of
from marrow.activity.queries.outliers import CODE
from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.remembering import remembered
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.missions.access import of_mission_office, records_for
from marrow.missions.models import Mission
from marrow.people.actions.wording import hold_words, prove_no_numbers
from marrow.programmes.models import Programme
from marrow.sources.sentences import tell as tell_sentences
from marrow.teams.access import hospitals_served
from marrow.ui.panels import hand_in
from marrow.ui.rail import Entry, add
from marrow.ui.requests import MarrowRequest

READERS = ("member", "leader", "recipient", "head", "office", "auditor")
add(Entry(47, _("Activity"), "activity:index", READERS))
hold_words(prove_no_numbers, Voice)
name_columns(
    {
        "added_by": pgettext_lazy("column", "added by"), "age": _("age"),
        "approved_at": pgettext_lazy("column", "approved"),
        "approved_by": _("approved by"),
        "asked_kind": pgettext_lazy("column", "kind that is asked for"),
        "basis": pgettext_lazy("column", "basis"),
        "contested": pgettext_lazy("column", "contested"),
        "department_id": pgettext_lazy("column", "department"),
        "group": pgettext_lazy("column", "for whom"),
        "indicator_id": pgettext_lazy("column", "what is counted"),
        "month": pgettext_lazy("column", "month"), "recorded_at": _("recorded"),
        "recorded_by": _("recorded by"), "report_id": pgettext_lazy("column", "monthly report"),
        "reviewed_at": _("reviewed"), "reviewed_by": _("reviewed by"),
        "stands": pgettext_lazy("column", "figures rest on it"),
        "may_be_quoted": _("may be quoted"), "people_reached": _("people reached"),
        "said_by": pgettext_lazy("column", "said by"),
        "satisfied": pgettext_lazy("column", "how glad"),
        "sealed_attendees": _("who signed up"),
        "handed_in_at": _("handed in"), "handed_in_by": _("handed in by"),
        "with_whom": _("with whom"), "words": pgettext_lazy("column", "the source’s words"),
    }
)  # fmt: skip
tell_sentences(
    {
        CODE: names(
            "{what}, {place}, {month}: {value}, where {usual} is usual. Is it right?",
            "{place}{month}“{what}”为{value}，通常为{usual}。是否属实？",
            "{what}, {place}, {month} : {value}, alors que {usual} est habituel. Est-ce juste ?",
        )
    },
    {
        CODE: names(
            "a month’s count that stands out", "异常的月度数值", "un nombre mensuel qui détonne"
        )
    },
)  # fmt: skip


def _page(row: Record) -> str:
    return reverse("activity:mission", args=[row.mission_id])  # type: ignore[attr-defined]


def _may_see(viewer: Viewer, _row: Record) -> bool:
    return viewer.signed_in


def _may_change(viewer: Viewer, row: Record) -> bool:
    return records_for(viewer, row.mission)  # type: ignore[attr-defined]


tell(Subject(Visits, _("visits"), _page, _may_see, _may_change, mine=of_mission_office("mission")))


def _hears(viewer: Viewer, row: Any) -> bool:
    return access.hears(viewer, row.mission)


def _of_voice(row: Any) -> str:
    return reverse("activity:voices", args=[row.mission_id])


tell(
    Subject(
        Voice, pgettext_lazy("record", "what somebody said of the work"), _of_voice,
        _hears, _may_change,
        mine=of_mission_office("mission"),
    )
)  # fmt: skip


def _sees(viewer: Viewer, row: Any) -> bool:
    return _sees_at(viewer, row.organisation_id, row.mission)


@remembered
def _sees_at(viewer: Viewer, place: UUID | None, mission: Mission | None) -> bool:
    seen = place is not None and access.places_seen(viewer).filter(pk=place).exists()
    return seen or bool(mission and records_for(viewer, mission))


def _sees_cell(viewer: Viewer, row: Any) -> bool:
    return _sees(viewer, row.report)


def _changes(viewer: Viewer, row: Any) -> bool:
    if row.organisation_id is None:
        return records_for(viewer, row.mission)
    return access.serves_there(viewer, row.organisation_id)


def _changes_cell(viewer: Viewer, row: Any) -> bool:
    return _changes(viewer, row.report)


def _served(path: str) -> Any:
    def mine(viewer: Viewer) -> Q:
        if not viewer.holds("office"):
            return Q(pk__in=[])
        return Q(**{f"{path}__in": hospitals_served(viewer).values("pk")})

    return mine


def _of_place(row: Any) -> str:
    if row.organisation_id is None:
        return reverse("activity:team", args=[row.mission_id])
    return reverse("activity:place", args=[row.organisation_id])


def _of_report(row: Any) -> str:
    return reverse("activity:report", args=[row.pk])


def _of_cell(row: Any) -> str:
    return reverse("activity:report", args=[row.report_id])


def _deeds(viewer: Viewer) -> Q:
    """Of the hospitals that an office serves, and of its teams outside of hospitals."""
    outside = Q(organisation=None) & of_mission_office("mission")(viewer)
    return _served("organisation")(viewer) | outside  # type: ignore[no-any-return]


def _of_picture(row: Any) -> str:
    return _of_place(row.deed)


def _sees_picture(viewer: Viewer, row: Any) -> bool:
    return _sees(viewer, row.deed)


def _changes_picture(viewer: Viewer, row: Any) -> bool:
    return _changes(viewer, row.deed)


tell(
    Subject(
        Deed, pgettext_lazy("record", "a record of what was done"), _of_place, _sees, _changes,
        mine=_deeds, related=("organisation", "mission"),
    )
)  # fmt: skip
tell(
    Subject(
        Picture, pgettext_lazy("record", "a photograph of what was done"),
        _of_picture, _sees_picture, _changes_picture,
        mine=_served("deed__organisation"), related=("deed__organisation", "deed__mission"),
    )
)  # fmt: skip
tell(
    Subject(
        Report, pgettext_lazy("record", "a month’s report"), _of_report, _sees, _changes,
        mine=_served("organisation"), related=("organisation", "mission"),
    )
)  # fmt: skip
tell(
    Subject(
        Count, pgettext_lazy("record", "a month’s count"), _of_cell, _sees_cell, _changes_cell,
        mine=_served("report__organisation"),
        related=("report__organisation", "report__mission", "indicator"),
    )
)  # fmt: skip
tell(
    Subject(
        Indicator, pgettext_lazy("record", "a source’s word for what it counts"),
        lambda _row: reverse("activity:words"),
        lambda viewer, _row: viewer.holds("office", "auditor"),
        lambda viewer, row: access.indicators_named(viewer).filter(pk=row.pk).exists(),
        mine=lambda viewer: Q() if viewer.holds("office") else Q(pk__in=[]),
    )
)  # fmt: skip


def _in_short(of: Of, viewer: Viewer) -> dict[str, Any]:
    """The newest year's figures; {} where nothing was told."""
    newest = figures.newest_of(of)
    if newest is None:
        return {}
    year, lines = newest
    return {"lines": lines, "year": year, "viewer": viewer}


def _of_mission(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    found = _in_short(Of(mission=mission.pk), request.viewer)
    opens = request.viewer.holds(*READERS)
    return found | {"team": mission, "opens": opens} if found else {}


def _of_hospital(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    found = _in_short(Of(organisation=organisation.pk), request.viewer)
    today = timezone.localdate()
    missing = reports.missing_of(organisation, today.year, today)
    return found | {"place": organisation, "opens": True, "missing": missing}


def _of_programme(request: MarrowRequest, programme: Programme) -> dict[str, Any]:
    return _in_short(Of(programme=programme.pk), request.viewer)


hand_in("archive.mission", "activity/panel.html", _of_mission)
hand_in("posts.post", "activity/panel.html", _of_mission)  # objectives are scored beside it
hand_in("archive.programme", "activity/panel.html", _of_programme)
hand_in("desk.hospital", "activity/panel.html", _of_hospital)
