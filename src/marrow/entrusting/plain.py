"""Logbooks, levels, bringing people on and firsts as plain values, as the API tells them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.agreements.access import work_for
from marrow.core.viewer import Viewer
from marrow.entrusting import access, queries
from marrow.entrusting.models import (
    Base,
    Entrustment,
    FirstTime,
    GreenChannel,
    HandedDown,
    LogCase,
    Pair,
    Study,
    Talent,
)

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
CASE = (
    "id", "person_id", "organisation_id", "on", "role", "count", "supervisor_id",
    "supervisor_words", "state", "told_at", "decided_at", "reason",
)  # fmt: skip
LEVEL = (
    "id", "person_id", "organisation_id", "level", "before", "on", "cases", "reason", "side",
    "signed_at",
)  # fmt: skip
PAIR = (
    "id", "organisation_id", "teacher_id", "apprentice_id", "track", "begun_on", "ended_on",
    "outcome", "reason",
)  # fmt: skip
STUDY = (
    "id", "organisation_id", "person_id", "host_id", "specialty", "track", "begun_on",
    "planned_end_on", "state", "ended_on", "now_does",
)  # fmt: skip
BASE = ("id", "organisation_id", "kind", "specialty", "started_on", "stopped_on")
CHANNEL = ("id", "base_id", "organisation_id", "started_on", "stopped_on")
TALENT = ("id", "organisation_id", "person_id", "track", "grade", "since", "shown_by")
DOWN = ("id", "giver_id", "taker_id", "specialty", "on", "what", "persons")
FIRST = (
    "id", "organisation_id", "side", "happened_on", "by_whom", "evidence", "mission_id", "step_id",
    "state", "proposed_at", "decided_at", "reason",
)  # fmt: skip


def _told(row: Any, columns: tuple[str, ...]) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in columns}


def cases(viewer: Viewer, person: UUID) -> Rows:
    return access.colleague_for(viewer, person).log_cases.select_related("item")


def case_told(row: LogCase) -> Told:
    return {**_told(row, CASE), "item": row.item.key}


def levels(viewer: Viewer, person: UUID) -> Rows:
    return access.colleague_for(viewer, person).entrustments.select_related("item")


def level_told(row: Entrustment) -> Told:
    return {**_told(row, LEVEL), "item": row.item.key}


def pairs(viewer: Viewer, organisation: UUID) -> Rows:
    hospital = access.hospital_for(viewer, organisation)
    return Pair.objects.filter(organisation=hospital).prefetch_related("techniques__item")


def pair_told(row: Pair) -> Told:
    return {**_told(row, PAIR), "items": [t.item.key for t in row.techniques.all()]}


def studies(viewer: Viewer, organisation: UUID) -> Rows:
    return Study.objects.filter(organisation=access.hospital_for(viewer, organisation))


def studies_hosted(viewer: Viewer) -> Rows:
    return access.studies_hosted(viewer)


def study_told(row: Study) -> Told:
    return _told(row, STUDY)


def bases(viewer: Viewer, organisation: UUID) -> Rows:
    return Base.objects.filter(organisation=access.hospital_for(viewer, organisation))


def channels(viewer: Viewer, organisation: UUID) -> Rows:
    """Of its own bases, and those of other houses to it."""
    row = access.hospital_for(viewer, organisation)
    return GreenChannel.objects.filter(Q(base__organisation=row) | Q(organisation=row))


def handed_down(viewer: Viewer, organisation: UUID) -> Rows:
    """What went down from it, and what came down to it."""
    row = access.hospital_for(viewer, organisation)
    return HandedDown.objects.filter(Q(giver=row) | Q(taker=row)).select_related("item")


def talents(viewer: Viewer, organisation: UUID) -> Rows:
    return Talent.objects.filter(organisation=access.hospital_for(viewer, organisation))


def talent_told(row: Talent) -> Told:
    return _told(row, TALENT)


def base_told(row: Base) -> Told:
    return _told(row, BASE)


def channel_told(row: GreenChannel) -> Told:
    return _told(row, CHANNEL)


def down_told(row: HandedDown) -> Told:
    return {**_told(row, DOWN), "item": row.item.key if row.item else None}


def firsts(viewer: Viewer) -> Rows:
    return access.firsts_for(viewer).select_related("item", "within")


def first_told(row: FirstTime) -> Told:
    told = _told(row, FIRST)
    return {**told, "item": row.item.key, "within": row.within.code if row.within else ""}


def cards(viewer: Viewer, programme: str) -> Told:
    """The target card counted from rows: of the whole, and of each partnership."""
    row = work_for(viewer, programme)
    return {"key": row.key, "cards": [_card(one) for one in queries.cards_of(row)]}


def _card(one: queries.Card) -> Told:
    pair = one.partnership
    return {
        "partnership": pair.pk if pair else None, "recipient": pair.recipient_id if pair else None,
        "starts_on": pair.starts_on if pair else "", "ends_on": pair.ends_on if pair else "",
        "figures": {f.code: f.count for f in one.figures},
    }  # fmt: skip
