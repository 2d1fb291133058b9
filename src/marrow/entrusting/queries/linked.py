"""The houses above and below a hospital, and what support goes between them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value

from marrow.directory.models import Organisation
from marrow.entrusting.models import GreenChannel, HandedDown
from marrow.programmes.models import ConsortiumLink


@dataclass(frozen=True, slots=True)
class Linked:
    """A house that leads this one or is led by it, and what was recorded between the two."""

    house: Organisation
    above: bool
    consortium: str
    handed_down: int  # times that experience went down between the two
    channel: bool  # the lower one's people come to the upper one without waiting


def linked_with(hospital: Organisation) -> list[Linked]:
    """Those above first. An area that a house leads is no house, and is not here."""
    links = ConsortiumLink.objects.filter(Q(upper=hospital) | Q(lower=hospital))
    rows = links.exclude(lower=None).select_related("upper__area", "lower__area", "consortium")
    upper, lower = OuterRef("upper"), OuterRef("lower")
    between = Q(giver=upper, taker=lower) | Q(giver=lower, taker=upper)
    down = HandedDown.objects.filter(between).order_by().values(one=Value(1))
    opened = GreenChannel.objects.filter(
        stopped_on="", organisation=lower, base__organisation=upper
    )
    told = rows.annotate(
        channel=Exists(opened), down=Subquery(down.annotate(n=Count("pk")).values("n"))
    )
    found = []
    for row in told:
        up = row.lower_id == hospital.pk
        house = row.upper if up else row.lower
        if house is not None:
            found.append(Linked(house, up, str(row.consortium), row.down or 0, row.channel))
    return sorted(found, key=lambda one: (not one.above, str(one.house)))
