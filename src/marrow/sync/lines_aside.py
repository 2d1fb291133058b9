"""Lines of a record that was set aside: its correction goes with them, its void ends them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.viewer import Viewer
from marrow.sources.actions import close_work
from marrow.sync.models import Receipt
from marrow.sync.rules import as_today, read_line

SETTLED = Act("settled_line", gettext_lazy("Settled what a phone had sent"))
GONE_IN = (Receipt.Outcome.NEW, Receipt.Outcome.IDENTICAL, Receipt.Outcome.MERGED)
LOOKED_AT = 500  # of an account's lines that were set aside, the last


class Aside(NamedTuple):
    """A line that was set aside, as today's form has it."""

    row: Receipt
    told: Mapping[str, Any]


def lines_aside(account: UUID, about: Mapping[str, Any]) -> list[Aside]:
    """The create that was set aside of the record of which a line is about, and what was to put it
    right since, in order; empty where no create was. Of an ended phone a person looks first."""
    found = [
        one for one in _aside(account)
        if one.told["r"] == about["r"] and one.told["t"] == about["t"]
        and one.told["k"] in ("create", "set") and one.row.why != "REVOKED"
    ]  # fmt: skip
    created = any(one.told["k"] == "create" for one in found)
    return sorted(found, key=lambda one: one.told["k"] != "create") if created else []


def any_aside(account: UUID) -> bool:
    """Whether anything of an account waits: mostly nothing does, and nothing need be read."""
    held = Receipt.objects.filter(installation__account=account, settled_at=None)
    return held.filter(outcome=Receipt.Outcome.QUARANTINED).exists()


def files_aside(account: UUID, record: str) -> list[Aside]:
    """Photographs of a record that waited because it was not here."""
    return [
        one for one in _aside(account)
        if one.told["t"] == "file" and one.told["d"].get("record") == record
        and one.row.settled_at is None
    ]  # fmt: skip


def _aside(account: UUID) -> list[Aside]:
    found = []
    rows = Receipt.objects.filter(
        installation__account=account, outcome=Receipt.Outcome.QUARANTINED
    ).order_by("-pk")[:LOOKED_AT]
    for row in reversed(rows):
        told = read_line(bytes(row.line))
        if told is None:
            continue
        with suppress(Exception):  # a line that breaks the software must not block the queue
            found.append(Aside(row, as_today(told)))
    return found


def settle(lines: Iterable[Aside], outcome: str, by: Viewer, at: dt.datetime) -> None:
    """These lines wait no more: they went in with another, or (no outcome) were taken back."""
    rows = [line.row for line in lines]
    for row in rows:
        if outcome:
            row.outcome, row.why = Receipt.Outcome(outcome), ""
        row.settled_by, row.settled_at = by.person, at
        row.save()
    end_work(rows, by, at)


def end_work(rows: Iterable[Receipt], by: Viewer, at: dt.datetime, act: Act = SETTLED) -> None:
    """Whoever may settle a line ends the work about it, whoever it was given to."""
    with journal(act, by=by, at=at) as page:
        close_work(page, [f"set-aside:{row.pk}" for row in rows], by=by, at=at)
