"""Findings and work as pages show them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.refusals import Unseen
from marrow.core.remembering import remembered
from marrow.core.subjects import Shown, shown_all, unseen
from marrow.core.viewer import Viewer
from marrow.core.words import colon, in_tongue, semicolon
from marrow.sources import access
from marrow.sources.claims import claims_of
from marrow.sources.field_words import FIELD_WORDS
from marrow.sources.models import Document, Fact, Finding, Quote, WorkItem
from marrow.sources.rules import MEASURES
from marrow.sources.sentences import (
    DECIDED_STAYED,
    DECIDED_TAKEN,
    decided_sentence,
    derived_words,
    in_words,
    sentence,
    sentence_of_work,
    short,
)
from marrow.sources.values import NAMERS, values_in_words
from marrow.sources.waiting import BY_ITS_ROOM, LEADS, TOGETHER
from marrow.ui.papers.tables import Row
from marrow.ui.templatetags.marrow import number, with_precision

PAGE = 40


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding with its sentence, the record it is about, and the words it rests on."""

    row: Finding
    sentence: str
    about: Shown | None
    quotes: list[Quote]
    effect: str  # what accepting does


def findings(viewer: Viewer, *, state: str, code: str = "", page: int = 1) -> list[FindingShown]:
    """A page of this viewer's findings in one state, of one code or of all, oldest first."""
    rows = _chosen(viewer, state, code).order_by("raised_at", "code", "key")[
        (page - 1) * PAGE : page * PAGE
    ]
    return shown_findings(list(rows))


def finding_rows(viewer: Viewer, state: str, code: str) -> Iterator[Row]:
    """Every finding of a state as rows of a table."""
    page = 1
    while shown := findings(viewer, state=state, code=code, page=page):
        for f in shown:
            words = " | ".join(q.text for q in f.quotes)
            documents = semicolon().join(dict.fromkeys(q.document.title for q in f.quotes))
            about = f.about.name if f.about else ""
            yield [f.sentence, about, f.row.get_state_display(), words, documents, f.row.reason]
        page += 1


def findings_count(viewer: Viewer, *, state: str = Finding.State.OPEN, code: str = "") -> int:
    return sum(n for found, n in findings_by_code(viewer, state) if code in ("", found))


def _chosen(viewer: Viewer, state: str, code: str = "") -> QuerySet[Finding]:
    rows = access.findings_for(viewer).filter(state=state)
    return rows.filter(code=code) if code else rows


@remembered
def findings_by_code(viewer: Viewer, state: str = Finding.State.OPEN) -> list[tuple[str, int]]:
    """How many there are of each code, the most first."""
    counted = _chosen(viewer, state).values("code").annotate(n=Count("pk"))
    return [(row["code"], row["n"]) for row in counted.order_by("-n", "code")]


def findings_about(viewer: Viewer, ids: set[UUID]) -> list[FindingShown]:
    """The findings about these records that are for this viewer's eyes."""
    if not viewer.holds("office", "auditor"):
        return []
    rows = access.findings_for(viewer).filter(about__in=ids)
    return shown_findings(list(rows.order_by("state", "code")))


def doubted(ids: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """(record, field) of the values that an open finding doubts, for all to see that it is so."""
    rows = Finding.objects.filter(about__in=set(ids), state=Finding.State.OPEN).exclude(field="")
    return set(rows.values_list("about", "field"))


def shown_findings(rows: list[Finding]) -> list[FindingShown]:
    quotes = Quote.objects.select_related("document").in_bulk(
        {UUID(q) for row in rows for q in row.quotes}
    )
    about = shown_all((row.about_model, row.about) for row in rows)
    claimed = claims_of([row for row in rows if row.state == Finding.State.OPEN])
    return [
        FindingShown(
            row,
            told,
            about.get(row.about),
            [quotes[UUID(q)] for q in row.quotes if UUID(q) in quotes],
            _effect(row, claimed=row.pk in claimed),
        )
        for row, told in zip(rows, finding_sentences(rows), strict=True)
    ]


def finding_sentences(rows: Sequence[Finding]) -> list[str]:
    """What each of these findings says."""
    now = _shown_now(rows)
    called = _called(rows, now)
    return [
        sentence(_sentence_of(row), _spoken(row, called.get(row.field, {}), now)) for row in rows
    ]


def _sentence_of(row: Finding) -> str:
    """The code of its sentence: what was decided, once it is; else what is doubted."""
    if row.state == Finding.State.OPEN:
        return row.code
    outcome = DECIDED_STAYED
    if row.state == Finding.State.ACCEPTED and row.effect:
        outcome = DECIDED_TAKEN
    return decided_sentence(row.code, outcome)


def _shown_now(rows: Sequence[Finding]) -> dict[UUID, str]:
    """The value that the record shows by now, by finding, where it once showed the kept one."""
    spoken = [row for row in rows if row.state == Finding.State.OPEN and "kept" in row.params]
    if not spoken:
        return {}
    facts = Fact.objects.filter(
        about__in={row.about for row in spoken}, field__in={row.field for row in spoken}
    )
    told: dict[tuple[UUID, str], dict[str, set[str]]] = {}
    for about, field, value, standing in facts.values_list("about", "field", "value", "standing"):
        told.setdefault((about, field), {}).setdefault(value, set()).add(standing)
    found = {}
    for row in spoken:
        values = told.get((row.about, row.field), {})
        shown = [value for value, standings in values.items() if "SHOWN" in standings]
        if str(row.params["kept"]) in values and len(shown) == 1:
            found[row.pk] = shown[0]
    return found


def fact_names(facts: Sequence[Fact]) -> list[str]:
    """The field of each fact and its value, as a person reads them."""
    said: dict[UUID, str] = {}
    for kind in {(f.about_model, f.field) for f in facts}:
        mine = [f for f in facts if (f.about_model, f.field) == kind]
        label = field_label(*kind)
        values = zip(mine, values_in_words(mine), strict=True)
        said.update((f.pk, f"{label}{colon()}{value}") for f, value in values)
    return [said[f.pk] for f in facts]


def _effect(row: Finding, *, claimed: bool) -> str:
    """What accepting would do, in words; and dismissing, where a published figure goes by it."""
    if claimed:
        return _("Accepting keeps it as a published claim of the series; dismissing withdraws it.")
    if not row.effect:
        return _("Accepting notes it; no value changes.")
    name = row.effect.get("field") or row.effect.get("measure", "")
    told = {"field": field_label(row.about_model, name), "value": _proposed(row)}
    return _("Accepting sets “%(field)s” to %(value)s.") % told


def _proposed(row: Finding) -> str:
    """The proposed value as a reader says it: "over 600", not 600."""
    effect = row.effect
    name, value = effect.get("field") or effect["measure"], effect["value"]
    if "measure" not in effect and not isinstance(value, int):
        told = Fact(about_model=row.about_model, field=name, value=str(value))
        return values_in_words([told])[0]
    return with_precision(number(value), effect.get("precision", ""))


def _spoken(row: Finding, called: Mapping[str, str], now: Mapping[UUID, str]) -> dict[str, object]:
    """The params of the sentence, codes by their names, the proposed value as a reader says it."""
    value = str(row.effect.get("value", ""))
    shown = now.get(row.pk) or row.params.get("kept", "")
    said = {
        k: _proposed(row) if value and str(v) == value else called.get(str(v), _ends(in_words(v)))
        for k, v in {**row.params, "shown": shown}.items()
    }
    label = field_label(row.about_model, row.field) if row.field else pgettext("told", "Value")
    return {"of_field": capfirst(label), **said}


_SPAN = re.compile(r"(\d+)–(\d+)")


def _ends(value: str) -> str:
    """ "3000–4000" as a reader writes it; any other value as it is."""
    span = _SPAN.fullmatch(value)
    return f"{number(int(span[1]))}–{number(int(span[2]))}" if span else value


def _called(rows: Sequence[Finding], now: Mapping[UUID, str]) -> dict[str, dict[str, str]]:
    """The names of the codes that these findings speak of, by field; one question a field."""
    codes: dict[str, set[str]] = {}
    for row in rows:
        if row.field in NAMERS:
            spoken = [str(v) for v in row.params.values()]
            codes.setdefault(row.field, set()).update(spoken, [now.get(row.pk, "")])
    return {field: NAMERS[field](sorted(found)) for field, found in codes.items()}


def finding_for(viewer: Viewer, finding: UUID) -> FindingShown:
    row = Finding.objects.filter(pk=finding).first()
    if row is None:
        raise Unseen(_("There is no such finding."))
    return shown_findings([row])[0]


@dataclass(frozen=True, slots=True)
class WorkShown:
    """A work item as *Today* shows it: what, about which record, by when, where to act."""

    id: UUID
    code: str
    sentence: str
    name: str
    href: str  # its own page, where it is ticked off; else the page that finishes it
    where: str  # the page of the record, or one made for it
    due_on: dt.date | None


MOST_WORK = 60  # work items that Today shows


@remembered
def work_read(viewer: Viewer) -> list[WorkItem]:
    """The open work of which *Today* tells, one line or many together: what is due first, first."""
    return list(access.work_for(viewer).order_by("due_on", "opened_at")[: MOST_WORK * 10])


def work_together(viewer: Viewer) -> list[WorkShown]:
    """What waits for this person's roles, with one line for what is told together: the first of
    it, and how many there are."""
    rows = work_read(viewer)
    groups: dict[Hashable, list[WorkItem]] = {}
    for row in rows:
        same = TOGETHER.get(row.code)
        key = (row.code, row.about, same(row.params)) if same else row.pk
        groups.setdefault(key, []).append(row)
    firsts = [(group[0], len(group)) for group in groups.values()][:MOST_WORK]
    about = shown_all((row.about_model, row.about) for row, _n in firsts)
    return [_shown(row, about.get(row.about), n) for row, n in firsts]


def _shown(row: WorkItem, about: Shown | None, n: int = 1) -> WorkShown:
    where = str(row.params.get("href") or (about.href if about else ""))
    where = LEADS[row.code](where) if row.code in LEADS else where
    ticked = row.code not in BY_ITS_ROOM
    code = f"{row.code}:MANY" if n > 1 else row.code
    return WorkShown(
        row.pk, row.code, sentence_of_work(code, {**row.params, "n": n}, row.done_at),
        about.name if about else "",
        reverse("sources:work", args=[row.pk]) if ticked else where, where, row.due_on,
    )  # fmt: skip


def work_shown(row: WorkItem) -> WorkShown:
    return _shown(row, shown_all([(row.about_model, row.about)]).get(row.about))


def work_count(viewer: Viewer) -> int:
    return access.work_for(viewer).count()


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A kind of doubt, in a few words, and how many of it there are."""

    code: str
    label: str
    count: int


def code_lines(viewer: Viewer, state: str) -> list[CodeLine]:
    return [CodeLine(code, short(code), n) for code, n in findings_by_code(viewer, state)]


def told_page(viewer: Viewer, about: UUID, field: str) -> dict[str, object]:
    """Every telling of one field of one record; Unseen when nobody tells of it, or not to you."""
    facts = list(Fact.objects.filter(about=about, field=field).select_related("quote__document"))
    if not facts:
        raise Unseen(_("No source tells of this."))
    rank = {s: n for n, s in enumerate(("SHOWN", "CLAIM", "ALSO", "REJECTED"))}
    facts.sort(key=lambda f: (rank[f.standing], f.value))
    for fact, value in zip(facts, values_in_words(facts), strict=True):
        fact.unit_label = in_tongue(MEASURES[field].unit) if field in MEASURES else fact.unit  # type: ignore[attr-defined]
        fact.in_words = value  # type: ignore[attr-defined]
        fact.worked_out = derived_words(fact.derived)  # type: ignore[attr-defined]
    label = facts[0].about_model
    subject = shown_all([(label, about)]).get(about)
    if subject is None or unseen(viewer, [(label, about)]):
        raise Unseen(_("No source tells of this."))
    return {
        "facts": facts, "about": subject, "field_label": field_label(label, field),
        "may_strike": access.may_strike(viewer, facts),
    }  # fmt: skip


def field_label(model: str, field: str) -> str:
    """The field in words: a measure's name, else what the page calls the column."""
    if field in MEASURES:
        return in_tongue(MEASURES[field].names)
    return str(FIELD_WORDS.get(field, field.replace("_", " ")))


def documents() -> list[Document]:
    """Documents that tell something: by their words, or as a register by its rows. A file that was
    refused, and a roster of people, are none."""
    return list(_telling().order_by("kind", "title"))


def _telling() -> QuerySet[Document]:
    rows = Document.objects.annotate(n=Count("quotes"))
    return rows.filter(Q(n__gt=0) | Q(kind=Document.Kind.REGISTER))


def document_titles(viewer: Viewer, typed: str, limit: int = 12) -> list[str]:
    """Titles that hold what was typed: of all documents for an office, of the public for others."""
    known = Document.objects.all() if viewer.holds("office") else _telling()
    rows = known.filter(title__icontains=typed.strip()).order_by("title")
    return list(rows.values_list("title", flat=True).distinct()[:limit])


def document_page(viewer: Viewer, document: UUID, page: int) -> dict[str, object]:
    """A document with a page of its quotes, each with the facts that rest on it."""
    row = Document.objects.filter(pk=document).first()
    if row is None:
        raise Unseen(_("There is no such document."))
    quotes = row.quotes.order_by("place", "text").prefetch_related("facts")
    here = max(page, 1)
    shown = list(quotes[(here - 1) * PAGE : here * PAGE])
    told = [fact for quote in shown for fact in quote.facts.all()]
    hidden = unseen(viewer, [(fact.about_model, fact.about) for fact in told])
    for quote in shown:
        quote.told = [f for f in quote.facts.all() if f.about not in hidden]  # type: ignore[attr-defined]
        for fact in quote.facts.all():
            fact.field_label = field_label(fact.about_model, fact.field)  # type: ignore[attr-defined]
    count = quotes.count()
    return {
        "document": row, "quotes": shown, "count": count, "here": here,
        "before": here - 1, "after": here + 1, "more": here * PAGE < count,
    }  # fmt: skip
