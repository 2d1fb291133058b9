"""Whose name may be shown, and what the office keeps of a family's consent."""

from __future__ import annotations

from dataclasses import dataclass

from marrow.core.viewer import Viewer
from marrow.missions.models import Fallen
from marrow.recognition import access
from marrow.recognition.models import Consent, Remembered


@dataclass(frozen=True, slots=True)
class Shown:
    """What a family lets everybody read."""

    name: str
    words: str
    fell_on: str
    fallen: Fallen


def names_shown(*, invented: bool = False) -> list[Shown]:
    """Those whose family consents now, in the order of time: never a rank.

    The invented of a demonstration are asked for apart: they never stand beside the real.
    """
    held = Consent.objects.filter(
        withdrawn_on=None, remembered__fallen__programme__invented=invented
    ).select_related("remembered__fallen__area")
    found = []
    for consent in held.order_by("remembered__fell_on", "remembered__pk"):
        row = consent.remembered
        if name := row.name:
            with_words = consent.covers == Consent.Covers.NAME_AND_WORDS
            words = row.words if with_words else ""
            found.append(Shown(name, words or "", row.fell_on, row.fallen))
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """One who is remembered with the consents of their family, the one that holds first."""

    row: Remembered
    holds: Consent | None
    ended: list[Consent]


def kept_names(viewer: Viewer) -> list[tuple[Fallen, list[Kept]]]:
    """What this office keeps: each number that a source gives, and the names under it."""
    rows = list(access.fallen_for(viewer).order_by("programme__key", "area__path"))
    named = Remembered.objects.filter(fallen__in=rows).prefetch_related("consents")
    found: dict[object, list[Kept]] = {row.pk: [] for row in rows}
    for one in named.order_by("fell_on", "pk"):
        consents = list(one.consents.all())
        holds = next((c for c in consents if c.withdrawn_on is None), None)
        ended = [c for c in consents if c.withdrawn_on]
        found[one.fallen_id].append(Kept(one, holds, ended))
    return [(row, found[row.pk]) for row in rows]
