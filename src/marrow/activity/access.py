"""Who may record what was done, who reads it, and who reviews and approves a month."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from marrow.activity.models import Count, Deed, Indicator, Picture, Report, Visits, Voice
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.remembering import steady
from marrow.core.viewer import Viewer
from marrow.directory.access import organisations_of
from marrow.directory.models import Organisation
from marrow.missions.access import (
    changes_mission,
    may_record_for,
    mission_for,
    mission_to_record_for,
    records_for,
)
from marrow.missions.models import Mission, Site
from marrow.teams.access import hospitals_served, hospitals_where_serving, serves

__all__ = ["may_record_for", "mission_to_record", "records_for", "visits_for"]
OURS = ("recipient", "head")


def mission_to_record(viewer: Viewer, mission: UUID) -> Mission:
    """The mission, for those who may record what it did."""
    return mission_to_record_for(viewer, mission)


def enters(viewer: Viewer, mission: Mission) -> bool:
    """Whether the page on which visits are entered opens for this viewer."""
    try:
        may_record_for(viewer, mission)
    except NotAllowed:
        return False
    return True


def visits_for(viewer: Viewer, visits: UUID) -> Visits:
    row = Visits.objects.select_related("mission__programme__sender").filter(pk=visits).first()
    if row is None or not records_for(viewer, row.mission):
        raise Unseen(_("There is no such record."))
    return row


def places_seen(viewer: Viewer) -> QuerySet[Organisation]:
    """Own hospitals, those that an office serves, where a member serves; all for an auditor."""
    if viewer.holds("auditor"):
        return Organisation.objects.all()
    found = organisations_of(viewer, *OURS) | hospitals_where_serving(viewer)
    if viewer.holds("office"):
        found |= hospitals_served(viewer)
    return Organisation.objects.filter(pk__in=found.values("pk"))


def place_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = places_seen(viewer).select_related("area").filter(pk=organisation).first()
    if row is None:
        raise Unseen(_("There is no such hospital, or it is not for your eyes."))
    return row


def team_for(viewer: Viewer, mission: UUID) -> Mission:
    """What a mission did, row by row: for the team, its office, its hosts and auditors."""
    row = mission_for(mission)
    if viewer.holds("auditor") or records_for(viewer, row) or serves(viewer, row):
        return row
    hosts = organisations_of(viewer, *OURS).values("pk")
    if Site.objects.filter(mission=row, organisation__in=hosts).exists():
        return row
    raise Unseen(_("There is no such team, or it is not for your eyes."))


def serves_there(viewer: Viewer, organisation: UUID) -> bool:
    """Whether this viewer's office sends people to it."""
    return viewer.holds("office") and hospitals_served(viewer).filter(pk=organisation).exists()


def is_ours(viewer: Viewer, organisation: UUID, *roles: str) -> bool:
    return organisations_of(viewer, *(roles or OURS)).filter(pk=organisation).exists()


def writes(viewer: Viewer, organisation: UUID | None, mission: Mission | None) -> bool:
    """A team writes for itself; a hospital for itself; the office for both."""
    if mission:
        return records_for(viewer, mission)
    if organisation is None:
        return False
    return is_ours(viewer, organisation) or serves_there(viewer, organisation)


@steady
def place_to_write(
    viewer: Viewer, organisation: UUID, mission: UUID | None
) -> tuple[Organisation, Mission | None]:
    """The place, and the mission that works there, for those who may write what was done."""
    team = mission_for(mission) if mission else None
    row = Organisation.objects.filter(pk=organisation).first()
    if row is None or not (writes(viewer, organisation, team) or sees_place(viewer, organisation)):
        raise Unseen(_("There is no such hospital, or it is not for your eyes."))
    if not writes(viewer, organisation, team):
        raise NotAllowed(_("Only the hospital’s own people, the team or its office write this."))
    if team and not works_at(team, organisation):
        raise Refused(_("This team does not work at this hospital."))
    return row, team


def village_to_write(viewer: Viewer, mission: UUID | None) -> Mission:
    """The mission that worked outside of hospitals: in a village, at a firm, in a school."""
    if mission is None:
        raise Refused(_("Say at which hospital, or which team elsewhere."))
    return mission_to_record_for(viewer, mission)


def sees_place(viewer: Viewer, organisation: UUID | None) -> bool:
    return organisation is not None and places_seen(viewer).filter(pk=organisation).exists()


def works_at(mission: Mission, organisation: UUID) -> bool:
    received = mission.series.recipient_id if mission.series else None
    return received == organisation or mission.sites.filter(organisation=organisation).exists()


def deed_to_void(viewer: Viewer, deed: UUID) -> Deed:
    rows = Deed.objects.select_related("mission__programme__sender", "mission__sender")
    row = rows.filter(pk=deed).first()
    if row is None or not (
        writes(viewer, row.organisation_id, row.mission) or sees_place(viewer, row.organisation_id)
    ):
        raise Unseen(_("There is no such record."))
    if not writes(viewer, row.organisation_id, row.mission):
        raise NotAllowed(_("Only the hospital’s own people, the team or its office write this."))
    return row


def picture_for(viewer: Viewer, picture: UUID) -> Picture:
    """A photograph, for those who see the record that it is of."""
    rows = Picture.objects.select_related("deed__mission__programme__sender")
    row = rows.filter(pk=picture, void_reason="").first()
    if row and sees_place(viewer, row.deed.organisation_id):
        return row
    if row and row.deed.mission_id:
        team_for(viewer, row.deed.mission_id)
        return row
    raise Unseen(_("There is no such photograph, or it is not for your eyes."))


def picture_to_take_out(viewer: Viewer, picture: UUID) -> Picture:
    row = Picture.objects.filter(pk=picture).first()
    if row is None:
        raise Unseen(_("There is no such photograph, or it is not for your eyes."))
    row.deed = deed_to_void(viewer, row.deed_id)
    return row


def reports_seen(viewer: Viewer) -> Q:
    """Reports of the hospitals that this viewer sees."""
    if viewer.holds("auditor") or viewer.holds_everywhere("office"):
        return Q(pk__isnull=False)
    return Q(organisation__in=places_seen(viewer).values("pk"))


def hears(viewer: Viewer, mission: Mission) -> bool:
    """Who reads what was said of a mission's work: the team, its office, auditors."""
    return viewer.holds("auditor") or records_for(viewer, mission)


def voices_for(viewer: Viewer, mission: UUID) -> Mission:
    row = mission_for(mission)
    if hears(viewer, row):
        return row
    raise Unseen(_("There is no such team, or it is not for your eyes."))


def voice_to_void(viewer: Viewer, voice: UUID) -> Voice:
    row = Voice.objects.select_related("mission__programme__sender").filter(pk=voice).first()
    if row is None or not records_for(viewer, row.mission):
        raise Unseen(_("There is no such record."))
    return row


def report_for(viewer: Viewer, report: UUID) -> Report:
    rows = Report.objects.select_related(
        "organisation", "department", "mission__programme__sender", "mission__sender"
    )
    row = rows.filter(pk=report).first()
    if row is None or not (
        Report.objects.filter(reports_seen(viewer), pk=report).exists()
        or (row.mission and records_for(viewer, row.mission))
    ):
        raise Unseen(_("There is no such report, or it is not for your eyes."))
    return row


def writes_report(viewer: Viewer, row: Report) -> bool:
    return writes(viewer, row.organisation_id, row.mission)


def report_to_write(viewer: Viewer, report: UUID) -> Report:
    row = report_for(viewer, report)
    if writes_report(viewer, row):
        return row
    raise NotAllowed(_("Only the hospital’s own people, the team or its office write this."))


def reviews(viewer: Viewer, row: Report) -> bool:
    """The hospital's own office, or the programme's; never who handed it in."""
    if viewer.person is None or viewer.person == row.handed_in_by:
        return False
    return is_ours(viewer, row.organisation_id, "recipient") or approves(viewer, row)


def approves(viewer: Viewer, row: Report) -> bool:
    """The programme office; never who handed it in."""
    if viewer.person is None or viewer.person == row.handed_in_by:
        return False
    if row.mission:
        return changes_mission(viewer, row.mission)
    return serves_there(viewer, row.organisation_id)


def estimates(viewer: Viewer) -> bool:
    """Who counts tells whole numbers; only an office writes estimates, which may have fractions."""
    return viewer.holds("office")


def report_to_review(viewer: Viewer, report: UUID) -> Report:
    row = report_for(viewer, report)
    if reviews(viewer, row):
        return row
    raise NotAllowed(
        _("The hospital’s office or the programme office reviews it, never who handed it in.")
    )


def report_to_approve(viewer: Viewer, report: UUID) -> Report:
    row = report_for(viewer, report)
    if approves(viewer, row):
        return row
    raise NotAllowed(_("The programme office approves it, never who handed it in."))


def report_to_settle(viewer: Viewer, report: UUID) -> Report:
    """An office settles what two phones told of one month of its own."""
    row = report_for(viewer, report)
    if viewer.holds("office"):
        return row
    raise NotAllowed(_("Only a programme office looks after what was set aside."))


def indicators_named(viewer: Viewer) -> QuerySet[Indicator]:
    """The source's words of which this viewer says what they mean. They mean the same for all who
    count by them: an office says it where it serves all of those, one without limit for anybody."""
    if viewer.holds_everywhere("office"):
        return Indicator.objects.all()
    if not viewer.holds("office"):
        return Indicator.objects.none()
    cells = Count.objects.filter(indicator=OuterRef("pk"))
    others = cells.exclude(report__organisation__in=hospitals_served(viewer).values("pk"))
    return Indicator.objects.filter(Exists(cells), ~Exists(others))


def indicator_to_name(viewer: Viewer, indicator: UUID) -> Indicator:
    row = indicators_named(viewer).filter(pk=indicator).first()
    if row is not None:
        return row
    if not Indicator.objects.filter(pk=indicator).exists():
        raise Unseen(_("There is no such indicator."))
    raise NotAllowed(
        _("Others count by these words too: only an office that serves all of them, or one without"
          " limit, says what they mean.")
    )  # fmt: skip
