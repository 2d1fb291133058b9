"""Trips outside a series, and what is added to a mission: places, units, honours, donations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_happened
from marrow.core.journal import Act, journal
from marrow.core.models import Record
from marrow.core.refusals import Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.directory.models import Organisation
from marrow.missions import access
from marrow.missions.actions.batches import as_told, set_told
from marrow.missions.actions.days import FIRST
from marrow.missions.models import Mission, Site
from marrow.programmes.access import may_change
from marrow.programmes.models import Programme
from marrow.sources.actions import Source, tell_source

TRIP = Act("enter_trip", gettext_lazy("Entered a mission"))
PLACE = Act("place_site", gettext_lazy("Said which hospital a place of work is"))
ADD = Act("add_to_mission", gettext_lazy("Added to a mission"))
#: where a team of this status has days on post behind it
SERVED = ("ON_POST", "EXTENDED", "HANDING_OVER", "DEBRIEFING", "CLOSED", "SUSPENDED")


def enter_trip(
    *,
    programme: Programme,
    kind: str,
    names: Names,
    source: Source,
    by: Viewer,
    at: dt.datetime,
    **told: object,
) -> Mission:
    """Enter a mission that stands in no series; `told` are columns of CHANGEABLE."""
    may_change(by, programme)
    if not in_tongue(names):
        raise Refused(_("A mission needs a name in at least one language."))
    if kind not in Mission.Kind.values:
        raise Refused(_("There is no such kind of mission."))
    pk = uuid4()
    row = Mission(id=pk, key=f"trip:{pk}", programme=programme, kind=kind, names=names)
    set_told(row, told, at)
    with journal(TRIP, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(row)
        facts = {"names": in_tongue(names), **as_told(told)}
        tell_source(page, about=row, told=facts, source=source, at=at)
    return row


def place_site(
    *, site: UUID, organisation: Organisation, source: Source, by: Viewer, at: dt.datetime,
    from_on: dt.date | None = None,
) -> Site:  # fmt: skip
    """Say which hospital a place of work is, that a record only names; `from_on` as in `begins`."""
    row = (
        Site.objects.select_related("mission__programme__sender", "mission__sender")
        .filter(pk=site)
        .first()
    )
    if row is None:
        raise Unseen(_("There is no such place of work."))
    access.may_change_mission(by, row.mission)
    row.organisation = organisation
    prove_once(row)
    begins(row, from_on, at)
    with journal(PLACE, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
        told = {"organisation": str(organisation)}
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def prove_once(site: Site) -> None:
    """A hospital is one place of work of a mission, not two."""
    if site.organisation_id is None:
        return
    same = Site.objects.filter(mission=site.mission_id, organisation=site.organisation_id)
    if same.exclude(pk=site.pk).exists():
        raise Refused(_("This hospital is a place of work of the mission already."))


def begins(site: Site, from_on: dt.date | None, at: dt.datetime) -> None:
    """A hospital that is told of a team which served already counts from the day that is told
    (`from_on`), or else from today: no day past has another answer unless somebody says so."""
    if from_on is not None:
        site.from_on = from_on
    elif site.organisation_id and site.from_on is None and site.mission.status in SERVED:
        site.from_on = at.date()


def add_to_mission(
    *,
    programme: Programme,
    mission: Mission | None,
    rows: Sequence[Record],
    told: Mapping[str, object],
    source: Source,
    by: Viewer,
    at: dt.datetime,
) -> Record:
    """Add a place, a unit, an honour, a donation; or the fallen, who belong to a programme."""
    if mission:
        access.may_change_mission(by, mission)
    else:
        may_change(by, programme)
    prove_happened(*(getattr(row, "given_on", "") for row in rows), at=at, since=FIRST)
    for row in rows:
        if isinstance(row, Site):
            prove_once(row)
            begins(row, row.from_on, at)
    scope = f"mission:{mission.pk}" if mission else "reference"
    with journal(ADD, by=by, at=at, scope=scope) as page:
        page.save_all(rows)
        tell_source(page, about=rows[0], told=told, source=source, at=at)
    return rows[0]
