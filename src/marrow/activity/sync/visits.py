"""Visits that a phone counted, on their way to the same action that the page calls."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions import correct_visits, count_visits, void_visits
from marrow.activity.models import Visits
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.sync.intents import (
    About,
    Compared,
    Intent,
    Malformed,
    Sent,
    describes,
    shows_held,
    stands_in,
    takes,
)
from marrow.sync.rules import merge

LONGEST = 300  # letters of a value that a page shows


@takes(
    "visits", kinds=("create", "set", "void"), word=gettext_lazy("a count of visits"),
    chooses=("set",),
)  # fmt: skip
def visits(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Create, put right or void; the same record with the same values again changes nothing."""
    if intent.kind == "void":
        if Visits.objects.filter(pk=intent.record).exclude(void_reason="").exists():
            return "IDENTICAL"
        reason = str(intent.data.get("reason", ""))
        void_visits(visits=intent.record, reason=reason, by=by, at=at, origin=intent.origin)
        return "NEW"
    if intent.kind == "set":
        return _set(intent, by, at)
    told = _told(intent)
    if known := Visits.objects.filter(pk=intent.record).first():
        same = (known.mission_id, known.held_on, known.count)
        return "IDENTICAL" if same == told else "CONFLICT"
    mission, held_on, count = told
    count_visits(
        id=intent.record, mission=mission, held_on=held_on, count=count, by=by, at=at,
        origin=intent.origin,
    )  # fmt: skip
    return "NEW"


def _set(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """What only the phone changed is taken; what both changed waits for a person."""
    known = Visits.objects.select_for_update().filter(pk=intent.record).first()
    void = known is not None and bool(known.void_reason)
    if void and not intent.prevails:
        return "CONFLICT"  # put right on one side, taken back on the other
    here = {"held_on": known.held_on.isoformat(), "count": known.count} if known else {}
    sent = {name: value for name, value in intent.data.items() if name in ("held_on", "count")}
    found = merge(intent.before, here, sent)
    values = here | dict(found.values) | (dict(found.parted) if intent.prevails else {})
    if values != here or known is None or void:
        try:
            held_on, count = dt.date.fromisoformat(str(values["held_on"])), values["count"]
        except (KeyError, ValueError) as wrong:
            raise Malformed(str(wrong)) from wrong
        if type(count) is not int:
            raise Malformed("count")
        correct_visits(
            visits=intent.record, held_on=held_on, count=count, by=by, at=at, origin=intent.origin,
            lifts_void=void,
        )  # fmt: skip
    return "NEW" if intent.prevails else found.outcome


def _told(intent: Intent) -> tuple[UUID, dt.date, int]:
    data = intent.data
    try:
        mission = UUID(str(data["mission"]))
        held_on = dt.date.fromisoformat(str(data["held_on"]))
        count = data["count"]
    except (KeyError, ValueError) as wrong:
        raise Malformed(str(wrong)) from wrong
    if type(count) is not int:
        raise Malformed("count")
    return mission, held_on, count


@stands_in("visits")
def missions_of(lines: Sequence[Sent]) -> list[UUID | None]:
    """The batch of each line's record, where it is here."""
    held = Visits.objects.in_bulk([line.record for line in lines])
    return [held[x.record].mission_id if x.record in held else None for x in lines]


@describes("visits")
def which_counts(lines: Sequence[Sent], _viewer: Viewer) -> list[About]:
    """Of each line the count that is here: how many, on which day, of which team."""
    held = Visits.objects.select_related("mission").in_bulk([line.record for line in lines])
    return [
        About(
            f"{_('Visits')} × {row.count} · {row.held_on.isoformat()} · {row.mission}",
            row.void_reason,
        )
        if (row := held.get(line.record)) else About("")
        for line in lines
    ]  # fmt: skip


@shows_held("visits")
def visits_beside(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Each count as it stands here, if it does, beside what the phone sent."""
    held = Visits.objects.select_related("mission").in_bulk([line.record for line in lines])
    batches = _batches(lines)
    return [_beside(held.get(line.record), line, batches) for line in lines]


def _batches(lines: Sequence[Sent]) -> dict[str, str]:
    """The names of the batches that these lines speak of, by id as it was sent."""
    wanted: dict[UUID, str] = {}
    for line in lines:
        with contextlib.suppress(ValueError):
            told = str(line.data.get("mission", ""))
            wanted[UUID(told)] = told
    return {wanted[pk]: str(row) for pk, row in Mission.objects.in_bulk(wanted).items()}


def _beside(row: Visits | None, sent: Sent, batches: Mapping[str, str]) -> list[Compared]:
    told = {name: str(value)[:LONGEST] for name, value in sent.data.items()}
    if sent.kind == "void":
        return [Compared(_("Mistake"), row.void_reason if row else None, told.get("reason", ""))]
    there = told.get("mission", "")
    values = {
        "mission": (_("Batch"), str(row.mission) if row else None, batches.get(there, there)),
        "held_on": (_("Day"), row.held_on.isoformat() if row else None, told.get("held_on", "")),
        "count": (_("Visits"), str(row.count) if row else None, told.get("count", "")),
    }
    return [Compared(*value) for name, value in values.items() if name in sent.data]
