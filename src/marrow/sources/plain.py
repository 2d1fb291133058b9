"""Documents, facts, findings and work as plain values, as the API tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import Unseen
from marrow.core.subjects import record_for, shown_all
from marrow.core.viewer import Viewer
from marrow.sources import access
from marrow.sources.models import Document, Fact, Finding, Intake, Quote, WorkItem
from marrow.sources.queries import shown_findings
from marrow.sources.sentences import sentence_of_work

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
Row = Mapping[str, Any]
DOCUMENT = (
    "id", "key", "kind", "title", "language", "publisher", "chain", "address", "published_on",
    "read_on",
)  # fmt: skip
FACT = (
    "id", "field", "value", "number", "unit", "precision", "incomplete", "scope", "period",
    "as_of", "derived", "standing", "quote__text", "quote__place", "quote__document_id",
)  # fmt: skip


def documents(*, kind: str = "", title: str = "") -> Rows:
    rows = Document.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if title.strip():
        rows = rows.filter(title__icontains=title.strip())
    found: Rows = rows.values(*DOCUMENT)
    return found


def document(document: UUID) -> Told:
    row = Document.objects.filter(pk=document).values(*DOCUMENT).first()
    if row is None:
        raise Unseen(_("There is no such document."))
    return dict(row)


def quotes(document: UUID) -> Rows:
    if not Document.objects.filter(pk=document).exists():
        raise Unseen(_("There is no such document."))
    return Quote.objects.filter(document=document).values("id", "text", "place")


def facts(viewer: Viewer, model: str, record: UUID) -> Rows:
    """What sources tell of a record that this viewer may see."""
    record_for(viewer, model, record)
    found: Rows = Fact.objects.filter(about_model=model, about=record).values(*FACT)
    return found


def fact_told(row: Row) -> Told:
    told = {name: row[name] for name in FACT if not name.startswith("quote__")}
    told["number"] = None if row["number"] is None else float(row["number"])
    told["quote"] = {
        "text": row["quote__text"], "place": row["quote__place"],
        "document": row["quote__document_id"],
    }  # fmt: skip
    return told


def findings(viewer: Viewer, *, state: str = "", code: str = "") -> QuerySet[Finding]:
    rows = access.findings_for(viewer)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(code=code) if code else rows


def finding(viewer: Viewer, finding: UUID) -> Told:
    row = access.findings_for(viewer).filter(pk=finding).first()
    if row is None:
        raise Unseen(_("There is no such finding."))
    return findings_told([row])[0]


def findings_told(rows: list[Finding]) -> list[Told]:
    return [
        {
            "id": f.row.pk, "code": f.row.code, "state": f.row.state, "sentence": f.sentence,
            "about": {"model": f.row.about_model, "id": f.row.about}, "field": f.row.field,
            "effect": f.row.effect, "raised_at": f.row.raised_at,
            "decided_at": f.row.decided_at, "reason": f.row.reason,
            "quotes": [{"text": q.text, "place": q.place, "document": q.document_id}
                       for q in f.quotes],
        }
        for f in shown_findings(rows)
    ]  # fmt: skip


def work(viewer: Viewer) -> QuerySet[WorkItem]:
    """What waits for this viewer's roles."""
    return access.work_for(viewer)


def work_told(rows: list[WorkItem]) -> list[Told]:
    about = shown_all((row.about_model, row.about) for row in rows)
    return [
        {
            "id": row.pk, "code": row.code,
            "sentence": sentence_of_work(row.code, row.params, row.done_at),
            "about": {"model": row.about_model, "id": row.about},
            "name": about[row.about].name if row.about in about else "", "role": row.role,
            "due_on": row.due_on, "opened_at": row.opened_at, "done_at": row.done_at,
        }
        for row in rows
    ]  # fmt: skip


def intakes(viewer: Viewer) -> QuerySet[Intake]:
    return access.intakes_for(viewer)


def intake_told(row: Intake) -> Told:
    return {
        "id": row.pk, "kind": row.kind, "name": row.name, "size": row.size, "sha256": row.sha256,
        "title": row.title, "publisher": row.publisher, "header": row.header,
        "mapping": row.mapping, "state": row.state, "message": row.message, "rows": row.rows,
        "position": row.position, "counts": row.counts, "told": row.told,
        "document": row.document, "uploaded_at": row.uploaded_at, "ended_at": row.ended_at,
    }  # fmt: skip
