"""Standing ways of referral between houses of two levels, and how many were sent back by them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.days import prove_happened
from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.need import access
from marrow.need.models import ReferralWay, SentBack
from marrow.need.rules.burden import SINCE, YEAR
from marrow.people.actions.wording import prove_nobody_called

OPEN = Act("open_way", gettext_lazy("Recorded a way of referral"))
END = Act("end_way", gettext_lazy("Recorded that a way of referral ended"))
BACK = Act("tell_sent_back", gettext_lazy("Told how many were sent back"))
Direction = ReferralWay.Direction


def open_way(*, organisation: UUID, way: ReferralWay, by: Viewer, at: dt.datetime) -> ReferralWay:
    """Record how patients go between this house and another; `way` has both houses, which way,
    for which specialty ('' is all), how, and since when. The other house reads whose word it is."""
    access.hospital_to_tell_of(by, organisation)
    if organisation not in (way.below_id, way.above_id) or way.below_id == way.above_id:
        raise Refused(_("Name the other house."))
    if way.specialty and way.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    way.how = way.how.strip()[:300]
    if not way.how:
        raise Refused(_("Say whom one calls and what goes with the patient."))
    prove_nobody_called(way.how)
    if way.started_on > at.date().isoformat():
        raise Refused(_("This day is still to come."))
    way.told_by, way.told_at = _who(by), at
    side = ReferralWay.Side
    way.told_side = side.BELOW if organisation == way.below_id else side.ABOVE
    try:
        with (
            transaction.atomic(),
            journal(OPEN, by=by, at=at, scope=f"organisation:{organisation}") as page,
        ):
            page.save(way)
    except IntegrityError as other:
        raise Overtaken(_("This way stands already.")) from other
    return way


def end_way(*, way: UUID, on: str, by: Viewer, at: dt.datetime) -> ReferralWay:
    """Say since when nobody goes this way any more; what was counted stays."""
    row = access.way_to_keep(by, way)
    if row.stopped_on:
        raise Overtaken(_("This way has ended already."))
    if not on or on > at.date().isoformat():
        raise Refused(_("Say since when."))
    if row.started_on and on < row.started_on[: len(on)]:
        raise Refused(_("It ends after it began."))
    row.stopped_on = on
    with journal(END, by=by, at=at, scope=f"organisation:{row.below_id}") as page:
        page.save(row)
    return row


def tell_sent_back(
    *, way: UUID, grain: str, from_on: dt.date, patients: int, by: Viewer, at: dt.datetime
) -> SentBack:
    """Tell how many came back in a month or year that is over; told anew, the later one stands,
    and the history keeps both."""
    row = access.way_to_keep(by, way)
    if row.direction != Direction.BACK:
        raise Refused(_("Who went up is told among those who were referred away."))
    if (from_on.year, from_on.month) >= (at.year, at.month):
        raise Refused(_("This period is not over."))
    if grain == YEAR and from_on.year >= at.year:
        raise Refused(_("This year is not over: tell its months."))
    known = SentBack.objects.filter(way=row, grain=grain, from_on=from_on).first()
    told = known or SentBack(id=uuid4(), way=row, grain=grain, from_on=from_on)
    prove_happened(told.period, at=at, since=SINCE)
    if known and known.patients == patients:
        raise Refused(_("This is told already, in the same words."))
    told.patients, told.told_by, told.told_at = patients, _who(by), at
    with journal(BACK, by=by, at=at, scope=f"organisation:{row.below_id}") as page:
        page.save(told)
    return told


def _who(by: Viewer) -> UUID:
    if by.person is None:
        raise Refused(_("Sign in first."))
    return by.person
