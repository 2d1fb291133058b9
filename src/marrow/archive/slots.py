"""The archive's entries in the office rail, and the pages of what it shows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.archive.pictures import strip_of
from marrow.archive.queries import series_to, ties_of
from marrow.core.models import Record
from marrow.core.subjects import Subject, tell
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.programmes.models import (
    Agreement,
    Consortium,
    ConsortiumLink,
    Event,
    Interruption,
    Partnership,
    PolicyGoal,
    Programme,
    Series,
    Speaker,
    Tasking,
)
from marrow.ui.panels import hand_in
from marrow.ui.rail import Entry, add
from marrow.ui.requests import MarrowRequest


def _teams_here(_request: MarrowRequest, area: Area) -> dict[str, Any]:
    rows = series_to(area)
    return {"strip": strip_of(rows)} if rows else {}


def _ties(_request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    ties = ties_of(organisation)
    return {"ties": ties} if ties else {}


hand_in("directory.area", "archive/area_panel.html", _teams_here)
hand_in("directory.organisation", "archive/organisation_panel.html", _ties)
add(Entry(20, _("Map"), "archive:map", ("public",)))
add(Entry(30, _("Programmes"), "archive:programmes", ("public",)))
add(Entry(40, _("Missions"), "archive:missions", ("public",)))
add(Entry(70, _("Figures"), "archive:figures", ("public",)))
add(Entry(75, _("Honours"), "archive:honours", ("public",)))
add(Entry(80, _("Timeline"), "archive:timeline", ("public",)))


def _programme(row: Record) -> str:
    programme = row if isinstance(row, Programme) else getattr(row, "programme", None)
    return reverse("archive:programme", args=[programme.key]) if programme else "/"


def _mission(row: Record) -> str:
    return reverse("archive:mission", args=[getattr(row, "mission_id", None) or row.pk])


def _series(row: Record) -> str:
    return reverse("archive:series", args=[getattr(row, "series_id", None) or row.pk])


def _page(name: str) -> str:
    return reverse(name)


for model, word in (
    (Programme, _("programme")),
    (PolicyGoal, _("policy goal")),
    (Tasking, _("step of the tasking chain")),
    (Agreement, _("agreement")),
    (Partnership, _("partnership")),
    (Consortium, _("consortium")),
    (Event, _("event")),
):
    tell(Subject(model, word, _programme, related=() if model is Programme else ("programme",)))
tell(
    Subject(
        ConsortiumLink,
        _("link of a consortium"),
        lambda r: _programme(r.consortium),  # type: ignore[attr-defined]
        related=("consortium__programme", "upper", "lower", "lower_area"),
    )
)
tell(Subject(Speaker, _("speaker"), lambda r: _programme(r.event), related=("event__programme",)))  # type: ignore[attr-defined]
tell(Subject(Series, _("series"), _series))
tell(Subject(Interruption, _("interruption"), _series))
tell(Subject(Mission, _("batch or mission"), _mission))
tell(Subject(Site, _("place of work"), _mission, related=("organisation", "area")))
tell(Subject(SendingUnit, _("sending unit"), _mission, related=("organisation",)))
tell(Subject(Honour, _("honour"), lambda _r: _page("archive:honours")))
tell(Subject(Fallen, _("fallen"), lambda _r: _page("archive:memorial")))
tell(Subject(Donation, _("donation"), _programme, related=("programme",)))
