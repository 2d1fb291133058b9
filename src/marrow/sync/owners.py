"""Whose a line is: the mission that it speaks of, and so the office that looks after that team.

A line names its mission, or its record stands in one; what does neither (a question, a signature,
bytes that cannot be read) is of the team that its phone's person serves in. What is of no team at
all waits for the administrator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from marrow.core.subjects import there
from marrow.sync.intents import PLACERS, Sent
from marrow.sync.models import Receipt
from marrow.sync.rules import read_line

Owner = tuple[str, UUID]
MISSION, ACCOUNT = "missions.mission", "accounts.account"
#: told by rooms above: of accounts, the mission that each served in last
SERVING: list[Callable[[Collection[UUID]], Mapping[UUID, UUID]]] = []


def owners_of(rows: Iterable[Receipt]) -> dict[int, Owner]:
    """Of each line (by its receipt) its mission; the phone's account where there is none."""
    lines = list(rows)
    told = _told(lines)
    found = {row.pk: told.get(row.pk) for row in lines}
    known = there(MISSION, {mission for mission in found.values() if mission})
    found = {pk: mission if mission in known else None for pk, mission in found.items()}
    wanted = {row.installation.account for row in lines if found[row.pk] is None}
    serving = _serving(wanted) if wanted else {}
    return {
        row.pk: _owner(found[row.pk] or serving.get(row.installation.account), row) for row in lines
    }


def _owner(mission: UUID | None, row: Receipt) -> Owner:
    return (MISSION, mission) if mission else (ACCOUNT, row.installation.account)


def _told(lines: Sequence[Receipt]) -> dict[int, UUID]:
    """The missions that lines name, or in which their records stand."""
    found: dict[int, UUID] = {}
    by_type: dict[str, list[tuple[int, Sent]]] = defaultdict(list)
    for row in lines:
        told = read_line(bytes(row.line))
        if told is None:
            continue
        if named := _uuid(told["d"].get("mission")):
            found[row.pk] = named
            continue
        sent = Sent(UUID(str(told["r"])), told["k"], told["d"])
        kind = told["t"] if told["t"] in PLACERS else f"{told['t']}:{told['d'].get('of')}"
        if kind in PLACERS:
            by_type[kind].append((row.pk, sent))
    for kind, sents in by_type.items():
        placed = PLACERS[kind]([sent for _pk, sent in sents])
        found |= {
            pk: at for (pk, _sent), at in zip(sents, placed, strict=True) if at is not None
        }  # fmt: skip
    return found


def _uuid(told: object) -> UUID | None:
    try:
        return UUID(told) if isinstance(told, str) else None
    except ValueError:
        return None


def _serving(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    return {who: mission for ask in SERVING for who, mission in ask(accounts).items()}
