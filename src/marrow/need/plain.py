"""Who left, the people of a place and needs as plain values, as the API tells them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.queries import Chosen, Question, place_of
from marrow.catalogue.access import item_for, list_for
from marrow.core.viewer import Viewer
from marrow.directory.access import area_for
from marrow.directory.models import Area
from marrow.need import access, queries
from marrow.need.models import Catchment, Need, NeedAnswer, Outflow, ReferralWay, SentBack
from marrow.need.rules.burden import Left

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
OUTFLOW = (
    "id", "organisation_id", "patients", "to_organisation_id", "to_words", "cost", "currency",
    "cost_of", "kilometres", "told_from", "told_at", "supersedes_id", "current", "ended_why",
)  # fmt: skip
CATCHMENT = (
    "id", "organisation_id", "kind", "number", "words", "next_hospital_id", "since", "until",
    "told_at", "ended_why",
)  # fmt: skip
ANSWER = ("id", "need_id", "mission_id", "seat_id", "linked_at", "ended_on", "ended_why")


def outflows(viewer: Viewer, area: str, organisation: UUID | None, item: str) -> Rows:
    """What was told of the areas and the hospitals that this caller reads."""
    told = Area.objects.filter(pk__in=Outflow.objects.filter(organisation=None).values("area"))
    areas = [one.pk for one in told if access.reads_area(viewer, one)]
    mine = Q(organisation=None, area__in=areas)
    mine |= Q(organisation__in=access.hospitals_read(viewer))
    rows = Outflow.objects.filter(mine).select_related("area", "to_area", "item")
    rows = rows.filter(area=area_for(area)) if area else rows
    rows = rows.filter(organisation=organisation) if organisation else rows
    return rows.filter(item=item_for(item)) if item else rows


def outflow_told(row: Outflow) -> Told:
    return {
        **{c.removesuffix("_id"): getattr(row, c) for c in OUTFLOW},
        "area": row.area.code, "item": row.item.key, "period": row.period,
        "to_area": row.to_area.code if row.to_area else None,
    }  # fmt: skip


def catchments(area: str, organisation: UUID | None) -> Rows:
    rows = Catchment.objects.select_related("area")
    rows = rows.filter(area=area_for(area)) if area else rows
    return rows.filter(organisation=organisation) if organisation else rows


def catchment_told(row: Catchment) -> Told:
    told = {c.removesuffix("_id"): getattr(row, c) for c in CATCHMENT}
    return {**told, "area": row.area.code if row.area else None}


def need_told(row: Need) -> Told:
    return {
        "id": row.pk, "organisation": row.organisation_id, "item": row.item.key,
        "key": row.list.key, "words": row.words, "state": row.state,
        "identified_at": row.identified_at, "met_on": row.met_on,
    }  # fmt: skip


def need(viewer: Viewer, need: UUID, on: dt.date) -> Told:
    row = access.need_for(viewer, need)
    told, care = queries.need_told(row, on)
    return {
        **need_told(row), "care": str(care), "proposal": told.proposal or None,
        "answers": [answer_told(a) for a in told.answers],
        "changes": [
            {"state": c.state, "way": c.way, "changed_at": c.changed_at, "reason": c.reason}
            for c in queries.changes_of(row)
        ],
    }  # fmt: skip


def answer_told(row: NeedAnswer) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in ANSWER}


def left_told(left: Left | None) -> Told | None:
    """None is unknown."""
    if left is None:
        return None
    return {"patients": left.patients, "months": left.months, "at_least": not left.whole}


def needs(viewer: Viewer, key: str, on: dt.date, area: str, chosen: Chosen) -> Told:
    """What a list's area lacks, or a place within it; '' is the whole."""
    row = list_for(key)
    place = place_of(row, area)
    asked = Question(place, row, on)
    found = queries.needs_of_list(asked, access.hospitals_read(viewer), chosen)
    lines = [
        {
            "item": line.item.key, "care": str(line.care), "left": left_told(line.left),
            "needs": [need_told(n.row) for n in line.needs],
        }
        for line in found.lines
    ]  # fmt: skip
    return {"key": row.key, "area": place.code, "on": on, "lines": lines}


def story(viewer: Viewer, area: str, item: str, on: dt.date) -> Told:
    found = queries.story_of(access.area_to_read(viewer, area), item_for(item), on)
    came, saved = found.came, found.saved
    return {
        "area": area, "item": item, "last_year": left_told(found.last),
        "years": [{"year": y.year, "left": left_told(y.left)} for y in found.years],
        "came_on": came.on if came else None,
        "fell_on": found.fell.on if found.fell else None,
        "saved": {
            "years": saved.years, "fewer": saved.fewer, "kilometres": saved.kilometres,
            "money": saved.money, "currency": saved.currency,
        } if saved else None,
    }  # fmt: skip


def precision(viewer: Viewer) -> Told:
    found = queries.precision_of(viewer)
    seats = [
        {"seat": r.seat.pk, "mission": r.seat.mission_id, "needs": [n.pk for n in r.needs]}
        for r in found.rows
    ]
    share = found.share
    return {
        "answering": share.answering if share else None, "of": share.of if share else None,
        "seats": seats,
    }  # fmt: skip


WAY = (
    "id", "below_id", "above_id", "direction", "specialty", "how", "started_on", "stopped_on",
    "told_side",
)  # fmt: skip


def ways(viewer: Viewer, organisation: UUID) -> Rows:
    """To the houses above this one, and to those below it."""
    row = access.hospital_to_read(viewer, organisation)
    rows = ReferralWay.objects.filter(Q(below=row) | Q(above=row))
    return rows.prefetch_related("sent_back")


def way_told(row: ReferralWay, on: dt.date) -> Told:
    told = {c.removesuffix("_id"): getattr(row, c) for c in WAY}
    back = [sent_back_told(one) for one in row.sent_back.all()]
    return {**told, "sent_back": back, "last_year": left_told(queries.lately(row, on))}


def sent_back_told(row: SentBack) -> Told:
    return {"period": row.period, "patients": row.patients, "told_at": row.told_at}
