"""Who is looking: a plain value, filled by `accounts`, so that every room proves access."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

ROLES = (
    "public",
    "member",
    "leader",
    "recipient",
    "head",
    "specialist",
    "unit",
    "office",
    "auditor",
    "admin",
)
EVERYWHERE = "everywhere"
PROGRAMME = "programme"
ORGANISATION = "organisation"
AREA = "area"
SCOPES = (EVERYWHERE, PROGRAMME, ORGANISATION, AREA)


@dataclass(frozen=True, slots=True)
class Grant:
    """One role within one scope; `thing` is the id of the programme, organisation or area."""

    role: str
    scope: str = EVERYWHERE
    thing: UUID | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or nobody) with the roles that hold today, and the door they came through."""

    person: UUID | None = None
    name: str = ""
    grants: tuple[Grant, ...] = field(default=())
    via: str = "page"

    @property
    def signed_in(self) -> bool:
        return self.person is not None

    def holds(self, *roles: str) -> bool:
        """True when one of the roles is held, whatever its scope."""
        return any(g.role in roles for g in self.grants)

    def holds_for(self, *roles: str, things: frozenset[UUID] | set[UUID]) -> bool:
        """True when one of the roles is held everywhere, or for one of `things`.

        `things` are the ids that cover the record: its programme, its organisations, and the
        areas it lies in, from the county up to the world.
        """
        return any(
            g.role in roles and (g.scope == EVERYWHERE or g.thing in things) for g in self.grants
        )

    def holds_everywhere(self, *roles: str) -> bool:
        """True when one of the roles is held with no limit."""
        return any(g.role in roles and g.scope == EVERYWHERE for g in self.grants)


PUBLIC = Viewer()
#: whoever has the machine in their hands: the command line
OPERATOR = Viewer(uuid5(NAMESPACE_URL, "marrow:operator"), "operator", (Grant("admin"),), "command")
