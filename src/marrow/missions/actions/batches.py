"""Entering batches and trips, and keeping what documents tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.directory.models import Area
from marrow.missions import access
from marrow.missions.actions.days import DAYS, prove_days
from marrow.missions.models import Mission
from marrow.missions.queries import lives
from marrow.missions.rules.islands import island_of
from marrow.programmes.access import changes
from marrow.programmes.models import Series
from marrow.sources.actions import Source, tell_source

KEEP = Act("keep_missions", gettext_lazy("Recorded missions from documents"))
ENTER = Act("enter_batch", gettext_lazy("Entered a batch"))
CHANGE = Act("change_batch", gettext_lazy("Changed a batch"))
MOST_NUMBER = 999
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
CHANGEABLE = (*DAYS, "size", "months", "status", "status_as_of", "sender", "tags", "purposes")


def keep_missions(*, rows: Sequence[Record], by: Viewer, at: dt.datetime) -> dict[str, int]:
    """Write those rows that are new (parents first), leave the known as they are."""
    access.may_keep_missions(by, [p for row in rows if (p := getattr(row, "programme", None))])
    book = Book()
    for row in rows:
        book.put(row)
    with journal(KEEP, by=by, at=at) as page:
        return book.write(page)


def enter_batch(
    *,
    series: Series,
    number: int,
    by: Viewer,
    at: dt.datetime,
    source: Source | None = None,
    **told: Any,
) -> Mission:
    """Enter the batch of this number; `told` are columns of CHANGEABLE. A number is used once."""
    access.may_enter_batch(by, series)
    if not 1 <= number <= MOST_NUMBER:
        raise Refused(_("A batch has a number from 1 to 999."))
    if Mission.objects.filter(series=series, number=number).exists():
        raise Refused(_("There is a batch of this number in this series already."))
    key = f"{series.key}:{number}"
    row = Mission(
        id=same_id("mission", key), programme=series.programme, series=series, key=key,
        number=number, kind=Mission.Kind.RESIDENT_BATCH, names=batch_names(series, number),
        sender=_sender_of(series, by), invented=series.programme.invented,
    )  # fmt: skip
    set_told(row, told, at)
    access.may_still_change(by, row)
    with journal(ENTER, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(row)
        if source:
            facts = {"number": number, **as_told(told)}
            tell_source(page, about=row, told=facts, source=source, at=at)
    return row


def _sender_of(series: Series, by: Viewer) -> Area | None:
    """Who sends the next batch: the programme's area, or that of the office which sent the last."""
    if changes(by, series.programme):
        return series.programme.sender
    last = access.last_batch(series)
    return last.sender if last else None


def change_batch(
    *,
    mission: UUID,
    by: Viewer,
    at: dt.datetime,
    note: str = "",
    source: Source | None = None,
    **told: Any,
) -> Mission:
    """Change what is known of a batch; the history keeps what stood before."""
    row = access.mission_for(mission)
    access.may_change_mission(by, row)
    fresh = {c: v for c, v in told.items() if getattr(row, c, None) != v}
    if "status" in fresh and lives(row):
        raise Refused(_("This mission goes from stage to stage on the page of its team."))
    set_told(row, fresh, at)
    access.may_still_change(by, row)
    with journal(CHANGE, by=by, at=at, scope=f"mission:{row.pk}", note=note) as page:
        page.save(row)
        if source and as_told(fresh):
            tell_source(page, about=row, told=as_told(fresh), source=source, at=at)
    return row


def as_told(values: Mapping[str, object]) -> dict[str, object]:
    """Column → what its fact says; what is empty is told by nobody."""
    said: dict[str, object] = {}
    for column, value in values.items():
        if isinstance(value, Area):
            said["sender"] = value.code
        elif isinstance(value, list) and value:
            said[column] = ", ".join(map(str, value))
        elif value not in (None, "", []):
            said[column] = value
    return said


def set_told(row: Mission, told: Mapping[str, object], at: dt.datetime) -> None:
    """Set columns of CHANGEABLE; refuses what cannot be."""
    for column, value in told.items():
        if column not in CHANGEABLE:
            raise Refused(_("This cannot be entered here: %s.") % column)
        setattr(row, column, value)
    prove_days(row, told, at)


def batch_names(series: Series, number: int) -> dict[str, str]:
    """What a numbered batch is called, in three tongues."""
    where = {t: _where(series, t) for t in ("en", "zh", "fr")}
    return {
        "en": f"{ordinal(number)} medical team to {where['en']}",
        "zh": f"第{number}批援{where['zh']}医疗队",
        "fr": f"{number}{'re' if number == 1 else 'e'} équipe médicale · {where['fr']}",
    }


def _where(series: Series, language: str) -> str:
    if island := island_of(series.track):
        return in_tongue(island, language)
    place = series.recipient_area or series.recipient
    return in_tongue(place.names, language) if place else in_tongue(series.names, language)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 21st."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ENDINGS.get(number % 10, 'th')}"
