"""Founding commitments and keeping what documents tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.directory.models import Area
from marrow.programmes import access
from marrow.programmes.models import ConsortiumLink, Programme, Series
from marrow.programmes.rules import cycle_in

KEEP = Act("keep_commitments", gettext_lazy("Kept what documents tell of programmes"))
FOUND = Act("found_programme", gettext_lazy("Founded a programme"))
SERIES = Act("open_series", gettext_lazy("Opened a series"))


def keep_commitments(*, rows: Sequence[Record], by: Viewer, at: dt.datetime) -> dict[str, int]:
    """Write those rows that are new (parents first), leave the known as they are.

    Returns how many of each kind were new. Refused when a consortium would run in a circle.
    """
    access.may_found(by)
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
    return row


def open_series(
    *,
    programme: Programme,
    recipient: Area,
    names: Names,
    by: Viewer,
    at: dt.datetime,
    track: str = "",
) -> Series:
    """Open a series of numbered batches to one recipient; the same one is opened once."""
    access.may_change(by, programme)
    key = f"{programme.key}:{recipient.code}:{track}"[:120]
    if known := Series.objects.filter(key=key).first():
        return known
    row = Series(
        id=same_id("series", key), key=key, programme=programme, names=names,
        recipient_area=recipient, track=track,
    )  # fmt: skip
    with journal(SERIES, by=by, at=at) as page:
        page.save(row)
    return row
