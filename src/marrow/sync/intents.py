"""What a phone means: intents, and which room takes each type. Filled by rooms' `sync.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marrow.core.journal import Origin
from marrow.core.viewer import Viewer


class Malformed(ValueError):
    """The intent lacks what its type needs."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One line of a phone: what it wants done with which record.

    `before` holds what the phone saw of the values that it changed. `said_at` is the phone's own
    moment, put right; None where it told none. With `prevails` a person decided that what the
    phone sent stands where both sides changed a value; `parted` are those values of a line that
    came before, None where nobody noted them.
    """

    record: UUID
    type: str
    kind: str
    data: Mapping[str, Any]
    origin: Origin
    before: Mapping[str, Any] = field(default_factory=dict)
    said_at: dt.datetime | None = None
    prevails: bool = False
    parted: frozenset[str] | None = None


class Outcome(str):
    """A receipt's outcome with the values of a record of which the line told something new, and
    those of them on which two sides differ."""

    record: UUID
    told: frozenset[str]
    parted: frozenset[str]

    @classmethod
    def of(cls, outcome: str, record: UUID, told: Iterable[str], parted: Iterable[str]) -> Self:
        made = cls(outcome)
        made.record, made.told, made.parted = record, frozenset(told), frozenset(parted)
        return made


Taker = Callable[[Intent, Viewer, dt.datetime], str]


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes a type of intents, and which kinds of it. Other kinds are set aside; what is
    `urgent` by its data calls a person the same day when it is."""

    taker: Taker
    kinds: tuple[str, ...]
    urgent: Callable[[Mapping[str, Any]], bool]
    word: str | Promise  # what such a line is to people: "a record"
    chooses: tuple[str, ...] = ()  # kinds of which a person may choose the phone's values
    private: bool = False  # its words are for whom it goes to: who looks after phones reads none


TAKERS: dict[str, Taking] = {}


def takes(
    kind: str,
    *,
    kinds: tuple[str, ...] = ("create", "void"),
    of: str = "",
    word: str | Promise = "",
    urgent: Callable[[Mapping[str, Any]], bool] = lambda _data: False,
    chooses: tuple[str, ...] = (),
    private: bool = False,
) -> Callable[[Taker], Taker]:
    """Name the function that takes intents of this type; it returns a Receipt outcome.

    Where several rooms take a type, `of` is what its data say under `of`: a signature of a step.
    """

    def keep(taker: Taker) -> Taker:
        name = f"{kind}:{of}" if of else kind
        TAKERS[name] = Taking(taker, kinds, urgent, word, chooses, private)
        return taker

    return keep


Namer = Callable[[Mapping[str, Any], Any], frozenset[str]]
NAMERS: dict[str, Namer] = {}


def names_told(kind: str) -> Callable[[Namer], Namer]:
    """Name the function that tells of which values of a record a line says something new, by its
    data and by what its phone saw before."""

    def name(namer: Namer) -> Namer:
        NAMERS[kind] = namer
        return namer

    return name


Leaver = Callable[[Intent, Viewer, dt.datetime], None]
LEAVERS: dict[str, Leaver] = {}


def leaves(kind: str) -> Callable[[Leaver], Leaver]:
    """Name the function that is told when an office leaves what is here beside a line's values."""

    def name(leaver: Leaver) -> Leaver:
        LEAVERS[kind] = leaver
        return leaver

    return name


def word_of(kind: str) -> str:
    """What a line of this type (and `of`, after a colon) is called."""
    taking = TAKERS.get(kind)
    return str(taking.word) if taking and taking.word else _("a line")


def taking_of(kind: str, data: Mapping[str, Any]) -> Taking | None:
    """Who takes a line of this type with these data."""
    return TAKERS.get(kind) or TAKERS.get(f"{kind}:{data.get('of')}")


def is_private(kind: str) -> bool:
    """Whether some line of this type is; one that lacks `of` may be that one."""
    return any(one.private for name, one in TAKERS.items() if name.partition(":")[0] == kind)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a line says of a record, as it came: the values may be anything."""

    record: UUID
    kind: str
    data: Mapping[str, Any]
    parted: frozenset[str] | None = None  # on which two sides differ; None: nobody noted it


def id_in(data: Mapping[str, Any], name: str) -> UUID | None:
    """The id that a line tells under this name; None where that is none."""
    try:
        return UUID(str(data.get(name)))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of a record: its word, what is held here now, what the phone sent.

    `held` is None where the record is not here.
    """

    word: str | Promise
    held: str | None
    sent: str

    @property
    def differs(self) -> bool:
        return self.held != self.sent


Comparer = Callable[[Sequence[Sent]], Sequence[Sequence[Compared]]]
COMPARERS: dict[str, Comparer] = {}


def shows_held(kind: str, of: str = "") -> Callable[[Comparer], Comparer]:
    """Name the function that sets lines of this type beside what is held. `of` as in `takes`.

    It gets all lines of a page at once, to read their records in one query, and gives the values
    of each in the same order, those of a record that is not here as they were sent.
    """

    def name(comparer: Comparer) -> Comparer:
        COMPARERS[f"{kind}:{of}" if of else kind] = comparer
        return comparer

    return name


@dataclass(frozen=True, slots=True)
class About:
    """What a line is about, in words for one viewer: which record, case, month; '' where there is
    no more to say. `void` is why that record was taken back here, '' where it stands."""

    text: str
    void: str = ""


Describer = Callable[[Sequence[Sent], Viewer], Sequence[About]]
DESCRIBERS: dict[str, Describer] = {}


def describes(kind: str, of: str = "") -> Callable[[Describer], Describer]:
    """Name the function that says what lines of this type are about, in the same order, as far as
    the viewer may see it. `of` as in `takes`."""

    def name(describer: Describer) -> Describer:
        DESCRIBERS[f"{kind}:{of}" if of else kind] = describer
        return describer

    return name


@dataclass(frozen=True, slots=True)
class Came:
    """What a line said, when it came, and as which line of which phone."""

    sent: Sent
    at: dt.datetime
    origin: Origin


@dataclass(frozen=True, slots=True)
class Emptied:
    """Somebody (their account) took out what a line speaks of, after it had come; '' for no reason
    told. `names`: which of its values were taken out."""

    by: UUID | None
    at: dt.datetime
    reason: str
    names: frozenset[str] = frozenset()


Emptier = Callable[[Sequence[Came]], Sequence[Emptied | None]]
EMPTIERS: dict[str, Emptier] = {}


def tells_emptied(kind: str) -> Callable[[Emptier], Emptier]:
    """Name the function that tells, of each line of this type, who took out since what it speaks
    of; None where nobody did. An office takes such a line in its own name, knowing it."""

    def name(emptier: Emptier) -> Emptier:
        EMPTIERS[kind] = emptier
        return emptier

    return name


def named_in(registry: Mapping[str, Any], kind: str, data: Mapping[str, Any]) -> str:
    """The name under which a line of this type and these data is in a registry; '' in none."""
    return next((one for one in (kind, f"{kind}:{data.get('of')}") if one in registry), "")


Placer = Callable[[Sequence[Sent]], Sequence[UUID | None]]
PLACERS: dict[str, Placer] = {}


def stands_in(kind: str, of: str = "") -> Callable[[Placer], Placer]:
    """Name the function that tells in which mission the record of each line stands, None where it
    is not here or stands in none: its office looks after the line. `of` as in `takes`."""

    def name(placer: Placer) -> Placer:
        PLACERS[f"{kind}:{of}" if of else kind] = placer
        return placer

    return name
