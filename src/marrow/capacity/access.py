"""Everybody reads what a hospital can do; its head, its visitors and its office change it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.capacity.models import Equipment, Step, StepSignature
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.access import organisation_for, organisations_of
from marrow.directory.models import Organisation
from marrow.teams.access import hospitals_served, hospitals_where_serving

Side = StepSignature.Side
OURS = ("recipient", "head")


def sides_of(viewer: Viewer, organisation: UUID) -> frozenset[str]:
    """For which sides this viewer may sign a step of this hospital."""
    return sides_at(viewer, {organisation})[organisation]


def sides_at(viewer: Viewer, hospitals: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The same for many hospitals, one question a side."""
    if not viewer.signed_in:
        return dict.fromkeys(hospitals, frozenset())
    speaks: dict[Side, QuerySet[Organisation]] = {
        Side.HEAD: organisations_of(viewer, "head"),
        Side.VISITOR: hospitals_where_serving(viewer),
    }
    if viewer.holds("office"):
        speaks[Side.OFFICE] = hospitals_served(viewer)
    found: dict[UUID, set[str]] = {pk: set() for pk in hospitals}
    for side, rows in speaks.items():
        for pk in rows.filter(pk__in=hospitals).values_list("pk", flat=True):
            found[pk].add(side.value)
    afar = {Side.REMOTE.value} if viewer.holds("specialist") else set()
    return {pk: frozenset(sides | afar) for pk, sides in found.items()}


def hospital_to_propose_for(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if sides_of(viewer, row.pk) - {Side.REMOTE}:
        return row
    raise NotAllowed(_("The hospital’s head, its visitors or its programme office propose a step."))


def step_for(step: UUID) -> Step:
    row = Step.objects.select_related("organisation", "item", "mission").filter(pk=step).first()
    if row is None:
        raise Unseen(_("There is no such step."))
    return row


def step_to_sign(viewer: Viewer, step: UUID, side: str) -> Step:
    row = step_for(step)
    if side in sides_of(viewer, row.organisation_id):
        return row
    raise NotAllowed(_("You cannot sign for this side."))


def step_to_drop(viewer: Viewer, step: UUID) -> Step:
    row = step_for(step)
    if {Side.HEAD, Side.OFFICE} & sides_of(viewer, row.organisation_id):
        return row
    raise NotAllowed(_("The hospital’s head or its programme office does this."))


def may_keep_machines(viewer: Viewer, organisation: UUID) -> bool:
    ours = organisations_of(viewer, *OURS).filter(pk=organisation).exists()
    return ours or bool({Side.VISITOR, Side.OFFICE} & sides_of(viewer, organisation))


def hospital_to_equip(viewer: Viewer, organisation: UUID) -> Organisation:
    row = organisation_for(organisation)
    if may_keep_machines(viewer, row.pk):
        return row
    raise NotAllowed(_("The hospital’s own people, its visitors or its programme office do this."))


def machine_to_keep(viewer: Viewer, equipment: UUID) -> Equipment:
    row = Equipment.objects.select_related("organisation").filter(pk=equipment).first()
    if row is None:
        raise Unseen(_("There is no such machine."))
    hospital_to_equip(viewer, row.organisation_id)
    return row
