"""Who reads a case: who asked, their hospital, the one specialist who has it. Nobody else.

The office and the auditor see that a case waits, since when and for which specialty; the queue of
specialists shows the same. None of them sees the patient's story.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.accounts.models import Account, RoleGrant
from marrow.accounts.queries import viewer_of
from marrow.consults.models import Consult, Photo
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import AREA, EVERYWHERE, ORGANISATION, PROGRAMME, Viewer
from marrow.directory.access import organisations_of
from marrow.directory.models import Organisation
from marrow.missions.models import Site
from marrow.programmes.access import lies_within
from marrow.programmes.models import Series
from marrow.teams.access import hospitals_served, hospitals_where_serving

OURS = ("recipient", "head")
CLOCK = "clock"  # the door of what falls due
WAITING = ("SUBMITTED", "ASSIGNED")  # for an answer
WITH_SPECIALIST = ("ASSIGNED", "ANSWERED", "CLOSED")
State = Consult.State
ASKERS = ("recipient", "head", "leader", "member")  # who may ask


def hospitals_to_ask_for(viewer: Viewer) -> QuerySet[Organisation]:
    """The viewer's own hospitals, and those where they serve in a team now."""
    own = organisations_of(viewer, *OURS).values("pk")
    serving = hospitals_where_serving(viewer).values("pk")
    here = Q(pk__in=own)
    if viewer.holds("leader", "member"):
        here |= Q(pk__in=serving)
    return Organisation.objects.filter(here)


def hospital_to_ask_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = hospitals_to_ask_for(viewer).filter(pk=organisation).first()
    if row is None:
        raise Unseen(_("There is no such hospital, or it is not yours."))
    return row


def cases_for(viewer: Viewer) -> QuerySet[Consult]:
    """The cases that this viewer reads."""
    rows = Consult.objects.select_related("organisation__area")
    if viewer.person is None or not viewer.grants:  # every role was revoked: no story any more
        return rows.none()
    seen = Q(asked_by=viewer.person)
    if viewer.holds(*OURS):
        own = organisations_of(viewer, *OURS).values("pk")
        seen |= Q(organisation__in=own) & ~Q(state=State.DRAFT)
    if viewer.holds("specialist"):
        seen |= Q(assigned_to=viewer.person, state__in=WITH_SPECIALIST)
    return rows.filter(seen)


def counted_for(viewer: Viewer) -> QuerySet[Consult]:
    """Of which an office or an auditor sees that they are there, and no story."""
    rows = Consult.objects.exclude(state=State.DRAFT).select_related("organisation__area")
    if viewer.holds("auditor") or viewer.holds_everywhere("office"):
        return rows
    if viewer.holds("office"):
        return rows.filter(organisation__in=hospitals_served(viewer).values("pk"))
    return rows.none()


def queue_for(viewer: Viewer) -> QuerySet[Consult]:
    """Cases that wait for a specialist and that this one might take; not their own."""
    rows = Consult.objects.filter(state=State.SUBMITTED).select_related("organisation__area")
    if viewer.person is None or not viewer.holds("specialist"):
        return rows.none()
    return rows.filter(_within(viewer)).exclude(asked_by=viewer.person)


def _within(viewer: Viewer) -> Q:
    """Cases of the hospitals to which this specialist's role reaches."""
    grants = [g for g in viewer.grants if g.role == "specialist"]
    if any(g.scope == EVERYWHERE for g in grants):
        return Q()
    by_scope: dict[str, list[UUID]] = {}
    for grant in grants:
        if grant.thing:
            by_scope.setdefault(grant.scope, []).append(grant.thing)
    found = Q(organisation__in=by_scope.get(ORGANISATION, []))
    if areas := by_scope.get(AREA):
        found |= lies_within(areas, "organisation__area__path")
    if programmes := by_scope.get(PROGRAMME):
        sites = Site.objects.filter(mission__programme__in=programmes).exclude(organisation=None)
        series = Series.objects.filter(programme__in=programmes).exclude(recipient=None)
        found |= Q(organisation__in=sites.values("organisation"))
        found |= Q(organisation__in=series.values("recipient"))
    return found


def case_for(viewer: Viewer, consult: UUID) -> Consult:
    row = cases_for(viewer).filter(pk=consult).first()
    if row is not None:
        return row
    if counted_for(viewer).filter(pk=consult).exists():
        raise NotAllowed(
            _("A patient’s story is for who asked, their hospital and the specialist who has it.")
        )
    raise Unseen(_("There is no such case, or it is not for your eyes."))


def asks(viewer: Viewer, row: Consult) -> bool:
    """Who asked, or the hospital's own people: they go on where the asker went home."""
    if row.asked_by == viewer.person:
        return True
    return organisations_of(viewer, *OURS).filter(pk=row.organisation_id).exists()


def case_of_asker(viewer: Viewer, consult: UUID) -> Consult:
    row = case_for(viewer, consult)
    if asks(viewer, row):
        return row
    raise NotAllowed(_("Only who asked, or their hospital, does this."))


def has_it(viewer: Viewer, row: Consult) -> bool:
    mine = row.assigned_to is not None and row.assigned_to == viewer.person
    return mine and viewer.holds("specialist")


def case_of_specialist(viewer: Viewer, consult: UUID) -> Consult:
    row = case_for(viewer, consult)
    if has_it(viewer, row):
        return row
    raise NotAllowed(_("Only the specialist who has the case does this."))


def case_to_take(viewer: Viewer, consult: UUID) -> Consult:
    row = queue_for(viewer).filter(pk=consult).first()
    if row is None:
        raise Unseen(_("This case does not wait for a specialist any more."))
    return row


def case_to_allot(viewer: Viewer, consult: UUID) -> Consult:
    """For the programme office: who might answer, or that nobody can."""
    row = counted_for(viewer).filter(pk=consult).first()
    if row is None:
        raise Unseen(_("There is no such case, or it is not for your eyes."))
    if viewer.holds("office"):
        return row
    raise NotAllowed(_("Only the programme office does this."))


def case_to_climb(by: Viewer, consult: UUID) -> Consult | None:
    """The case, locked, for the clock alone; None where nobody waits for an answer any more."""
    if by.via != CLOCK:
        raise NotAllowed(_("Only the clock does this."))
    waiting = Consult.objects.select_for_update().filter(state__in=WAITING)
    return waiting.filter(pk=consult).first()


def specialists_for(row: Consult) -> list[Account]:
    """Those who might answer this case."""
    held = RoleGrant.objects.filter(role="specialist", revoked_at=None)
    rows = Account.objects.filter(pk__in=held.values("account"), is_active=True)
    turned = row.turnings.values_list("specialist", flat=True)
    return [
        account
        for account in rows.exclude(pk__in=turned).order_by("last_name", "username")[:60]
        if queue_for(viewer_of(account)).filter(pk=row.pk).exists()
    ]


def photo_for(viewer: Viewer, consult: UUID, photo: UUID) -> Photo:
    row = case_for(viewer, consult)
    found = Photo.objects.select_related("bytes").filter(pk=photo, consult=row).first()
    if found is None:
        raise Unseen(_("There is no such photograph."))
    found.consult = row
    return found


def sees_cases(viewer: Viewer, consults: set[UUID]) -> set[UUID]:
    return set(cases_for(viewer).filter(pk__in=consults).values_list("pk", flat=True))
