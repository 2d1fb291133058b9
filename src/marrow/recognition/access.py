"""Who issues certificates, keeps ceremonies and remembers the fallen: the programme office."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.missions.models import Fallen, Mission
from marrow.people.access import keeps, people_for, units_of
from marrow.people.models import Person
from marrow.programmes.access import changed_by, changes, event_for, may_change
from marrow.programmes.models import Event
from marrow.recognition.models import Certificate, Remembered
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
    """The office that issued it and who keeps the person's record; who sees the person, but no
    office of another programme."""
    person = row.assignment.person
    if forms(viewer, row.assignment.seat.mission) or keeps(viewer, person):
        return True
    by_office = viewer.holds("office") and not viewer.holds("auditor")
    return not by_office and people_for(viewer).filter(pk=person.pk).exists()


def certificate_to_withdraw(viewer: Viewer, certificate: UUID) -> Certificate:
    row = certificate_for(viewer, certificate)
    if forms(viewer, row.assignment.seat.mission):
        return row
    raise NotAllowed(_("Only the programme office that issued it withdraws a certificate."))


def own(viewer: Viewer) -> Q:
    """Certificates of this viewer."""
    return Q(assignment__person__account=viewer.person) if viewer.signed_in else Q(pk__in=[])


def event_to_see(viewer: Viewer, event: UUID) -> Event:
    """A ceremony's list and order of the day: for its programme office and auditors."""
    row = event_for(event)
    if viewer.holds("auditor") or changes(viewer, row.programme):
        return row
    raise Unseen(_("There is no such ceremony, or it is not for your eyes."))


def event_to_keep(viewer: Viewer, event: UUID) -> Event:
    row = event_to_see(viewer, event)
    may_change(viewer, row.programme)
    return row


def keeps_event(viewer: Viewer, event: Event) -> bool:
    return changes(viewer, event.programme)


def events_for(viewer: Viewer) -> QuerySet[Event]:
    rows = Event.objects.select_related("programme__sender")
    if viewer.holds("auditor") or viewer.holds_everywhere("office"):
        return rows
    return rows.filter(programme__in=changed_by(viewer))


def people_to_honour(viewer: Viewer) -> QuerySet[Person]:
    """On whose record this viewer may write an honour."""
    return Person.objects.filter(unit__in=units_of(viewer, "office", "unit"))


def fallen_for(viewer: Viewer) -> QuerySet[Fallen]:
    """The fallen whose names this viewer's office keeps; nobody else opens what is sealed."""
    rows = Fallen.objects.select_related("area", "programme__sender")
    return rows.filter(programme__in=changed_by(viewer)) if viewer.holds("office") else rows.none()


def fallen_to_remember(viewer: Viewer, fallen: UUID) -> Fallen:
    row = fallen_for(viewer).filter(pk=fallen).first()
    if row is None:
        raise Unseen(_("There is no such page, or it is not for your eyes."))
    return row


def remembered_to_keep(viewer: Viewer, remembered: UUID) -> Remembered:
    rows = Remembered.objects.select_related("fallen__area", "fallen__programme__sender")
    row = rows.filter(pk=remembered, fallen__in=fallen_for(viewer)).first()
    if row is None:
        raise Unseen(_("There is no such page, or it is not for your eyes."))
    return row
