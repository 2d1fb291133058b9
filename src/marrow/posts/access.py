"""Who lives a mission on post: its team and office, the auditor; its hosts see what is theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.access import spoken_for
from marrow.missions.access import mission_for
from marrow.missions.models import Mission, Site
from marrow.people.models import Person
from marrow.posts.models import Incident, Milestone, Objective, Watch
from marrow.teams import access as teams
from marrow.teams.away import is_away
from marrow.teams.models import Assignment

HOSTS = ("recipient", "head")
CLOCK = "clock"  # the door of what falls due


def inside(viewer: Viewer, mission: Mission) -> bool:
    """The team, its office and the auditor: they see how people are, and what happened."""
    return viewer.holds("auditor") or teams.forms(viewer, mission) or teams.serves(viewer, mission)


def host_places(mission: Mission) -> frozenset[UUID]:
    """The organisations and areas where a mission works, and its series' recipient."""
    return host_places_of([mission])[mission.pk]


def host_places_of(missions: Collection[Mission]) -> dict[UUID, frozenset[UUID]]:
    """The same of several, read once for all."""
    found: dict[UUID, set[UUID | None]] = {m.pk: set() for m in missions}
    sites = Site.objects.filter(mission__in=found)
    for mission, *places in sites.values_list("mission", "organisation", "area"):
        found[mission].update(places)
    for one in missions:
        if one.series:
            found[one.pk] |= {one.series.recipient_id, one.series.recipient_area_id}
    return {pk: frozenset(p for p in places if p) for pk, places in found.items()}


def hosts(viewer: Viewer, mission: Mission, *roles: str) -> bool:
    """Whether this viewer speaks for a place where the mission works."""
    places = spoken_for(viewer, *(roles or HOSTS))
    return bool(places) and not places.isdisjoint(host_places(mission))


def hosted_by(viewer: Viewer) -> Q:
    """The missions that work at the places for which this viewer speaks."""
    things = spoken_for(viewer, *HOSTS)
    return (
        Q(sites__organisation__in=things)
        | Q(sites__area__in=things)
        | Q(series__recipient__in=things)
        | Q(series__recipient_area__in=things)
    )


def watched_for(viewer: Viewer) -> QuerySet[Mission]:
    """The missions on post whose life this viewer may see."""
    rows = Mission.objects.filter(watch__stopped_at=None, watch__isnull=False)
    if viewer.holds("auditor"):
        return rows
    seen = Q(pk__in=teams.missions_of(viewer))
    if viewer.holds("office"):
        seen |= Q(pk__in=teams.formed_by(viewer).values("pk"))
    if viewer.holds(*HOSTS):
        hosted = Mission.objects.filter(hosted_by(viewer))
        seen |= Q(pk__in=hosted.values("pk"))
    return rows.filter(seen)


def post_for(viewer: Viewer, mission: UUID) -> Mission:
    """A mission on post, for those inside and its hosts."""
    row = mission_for(mission)
    if inside(viewer, row) or hosts(viewer, row):
        return row
    raise Unseen(_("There is no such team on post, or it is not for your eyes."))


def inside_for(viewer: Viewer, mission: UUID) -> Mission:
    """What is not for hosts: how people are, what happened."""
    row = post_for(viewer, mission)
    if inside(viewer, row):
        return row
    raise NotAllowed(_("This is for the team and its programme office."))


def looks_after(viewer: Viewer, mission: Mission) -> bool:
    """The leader, the deputy and the office."""
    return teams.forms(viewer, mission) or teams.leads(viewer, mission)


def mission_to_look_after(viewer: Viewer, mission: UUID) -> Mission:
    row = post_for(viewer, mission)
    if looks_after(viewer, row):
        return row
    raise NotAllowed(_("The team’s leader or its programme office does this."))


def tells(viewer: Viewer, mission: Mission) -> bool:
    return teams.serves(viewer, mission) or teams.forms(viewer, mission)


def mission_to_tell_of(viewer: Viewer, mission: UUID) -> Mission:
    """For the team and its office: they check in and say what happened."""
    row = post_for(viewer, mission)
    if tells(viewer, row):
        return row
    raise NotAllowed(_("Only the team or its programme office says this."))


def mission_to_watch(viewer: Viewer, mission: UUID) -> Mission:
    row = post_for(viewer, mission)
    if teams.forms(viewer, row):
        return row
    raise NotAllowed(_("Only the programme office of this team does this."))


def serving(mission: Mission) -> QuerySet[Assignment]:
    """Those who are on post, with the person."""
    rows = Assignment.objects.filter(seat__mission=mission, state=Assignment.State.SERVING)
    return rows.select_related("person", "seat")


def me_on_post(viewer: Viewer, mission: Mission) -> Person | None:
    """The person who this viewer is, where they serve in the mission now."""
    if not viewer.signed_in or not is_away(mission):
        return None
    mine = Assignment.objects.filter(
        seat__mission=mission, person__account=viewer.person, state__in=teams.IN_TEAM
    )
    found = mine.select_related("person").first()
    return found.person if found else None


def watch_to_climb(by: Viewer, watch: UUID) -> Watch | None:
    """The watch, locked, for the clock alone; None where it is gone."""
    if by.via != CLOCK:
        raise NotAllowed(_("Only the clock does this."))
    rows = Watch.objects.select_for_update().filter(pk=watch)
    return rows.first()


def incident_for(viewer: Viewer, incident: UUID) -> Incident:
    row = Incident.objects.select_related("mission__programme__sender", "site").filter(pk=incident)
    found = row.first()
    if found is None or not inside(viewer, found.mission):
        raise Unseen(_("There is no such incident, or it is not for your eyes."))
    return found


def incident_to_keep(viewer: Viewer, incident: UUID) -> Incident:
    row = incident_for(viewer, incident)
    if looks_after(viewer, row.mission):
        return row
    raise NotAllowed(_("The team’s leader or its programme office does this."))


def milestone_to_keep(viewer: Viewer, milestone: UUID) -> Milestone:
    rows = Milestone.objects.select_related("mission__programme__sender")
    row = rows.filter(pk=milestone).first()
    if row is None:
        raise Unseen(_("There is no such milestone."))
    mission_to_look_after(viewer, row.mission_id)
    return row


def objective_for(viewer: Viewer, objective: UUID) -> Objective:
    rows = Objective.objects.select_related("mission__programme__sender", "mission__series", "site")
    row = rows.filter(pk=objective).first()
    if row is None:
        raise Unseen(_("There is no such objective."))
    post_for(viewer, row.mission_id)
    return row


def side_of(viewer: Viewer, mission: Mission, site: Site | None = None) -> str:
    """`team`, `host` or '' : for whom this viewer agrees and scores. Nobody speaks for both."""
    if looks_after(viewer, mission):
        return "team"
    return "host" if speaks_for_host(viewer, host_places(mission), site) else ""


def speaks_for_host(viewer: Viewer, places: frozenset[UUID], site: Site | None) -> bool:
    """The recipient's office, for an objective of its own place where that is said."""
    return viewer.holds("recipient") and viewer.holds_for(
        "recipient", things=places_named(site) or places
    )


def places_named(site: Site | None) -> frozenset[UUID]:
    """The organisation or area of a place of work."""
    return frozenset(p for p in (site.organisation_id, site.area_id) if p) if site else frozenset()


def may_speak(viewer: Viewer, mission: Mission, site: Site | None = None) -> str:
    side = side_of(viewer, mission, site)
    if side:
        return side
    raise NotAllowed(
        _("The leader or the office speaks for the team, the recipient’s office for the hosts.")
    )


def site_of(mission: Mission, site: UUID | None) -> Site | None:
    """The place of work, which must be one of the mission's."""
    if site is None:
        return None
    row = Site.objects.filter(pk=site, mission=mission).first()
    if row is None:
        raise Unseen(_("There is no such place of work."))
    return row


def mission_to_greet(viewer: Viewer, mission: UUID) -> Mission:
    """The office and the heads of the hosts write to a team."""
    row = post_for(viewer, mission)
    if teams.forms(viewer, row) or hosts(viewer, row):
        return row
    raise NotAllowed(_("The programme office or the hosts write to a team."))


def expected_from(watch: Watch, started_on: dt.date | None) -> dt.datetime:
    """Since when a word of somebody is waited for; of who came later, after their first day."""
    if started_on is None or started_on <= watch.started_at.date():
        return watch.started_at
    return dt.datetime.combine(started_on + dt.timedelta(days=1), dt.time(), dt.UTC)
