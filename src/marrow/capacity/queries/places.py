"""The places for which a list may be asked: its own area, and every part of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from marrow.capacity.models import Expected, Step
from marrow.catalogue.models import List
from marrow.core.refusals import Refused
from marrow.directory.access import area_for
from marrow.directory.models import Area, Organisation


def place_of(listing: List, code: str) -> Area:
    """The area that a code names, '' is the list's own; Unseen where there is none, Refused where
    it lies outside."""
    if not code:
        return listing.area
    found = area_for(code)
    if not found.path.startswith(listing.area.path):
        raise Refused(_("%s does not lie in the area of this list.") % found)
    return found


def places_in(listing: List) -> list[Area]:
    """The parts of a list's area in which hospitals stand somewhere for some item, or should."""
    steps = Step.objects.filter(organisation=OuterRef("pk"), state=Step.State.HOLDS)
    named = Expected.objects.filter(organisation=OuterRef("pk"), list=listing)
    inside = Area.objects.filter(path__startswith=listing.area.path).exclude(pk=listing.area_id)
    hospitals = Organisation.objects.filter(
        Exists(steps.order_by()) | Exists(named), area__in=inside
    )
    found = {a.code: a for a in inside.filter(pk__in=hospitals.order_by().values("area"))}
    codes = {c for a in found.values() for c in a.path.removeprefix(listing.area.path).split("/")}
    if above := codes - found.keys() - {""}:  # regions in which none stands itself
        found |= {a.code: a for a in Area.objects.filter(code__in=above)}
    return sorted(found.values(), key=lambda a: (a.path.count("/"), str(a)))
