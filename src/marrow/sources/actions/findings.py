"""Doubts and work: raised by software, decided by people. Each decision is one journalled act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import Book, same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.models import Record
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.spoken import Spoken
from marrow.core.subjects import may_change_all, record_for
from marrow.core.viewer import Viewer
from marrow.core.words import Names
from marrow.sources import access
from marrow.sources.checks import proved
from marrow.sources.claims import claims_of
from marrow.sources.models import Fact, Finding, Quote, WorkItem
from marrow.sources.waiting import BY_ITS_ROOM

RAISE = Act("raise_findings", gettext_lazy("Raised findings"))
ACCEPT = Act("accept_finding", gettext_lazy("Accepted a finding"))
DISMISS = Act("dismiss_finding", gettext_lazy("Dismissed a finding"))
REOPEN = Act("reopen_finding", gettext_lazy("Opened a finding again"))
OPEN_WORK = Act("open_work", gettext_lazy("Opened a work item"))
FINISH_WORK = Act("finish_work", gettext_lazy("Finished a work item"))


def raise_findings(page: Page, findings: Iterable[Finding]) -> int:
    """Keep those doubts that are new, within the act that found them; returns how many."""
    fresh = {f.key: f for f in findings}
    known = set(Finding.objects.filter(key__in=fresh).values_list("key", flat=True))
    new = [f for key, f in fresh.items() if key not in known]
    page.save_all(new)
    return len(new)


def close_findings(page: Page, code: str, about: Iterable[UUID], at: dt.datetime) -> None:
    """Dismiss open doubts of one code about records that count no more, within the act that
    replaced them; nobody decided them."""
    rows = Finding.objects.filter(code=code, about__in=about, state=Finding.State.OPEN)
    for row in rows:
        row.state, row.decided_at = Finding.State.DISMISSED, at
        page.save(row)


def keep_doubts(
    *, doubts: Sequence[tuple[Finding, Sequence[Quote]]], by: Viewer, at: dt.datetime
) -> int:
    """Keep doubts that a reader of documents has, with the quotes that they rest on."""
    access.may_keep_sources(by)
    book = Book()
    for _finding, quotes in doubts:
        for quote in quotes:
            book.put(quote)
    with journal(RAISE, by=by, at=at) as page:
        book.write(page)
        return raise_findings(page, [finding for finding, _quotes in doubts])


def accept_finding(*, finding: UUID, by: Viewer, at: dt.datetime, reason: str = "") -> Finding:
    """Say that the doubt is right; where it proposes a value, the record takes it."""
    row = _open_finding(finding, by)
    with journal(ACCEPT, by=by, at=at, note=reason) as page:
        if row.effect:
            _take_value(page, row, by, at)
        _decide(row, Finding.State.ACCEPTED, by, at, reason)
        page.save(row)
    return row


def dismiss_finding(*, finding: UUID, by: Viewer, at: dt.datetime, reason: str = "") -> Finding:
    """Say that the doubt is not one; the record stays as it is, a claim it rests on goes."""
    row = _open_finding(finding, by)
    with journal(DISMISS, by=by, at=at, note=reason) as page:
        _withdraw(page, row)
        _decide(row, Finding.State.DISMISSED, by, at, reason)
        page.save(row)
    return row


def _open_finding(finding: UUID, by: Viewer) -> Finding:
    row = access.finding_to_decide(by, finding)
    if row.state != Finding.State.OPEN:
        raise Refused(_("This finding was decided already; take that decision back first."))
    return row


def _decide(row: Finding, state: str, by: Viewer, at: dt.datetime, reason: str) -> None:
    row.state, row.decided_by, row.decided_at, row.reason = state, by.person, at, reason[:300]


def _take_value(page: Page, row: Finding, by: Viewer, at: dt.datetime) -> None:
    """The proposed value goes into the record, and a fact with its words becomes the shown one."""
    record = record_for(by, row.about_model, row.about)
    name, value = row.effect.get("field") or row.effect["measure"], row.effect["value"]
    if "field" in row.effect:
        setattr(record, name, _of_column(record, name, value))
        proved(record, [name], at)
        page.save(record)
        if not may_change_all(by, [(row.about_model, row.about)]):
            raise NotAllowed(_("With this value the record would belong to another office."))
    quote = Quote.objects.get(pk=row.quotes[-1])  # the words that say the proposed value
    exact = {k: row.effect.get(k, "") for k in ("precision", "unit", "period")}
    fact = Fact(
        id=same_id("fact", row.about, name, value, quote.pk), about_model=row.about_model,
        about=row.about, field=name, value=str(value)[:300], quote=quote,
        number=_number(row.effect), **exact,
    )  # fmt: skip
    known = Fact.objects.filter(about=row.about, field=name)
    mine = known.filter(value=fact.value, precision=fact.precision).first() or fact
    for other in known.exclude(pk=mine.pk).filter(standing=Fact.Standing.SHOWN):
        other.standing = Fact.Standing.ALSO
        page.save(other)
    mine.standing = Fact.Standing.SHOWN
    page.save(mine)


def _of_column(record: Record, name: str, value: object) -> Any:
    """The value as the column holds it; what points at a place is told by the place's code."""
    column: Any = record._meta.get_field(name)
    if not column.is_relation:
        return column.to_python(value)
    place = column.related_model.objects.filter(code=value).first()
    if place is None:
        raise Refused(_("This place is not entered here: %s.") % value)
    return place


def _withdraw(page: Page, row: Finding) -> None:
    """A published figure whose doubt is dismissed is no figure of the series either."""
    for claim in claims_of([row]).get(row.pk, ()):
        claim.standing = Fact.Standing.REJECTED
        page.save(claim)


def _number(effect: Mapping[str, object]) -> Decimal | None:
    """The value of a measure or a count; a year is no number."""
    counted = "measure" in effect or isinstance(effect["value"], int)
    return Decimal(str(effect["value"])) if counted else None


def open_work(page: Page, items: Iterable[WorkItem]) -> int:
    """Open those work items that are not there yet, within the act that makes them."""
    fresh = {i.key: i for i in items}
    known = set(WorkItem.objects.filter(key__in=fresh).values_list("key", flat=True))
    new = [i for key, i in fresh.items() if key not in known]
    page.save_all(new)
    return len(new)


def retell_work(page: Page, about: Spoken, column: str, before: Names | str) -> None:
    """Have the open work about a record say its words in the languages that it now has."""
    for item in WorkItem.objects.filter(about=about.pk, done_at=None):
        same = [
            key for key, value in item.params.items() if value in (before, getattr(about, column))
        ]
        if same:
            item.params = item.params | dict.fromkeys(same, about.in_each(column))
            page.save(item)


def tell_anew(page: Page, about: UUID, params: Mapping[str, Names | str]) -> None:
    """Have the open work about a record that tells any of these tell all of them as they are."""
    for item in WorkItem.objects.filter(about=about, done_at=None):
        now = item.params | params
        if now != item.params and not params.keys().isdisjoint(item.params):
            item.params = now
            page.save(item)


def close_work(page: Page, keys: Iterable[str], *, by: Viewer, at: dt.datetime) -> int:
    """Finish those of these items that are open, within the act that settles them."""
    rows = list(WorkItem.objects.filter(key__in=list(keys), done_at=None))
    for row in rows:
        row.done_by, row.done_at = by.person, at
        page.save(row)
    return len(rows)


def finish_work(*, item: UUID, by: Viewer, at: dt.datetime) -> WorkItem:
    """Say that a work item is done."""
    row = WorkItem.objects.filter(pk=item, done_at=None).first()
    if row is None:
        raise Unseen(_("There is no such open work item."))
    access.may_finish(by, row)
    if row.code in BY_ITS_ROOM:
        raise Refused(_("This is finished on its own page, where you say how."))
    row.done_by, row.done_at = by.person, at
    with journal(FINISH_WORK, by=by, at=at) as page:
        page.save(row)
    return row
