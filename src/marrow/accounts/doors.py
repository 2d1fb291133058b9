"""The demonstration's doors: five on the sign-in page, and the rest of the ten roles.

All of these people are invented, and their names say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: where people land whose whole work is one page; everybody else on Today
HOMES = {"recipient": "desk:hospitals", "head": "desk:hospitals", "specialist": "consults:index"}


def home_of(roles: Iterable[str]) -> str:
    """The page on which somebody with these roles lands after signing in."""
    found = {HOMES.get(role, "desk:today") for role in roles}
    return found.pop() if len(found) == 1 else "desk:today"


@dataclass(frozen=True, slots=True)
class Door:
    """A demo account: its user name, role, invented person, and what waits behind the door."""

    username: str
    role: str
    person: str
    behind: Promise
    in_front: bool = True

    @property
    def page(self) -> str:
        """The page on which the door opens: the phone's for those in the field."""
        return "sync:field" if self.role in ("leader", "member") else home_of({self.role})


DOORS = (
    Door(
        "demo-office", "office", "Chen Wei (invented)",
        _("Programmes, imports with their findings, and the journal."),
    ),
    Door(
        "demo-leader", "leader", "Li Na (invented)",
        _("The phone: record a visit with no network, and see it arrive."),
    ),
    Door(
        "demo-recipient", "recipient", "Aminata Test (fictive)",
        _("Your hospital's page, and the teams that serve there."),
    ),
    Door(
        "demo-specialist", "specialist", "Zhao Min (invented)",
        _("Cases that wait for an answer."),
    ),
    Door("demo-member", "member", "Wang Lei (invented)", _("The phone."), in_front=False),
    Door("demo-head", "head", "Mamadou Test (fictif)", _("A department."), in_front=False),
    Door("demo-unit", "unit", "Sun Li (invented)", _("A sending unit."), in_front=False),
    Door("demo-auditor", "auditor", "Zhou Jing (invented)", _("Reads all, changes nothing."), in_front=False),
    Door("demo-admin", "admin", "He Yu (invented)", _("Accounts and roles."), in_front=False),
)  # fmt: skip
