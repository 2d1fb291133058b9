"""Keeping documents, quotes and facts. A quote is at most one clause; a fact never lacks one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.models import Record
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.sources import access
from marrow.sources.models import Document, Fact, Quote

KEEP_DOCUMENT = Act("keep_document", gettext_lazy("Kept a document"))
KEEP_FACTS = Act("keep_facts", gettext_lazy("Recorded facts with their words"))
LONGEST_QUOTE = 300
#: what the title and the words of a source that somebody typed are held to: strangers read them
WORDS_HELD: list[Callable[..., None]] = []
FEWEST_SIGNS = 3  # letters and digits in the words of a source; a Chinese sign counts twice


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
    """Keep a document that was read; the same key is the same document. A file is one too."""
    access.may_send_files(by)
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


def says_something(words: str) -> bool:
    """Whether words can be a clause of a document: "x y" and "…" are none. A Chinese sign says
    more than a letter, and a figure of three digits may be all that a table holds."""
    signs = [c for c in words if c.isalnum()]
    chinese = sum("\u3400" <= c <= "\u9fff" for c in signs)
    return len(signs) + chinese >= FEWEST_SIGNS


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from: the document's title, the words that say it, when it appeared."""

    title: str
    words: str
    published_on: str = ""


def tell_source(
    page: Page, *, about: Record, told: Mapping[str, object], source: Source, at: dt.datetime
) -> list[Fact]:
    """Keep what a source tells of a record's fields, within the act that enters it.

    What stood as shown stays beside it where it said otherwise.
    """
    if not source.title.strip() or not source.words.strip():
        raise Refused(_("Say where this comes from: the document and its words."))
    if not says_something(source.words):
        raise Refused(_("Copy the words that say it: a clause, not a sign or two."))
    for rule in WORDS_HELD:
        rule(source.title, source.words)
    quote = quoted(_document(page, source, at), source.words.strip(), "")
    book, facts = Book(), []
    book.put(quote)
    for name, value in told.items():
        facts.append(book.put(_fact(about, name, value, quote)))
        _stand_beside(page, about, name, str(value))
    book.write(page)
    for fact in Fact.objects.filter(pk__in=[f.pk for f in facts]).exclude(standing="SHOWN"):
        fact.standing = Fact.Standing.SHOWN  # told once before, and set aside since
        page.save(fact)
    return facts


def _document(page: Page, source: Source, at: dt.datetime) -> Document:
    title = source.title.strip()[:400]
    known = Document.objects.filter(title=title).first()
    if known:
        return known
    key = f"paper:{same_id(title)}"
    row = Document(
        id=same_id("document", key), key=key, kind=Document.Kind.PAPER, title=title,
        published_on=source.published_on, read_on=at.date(),
    )  # fmt: skip
    page.save(row)
    return row


def _fact(about: Record, name: str, value: object, quote: Quote) -> Fact:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return Fact(
        id=same_id("fact", about.pk, name, value, quote.pk), about_model=about._meta.label_lower,
        about=about.pk, field=name, value=str(value)[:300], standing=Fact.Standing.SHOWN,
        number=Decimal(value) if whole else None, quote=quote,  # type: ignore[arg-type]
    )  # fmt: skip


def _stand_beside(page: Page, about: Record, name: str, value: str) -> None:
    shown = Fact.objects.filter(about=about.pk, field=name, standing=Fact.Standing.SHOWN)
    for fact in shown.exclude(value=value[:300]):
        fact.standing = Fact.Standing.ALSO
        page.save(fact)


def keep_told(*, told: Sequence[tuple[Fact, Quote]], by: Viewer, at: dt.datetime) -> int:
    """Keep facts with their quotes; what is kept already stays as it is. Returns how many."""
    access.may_keep_sources(by)
    book = Book()
    for fact, quote in told:
        fact.quote = book.put(quote)
        book.put(fact)
    with journal(KEEP_FACTS, by=by, at=at) as page:
        return book.write(page).get("fact", 0)
