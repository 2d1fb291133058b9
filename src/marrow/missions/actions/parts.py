"""Changing what hangs on a mission: places of work, sending units, honours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_happened
from marrow.core.journal import Act
from marrow.core.journal.writing import REFERENCE
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions import access
from marrow.missions.actions.days import FIRST
from marrow.missions.actions.trips import begins, prove_once
from marrow.missions.models import Donation, Honour, SendingUnit, Site
from marrow.programmes.actions import as_told, keep_change, set_fresh
from marrow.sources.actions import Source

SITE = Act("change_site", gettext_lazy("Changed a place of work"))
UNIT = Act("change_unit", gettext_lazy("Changed a sending unit"))
DONATION = Act("change_donation", gettext_lazy("Changed a donation"))
HONOUR = Act("change_honour", gettext_lazy("Changed an honour"))
OF_SITE = ("organisation", "area", "as_told", "from_on")
OF_UNIT = ("organisation", "persons")
OF_DONATION = ("names", "kind", "area", "given_on")
OF_HONOUR = ("names", "body", "to", "count", "given_on")


def change_site(
    *, site: UUID, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Site:
    """Change where a mission worked: a hospital, a place, or a name as told."""
    row = access.site_for(site)
    access.may_change_mission(by, row.mission)
    unplaced = row.organisation_id is None
    fresh = set_fresh(row, told, OF_SITE)
    prove_once(row)
    if unplaced and row.organisation_id:
        begins(row, row.from_on, at)
    if not place_told(row):
        raise Refused(_("Name a hospital or a place."))
    said = {"site": place_told(row)} if fresh else {}
    scope = f"mission:{row.mission_id}"
    keep_change(SITE, row, told=said, source=source, by=by, at=at, scope=scope)
    return row


def place_told(site: Site) -> str:
    """What the fact of a place of work says: the hospital's name, a place's code, the words."""
    if site.organisation or site.area is None:
        return str(site.organisation or site.as_told)
    return site.area.code


def change_unit(
    *, unit: UUID, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> SendingUnit:
    """Change who gave people to a mission, and how many."""
    row = access.unit_for(unit)
    access.may_change_mission(by, row.mission)
    fresh = set_fresh(row, told, OF_UNIT)
    said = {c: str(v) if c == "organisation" else v for c, v in fresh.items() if v is not None}
    scope = f"mission:{row.mission_id}"
    keep_change(UNIT, row, told=said, source=source, by=by, at=at, scope=scope)
    return row


def change_honour(
    *, honour: UUID, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Honour:
    """Change what is known of an honour: its name, who gave it, to whom, when."""
    row = access.honour_for(honour)
    access.may_change_honour(by, row)
    fresh = set_fresh(row, told, OF_HONOUR)
    prove_happened(str(fresh.get("given_on", "")), at=at, since=FIRST)
    if row.to not in Honour.To.values:
        raise Refused(_("There is no such kind of receiver."))
    scope = f"mission:{row.mission_id}" if row.mission_id else REFERENCE
    keep_change(HONOUR, row, told=as_told(fresh), source=source, by=by, at=at, scope=scope)
    return row


def change_donation(
    *, donation: UUID, told: Mapping[str, object], source: Source, by: Viewer, at: dt.datetime
) -> Donation:
    """Change what is known of a donation: what it is, to which place, when it was given."""
    row = access.donation_for(donation)
    access.may_change_donation(by, row)
    fresh = set_fresh(row, told, OF_DONATION)
    prove_happened(str(fresh.get("given_on", "")), at=at, since=FIRST)
    if row.kind not in Donation.Kind.values:
        raise Refused(_("There is no such kind of donation."))
    scope = f"mission:{row.mission_id}" if row.mission_id else REFERENCE
    keep_change(DONATION, row, told=as_told(fresh), source=source, by=by, at=at, scope=scope)
    return row
