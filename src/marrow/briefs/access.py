"""Who reads what a team tells, who writes it: its leader and office; hosts check those operated."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marrow.activity import access as activity
from marrow.briefs.models import Brief, Screened
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.missions.access import mission_for, records_for
from marrow.missions.models import Mission
from marrow.posts import access as posts

WRITERS = ("leader", "office")


def reads(viewer: Viewer, mission: Mission) -> bool:
    """The team, its office and the auditor."""
    return posts.inside(viewer, mission)


def team_for(viewer: Viewer, mission: UUID) -> Mission:
    row = mission_for(mission)
    if reads(viewer, row):
        return row
    raise Unseen(_("There is no such team, or it is not for your eyes."))


def writes(viewer: Viewer, mission: Mission) -> bool:
    """The leader, the deputy and the office."""
    return posts.looks_after(viewer, mission)


def team_to_brief(viewer: Viewer, mission: UUID) -> Mission:
    row = team_for(viewer, mission)
    if writes(viewer, row):
        return row
    raise NotAllowed(_("The team’s leader or its programme office does this."))


def brief_for(viewer: Viewer, brief: UUID) -> Brief:
    """A brief that was sent, for those inside; a draft for those who write it."""
    rows = Brief.objects.select_related("mission__programme__sender", "mission__series")
    row = rows.filter(pk=brief).first()
    if row and reads(viewer, row.mission) and (row.is_sent or writes(viewer, row.mission)):
        return row
    raise Unseen(_("There is no such brief, or it is not for your eyes."))


def brief_to_write(viewer: Viewer, brief: UUID) -> Brief:
    row = brief_for(viewer, brief)
    if writes(viewer, row.mission):
        return row
    raise NotAllowed(_("The team’s leader or its programme office does this."))


def list_for(viewer: Viewer, mission: UUID) -> Mission:
    """A mission's operating list: for those who read what it did."""
    return activity.team_for(viewer, mission)


def lists(viewer: Viewer, mission: Mission) -> bool:
    return records_for(viewer, mission)


def mission_to_list(viewer: Viewer, mission: UUID) -> Mission:
    row = list_for(viewer, mission)
    if lists(viewer, row):
        return row
    raise NotAllowed(_("Only the team or its programme office records what was done."))


def checks(viewer: Viewer, mission: Mission) -> bool:
    """The team, its office, and the hosts: when week 6 comes, the team may be at home."""
    return lists(viewer, mission) or posts.hosts(viewer, mission)


def screened_for(viewer: Viewer, screened: UUID) -> Screened:
    rows = Screened.objects.select_related(
        "mission__programme__sender", "mission__series", "organisation", "operation__item", "item"
    )
    row = rows.filter(pk=screened).first()
    if row is None:
        raise Unseen(_("There is no such line."))
    list_for(viewer, row.mission_id)
    return row


def screened_to_list(viewer: Viewer, screened: UUID) -> Screened:
    row = screened_for(viewer, screened)
    mission_to_list(viewer, row.mission_id)
    return row


def screened_to_check(viewer: Viewer, screened: UUID) -> Screened:
    row = screened_for(viewer, screened)
    if checks(viewer, row.mission):
        return row
    raise NotAllowed(_("The team, its office or its hosts tell of a check."))
