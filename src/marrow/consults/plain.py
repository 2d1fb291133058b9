"""Cases as plain values, as the API tells them: lists hold nothing of a patient."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from marrow.consults import access, queries
from marrow.consults.models import Consult, Opinion, Photo
from marrow.core.secrets import clear
from marrow.core.viewer import Viewer

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
COLUMNS = (
    "id", "number", "organisation_id", "specialty", "priority", "state", "language", "asked_at",
    "submitted_at", "answer_by", "assigned_to", "assigned_at", "accepted_at", "answered_at",
    "closed_at", "why",
)  # fmt: skip


def cases(viewer: Viewer) -> Rows:
    """Those that this viewer reads."""
    return access.cases_for(viewer)


def queue(viewer: Viewer) -> Rows:
    """Those that wait, and that this specialist might take."""
    return access.queue_for(viewer)


def counted(viewer: Viewer) -> Rows:
    """Those of which an office or an auditor sees that they are there."""
    return access.counted_for(viewer)


def case_told(row: Consult) -> Told:
    """All but what is sealed."""
    return {c.removesuffix("_id"): getattr(row, c) for c in COLUMNS}


def case(row: Consult, now: dt.datetime) -> Told:
    """A case with all that is told of it, for those who were proved to read it."""
    reference, age, sex = clear(row, "reference", "age", "sex")
    shown = queries.case_shown(row, now)
    return {
        **case_told(row),
        "reference": reference or "", "age": age or "", "sex": sex or "", "story": shown.story,
        "question": shown.question, "erased": shown.erased, "consent_by": row.consent_by,
        "consent_how": row.consent_how, "consent_on": row.consent_on,
        "photos": [photo_told(one) for one in shown.photos],
        "opinions": [
            {**opinion_told(o.row), "text": o.text or "", "holds": o.holds} for o in shown.opinions
        ],
        "outcome": _outcome(shown),
    }  # fmt: skip


def _outcome(shown: queries.CaseShown) -> Told | None:
    if shown.outcome is None:
        return None
    row, _what, words = shown.outcome
    (what,) = clear(row, "what_came")
    return {
        "what": what or "", "why_not": row.why_not, "words": words, "told_at": row.told_at,
    }  # fmt: skip


def opinion_told(row: Opinion) -> Told:
    """That it was signed, and its fingerprint; not its words."""
    return {
        "id": row.pk, "version": row.version, "signer_name": row.signer_name,
        "signed_at": row.signed_at, "sha256": row.sha256, "language": row.language,
    }  # fmt: skip


def photo_told(row: Photo) -> Told:
    return {
        "id": row.pk, "place": row.place, "width": row.width, "height": row.height,
        "size": row.size, "added_at": row.added_at,
    }  # fmt: skip


def specialists(row: Consult) -> list[Told]:
    """Those who might answer, with their names."""
    return [{"specialist": a.pk, "name": str(a)} for a in access.specialists_for(row)]
