"""Telling who left; telling it again; taking it back. Nothing that was told is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.days import prove_happened
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.need import access
from marrow.need.models import Outflow
from marrow.need.rules.burden import SINCE
from marrow.people.actions.wording import prove_no_patient, prove_nobody_treated

TELL = Act("tell_outflow", gettext_lazy("Told how many left"), own=True)
CORRECT = Act("correct_outflow", gettext_lazy("Corrected how many left"), own=True)
TAKE_BACK = Act("take_back_outflow", gettext_lazy("Took back how many left"), own=True)
TAKE = Act("take_outflows", gettext_lazy("Took in how many left from a file"))
#: what a telling says, beside whom it is about
SAID = (
    "patients", "cost", "currency", "cost_of", "kilometres", "told_from", "to_words",
)  # fmt: skip
SAME, NEW, CHANGED = "known", "new", "changed"


def tell_outflow(
    *, outflow: Outflow, code: str = "", organisation: UUID | None = None, by: Viewer,
    at: dt.datetime,
) -> Outflow:  # fmt: skip
    """Tell who left an area (`code`), or whom a hospital referred away; `outflow` has the rest.
    What was told before of the same place, item, period and destination gives way to it."""
    _place(outflow, code, organisation, by)
    _prove(outflow, at)
    with _alone(), journal(TELL, by=by, at=at, scope=_scope(outflow)) as page:
        told = _tell(page, outflow, by, at)
    if told == SAME:
        raise Refused(_("This is told already, in the same words."))
    return outflow


def correct_outflow(*, outflow: UUID, told: Outflow, by: Viewer, at: dt.datetime) -> Outflow:
    """Tell it anew where a figure was wrong, its period or its destination; the old one stays."""
    row = access.outflow_to_correct(by, outflow)
    _prove_stands(row)
    told.area, told.organisation = row.area, row.organisation
    _prove(told, at)
    with _alone(), journal(CORRECT, by=by, at=at, scope=_scope(row)) as page:
        _fill(told, by, at)
        if told.line != row.line and Outflow.objects.filter(line=told.line, current=True).exists():
            raise Refused(_("Something is told of this period and destination: correct that."))
        _give_way(page, row, told)
    return told


def take_back_outflow(*, outflow: UUID, reason: str, by: Viewer, at: dt.datetime) -> Outflow:
    """Take a telling back that was a mistake: then it is unknown, not none."""
    row = access.outflow_to_correct(by, outflow)
    _prove_stands(row)
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.current, row.ended_why = False, reason.strip()[:300]
    with journal(TAKE_BACK, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def take_outflows(
    *, rows: Sequence[tuple[int, Outflow]], document: UUID, by: Viewer, at: dt.datetime,
    told: Callable[[int, str], None],
) -> dict[str, int]:  # fmt: skip
    """Take in rows of a file (each by its number): what is told in the same words adds nothing."""
    counts = dict.fromkeys((NEW, SAME, CHANGED), 0)
    with journal(TAKE, by=by, at=at) as page:
        for number, row in rows:
            row.document = document
            try:
                _place(row, row.area.code, row.organisation_id, by)
                _prove(row, at)
            except Refused:
                told(number, "NOT_TAKEN")
                continue
            counts[_tell(page, row, by, at)] += 1
    return counts


def _place(row: Outflow, code: str, organisation: UUID | None, by: Viewer) -> None:
    if organisation is None:
        row.area, row.organisation = access.area_to_tell_of(by, code), None
        return
    row.organisation = access.hospital_to_tell_of(by, organisation)
    if row.organisation.area is None:
        raise Refused(_("The directory does not say where this hospital lies."))
    row.area = row.organisation.area


def _prove(row: Outflow, at: dt.datetime) -> None:
    if row.from_on > at.date():
        raise Refused(_("This period is still to come."))
    if row.grain == Outflow.Grain.YEAR and row.from_on.year >= at.year:
        raise Refused(_("This year is not over: tell its months."))
    if row.from_on >= at.date().replace(day=1):
        raise Refused(_("This period is not over."))
    prove_happened(row.period, at=at, since=SINCE)
    if row.to_organisation and row.to_organisation == row.organisation:
        raise Refused(_("They left for another hospital, not for this one."))
    if (row.cost is None) != (not row.currency) or (row.cost is None) != (not row.cost_of):
        raise Refused(_("A cost has a currency, and says whether it is of all or of one patient."))
    if not row.told_from.strip():
        raise Refused(_("Say who told it."))
    prove_nobody_treated(row.told_from, row.to_words)


def _prove_stands(row: Outflow) -> None:
    if not row.current:
        raise Overtaken(_("Something else was told meanwhile. Look at it again."))


def _tell(page: Page, row: Outflow, by: Viewer, at: dt.datetime) -> str:
    """NEW, CHANGED, or SAME where nothing else is said than what stands."""
    _fill(row, by, at)
    known = Outflow.objects.filter(line=row.line, current=True).first()
    if known is None:
        page.save(row)
        return NEW
    if all(getattr(known, name) == getattr(row, name) for name in SAID):
        return SAME
    _give_way(page, known, row)
    return CHANGED


def _fill(row: Outflow, by: Viewer, at: dt.datetime) -> None:
    if by.person is None:
        raise Refused(_("Sign in first."))
    row.told_by, row.told_at, row.current = by.person, at, True
    row.to_words, row.told_from = row.to_words.strip()[:200], row.told_from.strip()[:300]
    row.line = same_id(
        "outflow", row.area.pk, row.organisation_id, row.item_id, row.grain, row.from_on,
        row.to_area_id, row.to_organisation_id, row.to_words.casefold(),
    )  # fmt: skip


def _give_way(page: Page, before: Outflow, row: Outflow) -> None:
    before.current, row.supersedes = False, before
    page.save(before)
    page.save(row)


@contextmanager
def _alone() -> Iterator[None]:
    """Of two who tell the same at once, the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as other:
        raise Overtaken(_("Somebody was faster: look at it again.")) from other


def _scope(row: Outflow) -> str:
    if row.organisation_id:
        return f"organisation:{row.organisation_id}"
    return f"area:{row.area_id}"
