"""Who may see, write and sign a handover: the two teams, their office, the recipient's hospital."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.accounts.models import Account, RoleGrant
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import AREA, ORGANISATION, Viewer
from marrow.directory.access import spoken_for
from marrow.handovers.models import LINES, FollowUp, Handover, Line, Signature
from marrow.missions.access import mission_for
from marrow.missions.models import Mission, Site
from marrow.people.access import units_of
from marrow.teams.access import IN_TEAM, LEADERS, formed_by, forms, leads, missions_of, serves
from marrow.teams.models import Assignment

Side = Signature.Side
RELATED = ("from_mission__programme__sender", "from_mission__series", "to_mission__programme")


def recipient_places(viewer: Viewer) -> frozenset[UUID]:
    """The hospitals (and places told without one) for which this viewer signs."""
    return spoken_for(viewer, "recipient")


def at(places: frozenset[UUID]) -> Q:
    """Sites at these places."""
    return Q(organisation__in=places) | Q(organisation=None, area__in=places)


def receives(viewer: Viewer, mission: Mission) -> bool:
    """Whether this viewer answers for the hospital of a place where the mission served."""
    places = recipient_places(viewer)
    return bool(places) and Site.objects.filter(at(places), mission=mission).exists()


def handovers_for(viewer: Viewer) -> QuerySet[Handover]:
    """Handovers of teams that this viewer's office forms, that they serve in or receive."""
    rows = Handover.objects.select_related(*RELATED)
    if viewer.holds("auditor") or viewer.holds_everywhere("office"):
        return rows
    teams = missions_of(viewer)
    seen = Q(from_mission__in=teams) | Q(to_mission__in=teams)
    if viewer.holds("office"):
        seen |= Q(from_mission__in=formed_by(viewer))
    if places := recipient_places(viewer):
        seen |= Q(from_mission__in=Site.objects.filter(at(places)).values("mission"))
    if viewer.signed_in:
        seen |= Q(pk__in=supported_by(viewer).values("handover"))
    return rows.filter(seen)


def supported_by(viewer: Viewer) -> QuerySet[FollowUp]:
    """Follow-ups that are this person's, or their unit's, in handovers that all have signed."""
    rows = FollowUp.objects.filter(handover__state=Handover.State.COMPLETE)
    mine = Q(person__account=viewer.person)
    if viewer.holds("unit"):
        mine |= Q(unit__in=units_of(viewer, "unit"))
    return rows.filter(mine)


def handover_for(viewer: Viewer, handover: UUID) -> Handover:
    row = handovers_for(viewer).filter(pk=handover).first()
    if row is None:
        raise Unseen(_("There is no such handover, or it is not for your eyes."))
    return row


def may_see(viewer: Viewer, handover: Handover) -> bool:
    return handovers_for(viewer).filter(pk=handover.pk).exists()


def writes(viewer: Viewer, mission: Mission) -> bool:
    """Whether this viewer writes what the mission hands over: its leader or its office."""
    return forms(viewer, mission) or leads(viewer, mission)


def mission_to_see(viewer: Viewer, mission: UUID) -> Mission:
    """The mission whose handover is asked for, also where none is begun."""
    row = mission_for(mission)
    auditor = viewer.holds("auditor")
    if auditor or forms(viewer, row) or serves(viewer, row) or receives(viewer, row):
        return row
    if handovers_for(viewer).filter(from_mission=row).exists():
        return row
    raise Unseen(_("There is no such handover, or it is not for your eyes."))


def mission_to_hand_over(viewer: Viewer, mission: UUID) -> Mission:
    row = mission_to_see(viewer, mission)
    if writes(viewer, row):
        return row
    raise NotAllowed(_("Only the leader of the team or its programme office writes this."))


def handover_to_write(viewer: Viewer, handover: UUID) -> Handover:
    row = handover_for(viewer, handover)
    if writes(viewer, row.from_mission):
        return row
    raise NotAllowed(_("Only the leader of the team or its programme office writes this."))


def side_of(viewer: Viewer, row: Handover) -> list[str]:
    """The sides for which this viewer signs; an office never signs for anybody."""
    found = []
    if leads(viewer, row.from_mission):
        found.append(Side.OUTGOING.value)
    if row.to_mission and leads(viewer, row.to_mission):
        found.append(Side.INCOMING.value)
    if receives(viewer, row.from_mission):
        found.append(Side.RECIPIENT.value)
    return found


def handover_to_sign(viewer: Viewer, handover: UUID, side: str) -> Handover:
    row = handover_for(viewer, handover)
    if side in side_of(viewer, row):
        return row
    raise NotAllowed(_("Each side signs for itself, from its own account."))


def handover_to_record_paper(viewer: Viewer, handover: UUID) -> Handover:
    row = handover_for(viewer, handover)
    if forms(viewer, row.from_mission):
        return row
    raise NotAllowed(_("Only the programme office records a signed paper."))


def has_account(row: Handover, side: str) -> bool:
    """Whether somebody could sign for this side from an account of their own."""
    if side == Side.RECIPIENT:
        sites = Site.objects.filter(mission=row.from_mission)
        places = {pk for s in sites for pk in (s.organisation_id or s.area_id,) if pk}
        held = RoleGrant.objects.filter(role="recipient", scope__in=(ORGANISATION, AREA))
        return held.filter(thing__in=places, revoked_at=None, account__is_active=True).exists()
    mission = row.from_mission_id if side == Side.OUTGOING else row.to_mission_id
    seated = Assignment.objects.filter(seat__mission=mission, state__in=IN_TEAM)
    leaders = seated.filter(seat__role__in=LEADERS).exclude(person__account=None)
    accounts = leaders.values("person__account")
    return mission is not None and Account.objects.filter(pk__in=accounts, is_active=True).exists()


def takes_over(viewer: Viewer, row: Handover) -> bool:
    """Whether this viewer settles what was left: the new leader, or the office of either team."""
    if forms(viewer, row.from_mission):
        return True
    to = row.to_mission
    return to is not None and (leads(viewer, to) or forms(viewer, to))


def line_for(viewer: Viewer, part: str, line: UUID) -> Line:
    model = LINES.get(part)
    row = model._base_manager.select_related("handover").filter(pk=line).first() if model else None
    if row is None or not may_see(viewer, row.handover):
        raise Unseen(_("There is no such line, or it is not for your eyes."))
    return row


def line_to_settle(viewer: Viewer, part: str, line: UUID) -> Line:
    row = line_for(viewer, part, line)
    row.handover = handover_for(viewer, row.handover_id)
    if takes_over(viewer, row.handover):
        return row
    raise NotAllowed(_("Only the team that follows or the programme office settles this."))


def follow_up_for(viewer: Viewer, follow_up: UUID) -> FollowUp:
    rows = FollowUp.objects.select_related("handover", "person", "unit")
    row = rows.filter(pk=follow_up).first()
    if row is None or not may_see(viewer, row.handover):
        raise Unseen(_("There is no such follow-up, or it is not for your eyes."))
    return row


def supports(viewer: Viewer, row: FollowUp) -> bool:
    """Whether this viewer says what came of it: who was named, or those who take over."""
    if viewer.signed_in and supported_by(viewer).filter(pk=row.pk).exists():
        return True
    return takes_over(viewer, row.handover)


def follow_up_to_tell(viewer: Viewer, follow_up: UUID) -> FollowUp:
    row = follow_up_for(viewer, follow_up)
    row.handover = handover_for(viewer, row.handover_id)
    if supports(viewer, row):
        return row
    raise NotAllowed(_("Only who was named for it, the team that follows or the office says this."))
