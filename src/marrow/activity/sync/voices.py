"""What somebody said of a team's work, as a phone wrote it down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy

from marrow.activity.actions import keep_voice, void_voice
from marrow.activity.models import Voice
from marrow.activity.sync.wording import LONGEST, names_called, said, word_of
from marrow.core.viewer import Viewer
from marrow.sync.intents import Compared, Intent, Malformed, Sent, shows_held, stands_in, takes

TEXTS = {"place": 120, "said_by": 10, "text": 600, "language": 8, "satisfied": 5}


@takes("message", kinds=("create", "void"), of="voice", word=gettext_lazy("somebody’s own words"))
def voice(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Keep the words, or take them back; the same again changes nothing."""
    known = Voice.objects.filter(pk=intent.record).first()
    if intent.kind == "void":
        if known and known.void_reason:
            return "IDENTICAL"
        reason = str(intent.data.get("reason", ""))
        void_voice(voice=intent.record, reason=reason, by=by, at=at, origin=intent.origin)
        return "NEW"
    mission, row = _read(intent)
    if known:
        same = all(getattr(known, name) == getattr(row, name) for name in (*TEXTS, "held_on"))
        return "IDENTICAL" if same else "CONFLICT"
    keep_voice(mission=mission, voice=row, by=by, at=at, origin=intent.origin)
    return "NEW"


@stands_in("message", of="voice")
def missions_of(lines: Sequence[Sent]) -> list[UUID | None]:
    """The mission of which each line's words tell, where they are here."""
    held = Voice.objects.in_bulk([line.record for line in lines])
    return [held[x.record].mission_id if x.record in held else None for x in lines]


@shows_held("message", of="voice")
def words_told(lines: Sequence[Sent]) -> list[list[Compared]]:
    """What was said, by whom, of which team's work, on which day."""
    called = names_called([line.data for line in lines])
    return [
        [
            Compared(word_of(name), None, said(name, line.data[name], called)[:LONGEST])
            for name in ("mission", "held_on", "place", "said_by", "text", "satisfied")
            if line.data.get(name)
        ]
        for line in lines
    ]


def _read(intent: Intent) -> tuple[UUID, Voice]:
    data = intent.data
    try:
        mission, held_on = UUID(data["mission"]), dt.date.fromisoformat(data["held_on"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    row = Voice(id=intent.record, held_on=held_on)
    for name, longest in TEXTS.items():
        told = data.get(name, "")
        if not isinstance(told, str) or len(told) > longest:
            raise Malformed(name)
        setattr(row, name, told.strip())
    row.may_be_quoted = data.get("may_be_quoted") is True
    return mission, row
