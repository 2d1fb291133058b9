"""What sources hand in: the rail's entries, and the pages of their records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marrow.core.journal.history import UNSAID
from marrow.core.journal.told_values import SAID
from marrow.core.journal.undoing import HELD_FAST
from marrow.core.subjects import Subject, tell, word_of
from marrow.core.viewer import Viewer
from marrow.sources.access import findings_for
from marrow.sources.models import Document, Fact, Finding, Intake, Quote, WorkItem
from marrow.sources.queries import fact_names, finding_sentences, findings_count
from marrow.sources.sentences import sentence_of_work, short
from marrow.ui.rail import BOOKS, STORY, Entry, add

UNSAID["sources.finding"] = ("key", "params", "quotes", "effect")
UNSAID["sources.workitem"] = ("key", "params")
for model in ("finding", "workitem"):
    SAID[f"sources.{model}", "code"] = short
for model in ("fact", "finding", "workitem"):
    SAID[f"sources.{model}", "about_model"] = word_of
add(Entry(55, _("Imports"), "sources:imports", ("office", "unit", "recipient"),
    group=BOOKS))  # fmt: skip
add(
    Entry(60, _("Findings"), "sources:findings", ("office", "auditor"), findings_count, group=BOOKS)
)
add(Entry(65, _("Documents"), "sources:documents", ("public",), group=STORY))


def _about(row: Any) -> tuple[str, UUID]:
    return row.about_model, row.about


def _findings_seen(viewer: Viewer, rows: Sequence[Finding]) -> set[UUID]:
    """Those that the page of findings would show them."""
    seen = findings_for(viewer).filter(pk__in=[row.pk for row in rows])
    return set(seen.values_list("pk", flat=True))


def _named_by_import(document: UUID) -> str:
    row = Intake.objects.filter(document=document).first()
    if row is None:
        return ""
    return gettext("The import “%s” names this document as where its rows come from.") % row.name


HELD_FAST["sources.document"] = _named_by_import


def _document(row: Document) -> str:
    return reverse("sources:document", args=[row.pk])


tell(Subject(Document, _("document"), _document))  # type: ignore[arg-type]
tell(Subject(Quote, _("quote"), lambda q: reverse("sources:document", args=[q.document_id])))  # type: ignore[attr-defined]
tell(
    Subject(
        Fact,
        _("fact"),
        lambda f: reverse("sources:told", args=[f.about, f.field]),  # type: ignore[attr-defined]
        names=fact_names,
        about=_about,
    )
)
tell(
    Subject(
        Finding,
        _("finding"),
        lambda _f: reverse("sources:findings"),
        sees=_findings_seen,
        names=finding_sentences,
        about=_about,
    )
)
tell(
    Subject(
        WorkItem,
        _("work item"),
        lambda _w: reverse("desk:today"),
        lambda viewer, w: viewer.holds("office", "auditor") or viewer.holds(w.role),  # type: ignore[attr-defined]
        names=lambda rows: [sentence_of_work(w.code, w.params, w.done_at) for w in rows],
        about=_about,
    )
)
