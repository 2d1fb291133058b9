"""How phones and the server get on: what waits for a person, what stands still, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Min, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.accounts.queries import names_of
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.sync import access
from marrow.sync.models import Installation, Loss, Receipt, Upload
from marrow.sync.queries import SKEWED, WAITING, waiting_for

SILENT = dt.timedelta(days=7)
SHOWN = 50
LAG = dt.timedelta(minutes=5)  # after which an operation without its number stands still


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is looked at. `count` is how many; 0 is none, each was counted."""

    what: str
    count: int
    since: dt.datetime | None
    told: str
    owner: str  # whose work it is, by role
    guide: str  # the runbook of it, in docs/runbooks
    href: str = ""

    @property
    def bad(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, slots=True)
class Silent:
    """A phone that has not been heard, or that holds back, with its owner."""

    row: Installation
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What a phone says it holds and the server lost, with the phone's owner."""

    row: Loss
    who: str

    @property
    def lines(self) -> int:
        return self.row.had - self.row.held


@dataclass(frozen=True, slots=True)
class Health:
    signs: Sequence[Sign]
    silent: Sequence[Silent]
    losses: Sequence[Lost] = ()


def health_of(viewer: Viewer, now: dt.datetime) -> Health:
    """All signs for the whole; an office within limits sees what was set aside and is its own."""
    access.may_see_health(viewer)
    if not access.sees_whole_health(viewer):
        mine = _set_aside(waiting_for(viewer)) if viewer.holds("office") else []
        return Health(mine, [])
    return Health(
        [
            *_lines(viewer),
            _forks(),
            _losses(),
            *_phones(now),
            _lag(now),
            *_files(now),
        ],
        silent_phones(now),
        _open_losses(),
    )


def _lines(viewer: Viewer) -> list[Sign]:
    """Those that the viewer opens; and beside them how many only the offices of their teams do: a
    number and a day tell nothing of anybody."""
    if access.looks_after_all(viewer):
        return _set_aside(waiting_for(viewer))
    mine = waiting_for(viewer)
    rest = Receipt.objects.filter(WAITING).exclude(pk__in=mine.values("pk"))
    with_offices = Sign(
        _("Lines set aside or in conflict, with programme offices"), rest.count(),
        _first(rest, "received_at"), _("Each office opens those of its own teams."),
        _("programme office"), "quarantine.md",
    )  # fmt: skip
    what = _("Lines set aside or in conflict that you look after")
    return [*_set_aside(mine, what, _("administrator")), with_offices]


def _set_aside(rows: QuerySet[Receipt], what: str = "", owner: str = "") -> list[Sign]:
    """Lines that wait, and of them those on which two phones differ."""
    differ = rows.filter(outcome=Receipt.Outcome.CONFLICT)
    owner, href = owner or _("programme office"), reverse("sync:set-aside")
    return [
        Sign(
            what or _("Lines set aside or in conflict"), rows.count(), _first(rows, "received_at"),
            _("Kept as they came, in no figure."), owner, "quarantine.md", href,
        ),
        Sign(
            _("of these, two phones that differ"), differ.count(), _first(differ, "received_at"),
            _("Both values are kept until a person chooses."), owner, "quarantine.md",
        ),
    ]  # fmt: skip


def _first(rows: object, column: str) -> dt.datetime | None:
    found: dt.datetime | None = rows.aggregate(first=Min(column))["first"]  # type: ignore[attr-defined]
    return found


def _forks() -> Sign:
    rows = Installation.objects.filter(revoked_at=None).exclude(forked_at=None)
    return Sign(
        _("Copied phones"), rows.count(), _first(rows, "forked_at"),
        _("Another copy sent under the same numbers; the app begins a new chain by itself."),
        _("the phone’s owner"), "fork.md", reverse("sync:phones"),
    )  # fmt: skip


def _losses() -> Sign:
    rows = Loss.objects.filter(made_good_at=None)
    return Sign(
        _("Phones that hold what the server lost"), rows.count(), _first(rows, "found_at"),
        _("A backup was put back; each phone sends again what is missing."), _("administrator"),
        "restored-server.md",
    )  # fmt: skip


def _open_losses() -> list[Lost]:
    rows = Loss.objects.filter(made_good_at=None).select_related("installation")
    found = list(rows.order_by("found_at")[:SHOWN])
    who = names_of({row.installation.account for row in found})
    return [Lost(row, who.get(row.installation.account, "")) for row in found]


def _phones(now: dt.datetime) -> list[Sign]:
    live = Installation.objects.filter(revoked_at=None)
    silent = live.filter(seen_at__lt=now - SILENT)
    wrong = live.filter(Q(skew_seconds__gt=SKEWED) | Q(skew_seconds__lt=-SKEWED))
    holding = live.filter(Q(unsent__gt=0) | Q(pictures__gt=0))
    return [
        Sign(
            _("Phones not heard for a week"), silent.count(), _first(silent, "seen_at"),
            _("What they hold is unknown here."), _("the phone’s owner"), "stuck-device.md",
        ),
        Sign(
            _("Phones that hold lines or photographs back"), holding.count(),
            _first(holding, "seen_at"),
            _("As they told when they were last seen."), _("the phone’s owner"), "stuck-device.md",
        ),
        Sign(
            _("Phones whose clock is wrong"), wrong.count(), _first(wrong, "seen_at"),
            _("A clock orders nothing, but days may be written wrong."), _("the phone’s owner"),
            "clock-off.md",
        ),
    ]  # fmt: skip


def _lag(now: dt.datetime) -> Sign:
    rows = Operation.objects.filter(feed=None, at__lt=now - LAG)
    return Sign(
        _("Changes without a number yet"), rows.count(), _first(rows, "at"),
        _("Phones do not read them until the worker numbers them."), _("administrator"),
        "worker-stopped.md",
    )  # fmt: skip


def _files(now: dt.datetime) -> list[Sign]:
    open_ = Upload.objects.filter(ended_at=None, touched_at__lt=now - dt.timedelta(days=1))
    size = open_.aggregate(n=Sum("size"))["n"] or 0
    refused = Upload.objects.exclude(refused="")
    return [
        Sign(
            _("Photographs that stand still on their way"), open_.count(),
            _first(open_, "touched_at"), _("%s MB altogether.") % -(-size // 1_000_000),
            _("the phone’s owner"), "full-phone.md",
        ),
        Sign(
            _("Files that were no photograph"), refused.count(), _first(refused, "touched_at"),
            _("Whole, and not taken; the record beside it is."), _("the phone’s owner"),
            "full-phone.md",
        ),
    ]  # fmt: skip


def silent_phones(now: dt.datetime, owner: UUID | None = None) -> list[Silent]:
    """Phones not heard for a week, or that told of lines that wait; the longest silent first."""
    waits = (Q(unsent__gt=0) | Q(pictures__gt=0)) & Q(seen_at__lt=now - dt.timedelta(days=1))
    waits |= Q(seen_at__lt=now - SILENT)
    rows = Installation.objects.filter(waits, revoked_at=None).order_by("seen_at")
    if owner:
        rows = rows.filter(account=owner)
    found = list(rows[:SHOWN])
    who = names_of({row.account for row in found})
    return [Silent(row, who.get(row.account, ""), _why(row, now)) for row in found]


def _why(row: Installation, now: dt.datetime) -> str:
    days = (now - row.seen_at).days
    told = ngettext("not heard for %s day", "not heard for %s days", days) % days
    if row.unsent:
        words = ngettext("%s line waits on it", "%s lines wait on it", row.unsent)
        told += " · " + words % row.unsent
    if row.pictures:
        words = ngettext(
            "%s photograph is on it alone", "%s photographs are on it alone", row.pictures
        )
        told += " · " + words % row.pictures
    return told
