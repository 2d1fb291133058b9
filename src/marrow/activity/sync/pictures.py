"""Photographs of a phone's records: the line names the bytes, which come after the records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions import add_picture, take_out_picture
from marrow.activity.models import Deed, Picture
from marrow.activity.sync.records import about_deeds
from marrow.activity.sync.wording import LONGEST
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
from marrow.sync.rules.uploads import is_sha256
from marrow.sync.uploads import TAKEN_OUT

Of = Callable[[Intent, UUID, str, Viewer, dt.datetime], str | None]
#: rooms above this one say what became of a photograph of their own records; None of any other's
ELSEWHERE: list[Of] = []
#: and what a record of theirs is called; '' of any other's
CALLED: list[Callable[[UUID], str]] = []


@takes("file", of="record", word=gettext_lazy("a photograph"))
def picture(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Name a photograph of a record, or take it out; the same again changes nothing."""
    known = Picture.objects.filter(pk=intent.record).first()
    if intent.kind == "void":
        if known and known.void_reason:
            return "IDENTICAL"
        reason = str(intent.data.get("reason", ""))
        take_out_picture(
            picture=intent.record, reason=reason, by=by, at=at, origin=intent.origin
        )  # fmt: skip
        return "NEW"
    try:
        deed, sha256 = UUID(str(intent.data["record"])), str(intent.data["sha256"])
    except (KeyError, ValueError) as wrong:
        raise Malformed(str(wrong)) from wrong
    if not is_sha256(sha256):
        raise Malformed("sha256")
    for of in ELSEWHERE:
        if outcome := of(intent, deed, sha256, by, at):
            return outcome
    if known:
        return "IDENTICAL" if (known.deed_id, known.sha256) == (deed, sha256) else "CONFLICT"
    if Picture.objects.filter(deed=deed, sha256=sha256).exists():
        return "IDENTICAL"
    add_picture(
        picture=intent.record, deed=deed, sha256=sha256, by=by, at=at, origin=intent.origin
    )  # fmt: skip
    return "NEW"


@stands_in("file", of="record")
def missions_of(lines: Sequence[Sent]) -> list[UUID | None]:
    """The mission of the record that each line's photograph is of, where that is here."""
    of = [_deed_of(line) for line in lines]
    held = Deed.objects.in_bulk([deed for deed in of if deed])
    return [held[deed].mission_id if deed in held else None for deed in of]


@describes("file", of="record")
def which_records(lines: Sequence[Sent], _viewer: Viewer) -> list[About]:
    """The record that each photograph is of."""
    ids = [_deed_of(line) for line in lines]
    return [
        about if about.text else About(_called_elsewhere(pk) or _("of a record that is not here"))
        for pk, about in zip(ids, about_deeds(ids), strict=True)
    ]


def _called_elsewhere(record: UUID | None) -> str:
    return next((text for call in CALLED if record and (text := call(record))), "")


@shows_held("file", of="record")
def nothing_to_compare(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Which record it is of says all; a digest and an id tell nobody anything."""
    return [
        [Compared(_("Mistake"), None, str(line.data.get("reason", ""))[:LONGEST])]
        if line.kind == "void" else []
        for line in lines
    ]  # fmt: skip


def _deed_of(line: Sent) -> UUID | None:
    try:
        return UUID(str(line.data["record"]))
    except (KeyError, ValueError):
        return None


def taken_out(sha256: str) -> bool:
    """Whether a record had this photograph, and none has it now."""
    held = Picture.objects.filter(sha256=sha256)
    return held.exists() and not held.filter(void_reason="").exists()


TAKEN_OUT.append(taken_out)
