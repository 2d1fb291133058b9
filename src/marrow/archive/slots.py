"""The archive's entries in the office rail, and the pages of what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.archive.pictures import strip_of
from marrow.archive.queries import series_to, ties_of
from marrow.core.models import Record
from marrow.core.subjects import Address, Subject, tell
from marrow.core.viewer import Viewer
from marrow.directory.models import Area, Organisation
from marrow.missions.access import of_mission_office
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.programmes.access import of_its_office
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
from marrow.ui.rail import STORY, Entry, add
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
add(Entry(70, _("Figures"), "archive:figures", ("public",), group=STORY))
add(Entry(75, _("Honours"), "archive:honours", ("public",), group=STORY))
add(Entry(80, _("Timeline"), "archive:timeline", ("public",), group=STORY))


def _programme(row: Record) -> str:
    programme = row if isinstance(row, Programme) else getattr(row, "programme", None)
    return reverse("archive:programme", args=[programme.key]) if programme else "/"


def _mission(row: Record) -> str:
    return reverse("archive:mission", args=[getattr(row, "mission_id", None) or row.pk])


def _series(row: Record) -> str:
    return reverse("archive:series", args=[getattr(row, "series_id", None) or row.pk])


ENDS = ("sender", "sender_area", "recipient", "recipient_area")
for model, word, named in (
    (Programme, _("programme"), ()),
    (PolicyGoal, _("policy goal"), ()),
    (Tasking, _("step of the tasking chain"), ()),
    (Agreement, _("agreement"), ()),
    (Partnership, _("partnership"), ENDS),
    (Consortium, _("consortium"), ()),
    (Event, _("event"), ()),
):
    tell(
        Subject(
            model,
            word,
            _programme,
            mine=of_its_office("pk" if model is Programme else "programme"),
            related=() if model is Programme else ("programme", *named),
        )
    )
tell(
    Subject(
        ConsortiumLink,
        _("link of a consortium"),
        lambda r: _programme(r.consortium),  # type: ignore[attr-defined]
        related=("consortium__programme", "upper", "lower", "lower_area"),
        mine=of_its_office("consortium__programme"),
    )
)
tell(
    Subject(
        Speaker,
        _("speaker"),
        lambda r: _programme(r.event),  # type: ignore[attr-defined]
        related=("event__programme",),
        mine=of_its_office("event__programme"),
    )
)
EITHER = of_mission_office("mission", "programme")
Mine = Callable[[Viewer], Q]
OTHERS: tuple[tuple[type[Record], Any, Address, Mine, tuple[str, ...]], ...] = (
    (Series, _("series"), _series, of_its_office("programme"), ()),
    (Interruption, _("interruption"), _series, of_its_office("series__programme"), ()),
    (Mission, _("batch or mission"), _mission, of_mission_office(""), ()),
    (Site, _("place of work"), _mission, of_mission_office("mission"), ("organisation", "area")),
    (SendingUnit, _("sending unit"), _mission, of_mission_office("mission"), ("organisation",)),
    (Honour, _("honour"), lambda _r: reverse("archive:honours"), EITHER, ()),
    (Fallen, _("fallen"), lambda _r: reverse("archive:memorial"), of_its_office("programme"), ()),
    (Donation, _("donation"), _programme, EITHER, ("programme",)),
)
for kind, word, address, own, related in OTHERS:
    tell(Subject(kind, word, address, related=related, mine=own))
