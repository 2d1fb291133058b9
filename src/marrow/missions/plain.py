"""Missions and what hangs on them as plain values, as the API tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import Unseen
from marrow.directory.access import area_for
from marrow.missions import access
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.missions.queries import PRESENT

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
Row = Mapping[str, Any]
COLUMNS = (
    "id", "key", "number", "kind", "names", "status", "status_as_of", "size", "months",
    "signed_on", "departed_on", "arrived_on", "planned_end_on", "returned_on", "purposes", "tags",
    "invented",
)  # fmt: skip
MISSION = (*COLUMNS, "programme__key", "series_id", "sender__code", "sender_body_id")
SITE = ("id", "organisation_id", "area__code", "as_told", "from_on")
HONOUR = (
    "id", "programme__key", "series_id", "mission_id", "names", "body", "level", "to", "count",
    "given_on",
)  # fmt: skip
DONATION = ("id", "key", "programme__key", "mission_id", "kind", "names", "area__code", "given_on")


def missions(
    *,
    programme: str = "",
    series: UUID | None = None,
    recipient: str = "",
    kind: str = "",
    status: str = "",
    away: bool | None = None,
) -> Rows:
    """Batches and trips; `recipient` is a place with all its parts, `away` who is on the way or
    on post."""
    rows = Mission.objects.all()
    if programme:
        rows = rows.filter(programme__key=programme)
    if series:
        rows = rows.filter(series=series)
    if recipient:
        rows = rows.filter(series__recipient_area__path__startswith=area_for(recipient).path)
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    if away is not None:
        rows = rows.filter(status__in=PRESENT) if away else rows.exclude(status__in=PRESENT)
    found: Rows = rows.values(*MISSION)
    return found


def mission(mission: UUID) -> Told:
    row = Mission.objects.filter(pk=mission).values(*MISSION).first()
    if row is None:
        raise Unseen(_("There is no such batch."))
    return mission_told(row)


def mission_told(row: Row) -> Told:
    told = {name: row[name] for name in COLUMNS}
    told["programme"], told["series"] = row["programme__key"], row["series_id"]
    told["sender"], told["sender_body"] = row["sender__code"], row["sender_body_id"]
    return told


def parts_of(mission: UUID) -> Told:
    """Where a mission served, and who gave people to it."""
    row = access.mission_for(mission)
    sites = Site.objects.filter(mission=row).order_by("id")
    units = SendingUnit.objects.filter(mission=row).order_by("id")
    return {
        "sites": [site_told(s) for s in sites.values(*SITE)],
        "units": [
            {"id": u["id"], "organisation": u["organisation_id"], "persons": u["persons"]}
            for u in units.values("id", "organisation_id", "persons")
        ],
    }


def site_told(row: Row) -> Told:
    return {
        "id": row["id"], "organisation": row["organisation_id"], "area": row["area__code"],
        "as_told": row["as_told"], "from_on": row["from_on"],
    }  # fmt: skip


def honours(*, programme: str = "", mission: UUID | None = None) -> Rows:
    rows = Honour.objects.all()
    if programme:
        mine = Q(programme__key=programme) | Q(series__programme__key=programme)
        rows = rows.filter(mine | Q(mission__programme__key=programme))
    if mission:
        rows = rows.filter(mission=mission)
    found: Rows = rows.values(*HONOUR)
    return found


def honour(honour: UUID) -> Told:
    return honour_told(Honour.objects.values(*HONOUR).get(pk=honour))


def honour_told(row: Row) -> Told:
    told = dict(row)
    told["programme"], told["series"] = told.pop("programme__key"), told.pop("series_id")
    told["mission"] = told.pop("mission_id")
    return told


def donations(*, programme: str = "", mission: UUID | None = None) -> Rows:
    rows = Donation.objects.all()
    if programme:
        rows = rows.filter(programme__key=programme)
    if mission:
        rows = rows.filter(mission=mission)
    found: Rows = rows.values(*DONATION)
    return found


def donation(donation: UUID) -> Told:
    return donation_told(Donation.objects.values(*DONATION).get(pk=donation))


def donation_told(row: Row) -> Told:
    told = dict(row)
    told["programme"], told["mission"] = told.pop("programme__key"), told.pop("mission_id")
    told["area"] = told.pop("area__code")
    return told


def fallen(*, programme: str = "") -> Rows:
    """Those who died on mission, in the numbers that sources give."""
    rows = Fallen.objects.all()
    if programme:
        rows = rows.filter(programme__key=programme)
    return rows.values("id", "programme__key", "area__code", "persons")


def fallen_told(row: Row) -> Told:
    return {
        "id": row["id"], "programme": row["programme__key"], "area": row["area__code"],
        "persons": row["persons"],
    }  # fmt: skip


def one_fallen(fallen: UUID) -> Told:
    rows = Fallen.objects.values("id", "programme__key", "area__code", "persons")
    return fallen_told(rows.get(pk=fallen))
