"""Words of those on post that a phone kept until there was a network, and how their team is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_all_tongues
from marrow.missions.models import Mission
from marrow.posts.actions import bring_word
from marrow.posts.models import CheckIn, Watch
from marrow.posts.queries import teams_on_post
from marrow.sync.intents import Compared, Intent, Malformed, Sent, id_in, shows_held, takes
from marrow.sync.reference import keeps
from marrow.teams.access import missions_of
from marrow.teams.models import Seat


def _calls_for_help(data: Mapping[str, Any]) -> bool:
    return data.get("state") == CheckIn.State.NEEDS_HELP


@takes(
    "check_in", kinds=("create",), word=gettext_lazy("a word of safety or need"),
    urgent=_calls_for_help,
)  # fmt: skip
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


@shows_held("check_in")
def words_told(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Safe or in need of help, of which team, and the note."""
    teams = Mission.objects.in_bulk([pk for x in lines if (pk := id_in(x.data, "mission"))])
    return [_told(line, teams.get(id_in(line.data, "mission"))) for line in lines]


def _told(line: Sent, team: Mission | None) -> list[Compared]:
    state = str(line.data.get("state", ""))
    known = dict(CheckIn.State.choices)
    told = [Compared(pgettext("of a record", "Team"), None, str(team))] if team else []
    told.append(Compared(_("What they say"), None, str(known.get(state, state))[:40]))
    if note := str(line.data.get("note", "")):
        told.append(Compared(_("Note"), None, note[:300]))
    return told


def _ids(data: Mapping[str, Any]) -> tuple[UUID, UUID | None]:
    try:
        return UUID(data["mission"]), UUID(data["site"]) if data.get("site") else None
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong


@keeps("team")
def team(viewer: Viewer, at: dt.datetime) -> list[dict[str, Any]]:
    """The people of this person's own teams on post, with what is known of each as of now."""
    own = set(missions_of(viewer))
    return [
        {
            "id": str(news.mission.pk), "mission": str(news.mission.pk), "hours": news.hours,
            "call": _whom_to_call(news.watch),
            "numbers": [written for written, _dialled in news.watch.numbers] if news.watch else [],
            "people": [
                {
                    "names": one.assignment.person.names, "state": one.state,
                    "account": str(one.assignment.person.account or ""),
                    "role": in_all_tongues(Seat.Role(one.assignment.seat.role).label),
                    "said_at": one.word.said_at.isoformat() if one.word else None,
                }
                for one in news.people
            ],
        }
        for news in teams_on_post(viewer, at)
        if news.mission.pk in own
    ]  # fmt: skip


def _whom_to_call(watch: Watch | None) -> Names:
    """The contact near the team, in the languages in which it was said."""
    if watch is None or not watch.contact:
        return {}
    return watch.also("contact") or {watch.written_in("contact") or "en": watch.contact}
