"""What hospitals hand in: their records' words and pages, the rail, panels of *Our hospital*."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, seen_with, tell
from marrow.core.viewer import Viewer
from marrow.directory.access import spoken_for
from marrow.directory.models import Organisation
from marrow.hospitals import access, queries
from marrow.hospitals.models import EquipmentReport, Request
from marrow.people.actions.wording import hold_words, prove_no_numbers
from marrow.teams.access import hospitals_served
from marrow.ui.panels import hand_in
from marrow.ui.rail import CARE, Entry, add
from marrow.ui.requests import MarrowRequest

hold_words(prove_no_numbers, EquipmentReport)
hold_words(prove_no_numbers, Request, columns=("text",))
name_columns(
    {
        "answer": pgettext_lazy("column", "answer"), "answered_at": _("answered"),
        "answered_by": _("answered by"), "asked_at": _("asked"), "asked_by": _("asked by"),
        "change_id": _("how the machine is"), "since_known": _("the first day is known"),
        "broken_since": _("broken since"), "mended_how": _("how it was mended"),
        "mended_on": _("works again since"), "needed_by": _("needed by"),
        "reported_at": _("reported"), "reported_by": _("reported by"),
    }
)  # fmt: skip
add(Entry(46, _("What hospitals ask for"), "hospitals:asked", ("office", "auditor"), group=CARE))


def _page(_row: Record) -> str:
    return reverse("hospitals:asked")


def _of_office(viewer: Viewer) -> Q:
    if not viewer.holds("office"):
        return Q(pk__in=[])
    return Q(organisation__in=hospitals_served(viewer).values("pk"))


for model, word, named in (
    (Request, pgettext_lazy("record", "request"), "organisation"),
    (EquipmentReport, _("broken equipment"), "change__equipment"),
):
    sees = seen_with(lambda row: row.organisation_id, access.hospitals_seen)
    tell(Subject(model, word, _page, sees=sees, mine=_of_office, related=(named,)))


def _asked(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    viewer = request.viewer
    may_ask = organisation.pk in spoken_for(viewer, "recipient")
    found = queries.requests_of(organisation, timezone.localdate())
    return {"requests": found, "organisation": organisation, "may_ask": may_ask}


def _broken(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    found = queries.broken_at(organisation)
    return {"broken": found, "organisation": organisation, "may_tell": True}


hand_in("desk.hospital", "hospitals/asked_panel.html", _asked)
hand_in("desk.hospital", "hospitals/broken_panel.html", _broken)
