"""Calls for help: whom they wake, and how they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from marrow.core.book import same_id
from marrow.core.journal.writing import Page
from marrow.core.viewer import Viewer
from marrow.posts.models import CheckIn, Watch
from marrow.sources.actions import close_work, open_work
from marrow.sources.models import WorkItem

HELP = "POST_HELP"
#: the call was ended by who made it, or by the office that heard them
ENDED_BY_SELF, ENDED_BY_OFFICE = "POST_HELP_SELF", "POST_HELP_HEARD"


def call_for_help(page: Page, said: CheckIn, watch: Watch) -> None:
    """The office and the leader have it before them at once."""
    open_work(page, (_item(HELP, said, watch, role) for role in ("office", "leader")))


def end_calls(page: Page, said: CheckIn, watch: Watch, by: Viewer, at: dt.datetime) -> None:
    """A word of safety of somebody ends what they called for before it. Whoever still had that
    call before them has the word in its place: nothing of it ends unseen."""
    calls = CheckIn.objects.filter(
        mission=said.mission_id, person=said.person_id, state=CheckIn.State.NEEDS_HELP,
        said_at__lt=said.said_at,
    ).order_by("said_at")  # fmt: skip
    called = {_key(HELP, call, role): call for call in calls for role in ("office", "leader")}
    waiting = list(WorkItem.objects.filter(key__in=called, done_at=None))
    last = {item.role: called[item.key] for item in sorted(waiting, key=lambda i: i.opened_at)}
    close_work(page, [item.key for item in waiting], by=by, at=at)
    open_work(page, _ended(said, last, watch))


def _ended(said: CheckIn, last: dict[str, CheckIn], watch: Watch) -> Iterable[WorkItem]:
    code = ENDED_BY_OFFICE if said.by_office else ENDED_BY_SELF
    for role, call in last.items():
        item = _item(code, said, watch, role)
        item.params |= {
            "called": _time(call.said_at), "at": _time(said.said_at),
            "why": said.in_each("note") or "–",
        }  # fmt: skip
        yield item


def _item(code: str, said: CheckIn, watch: Watch, role: str) -> WorkItem:
    key = _key(code, said, role)
    return WorkItem(
        id=same_id("post help", key), key=key, code=code, about_model="posts.watch",
        about=watch.pk, params={"name": said.person.names}, role=role, opened_at=said.said_at,
        due_on=said.said_at.date(),
    )  # fmt: skip


def _key(code: str, said: CheckIn, role: str) -> str:
    return f"post-help{'' if code == HELP else '-over'}:{said.pk}:{role}"


def _time(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
