"""Who keeps the catalogue: any programme office and the administrator; a list, its own office.

Everybody who is signed in reads it.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from marrow.catalogue.models import Item, List, ListVersion, Requirement
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.programmes import access as programmes
from marrow.programmes.models import Programme


def keeps_items(viewer: Viewer) -> bool:
    return viewer.holds("office", "admin")


def may_keep_items(viewer: Viewer) -> Viewer:
    if keeps_items(viewer):
        return viewer
    raise NotAllowed(_("Only a programme office or the administrator keeps the catalogue."))


def item_for(key: str) -> Item:
    """An item by its key, or by its id as other answers give it; Unseen where there is none."""
    known = Q(key=key)
    with suppress(ValueError):
        known |= Q(pk=UUID(key))
    row = Item.objects.filter(known).first()
    if row is None:
        raise Unseen(_("There is no such item in the catalogue."))
    return row


def requirement_for(requirement: UUID) -> Requirement:
    row = Requirement.objects.select_related("item").filter(pk=requirement).first()
    if row is None:
        raise Unseen(_("There is no such requirement."))
    return row


def keeps_lists_of(viewer: Viewer, area: Area, programme: Programme | None) -> bool:
    """Whether this viewer's office covers the area, or keeps the programme."""
    if programmes.office_covers(viewer, area):
        return True
    return programme is not None and programmes.changes(viewer, programme)


def may_keep_lists_of(viewer: Viewer, area: Area, programme: Programme | None) -> Viewer:
    if keeps_lists_of(viewer, area, programme):
        return viewer
    raise NotAllowed(_("Only the programme office of this area or programme keeps its lists."))


def list_for(key: str) -> List:
    row = List.objects.select_related("area", "programme__sender").filter(key=key).first()
    if row is None:
        raise Unseen(_("There is no such list."))
    return row


def list_to_keep(viewer: Viewer, key: str) -> List:
    row = list_for(key)
    may_keep_lists_of(viewer, row.area, row.programme)
    return row


def version_for(row: List, number: int) -> ListVersion:
    found = row.versions.filter(number=number).first()
    if found is None:
        raise Unseen(_("This list has no such version."))
    return found


def lists_of_office(viewer: Viewer, path: str = "") -> Q:
    """Records of lists that this viewer's office keeps; `path` leads from them to the list."""
    if viewer.holds_everywhere("office"):
        return Q()
    here = programmes.lies_within(programmes.things_of_office(viewer), f"{path}area__path")
    return here | Q(**{f"{path}programme__in": programmes.changed_by(viewer)})
