"""The ways by which patients go up and come back, and how many did in the last year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, prefetch_related_objects

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
    ways = list(rows.select_related("below__area", "above__area"))
    keeps = access.may_speak(viewer, hospital) if viewer.signed_in and ways else False
    counted = ways if keeps else access.ways_read(viewer, ways)
    told = lately_of(counted, on)
    found = [_way(row, hospital, keeps, told) for row in ways]
    return sorted(found, key=lambda w: (bool(w.row.stopped_on), not w.above, str(w.other)))


def _way(
    row: ReferralWay, hospital: Organisation, keeps: bool, told: Mapping[UUID, Left | None]
) -> Way:
    above = row.below_id == hospital.pk
    return Way(
        row, row.above if above else row.below, above,
        specialty_name(row.specialty) if row.specialty else "",
        above == (row.told_side == ReferralWay.Side.ABOVE), row.pk in told, told.get(row.pk), keeps,
    )  # fmt: skip


def lately(row: ReferralWay, on: dt.date) -> Left | None:
    """Back as it is told of the way; up as the house below told whom it referred there."""
    return lately_of([row], on)[row.pk]


def lately_of(ways: Collection[ReferralWay], on: dt.date) -> dict[UUID, Left | None]:
    """The same of several ways, read once for all."""
    back = [way for way in ways if way.direction == Direction.BACK]
    prefetch_related_objects(back, "sent_back")
    sent = _sent([way for way in ways if way.direction != Direction.BACK])
    found = {way.pk: of_last_year([_back(one) for one in way.sent_back.all()], on) for way in back}
    return found | {pk: of_last_year(told, on) for pk, told in sent.items()}


def _sent(ways: Collection[ReferralWay]) -> dict[UUID, list[Telling]]:
    """Of each way up whom the house below told that it referred there; each item is a crowd of its
    own."""
    rows = Outflow.objects.filter(
        current=True, organisation__in={way.below_id for way in ways},
        to_organisation__in={way.above_id for way in ways},
    ).select_related("item")  # fmt: skip
    sent = list(rows) if ways else []
    return {
        way.pk: [
            Telling(f"{one.item_id}/", one.grain, one.from_on, one.patients)
            for one in sent
            if (one.organisation_id, one.to_organisation_id) == (way.below_id, way.above_id)
            and way.specialty in ("", one.item.specialty)
        ]
        for way in ways
    }


def _back(one: SentBack) -> Telling:
    return Telling("", one.grain, one.from_on, one.patients)
