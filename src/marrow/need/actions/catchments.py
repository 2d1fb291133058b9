"""What is known of the people of an area or of a hospital: told with its source, taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.need import access
from marrow.need.models import Catchment
from marrow.people.actions.wording import prove_no_patient, prove_nobody_treated
from marrow.sources.actions import Source, tell_source

TELL = Act("tell_catchment", gettext_lazy("Told of the people who live there"))
TAKE_BACK = Act("take_back_catchment", gettext_lazy("Took back what was told of the people there"))
Kind = Catchment.Kind
NUMBERS = (Kind.POPULATION, Kind.DENSITY, Kind.DISTANCE, Kind.BEYOND)
OF_A_HOSPITAL = (Kind.CENTRE, Kind.BEYOND)
DATED = (Kind.POPULATION, Kind.BEYOND)


def tell_catchment(
    *, catchment: Catchment, source: Source, code: str = "", organisation: UUID | None = None,
    by: Viewer, at: dt.datetime,
) -> Catchment:  # fmt: skip
    """Tell one thing of the people of an area (`code`) or of a hospital, with its source. What
    was told before stays beside it."""
    if organisation is None:
        catchment.area = access.area_to_tell_of(by, code)
    else:
        catchment.organisation = access.hospital_to_tell_of(by, organisation)
    _prove(catchment)
    if by.person is None:
        raise Refused(_("Sign in first."))
    catchment.told_by, catchment.told_at = by.person, at
    told = {"number": catchment.number} if catchment.number is not None else {}
    more = {"words": catchment.words} if catchment.words else {}
    with journal(TELL, by=by, at=at, scope=_scope(catchment)) as page:
        page.save(catchment)
        tell_source(page, about=catchment, told={**told, **more}, source=source, at=at)
    return catchment


def _prove(row: Catchment) -> None:
    row.words = row.words.strip()[:300]
    prove_nobody_treated(row.words)
    if row.kind in NUMBERS and row.number is None:
        raise Refused(_("Write the number."))
    if row.kind not in NUMBERS and not row.words:
        raise Refused(_("Write what the source says."))
    if row.number is not None and row.number < 0:
        raise Refused(_("Write the number."))
    for told in (row.since, row.until):
        if told and not is_partial_date(told):
            raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    if row.kind in OF_A_HOSPITAL and row.organisation is None:
        raise Refused(_("This is told of a hospital, on its own page."))
    if row.kind in DATED and not row.since:
        raise Refused(_("Say of which year, month or day this number is."))
    if row.next_hospital and row.next_hospital == row.organisation:
        raise Refused(_("The next hospital is another one."))


def take_back_catchment(*, catchment: UUID, reason: str, by: Viewer, at: dt.datetime) -> Catchment:
    row = access.catchment_to_correct(by, catchment)
    if row.ended_why:
        raise Overtaken(_("It was taken back already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.ended_why = reason.strip()[:300]
    with journal(TAKE_BACK, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def _scope(row: Catchment) -> str:
    if row.organisation_id:
        return f"organisation:{row.organisation_id}"
    return f"area:{row.area_id}"
