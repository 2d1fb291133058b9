"""Calls for help: whom they wake, what is added to them, and how they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.posts import access
from marrow.posts.models import CheckIn, Watch
from marrow.sources.actions import close_work, open_work
from marrow.sources.models import WorkItem

ADD = Act("add_to_call", gettext_lazy("Added to a call for help"), undo=NEVER)
HELP = "POST_HELP"
#: the call was ended by who made it, or by the office that heard them
ENDED_BY_SELF, ENDED_BY_OFFICE = "POST_HELP_SELF", "POST_HELP_HEARD"


def call_for_help(page: Page, said: CheckIn, watch: Watch) -> None:
    """The office and the leader have it before them at once."""
    open_work(page, (_item(HELP, said, watch, role) for role in ("office", "leader")))


def add_to_call(
    *, call: UUID, note: str, site: UUID | None, by: Viewer, at: dt.datetime,
    origin: Origin | None = None,
) -> CheckIn:  # fmt: skip
    """Words or a place that somebody adds to their own call, which nobody had yet: it stays one
    call. What is not told anew stays as it was said."""
    with journal(ADD, by=by, at=at, origin=origin) as page:
        called = CheckIn.objects.filter(pk=call, state=CheckIn.State.NEEDS_HELP)
        said = called.select_for_update().select_related("person").first()
        if said is None:
            raise Unseen(_("There is no such call for help."))
        row = access.mission_to_tell_of(by, said.mission_id)
        if said.person.account is None or said.person.account != by.person:
            raise NotAllowed(_("One says this of oneself; the office enters whom it heard."))
        page.scope = f"mission:{row.pk}"
        if words := note.strip()[:200]:
            said.say("note", words)
        if place := access.site_of(row, site):
            said.site = place
        page.save(said)
    return said


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
