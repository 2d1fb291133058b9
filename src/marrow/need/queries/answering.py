"""What answers needs: seats to choose from, and the precision of aid with its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.catalogue.models import Item, Requirement
from marrow.catalogue.rules.specialties import NO_CARE
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.need.models import Need, NeedAnswer
from marrow.need.rules import precision as rule
from marrow.need.rules.states import CONFIRMED
from marrow.teams.access import formed_by
from marrow.teams.models import Seat
from marrow.teams.rules.stages import AWAY, HOME_AGAIN, STILL_FORMING


def seats_to_link(viewer: Viewer, row: Need) -> QuerySet[Seat]:
    """Seats of teams that this viewer's office forms, that serve at the need's hospital or are to
    serve there, are not home again, and are of the item's specialty or of one that it requires."""
    here = Q(sites__organisation=row.organisation_id) | Q(series__recipient=row.organisation_id)
    missions = Mission.objects.filter(here, pk__in=formed_by(viewer).values("pk"))
    rows = Seat.objects.filter(
        mission__in=missions.exclude(status__in=HOME_AGAIN).values("pk"), dropped_on=None
    )
    rows = rows.filter(specialty__in=_fitting({row.item})[row.item_id]).select_related("mission")
    return rows.order_by("mission", "role", "specialty", "pk")


def _fitting(items: Collection[Item]) -> dict[UUID, frozenset[str]]:
    """The specialties that fit each item: its own, and those of the staff that it requires."""
    found = {item.pk: {item.specialty} for item in items}
    staff = Requirement.objects.filter(kind=Requirement.Kind.STAFF, item__in=found, until_on=None)
    for item, specialty in staff.values_list("item", "specialty"):
        found[item].add(specialty)
    return {pk: frozenset(told - {""}) for pk, told in found.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """A seat, and the confirmed needs that it answers."""

    seat: Seat
    needs: list[Need]


@dataclass(frozen=True, slots=True)
class Precise:
    share: rule.Share | None
    rows: list[Row]


def precision_of(viewer: Viewer) -> Precise:
    """Of the teams that are forming or away now: an office's own, all for an auditor."""
    missions = Mission.objects.all() if viewer.holds("auditor") else formed_by(viewer)
    rows = Seat.objects.filter(
        mission__in=missions.filter(status__in=(*STILL_FORMING, *AWAY)).values("pk"),
        dropped_on=None,
    )
    rows = rows.exclude(specialty__in=("", *NO_CARE)).exclude(role__in=rule.NO_CARE_ROLES)
    seats = list(rows.select_related("mission").order_by("mission", "role"))
    links = NeedAnswer.objects.filter(ended_on=None, need__state__in=CONFIRMED)
    links = links.filter(mission__in=[s.mission_id for s in seats])
    linked = list(links.select_related("need__item", "need__organisation"))
    fit = _fitting({a.need.item for a in linked})
    told = [(_answer(a, fit[a.need.item_id]), a.need) for a in linked]
    plain = {s.pk: rule.Seat(str(s.pk), str(s.mission_id), s.specialty) for s in seats}
    needs: dict[object, list[Need]] = defaultdict(list)
    for pk, seat in plain.items():
        needs[pk] = [need for answer, need in told if rule.answers(seat, answer)]
    share = rule.precision(list(plain.values()), [answer for answer, _need in told])
    return Precise(share, [Row(s, needs[s.pk]) for s in seats])


def _answer(row: NeedAnswer, fit: frozenset[str]) -> rule.Answer:
    seat = str(row.seat_id) if row.seat_id else ""
    return rule.Answer(str(row.mission_id), seat, row.need.item.specialty, fit)
