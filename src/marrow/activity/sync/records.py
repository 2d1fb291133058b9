"""Single records of a phone: what was done, put right, or was a mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions import correct_deed, record_deed, void_deed
from marrow.activity.models import Deed
from marrow.activity.rules.attendees import is_too_much, names_in
from marrow.activity.sync.wording import in_short, names_called, said, word_of
from marrow.core.viewer import Viewer
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
from marrow.sync.rules import merge, upcasts

TEXTS = {
    "kind": 24, "specialty": 24, "with_whom": 120, "group": 14, "sex": 1, "age": 6, "outcome": 16,
    "place": 120,
}  # fmt: skip
IDS = ("organisation", "mission", "item")
#: the names of values on the wire, and the columns that hold them
COLUMNS = {
    **{name: name for name in (*TEXTS, "held_on", "count", "attendees")},
    "reached": "people_reached",
    **{name: f"{name}_id" for name in IDS},
}  # fmt: skip


@upcasts("record", 1)
def of_before_people_were_asked(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first form asked for no more of a lecture than that it was: such a line may be bare."""
    return {**line, "d": {**line["d"], "bare": True}}


@takes(
    "record", kinds=("create", "set", "void"), word=gettext_lazy("a record"), chooses=("set",)
)  # fmt: skip
def record(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Record, put single values right, or void; the same again changes nothing."""
    known = Deed.objects.select_for_update().filter(pk=intent.record).first()
    if intent.kind == "void":
        if known and known.void_reason:
            return "IDENTICAL"
        reason = str(intent.data.get("reason", ""))
        void_deed(deed=intent.record, reason=reason, by=by, at=at, origin=intent.origin)
        return "NEW"
    told = read(intent.data)
    if intent.kind == "set":
        return _set(intent, known, told, by, at)
    if known:
        here = here_of(known)
        return "IDENTICAL" if all(here[n] == v for n, v in told.items()) else "CONFLICT"
    if "held_on" not in told:
        raise Malformed("a record has its day")
    deed = Deed(id=intent.record, count=1)
    for column, value in columns_of(told).items():
        setattr(deed, column, value)
    record_deed(
        organisation=deed.organisation_id, mission=deed.mission_id, deed=deed, by=by, at=at,
        origin=intent.origin, may_be_bare=intent.data.get("bare") is True,
    )  # fmt: skip
    return "NEW"


def _set(
    intent: Intent, known: Deed | None, told: Mapping[str, Any], by: Viewer, at: dt.datetime
) -> str:
    """What only the phone changed is taken; what both changed waits for a person."""
    here = here_of(known) if known else {}
    found = merge(read(intent.before), here, told)
    void = known is not None and bool(known.void_reason)
    if void and not intent.prevails:
        return "CONFLICT"  # put right on one side, taken back on the other
    values = {**found.values, **found.parted} if intent.prevails else found.values
    if values or known is None or void:
        correct_deed(
            deed=intent.record, values=columns_of(values), by=by, at=at, origin=intent.origin,
            lifts_void=void,
        )  # fmt: skip
    return "NEW" if intent.prevails else found.outcome


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a record as its columns hold them; names of other schemas are left alone."""
    try:
        return {name: _value(name, told) for name, told in data.items() if name in COLUMNS}
    except (TypeError, ValueError) as wrong:
        raise Malformed(str(wrong)) from wrong


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as columns hold them; as many came as names stand on the list."""
    found = {COLUMNS[name]: value for name, value in values.items()}
    if names := values.get("attendees"):
        found |= {"attendees": "\n".join(names), "count": len(names)}
    elif "attendees" in values:
        found["attendees"] = ""
    return found


def _value(name: str, told: Any) -> Any:
    if name == "attendees":
        return _names(told)
    if name in IDS:
        return UUID(told) if told else None
    if name == "held_on":
        return dt.date.fromisoformat(told)
    if name == "reached" and told in ("", None):
        return None
    if name in ("count", "reached"):
        if type(told) is not int:
            raise Malformed(name)
        return told
    if not isinstance(told, str) or len(told) > TEXTS[name]:
        raise Malformed(name)
    return told


def _names(told: Any) -> list[str]:
    """Who signed up, each once; '' is nobody. A line of an older app may hold several."""
    if told == "":
        return []
    if not isinstance(told, list) or not all(isinstance(x, str) and names_in(x) for x in told):
        raise Malformed("attendees")
    names = names_in("\n".join(told))
    if is_too_much(names):
        raise Malformed("attendees")
    return names


def here_of(row: Deed) -> dict[str, Any]:
    told = {name: getattr(row, column) for name, column in COLUMNS.items()}
    return told | {"attendees": names_in(row.attendees or "")}


@stands_in("record")
def missions_of(lines: Sequence[Sent]) -> list[UUID | None]:
    """The mission of each line's record, where it is here."""
    held = Deed.objects.in_bulk([line.record for line in lines])
    return [held[x.record].mission_id if x.record in held else None for x in lines]


@describes("record")
def which_records(lines: Sequence[Sent], _viewer: Viewer) -> list[About]:
    """Of each line the record that is here: what, of what, on which day, where."""
    return about_deeds([line.record for line in lines])


def about_deeds(ids: Sequence[UUID | None]) -> list[About]:
    """What these records are, in words, and whether each was taken back."""
    held = Deed.objects.in_bulk([pk for pk in ids if pk])
    called = names_called([here_of(row) for row in held.values()])
    return [
        About(in_short(here_of(row), called), row.void_reason)
        if pk and (row := held.get(pk)) else About("")
        for pk in ids
    ]  # fmt: skip


@shows_held("record")
def records_beside(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Each value that a phone sent beside what is held here, in words."""
    held = Deed.objects.in_bulk([line.record for line in lines])
    called = names_called([line.data for line in lines] + [here_of(row) for row in held.values()])
    return [_beside(held.get(line.record), line, called) for line in lines]


def _beside(row: Deed | None, sent: Sent, called: Mapping[str, str]) -> list[Compared]:
    if sent.kind == "void":
        there = str(sent.data.get("reason", ""))[:300]
        return [Compared(_("Mistake"), row.void_reason if row else None, there)]
    here = here_of(row) if row else {}
    return [
        Compared(
            word_of(name), said(name, here.get(name), called) if row else None,
            said(name, value, called)[:300],
        )
        for name, value in sent.data.items()
        if name in COLUMNS
    ]  # fmt: skip
