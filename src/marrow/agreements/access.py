"""Who reads agreement work: its programme office, those who receive, the auditor. Who keeps it: the
office; each side gives its own health check.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from marrow.agreements.models import (
    HealthCheck,
    Lesson,
    OfficeMember,
    Requirement,
    Target,
    TaskLine,
    TaskSheet,
)
from marrow.core.models import Record
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.access import spoken_for
from marrow.programmes.access import changed_by, changes, lies_within, may_change, programme_for
from marrow.programmes.models import Partnership, Programme, Series

HOSTS = ("recipient", "head")
SIDES = HealthCheck.Side


def received_by(viewer: Viewer, *roles: str) -> Q:
    """Partnerships and series whose recipient these roles of the viewer speak for."""
    things = spoken_for(viewer, *(roles or HOSTS))
    if not things:
        return Q(pk__in=[])
    here = Q(recipient__in=things) | Q(recipient_area__in=things)
    return here | lies_within(things, "recipient__area__path") | lies_within(
        things, "recipient_area__path"
    )  # fmt: skip


def seen_by(viewer: Viewer) -> QuerySet[Programme]:
    """The programmes whose agreement work this viewer may read."""
    if viewer.holds("auditor"):
        return Programme.objects.all()
    found = Q(pk__in=changed_by(viewer).values("pk")) if viewer.holds("office") else Q(pk__in=[])
    if viewer.holds(*HOSTS):
        mine = received_by(viewer)
        for model in (Partnership, Series):
            rows = model._base_manager.filter(mine, programme=OuterRef("pk"))
            found |= Q(Exists(rows))
    return Programme.objects.filter(found)


def sees(viewer: Viewer, programme: Programme) -> bool:
    if viewer.holds("auditor") or changes(viewer, programme):
        return True
    return viewer.holds(*HOSTS) and seen_by(viewer).filter(pk=programme.pk).exists()


def work_for(viewer: Viewer, key: str) -> Programme:
    """The programme whose agreement work is read."""
    row = programme_for(key)
    if sees(viewer, row):
        return row
    raise Unseen(_("There is no such agreement work, or it is not for your eyes."))


def work_to_keep(viewer: Viewer, key: str) -> Programme:
    row = work_for(viewer, key)
    may_change(viewer, row)
    return row


def sheet_for(viewer: Viewer, sheet: UUID) -> TaskSheet:
    rows = TaskSheet.objects.select_related("programme__sender", "agreement")
    row = rows.filter(pk=sheet).first()
    if row is None or not sees(viewer, row.programme):
        raise Unseen(_("There is no such task sheet, or it is not for your eyes."))
    return row


def sheet_to_keep(viewer: Viewer, sheet: UUID) -> TaskSheet:
    row = sheet_for(viewer, sheet)
    may_change(viewer, row.programme)
    return row


def aimed_to_keep(viewer: Viewer, aimed: UUID) -> TaskLine | Target:
    """A task of a sheet or a target of the card, for the office that tells how far it is."""
    line = TaskLine.objects.select_related("sheet__programme__sender").filter(pk=aimed).first()
    target = Target.objects.select_related("programme__sender").filter(pk=aimed).first()
    row = line or target
    if row is None or not sees(viewer, owner_of(row)):
        raise Unseen(_("There is no such task or target, or it is not for your eyes."))
    may_change(viewer, owner_of(row))
    return row


def owner_of(row: Record) -> Programme:
    """The programme to which an entry belongs; what was taken over belongs to who took it."""
    found: Programme = row.sheet.programme if isinstance(row, TaskLine) else row.programme  # type: ignore[attr-defined]
    return found


def entry_to_keep(viewer: Viewer, model: type[Record], entry: UUID) -> Record:
    """An entry of any kind, for the office that may correct it."""
    path = "sheet__programme__sender" if model is TaskLine else "programme__sender"
    row: Record | None = model._base_manager.select_related(path).filter(pk=entry).first()
    if row is None or not sees(viewer, owner_of(row)):
        raise Unseen(_("There is no such entry, or it is not for your eyes."))
    may_change(viewer, owner_of(row))
    return row


def requirement_for(viewer: Viewer, requirement: UUID) -> Requirement:
    rows = Requirement.objects.select_related("programme__sender")
    row = rows.filter(pk=requirement).first()
    if row is None or not sees(viewer, row.programme):
        raise Unseen(_("There is no such requirement, or it is not for your eyes."))
    return row


def requirement_to_answer(viewer: Viewer, requirement: UUID) -> Requirement:
    row = requirement_for(viewer, requirement)
    may_change(viewer, row.programme)
    return row


def member_to_keep(viewer: Viewer, member: UUID) -> OfficeMember:
    row = OfficeMember.objects.select_related("programme__sender").filter(pk=member).first()
    if row is None or not sees(viewer, row.programme):
        raise Unseen(_("There is nobody like that, or it is not for your eyes."))
    may_change(viewer, row.programme)
    return row


def lessons_for(viewer: Viewer) -> QuerySet[Lesson]:
    """Public ones for everybody; others for every office and auditor, and who receives."""
    if viewer.holds("office", "auditor"):
        return Lesson.objects.all()
    return Lesson.objects.filter(Q(public=True) | Q(programme__in=seen_by(viewer).values("pk")))


def lesson_for(viewer: Viewer, lesson: UUID) -> Lesson:
    rows = lessons_for(viewer).select_related("programme__sender", "mission")
    row = rows.filter(pk=lesson).first()
    if row is None:
        raise Unseen(_("There is no such lesson, or it is not for your eyes."))
    return row


def partnership_for(viewer: Viewer, partnership: UUID) -> Partnership:
    """A partnership whose health check is read: for its two sides and the auditor."""
    rows = Partnership.objects.select_related(
        "programme__sender", "sender", "sender_area", "recipient", "recipient_area"
    )
    row = rows.filter(pk=partnership).first()
    if row is not None and (viewer.holds("auditor") or sides_of(viewer, row, *HOSTS)):
        return row
    raise Unseen(_("There is no such partnership, or it is not for your eyes."))


def sides_of(viewer: Viewer, partnership: Partnership, *hosts: str) -> list[str]:
    """The sides of a partnership that this viewer is of: those of an office and a recipient."""
    found = [str(SIDES.OFFICE)] if changes(viewer, partnership.programme) else []
    roles = hosts or ("recipient",)
    if viewer.holds(*roles):
        mine = Partnership.objects.filter(received_by(viewer, *roles), pk=partnership.pk)
        found += [str(SIDES.RECIPIENT)] if mine.exists() else []
    return found


def may_check(viewer: Viewer, partnership: Partnership, side: str) -> Viewer:
    """Each side gives its own: the office, and the recipient’s office."""
    if side in sides_of(viewer, partnership):
        return viewer
    raise NotAllowed(_("Only this side itself says how it finds the partnership."))
