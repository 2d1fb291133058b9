"""Founding commitments and keeping what documents tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import REFERENCE, Page
from marrow.core.models import Record
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue, tongue
from marrow.directory.models import Area, Organisation
from marrow.programmes import access
from marrow.programmes.models import (
    Agreement,
    ConsortiumLink,
    Event,
    Programme,
    Series,
    Speaker,
)
from marrow.programmes.rules import MOST_REST, cycle_in, is_in_order, same_as_before
from marrow.sources.actions import Source, tell_source

KEEP = Act("keep_commitments", gettext_lazy("Recorded programmes from documents"))
FOUND = Act("found_programme", gettext_lazy("Founded a programme"))
SERIES = Act("open_series", gettext_lazy("Opened a series"))
CHANGE = Act("change_programme", gettext_lazy("Changed a programme"))
ADD = Act("add_to_programme", gettext_lazy("Added to a programme"))
CHANGE_AGREEMENT = Act("change_agreement", gettext_lazy("Changed an agreement"))
CHANGE_SERIES = Act("change_series", gettext_lazy("Changed a series"))
CHANGE_EVENT = Act("change_event", gettext_lazy("Changed an event"))
REST = Act("set_rest", gettext_lazy("Set the rest between two missions"))
CHANGEABLE = ("names", "status", "started_on", "ended_on", "authority", "sender", "recurs")
RUN = ("names", "since")
AGREED = ("names", "signed_on", "starts_on", "ends_on", "parties")
HELD = ("names", "kind", "held_on", "place")


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
    access.may_found_for(by, row)
    with journal(FOUND, by=by, at=at) as page:
        page.save(row)
        if source:
            told = {"names": names, "sender": sender, "started_on": started_on}
            tell_source(page, about=row, told=as_told(told), source=source, at=at)
    return row


def change_programme(
    *, key: str, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Programme:
    """Change what is known of a programme: names, status, start and end, who approved it."""
    row = access.programme_for(key)
    access.may_change(by, row)
    fresh = set_fresh(row, told, CHANGEABLE)
    if not is_in_order(row.started_on, row.ended_on):
        raise Refused(_("A programme cannot end before it starts."))
    keep_change(CHANGE, row, told=as_told(fresh), source=source, by=by, at=at)
    return row


def set_rest(*, key: str, months: int | None, by: Viewer, at: dt.datetime) -> Programme:
    """Set for how many months this programme leaves people at home between two missions; None takes
    its own rule away.
    """
    row = access.programme_for(key)
    access.may_change(by, row)
    if months is not None and not 0 <= months <= MOST_REST:
        raise Refused(_("A rest lasts from 0 to %d months.") % MOST_REST)
    row.rest_months = months
    with journal(REST, by=by, at=at) as page:
        page.save(row)
    return row


def change_series(
    *, series: UUID, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Series:
    """Change what a series is called and since when it runs; its recipient makes it what it is."""
    row = access.series_for(series)
    access.may_change(by, row.programme)
    fresh = set_fresh(row, told, RUN)
    if row.since and not is_partial_date(row.since):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    keep_change(CHANGE_SERIES, row, told=as_told(fresh), source=source, by=by, at=at)
    return row


def change_agreement(
    *, agreement: UUID, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Agreement:
    """Change what is known of an agreement: its name, its day, its term, who signed it."""
    row = access.agreement_for(agreement)
    access.may_change(by, row.programme)
    fresh = set_fresh(row, told, AGREED)
    if not is_in_order(row.starts_on, row.ends_on):
        raise Refused(_("The term of an agreement cannot end before it starts."))
    keep_change(CHANGE_AGREEMENT, row, told=as_told(fresh), source=source, by=by, at=at)
    return row


def change_event(
    *,
    event: UUID,
    told: Mapping[str, object],
    source: Source,
    by: Viewer,
    at: dt.datetime,
    speakers: Sequence[tuple[str, str]] | None = None,
) -> Event:
    """Change a meeting; `speakers`, where given, are all of them now: (name, office)."""
    row = access.event_for(event)
    access.may_change(by, row.programme)
    said = as_told(set_fresh(row, told, HELD))
    if row.kind not in Event.Kind.values:
        raise Refused(_("There is no such kind of event."))
    with journal(CHANGE_EVENT, by=by, at=at) as page:
        page.save(row)
        if speakers is not None and _set_speakers(page, row, speakers):
            said["speakers"] = "; ".join(name for name, _office in speakers) or "–"
        if said:
            tell_source(page, about=row, told=said, source=source, at=at)
    return row


def _set_speakers(page: Page, event: Event, lines: Sequence[tuple[str, str]]) -> bool:
    """A name that stood there keeps its row and its other languages; whether anything changed."""
    before, written = list(event.speakers.all()), len(page.lines)
    places = same_as_before([str(s) for s in before], [name for name, _office in lines])
    for rank, ((name, office), place) in enumerate(zip(lines, places, strict=True), 1):
        row = Speaker(event=event, names={tongue(): name}) if place is None else before[place]
        row.rank = rank
        if in_tongue(row.office) != office:
            row.office = {**row.office, tongue(): office} if office else {}
        page.save(row)
    for place in set(range(len(before))).difference(p for p in places if p is not None):
        page.remove(before[place])
    return len(page.lines) > written


def set_fresh(
    row: Record, told: Mapping[str, object], changeable: Collection[str]
) -> dict[str, object]:
    """Set what is told otherwise, and return it. Of names, the languages that are not told stay."""
    fresh: dict[str, object] = {}
    for column, value in told.items():
        if column not in changeable:
            raise Refused(_("This cannot be entered here: %s.") % column)
        if column.endswith("_on") and value and not is_partial_date(str(value)):
            raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
        if isinstance(value, dict):
            both = {**getattr(row, column), **value}
            value = {language: text for language, text in both.items() if text}  # noqa: PLW2901
        if getattr(row, column) != value:
            setattr(row, column, value)
            fresh[column] = value
    if fresh.get("names") == {}:
        raise Refused(_("Write a name in at least one language."))
    return fresh


def keep_change(
    act: Act,
    row: Record,
    *,
    told: Mapping[str, object],
    source: Source,
    by: Viewer,
    at: dt.datetime,
    scope: str = REFERENCE,
) -> None:
    """Write a record that was changed, and what its source tells of it."""
    with journal(act, by=by, at=at, scope=scope) as page:
        page.save(row)
        if told:
            tell_source(page, about=row, told=told, source=source, at=at)


def as_told(values: Mapping[str, object]) -> dict[str, object]:
    """Column → what its fact says: a name for what is named, an id's name for what is referred.

    What is empty is told by nobody.
    """
    said: dict[str, object] = {}
    for column, value in values.items():
        if value in (None, "", {}, []):
            continue
        if isinstance(value, dict):
            said[column] = in_tongue(value)
        elif isinstance(value, list):
            said[column] = "; ".join(value)
        elif isinstance(value, Record):
            said[f"{column}_id"] = value.code if isinstance(value, Area) else str(value)
        else:
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
