"""Who among the local staff may do what, how they were brought on, what was done first."""

from marrow.entrusting.models.bringing_on import (
    Base,
    GreenChannel,
    HandedDown,
    Pair,
    PairItem,
    Study,
    Talent,
)
from marrow.entrusting.models.firsts import FirstTime
from marrow.entrusting.models.logbook import Entrustment, LogCase

__all__ = [
    "Base",
    "Entrustment",
    "FirstTime",
    "GreenChannel",
    "HandedDown",
    "LogCase",
    "Pair",
    "PairItem",
    "Study",
    "Talent",
]
