"""Who issues certificates, keeps ceremonies and remembers the fallen: the programme office."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.access import people_for
from marrow.recognition.models import Certificate
from marrow.teams.access import forms, mission_to_form, team_mission_for

RELATED = ("assignment__person__unit", "assignment__seat__mission__programme__sender")


def mission_to_honour(viewer: Viewer, mission: UUID) -> Mission:
    """The mission whose people are given certificates, for the office that forms its team."""
    return mission_to_form(viewer, mission)


def mission_of_certificates(viewer: Viewer, mission: UUID) -> Mission:
    """The certificates of a whole team: for its office and auditors."""
    row = team_mission_for(viewer, mission)
    if viewer.holds("auditor") or forms(viewer, row):
        return row
    raise NotAllowed(_("The certificates of a whole team are for its programme office."))


def issues(viewer: Viewer, mission: Mission) -> bool:
    return forms(viewer, mission)


def certificates() -> QuerySet[Certificate]:
    return Certificate.objects.select_related(*RELATED)


def certificate_for(viewer: Viewer, certificate: UUID) -> Certificate:
    """A certificate: for the person, their unit, the office, auditors."""
    row = certificates().filter(pk=certificate).first()
    if row is None or not may_see(viewer, row):
        raise Unseen(_("There is no such certificate, or it is not for your eyes."))
    return row


def may_see(viewer: Viewer, row: Certificate) -> bool:
    if forms(viewer, row.assignment.seat.mission):
        return True
    return people_for(viewer).filter(pk=row.assignment.person_id).exists()


def certificate_to_withdraw(viewer: Viewer, certificate: UUID) -> Certificate:
    row = certificate_for(viewer, certificate)
    if forms(viewer, row.assignment.seat.mission):
        return row
    raise NotAllowed(_("Only the programme office that issued it withdraws a certificate."))


def own(viewer: Viewer) -> Q:
    """Certificates of this viewer."""
    return Q(assignment__person__account=viewer.person) if viewer.signed_in else Q(pk__in=[])
