"""The ways by which patients go up and come back, and how many did in the last year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.need import access
from marrow.need.models import Outflow, ReferralWay, SentBack
from marrow.need.rules.burden import Left, Telling, of_last_year

Direction = ReferralWay.Direction


@dataclass(frozen=True, slots=True)
class Way:
    """A way between this house and another one. `lately` is how many went it in the last year:
    None is unknown, or not for this viewer's eyes; `may_keep` says whether they tell of it."""

    row: ReferralWay
    other: Organisation
    above: bool  # the other one stands above
    specialty: str  # in words; '' is all
    theirs: bool  # the other house told of it
    counted: bool
    lately: Left | None
    may_keep: bool


def ways_of(viewer: Viewer, hospital: Organisation, on: dt.date) -> list[Way]:
    """Those to houses above first; what ended last."""
    rows = ReferralWay.objects.filter(Q(below=hospital) | Q(above=hospital))
    rows = rows.select_related("below__area", "above__area").prefetch_related("sent_back")
    keeps = access.may_speak(viewer, hospital) if viewer.signed_in and rows else False
    found = [_way(viewer, row, hospital, on, keeps) for row in rows]
    return sorted(found, key=lambda w: (bool(w.row.stopped_on), not w.above, str(w.other)))


def _way(viewer: Viewer, row: ReferralWay, hospital: Organisation, on: dt.date, keeps: bool) -> Way:
    above = row.below_id == hospital.pk
    counted = viewer.signed_in and (keeps or access.reads_way(viewer, row))
    return Way(
        row, row.above if above else row.below, above,
        specialty_name(row.specialty) if row.specialty else "",
        above == (row.told_side == ReferralWay.Side.ABOVE), counted,
        lately(row, on) if counted else None, keeps,
    )  # fmt: skip


def lately(row: ReferralWay, on: dt.date) -> Left | None:
    """Back as it is told of the way; up as the house below told whom it referred there."""
    if row.direction == Direction.BACK:
        return of_last_year([_back(one) for one in row.sent_back.all()], on)
    sent = Outflow.objects.filter(
        current=True, organisation=row.below_id, to_organisation=row.above_id
    )
    if row.specialty:
        sent = sent.filter(item__specialty=row.specialty)
    tellings = [
        Telling(f"{one.item_id}/", one.grain, one.from_on, one.patients) for one in sent
    ]  # each item is a crowd of its own
    return of_last_year(tellings, on)


def _back(one: SentBack) -> Telling:
    return Telling("", one.grain, one.from_on, one.patients)
