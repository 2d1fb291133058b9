"""The ladder, machines and the measure as plain values, as the API tells them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.capacity import access, queries
from marrow.capacity.models import (
    Appraisal,
    Equipment,
    EquipmentChange,
    Evidence,
    Expected,
    Presence,
    Step,
    Supervision,
    SustainedCheck,
)
from marrow.catalogue.access import list_for
from marrow.catalogue.models import Item
from marrow.directory.access import organisation_for

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
STEP = (
    "id", "organisation_id", "item_id", "level", "before", "on", "reason", "ended_why",
    "ended_at", "declined_side", "department_id", "mission_id", "state",
    "proposed_at", "held_at",
)  # fmt: skip
EVIDENCE = ("id", "cases", "from_on", "until_on", "how", "deed_id", "void_reason")
MACHINE = ("id", "organisation_id", "machine", "label", "received_on", "installed_on")
PRESENCE = (
    "id", "organisation_id", "kind", "role", "specialty", "resource", "count", "on", "words",
    "told_at",
)  # fmt: skip
SUPERVISION = (
    "id", "organisation_id", "specialty", "from_on", "until_on", "expert_name", "accepted_name",
    "signed_at", "ended_on", "ended_why",
)  # fmt: skip
CHANGE = ("id", "equipment_id", "state", "on", "words", "told_at")


APPRAISAL = ("id", "organisation_id", "dimension", "as_of", "value", "scale", "words", "told_at")


def appraisals(organisation: UUID) -> Rows:
    return Appraisal.objects.filter(organisation=organisation_for(organisation))


def appraisal_told(row: Appraisal) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in APPRAISAL}


def steps(organisation: UUID | None, state: str) -> Rows:
    rows = Step.objects.all()
    rows = rows.filter(organisation=organisation) if organisation else rows
    return rows.filter(state=state) if state else rows


def step_told(row: Step) -> Told:
    signed = [{"side": s.side, "signed_at": s.signed_at} for s in queries.signatures_of(row)]
    shown = [evidence_told(one) for one in row.evidence.all()]
    told = {c.removesuffix("_id"): getattr(row, c) for c in STEP}
    return {**told, "signatures": signed, "evidence": shown}


def evidence_told(row: Evidence) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in EVIDENCE}


def step(step: UUID) -> Told:
    return step_told(access.step_for(step))


def machines(organisation: UUID | None) -> Rows:
    rows = Equipment.objects.prefetch_related("changes")
    return rows.filter(organisation=organisation) if organisation else rows


def machine_told(row: Equipment) -> Told:
    changes = list(row.changes.all())
    last = changes[-1] if changes else None
    now = {"state": last.state if last else None, "since": last.on if last else None}
    told = {c.removesuffix("_id"): getattr(row, c) for c in MACHINE}
    return {**told, **now, "changes": [change_told(one) for one in changes]}


def change_told(row: EquipmentChange) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in CHANGE}


def expected_told(row: Expected) -> Told:
    return {
        "id": row.pk, "key": row.list.key, "organisation": row.organisation_id,
        "from_on": row.from_on, "until_on": row.until_on,
    }  # fmt: skip


def care(
    key: str, on: dt.date, known_by: dt.datetime | None, area: str, chosen: queries.Chosen
) -> Told:
    """The outcome of each item of a list, and how many have which; '' is the whole area."""
    row = list_for(key)
    place = queries.place_of(row, area)
    found = queries.care_of(queries.Question(place, row, on, known_by))
    left = queries.left_of(place, on, known_by)
    rows = Item.objects.filter(pk__in=list(found)).only("key", "specialty", "severity")
    told = [
        {"item": one.key, "care": str(found[str(one.pk)]), "left": left.get(one.pk)}
        for one in rows.order_by("key")
        if chosen.takes(one.specialty, one.severity, found[str(one.pk)])
    ]
    known = [one["left"] for one in told if one["left"] is not None]
    return {
        "key": row.key, "area": place.code, "on": on, "known_by": known_by,
        "counts": dict(Counter(one["care"] for one in told)),
        "left": sum(known) if known else None, "left_unknown": len(told) - len(known),
        "items": told,
    }  # fmt: skip


def presences(organisation: UUID) -> Rows:
    return Presence.objects.filter(organisation=organisation)


def presence_told(row: Presence) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in PRESENCE}


def supervisions(organisation: UUID) -> Rows:
    return Supervision.objects.filter(organisation=organisation)


def supervision_told(row: Supervision) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in SUPERVISION}


def checks(organisation: UUID) -> list[Told]:
    return [_check(one) for one in queries.checks_of([organisation_for(organisation).pk])]


def check_told(organisation: UUID, row: SustainedCheck) -> Told:
    """The check that was just answered."""
    hospital = organisation_for(organisation)
    found = queries.check_of(hospital, row.item.key, row.mission_id, row.months)
    return _check(found) if found else {}


def _check(one: queries.Check) -> Told:
    answer = one.answer
    return {
        "organisation": one.organisation, "item": one.item.key, "mission": one.mission.pk,
        "months": one.months, "left_on": one.left_on, "due_on": one.due_on,
        "still": answer.still if answer else None, "cases": answer.cases if answer else None,
        "words": answer.words if answer else "",
    }  # fmt: skip
