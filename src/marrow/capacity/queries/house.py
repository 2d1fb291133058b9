"""What is told of one hospital, or of a handful, read once for all that a page shows of it: of each
and of whoever went on into it.

The parts of a page take from it what is theirs. Of many hospitals each part asks by itself, and
only for what it needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from marrow.capacity.models import (
    EquipmentChange,
    Evidence,
    Presence,
    Step,
    Supervision,
    SustainedCheck,
)
from marrow.core.remembering import remembered
from marrow.directory.queries import counted_as_one_with, gone_on_into
from marrow.missions.models import Mission, Site
from marrow.teams.models import Assignment

State = Step.State
LIVE = (State.HOLDS, State.PROPOSED)
HANDFUL = 10  # hospitals: of so many everything that is told of machines and staff is soon read


def was_declined() -> Q:
    """Steps of which somebody who would sign said that it was not so, while nothing was proposed
    of the item there since."""
    since = Step.objects.filter(
        organisation=OuterRef("organisation"), item=OuterRef("item"),
        proposed_at__gt=OuterRef("ended_at"),
    )  # fmt: skip
    return Q(~Exists(since)) & ~Q(declined_side="")


def lost_its_evidence() -> Q:
    """Steps up that hold or wait for signatures, of which no evidence counts any more."""
    told = Evidence.objects.filter(step=OuterRef("pk"))
    counts = told.filter(Q(deed=None) | Q(deed__void_reason=""), void_reason="")
    return Q(state__in=LIVE) & Exists(told) & ~Exists(counts)


@dataclass(frozen=True, slots=True)
class Steps:
    """Of a hospital and of all that count as the same one since a merge: its steps that hold, wait
    or were declined, item by item; which of them no evidence shows any more."""

    hospital: UUID
    rows: list[Step]
    lost: frozenset[UUID]

    def held(self) -> list[Step]:
        """Those that hold, of it and of whoever went on into it."""
        here = gone_on_into({self.hospital})
        return [s for s in self.rows if s.state == State.HOLDS and s.organisation_id in here]

    def held_as_one(self, until: dt.date) -> list[Step]:
        """Those that hold, of all that count as the same one, the first reached first."""
        rows = (s for s in self.rows if s.state == State.HOLDS and s.on <= until)
        return sorted(rows, key=lambda s: (s.on, s.held_at))

    def waiting(self) -> list[Step]:
        """Its own that wait for signatures, the longest first."""
        rows = (
            s for s in self.rows
            if s.state == State.PROPOSED and s.organisation_id == self.hospital
        )  # fmt: skip
        return sorted(rows, key=lambda s: s.proposed_at)

    def declined(self) -> list[Step]:
        """Its own that were declined, the last first."""
        rows = (
            (s.ended_at, s) for s in self.rows
            if s.state not in LIVE and s.organisation_id == self.hospital
        )  # fmt: skip
        told = [(at, s) for at, s in rows if at is not None]
        return [s for _at, s in sorted(told, key=lambda one: one[0], reverse=True)]


@remembered
def steps_at(hospital: UUID) -> Steps:
    rows = Step.objects.filter(
        Q(state__in=LIVE) | was_declined(), organisation__in=counted_as_one_with(hospital)
    )
    told = rows.annotate(lost=Q(lost_its_evidence()))
    told = told.select_related("item", "mission", "department", "organisation")
    found = list(told.order_by("item__specialty", "item__search", "item"))
    return Steps(hospital, list(found), frozenset(s.pk for s in found if s.lost))


def house_of(hospitals: Collection[UUID]) -> frozenset[UUID]:
    """These, and whoever went on into one of them."""
    return frozenset(gone_on_into(hospitals))


@remembered
def changes_at(house: frozenset[UUID]) -> list[EquipmentChange]:
    """What was told of its machines, each with its machine, in order."""
    rows = EquipmentChange.objects.filter(equipment__organisation__in=house)
    return list(rows.select_related("equipment").order_by("on", "told_at"))


@remembered
def presences_at(house: frozenset[UUID]) -> list[Presence]:
    """What was told of staff and supplies, in order."""
    return list(Presence.objects.filter(organisation__in=house).order_by("on", "told_at"))


@remembered
def supervisions_at(house: frozenset[UUID]) -> list[Supervision]:
    return list(Supervision.objects.filter(organisation__in=house).order_by("from_on"))


@remembered
def answers_at(hospital: UUID) -> list[SustainedCheck]:
    """What it answered whether something is still done, the newest first."""
    rows = SustainedCheck.objects.filter(organisation=hospital).order_by("-answered_at")
    return list(rows.select_related("item", "mission"))


def things_at(house: frozenset[UUID]) -> frozenset[str]:
    """The codes of the machines and supplies of which something was told."""
    machines = (one.equipment.machine for one in changes_at(house))
    return frozenset({*machines, *(row.resource for row in presences_at(house))} - {""})


def signers_at(hospital: UUID) -> frozenset[UUID]:
    """All whom the page of a hospital names: who declined, stands by from afar, answered."""
    declined = (step.ended_by for step in steps_at(hospital).declined())
    experts = (row.expert for row in supervisions_at(house_of({hospital})))
    answered = (row.answered_by for row in answers_at(hospital))
    return frozenset(who for who in (*declined, *experts, *answered) if who)


#: mission, specialty, site, until when the seat is there, from when until when somebody served
Served = tuple[UUID, str, UUID | None, dt.date | None, dt.date | None, dt.date | None]
SERVED = ("seat__mission", "seat__specialty", "seat__site", "seat__until_on", "started_on",
          "ended_on")  # fmt: skip


At = tuple[UUID, UUID, UUID | None, dt.date | None]  # site, mission, hospital, since when


@dataclass(frozen=True, slots=True)
class Service:
    """Of the missions that work in a house and in which somebody served: all their sites, and who
    served."""

    sites: list[At]
    served: list[Served]
    missions: dict[UUID, Mission]


@remembered
def service_at(house: frozenset[UUID]) -> Service:
    here = Site.objects.filter(organisation__in=house).order_by().values("mission")
    rows = Assignment.objects.filter(seat__mission__in=here).order_by()
    rows = rows.select_related("seat__mission")
    sites: dict[UUID, At] = {}
    served: dict[UUID, Served] = {}
    missions: dict[UUID, Mission] = {}
    at = "seat__mission__sites"
    for row in rows.annotate(
        at=F(at), place=F(f"{at}__organisation"), since=F(f"{at}__from_on")
    ):  # fmt: skip
        seat = row.seat
        told = seat.mission_id, seat.specialty, seat.site_id, seat.until_on
        served[row.pk] = (*told, row.started_on, row.ended_on)
        sites[row.at] = (row.at, seat.mission_id, row.place, row.since)
        missions[seat.mission_id] = seat.mission
    return Service(list(sites.values()), list(served.values()), missions)
