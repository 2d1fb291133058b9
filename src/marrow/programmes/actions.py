"""Founding commitments and keeping what documents tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.partial_dates import earliest, is_partial_date, latest
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.directory.models import Area, Organisation
from marrow.programmes import access
from marrow.programmes.models import ConsortiumLink, Programme, Series
from marrow.programmes.rules import cycle_in
from marrow.sources.actions import Source, tell_source

KEEP = Act("keep_commitments", gettext_lazy("Recorded programmes from documents"))
FOUND = Act("found_programme", gettext_lazy("Founded a programme"))
SERIES = Act("open_series", gettext_lazy("Opened a series"))
CHANGE = Act("change_programme", gettext_lazy("Changed a programme"))
ADD = Act("add_to_programme", gettext_lazy("Added to a programme"))
CHANGEABLE = ("names", "status", "started_on", "ended_on", "authority", "sender", "recurs")


def keep_commitments(*, rows: Sequence[Record], by: Viewer, at: dt.datetime) -> dict[str, int]:
    """Write those rows that are new (parents first), leave the known as they are.

    Returns how many of each kind were new. Refused when a consortium would run in a circle.
    """
    access.may_change_each(by, [p for row in rows if (p := getattr(row, "programme", None))])
    _refuse_circles([row for row in rows if isinstance(row, ConsortiumLink)])
    book = Book()
    for row in rows:
        book.put(row)
    with journal(KEEP, by=by, at=at) as page:
        return book.write(page)


def _refuse_circles(links: list[ConsortiumLink]) -> None:
    for consortium in {link.consortium_id for link in links}:
        known = ConsortiumLink.objects.filter(consortium=consortium)
        mine = [link for link in links if link.consortium_id == consortium]
        pairs = {(x.upper_id, x.lower_id) for x in (*known, *mine) if x.lower_id}
        if cycle_in(sorted(pairs)):
            raise Refused(_("A hospital cannot stand above itself in a consortium."))


def found_programme(
    *,
    kind: str,
    names: Names,
    sender: Area | None,
    started_on: str,
    by: Viewer,
    at: dt.datetime,
    key: str = "",
    source: Source | None = None,
) -> Programme:
    """Found a programme; its key comes from its English name and says its address."""
    access.may_found(by)
    if kind not in Programme.Kind.values:
        raise Refused(_("There is no such kind of programme."))
    if not in_tongue(names):
        raise Refused(_("A programme needs a name in at least one language."))
    if started_on and not is_partial_date(started_on):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    key = (key or slugify(in_tongue(names, "en")) or str(same_id("programme", *names.values())))[
        :80
    ]
    if Programme.objects.filter(key=key).exists():
        raise Refused(_("There is a programme of this name already."))
    row = Programme(
        id=same_id("programme", key), key=key, kind=kind, names=names, sender=sender,
        started_on=started_on,
    )  # fmt: skip
    with journal(FOUND, by=by, at=at) as page:
        page.save(row)
        if source:
            told = {"names": names, "sender": sender, "started_on": started_on}
            tell_source(page, about=row, told=_as_told(told), source=source, at=at)
    return row


def change_programme(
    *, key: str, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Programme:
    """Change what is known of a programme: names, status, start and end, who approved it."""
    row = access.programme_for(key)
    access.may_change(by, row)
    fresh = {c: v for c, v in told.items() if getattr(row, c) != v}
    for column, value in fresh.items():
        if column not in CHANGEABLE:
            raise Refused(_("This cannot be entered here: %s.") % column)
        setattr(row, column, value)
    if row.started_on and row.ended_on and latest(row.ended_on) < earliest(row.started_on):
        raise Refused(_("A programme cannot end before it starts."))
    with journal(CHANGE, by=by, at=at) as page:
        page.save(row)
        if fresh:
            tell_source(page, about=row, told=_as_told(fresh), source=source, at=at)
    return row


def _as_told(values: Mapping[str, object]) -> dict[str, object]:
    """Column → what its fact says: a name for what is named, an id's name for what is referred."""
    said: dict[str, object] = {}
    for column, value in values.items():
        if isinstance(value, dict):
            said[column] = in_tongue(value)
        elif isinstance(value, Record):
            said[f"{column}_id"] = value.code if isinstance(value, Area) else str(value)
        elif value not in (None, ""):
            said[column] = value
    return said


def add_to_programme(
    *,
    programme: Programme,
    rows: Sequence[Record],
    told: Mapping[str, object],
    source: Source,
    by: Viewer,
    at: dt.datetime,
) -> Record:
    """Add a part (an agreement, a partnership, a meeting …) with what its source tells of it.

    The first row is what the source is about; the others are its own parts (speakers).
    """
    access.may_change(by, programme)
    _refuse_circles([row for row in rows if isinstance(row, ConsortiumLink)])
    with journal(ADD, by=by, at=at) as page:
        page.save_all(rows)
        tell_source(page, about=rows[0], told=told, source=source, at=at)
    return rows[0]


def open_series(
    *,
    programme: Programme,
    recipient: Area | Organisation,
    names: Names,
    by: Viewer,
    at: dt.datetime,
    track: str = "",
    since: str = "",
    source: Source | None = None,
) -> Series:
    """Open a series of numbered batches to one recipient; the same one is opened once."""
    access.may_change(by, programme)
    area = recipient if isinstance(recipient, Area) else None
    known_as = area.code if area else recipient.pk
    key = f"{programme.key}:{known_as}:{track}"[:120]
    if known := Series.objects.filter(key=key).first():
        return known
    row = Series(
        id=same_id("series", key), key=key, programme=programme, names=names,
        recipient_area=area, track=track, since=since,
        recipient=recipient if isinstance(recipient, Organisation) else None,
    )  # fmt: skip
    with journal(SERIES, by=by, at=at) as page:
        page.save(row)
        if source:
            told = {"recipient": known_as, **({"since": since} if since else {})}
            tell_source(page, about=row, told=told, source=source, at=at)
    return row
