"""The precision of aid: which share of the seats answers a need that its hospital confirmed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

#: who comes along and treats nobody
NO_CARE_ROLES = ("COOK", "INTERPRETER")


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat for care in a mission. Cooks and interpreters answer no need of the catalogue, and are
    not counted; nor are teams that are home again."""

    pk: str
    mission: str
    specialty: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a confirmed need: a seat, or a mission (`seat` is '') with all its seats in
    the specialty of the need's item. `fit` are that specialty and those that the item requires."""

    mission: str
    seat: str
    specialty: str
    fit: frozenset[str]


@dataclass(frozen=True, slots=True)
class Share:
    answering: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.answering / self.of)


def answers(seat: Seat, answer: Answer) -> bool:
    """A seat that was linked answers only where its specialty fits the item: a link alone proves
    nothing."""
    if answer.seat:
        return answer.seat == seat.pk and seat.specialty in answer.fit
    return answer.mission == seat.mission and answer.specialty == seat.specialty


def answering(seats: Collection[Seat], told: Collection[Answer]) -> set[str]:
    """The seats that answer a confirmed need."""
    return {s.pk for s in seats if any(answers(s, one) for one in told)}


def precision(seats: Collection[Seat], told: Collection[Answer]) -> Share | None:
    """None where there is no seat: of nothing there is no share."""
    known = {s.pk for s in seats}
    return Share(len(answering(seats, told)), len(known)) if known else None
