"""Striking out a figure that came in without a doubt and is wrong: it stays told, not retained."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.subjects import may_change_all, record_for
from marrow.core.viewer import Viewer
from marrow.sources import access
from marrow.sources.checks import proved
from marrow.sources.models import Fact

STRIKE = Act("strike_fact", gettext_lazy("Struck out what a source tells"))


def strike_fact(*, fact: UUID, reason: str, by: Viewer, at: dt.datetime) -> Fact:
    """Say that what a source tells is wrong: it stays with its words, the record loses the value.

    Where another source that is shown says the same, the record keeps it.
    """
    row = access.fact_to_strike(by, fact)
    if not reason.strip():
        raise Refused(_("Say why this is wrong."))
    if row.standing == Fact.Standing.REJECTED:
        raise Refused(_("This was struck out already."))
    with journal(STRIKE, by=by, at=at, note=reason.strip()[:300]) as page:
        record = record_for(by, row.about_model, row.about)
        if row.standing == Fact.Standing.SHOWN and not _told_again(row) and _emptied(record, row):
            proved(record, [row.field], at)
            page.save(record)
            if not may_change_all(by, [(row.about_model, row.about)]):
                raise NotAllowed(_("Without this value the record would belong to another office."))
        row.standing = Fact.Standing.REJECTED
        page.save(row)
    return row


def _told_again(row: Fact) -> bool:
    same = Fact.objects.filter(about=row.about, field=row.field, value=row.value)
    return same.filter(standing=Fact.Standing.SHOWN).exclude(pk=row.pk).exists()


def _emptied(record: Record, row: Fact) -> bool:
    """Empty the column that holds this value; False where no column does."""
    try:
        column: Any = record._meta.get_field(row.field)
    except FieldDoesNotExist:
        return False
    stands = getattr(record, row.field)
    code = getattr(stands, "code", stands)
    if str(code) != row.value:
        return False
    if not (column.null or column.blank):
        raise Refused(_("This cannot stay empty: enter the right value in its place."))
    setattr(record, row.field, None if column.null else "")
    return True
