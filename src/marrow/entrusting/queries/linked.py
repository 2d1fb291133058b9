"""The houses above and below a hospital, and what support goes between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

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
    down: Counter[UUID] = Counter()
    for giver, taker in HandedDown.objects.filter(
        Q(giver=hospital) | Q(taker=hospital)
    ).values_list("giver", "taker"):
        down[giver if taker == hospital.pk else taker] += 1
    opened = GreenChannel.objects.filter(stopped_on="")
    above = set(opened.filter(organisation=hospital).values_list("base__organisation", flat=True))
    below = set(opened.filter(base__organisation=hospital).values_list("organisation", flat=True))
    found = []
    for row in rows:
        up = row.lower_id == hospital.pk
        house = row.upper if up else row.lower
        if house is not None:
            channel = house.pk in (above if up else below)
            found.append(Linked(house, up, str(row.consortium), down[house.pk], channel))
    return sorted(found, key=lambda one: (not one.above, str(one.house)))
