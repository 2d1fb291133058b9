"""Keeping documents, quotes and facts. A quote is at most one clause; a fact never lacks one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.sources import access
from marrow.sources.models import Document, Fact, Quote

KEEP_DOCUMENT = Act("keep_document", gettext_lazy("Kept a document"))
KEEP_FACTS = Act("keep_facts", gettext_lazy("Kept facts with their words"))
LONGEST_QUOTE = 300


def keep_document(  # noqa: PLR0913  a document is all of these
    *,
    key: str,
    kind: str,
    title: str,
    by: Viewer,
    at: dt.datetime,
    language: str = "",
    publisher: str = "",
    chain: str = "",
    address: str = "",
    published_on: str = "",
    read_on: dt.date | None = None,
    sha256: str = "",
) -> Document:
    """Keep a document that was read; the same key is the same document."""
    access.may_keep_sources(by)
    if published_on and not is_partial_date(published_on):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    if known := Document.objects.filter(key=key).first():
        return known
    row = Document(
        id=same_id("document", key), key=key, kind=kind, title=title[:400], language=language,
        publisher=publisher, chain=chain, address=address, published_on=published_on,
        read_on=read_on or at.date(), sha256=sha256,
    )  # fmt: skip
    with journal(KEEP_DOCUMENT, by=by, at=at) as page:
        page.save(row)
    return row


def quoted(document: Document, text: str, place: str) -> Quote:
    """A quote with the id that its words give."""
    if len(text) > LONGEST_QUOTE:
        raise Refused(_("A quote is at most one clause, of at most 300 characters."))
    return Quote(
        id=same_id("quote", document.pk, place, text),
        document=document,
        text=text,
        place=place[:120],
    )


def keep_told(*, told: Sequence[tuple[Fact, Quote]], by: Viewer, at: dt.datetime) -> int:
    """Keep facts with their quotes; what is kept already stays as it is. Returns how many."""
    access.may_keep_sources(by)
    book = Book()
    for fact, quote in told:
        fact.quote = book.put(quote)
        book.put(fact)
    with journal(KEEP_FACTS, by=by, at=at) as page:
        return book.write(page).get("fact", 0)
