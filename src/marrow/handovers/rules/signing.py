"""Three sides sign one content: its fingerprint, and whose signature is missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SIDES = ("OUTGOING", "INCOMING", "RECIPIENT")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds: for which side, and the fingerprint of what was signed."""

    side: str
    fingerprint: str


def fingerprint(content: Mapping[str, object]) -> str:
    """64 hexadecimal digits: SHA-256 of the content, written in one way alone."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def missing(signed: Iterable[Signed]) -> list[str]:
    """The sides that have not signed yet, in the order in which people name them."""
    there = {s.side for s in signed}
    return [side for side in SIDES if side not in there]


def differing(signed: Iterable[Signed], now: str) -> list[str]:
    """The sides that signed something else than what stands there now."""
    changed = {s.side for s in signed if s.fingerprint != now}
    return [side for side in SIDES if side in changed]
