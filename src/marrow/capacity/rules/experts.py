"""Who of a visiting team may sign a step as its expert."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

#: who treats patients; of these alone the item's own specialty is enough
CLINICAL = frozenset({"DOCTOR", "NURSE", "TECHNICIAN", "PHARMACIST"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who serves in a team: profession, the specialties of person and seat, and whether
    they lead it."""

    kind: str
    specialties: frozenset[str]
    leads: bool = False


def is_expert(who: Visitor, specialty: str, wanted: Collection[tuple[str, str]]) -> bool:
    """Whether they know an item of this specialty that needs staff `wanted` (role, specialty): the
    team's leader, who works in the specialty, or one of the doctors that the item needs. A cook or
    an interpreter never."""
    if who.leads:
        return True
    if who.kind in CLINICAL and specialty in who.specialties:
        return True
    return who.kind == "DOCTOR" and any(("DOCTOR", own) in wanted for own in who.specialties)
