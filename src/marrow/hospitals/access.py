"""A hospital speaks for itself; the office that sends to it answers; the auditor reads."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.access import organisations_of
from marrow.directory.models import Organisation
from marrow.hospitals.models import EquipmentReport, Request
from marrow.teams.access import hospitals_served

OURS = ("recipient", "head")


def hospitals_seen(viewer: Viewer) -> QuerySet[Organisation]:
    """The viewer's own hospitals, those that their office serves, all for an auditor."""
    if viewer.holds("auditor"):
        return Organisation.objects.all()
    found = Organisation.objects.filter(pk__in=organisations_of(viewer, *OURS).values("pk"))
    if viewer.holds("office"):
        found |= hospitals_served(viewer)
    return found


def hospital_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = hospitals_seen(viewer).filter(pk=organisation).first()
    if row is None:
        raise Unseen(_("There is no such hospital, or it is not for your eyes."))
    return row


def hospital_to_ask_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = hospital_for(viewer, organisation)
    if organisations_of(viewer, "recipient").filter(pk=row.pk).exists():
        return row
    raise NotAllowed(_("Only the hospital’s own office asks in its name."))


def hospital_to_report_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = hospital_for(viewer, organisation)
    if organisations_of(viewer, *OURS).filter(pk=row.pk).exists():
        return row
    raise NotAllowed(_("Only the hospital’s own people say what is broken there."))


def requests_for(viewer: Viewer) -> QuerySet[Request]:
    return Request.objects.filter(organisation__in=hospitals_seen(viewer).values("pk"))


def reports_for(viewer: Viewer) -> QuerySet[EquipmentReport]:
    rows = EquipmentReport.objects.filter(organisation__in=hospitals_seen(viewer).values("pk"))
    return rows.select_related("organisation", "change__equipment")


def request_for(viewer: Viewer, request: UUID) -> Request:
    row = requests_for(viewer).select_related("organisation").filter(pk=request).first()
    if row is None:
        raise Unseen(_("There is no such request, or it is not for your eyes."))
    return row


def answers(viewer: Viewer, row: Request) -> bool:
    return viewer.holds("office") and hospitals_served(viewer).filter(
        pk=row.organisation_id
    ).exists()  # fmt: skip


def request_to_answer(viewer: Viewer, request: UUID) -> Request:
    row = request_for(viewer, request)
    if answers(viewer, row):
        return row
    raise NotAllowed(_("Only the programme office answers this."))


def request_to_close(viewer: Viewer, request: UUID) -> Request:
    row = request_for(viewer, request)
    hospital_to_ask_for(viewer, row.organisation_id)
    return row


def report_for(viewer: Viewer, report: UUID) -> EquipmentReport:
    row = reports_for(viewer).filter(pk=report).first()
    if row is None:
        raise Unseen(_("There is no such report, or it is not for your eyes."))
    return row
