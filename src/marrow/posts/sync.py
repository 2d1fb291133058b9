"""Words of those on post that a phone kept until there was a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.posts.actions import bring_word
from marrow.posts.models import CheckIn
from marrow.sync.intents import Intent, Malformed, takes


def _calls_for_help(data: Mapping[str, Any]) -> bool:
    return data.get("state") == CheckIn.State.NEEDS_HELP


@takes("check_in", kinds=("create",), urgent=_calls_for_help)
def word(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Safe, or in need of help. A word of safety counts from when it was said, for a phone may
    keep it for days; a call for help is taken however wrong the phone's clock is."""
    mission, site = _ids(intent.data)
    state, note = str(intent.data.get("state", "")), intent.data.get("note", "")
    if not isinstance(note, str):
        raise Malformed("note")
    if known := CheckIn.objects.filter(pk=intent.record).first():
        return "IDENTICAL" if (known.mission_id, known.state) == (mission, state) else "CONFLICT"
    said_at = intent.said_at
    if said_at is None and state != CheckIn.State.NEEDS_HELP:
        raise Malformed("a word of safety tells when it was said")
    said = CheckIn(id=intent.record, state=state, site_id=site, note=note, said_at=said_at or at)
    said.whole_team = intent.data.get("whole_team") is True
    bring_word(mission=mission, said=said, by=by, at=at, origin=intent.origin)
    return "NEW"


def _ids(data: Mapping[str, Any]) -> tuple[UUID, UUID | None]:
    try:
        return UUID(data["mission"]), UUID(data["site"]) if data.get("site") else None
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
