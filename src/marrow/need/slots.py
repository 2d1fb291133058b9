"""What needs hand in: their records' words and pages, the rail, panels, who left for the matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity.queries import count_left
from marrow.core.journal.column_words import name_columns
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.directory.models import Area, Organisation
from marrow.need import access, queries
from marrow.need.models import (
    Catchment,
    Need,
    NeedAnswer,
    NeedChange,
    Outflow,
    ReferralWay,
    SentBack,
)
from marrow.people.actions.wording import hold_words, prove_nobody_called, prove_nobody_treated
from marrow.programmes.access import lies_within, things_of_office
from marrow.teams.access import hospitals_served
from marrow.ui.panels import hand_in
from marrow.ui.rail import Entry, add
from marrow.ui.requests import MarrowRequest

hold_words(prove_nobody_treated, Catchment, Outflow)
hold_words(prove_nobody_called, ReferralWay)
name_columns(
    {
        "patients": _("patients"), "grain": _("month or year"), "to_area_id": _("to which place"),
        "to_organisation_id": _("to which hospital"), "to_words": _("where to, in words"),
        "cost": _("cost"), "currency": _("currency"), "cost_of": _("the cost is"),
        "kilometres": _("kilometres, one way"), "told_from": _("who told it"),
        "supersedes_id": _("takes the place of"), "current": _("no later one took its place"),
        "next_hospital_id": _("the next hospital that can"),

        "identified_at": _("named"), "met_on": _("met"), "need_id": _("need"),
        "by_name": _("on whose word"), "changed_by": _("changed by"),
        "changed_at": _("changed"), "linked_by": _("linked by"),
        "linked_at": _("linked"), "below_id": _("the house below"),
        "above_id": _("the house above"), "direction": pgettext_lazy("a referral", "up or back"),
        "way_id": _("way of referral"),
        "told_side": _("which house told it"),
        "line": _("place, item, period and destination"),
    }
)  # fmt: skip
add(Entry(32, pgettext_lazy("rail", "Needs"), "need:index", ("office", "auditor", "recipient")))


def _office(area: str, hospital: str) -> Callable[[Viewer], Q]:
    """Records of an area that this viewer's office covers, or of a hospital that it serves."""

    def mine(viewer: Viewer) -> Q:
        if not viewer.holds("office"):
            return Q(pk__in=[])
        if viewer.holds_everywhere("office"):
            return Q()
        covered = things_of_office(viewer)
        served = Q(**{f"{hospital}__in": hospitals_served(viewer).values("pk")})
        return lies_within(covered, f"{area}__path") | served

    return mine


def _of_outflow(row: Any) -> str:
    return reverse("need:outflow", args=[row.pk])


def _of_catchment(row: Any) -> str:
    if row.organisation_id:
        return reverse("directory:organisation", args=[row.organisation_id])
    return reverse("directory:area", args=[row.area.code])


def _of_need(row: Any) -> str:
    return reverse("need:need", args=[row.pk if isinstance(row, Need) else row.need_id])


def _on_a_public_page(viewer: Viewer, row: Any) -> bool:
    """What a place's own page tells anybody; what was taken back is for those who work with it."""
    return not row.ended_why or viewer.holds(*access.READERS)


def _reads(viewer: Viewer, rows: Sequence[Any]) -> set[UUID]:
    """Of one hospital, or of an area as a whole: for those who read it."""
    about = {row.pk: row if hasattr(row, "organisation_id") else row.need for row in rows}
    hospitals = {one.organisation_id for one in about.values() if one.organisation_id}
    found = access.hospitals_read(viewer).filter(pk__in=hospitals)
    read = set(found.values_list("pk", flat=True)) if hospitals else set()
    areas = {one.area for one in about.values() if not one.organisation_id}
    read |= {area.pk for area in areas if access.reads_area(viewer, area)}
    return {pk for pk, one in about.items() if (one.organisation_id or one.area_id) in read}


tell(
    Subject(
        Outflow, _("patients who left"), _of_outflow, sees=_reads, related=("item", "area"),
        mine=_office("area", "organisation"),
    )
)  # fmt: skip
tell(
    Subject(
        Catchment, _("what is known of the people there"), _of_catchment,
        _on_a_public_page,
        related=("area", "organisation"),
        mine=lambda viewer: (
            _office("area", "organisation")(viewer)
            | _office("organisation__area", "organisation")(viewer)
        ),
    )
)  # fmt: skip
tell(
    Subject(
        Need, pgettext_lazy("record", "need"), _of_need, sees=_reads,
        related=("item", "organisation"), mine=_office("organisation__area", "organisation"),
    )
)  # fmt: skip
for model, word, named in (
    (NeedChange, _("how a need came along"), ("need",)),
    (NeedAnswer, _("what answers a need"), ("need", "mission", "seat")),
):
    tell(
        Subject(
            model, word, _of_need, sees=_reads, related=named,
            mine=_office("need__organisation__area", "need__organisation"),
        )
    )  # fmt: skip


def _of_way(row: Any) -> str:
    way = row if isinstance(row, ReferralWay) else row.way
    return f"{reverse('capacity:hospital', args=[way.below_id])}#referral"


def _reads_ways(viewer: Viewer, rows: Sequence[Any]) -> set[UUID]:
    ways = {row.pk: row if isinstance(row, ReferralWay) else row.way for row in rows}
    ends = {pk for way in ways.values() for pk in (way.below_id, way.above_id)}
    read = set(access.hospitals_read(viewer).filter(pk__in=ends).values_list("pk", flat=True))
    return {pk for pk, way in ways.items() if {way.below_id, way.above_id} & read}


for kept, words, path in (
    (ReferralWay, _("way of referral"), ""), (SentBack, _("patients sent back"), "way__"),
):  # fmt: skip
    tell(
        Subject(
            kept, words, _of_way, sees=_reads_ways,
            related=(f"{path}below", f"{path}above"),
            mine=_office(f"{path}below__area", f"{path}below"),
        )
    )  # fmt: skip


def _at_hospital(request: MarrowRequest, row: Organisation) -> dict[str, Any]:
    """What we asked for, on the hospital's own page."""
    return {
        "needs": queries.needs_at(row), "hospital": row,
        "confirms": access.speaks_for(request.viewer, row),
    }  # fmt: skip


def _people(request: MarrowRequest, row: Organisation | Area) -> dict[str, Any]:
    """The people of a place, where something is known or this viewer can tell it."""
    known = queries.known_of(row)
    return {"known": known} if known.rows else {}


def _ways(request: MarrowRequest, row: Organisation) -> dict[str, Any]:
    found = queries.ways_of(request.viewer, row, timezone.localdate())
    return {"ways": found} if found else {}


hand_in("desk.hospital", "need/hospital_panel.html", _at_hospital)
hand_in("capacity.hospital", "need/ways_panel.html", _ways)
hand_in("capacity.hospital", "need/people_panel.html", _people)
hand_in("directory.organisation", "need/people_panel.html", _people)
hand_in("directory.area", "need/people_panel.html", _people)
count_left(queries.people_left_each)
