"""Correcting an entry, and taking it back: by the proof that entered it, kept in the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.actions.keeping import prove_first, prove_gain, prove_member, prove_tenet
from marrow.agreements.actions.lessons import prove_lesson, prove_reuse
from marrow.agreements.actions.plans import Told, prove_period, prove_requirement, scope_of
from marrow.agreements.actions.sheets import prove_sheet, prove_target, prove_task
from marrow.agreements.models import (
    First,
    Gain,
    Lesson,
    OfficeMember,
    PlanPeriod,
    Requirement,
    Reuse,
    Target,
    TaskLine,
    TaskSheet,
    Tenet,
)
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.sources.actions import Source, tell_source
from marrow.sources.models import Fact

MEND = Act("mend_entry", gettext_lazy("Corrected an entry of agreement work"))
BACK = Act("take_back_entry", gettext_lazy("Took back an entry of agreement work"))
#: each kind of entry with its proof, and the columns that may be corrected
ENTRIES: dict[type[Record], tuple[Callable[[Any], Told], tuple[str, ...]]] = {
    PlanPeriod: (prove_period, ("names", "starts_on", "ends_on")),
    Requirement: (prove_requirement, ("text", "language", "period", "goal", "answer")),
    TaskSheet: (prove_sheet, ("year", "agreement")),
    TaskLine: (prove_task, ("text", "language", "aim", "measured_in", "requirement")),
    Target: (
        prove_target, ("measure", "text", "language", "aim", "measured_in", "by_on", "period"),
    ),
    Gain: (prove_gain, ("to", "text", "language", "partnership")),
    First: (prove_first, ("side", "text", "language", "happened_on", "mission")),
    Tenet: (prove_tenet, ("names",)),
    OfficeMember: (prove_member, ("name", "duty", "since", "until")),
    Lesson: (
        prove_lesson, ("kind", "title", "text", "language", "mission", "learned_on", "public"),
    ),
    Reuse: (prove_reuse, ("since", "note")),
}  # fmt: skip


def mend_entry(
    *, model: type[Record], entry: UUID, by: Viewer, at: dt.datetime,
    source: Source | None = None, **told: Any,
) -> Record:  # fmt: skip
    """Correct the columns that are told; words that a source tells are told with one again."""
    row = access.entry_to_keep(by, model, entry)
    prove, columns = ENTRIES[model]
    for column, value in told.items():
        if column not in columns:
            raise Refused(_("This cannot be entered here: %s.") % column)
        setattr(row, model._meta.get_field(column).attname, value)  # type: ignore[union-attr]
    sourced = {name: value for name, value in prove(row).items() if name in told}
    if sourced and source is None:
        raise Refused(_("Say where this comes from: the document and its words."))
    with journal(MEND, by=by, at=at, scope=scope_of(access.owner_of(row))) as page:
        page.save(row)
        if sourced and source:
            tell_source(page, about=row, told=sourced, source=source, at=at)
    return row


def take_back_entry(
    *, model: type[Record], entry: UUID, reason: str, by: Viewer, at: dt.datetime
) -> None:
    """Take an entry back with what its sources told of it; not while another hangs on it."""
    row = access.entry_to_keep(by, model, entry)
    if not reason.strip():
        raise Refused(_("Say why."))
    try:
        Collector(using=row._state.db or DEFAULT_DB_ALIAS).collect([row])
    except ProtectedError as held:
        raise Refused(_("Others hang on this entry. Take those back first.")) from held
    scope = scope_of(access.owner_of(row))
    with journal(BACK, by=by, at=at, scope=scope, note=reason.strip()[:300]) as page:
        for fact in Fact.objects.filter(about=row.pk):
            page.remove(fact)
        page.remove(row)
