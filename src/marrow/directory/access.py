"""Who may read the directory (everybody) and who keeps it (programme offices)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered
from marrow.core.viewer import AREA, ORGANISATION, Viewer
from marrow.directory.models import Area, Organisation


def may_keep_directory(viewer: Viewer) -> Viewer:
    if viewer.holds("office"):
        return viewer
    raise NotAllowed(_("Only a programme office changes the directory."))


def area_for(code: str) -> Area:
    row = Area.objects.select_related("parent").filter(code=code).first()
    if row is None:
        raise Unseen(_("There is no such place."))
    return row


def organisation_for(organisation: UUID) -> Organisation:
    row = Organisation.objects.select_related("area", "successor").filter(pk=organisation).first()
    if row is None:
        raise Unseen(_("There is no such organisation."))
    return row


def spoken_for(viewer: Viewer, *roles: str) -> frozenset[UUID]:
    """The organisations and places for which this viewer speaks in one of these roles: the one rule
    of how far a recipient, or a head of its departments, reaches.

    A role without limit names none: whoever speaks for a hospital speaks for one that is named.
    """
    named = (g for g in viewer.grants if g.role in roles and g.scope in (ORGANISATION, AREA))
    return frozenset(g.thing for g in named if g.thing)


def organisations_of(viewer: Viewer, *roles: str) -> QuerySet[Organisation]:
    """The organisations for which this viewer speaks in one of these roles."""
    here = spoken_for(viewer, *roles)
    return Organisation.objects.filter(pk__in=here).select_related("area")


def areas_within(path: str) -> QuerySet[Area, Any]:
    """An area and its parts, by its path, as keys to look others up by: so that the few areas are
    walked, and not every hospital in them."""
    return Area.objects.filter(path__startswith=path).order_by().values("pk")


@remembered
def areas_at(ids: frozenset[UUID]) -> list[Area]:
    """These areas, as far as their names and limits are told; of those that are gone nothing."""
    return list(Area.objects.filter(pk__in=ids).only("code", "names", "path"))
