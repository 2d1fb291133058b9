"""Who may read the directory (everybody) and who keeps it (programme offices)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import ORGANISATION, Viewer
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


def organisations_of(viewer: Viewer, *roles: str) -> QuerySet[Organisation]:
    """The organisations for which this viewer holds one of these roles.

    A role without limit names none: whoever speaks for a hospital speaks for one that is named.
    """
    held = [g.thing for g in viewer.grants if g.role in roles and g.scope == ORGANISATION]
    return Organisation.objects.filter(pk__in=[pk for pk in held if pk]).select_related("area")
