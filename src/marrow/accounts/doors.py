"""The demonstration's doors: five on the sign-in page, and the rest of the ten roles.

All of these people are invented, and their names say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marrow.core.words import Names, in_tongue, names

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
    person: Names
    behind: Promise
    in_front: bool = True

    @property
    def called(self) -> str:
        return in_tongue(self.person)

    @property
    def page(self) -> str:
        """The page on which the door opens: the phone's for those in the field."""
        return "sync:field" if self.role in ("leader", "member") else home_of({self.role})


def _invented(latin: str, zh: str, fr: str = "fictif") -> Names:
    return names(f"{latin} (invented)", f"{zh}（虚构）", f"{latin} ({fr})")


DOORS = (
    Door(
        "demo-office", "office", _invented("Chen Wei", "陈伟"),
        _("Programmes, imports with their findings, and the journal."),
    ),
    Door(
        "demo-leader", "leader", _invented("Yang He", "杨河"),
        _("The phone: record a visit with no network, and see it arrive."),
    ),
    Door(
        "demo-recipient", "recipient", _invented("Aminata Test", "阿米娜塔·试验", "fictive"),
        _("Your hospital's page, and the teams that serve there."),
    ),
    Door(
        "demo-specialist", "specialist", _invented("Hu Quan", "胡泉"),
        _("Cases that wait for an answer."),
    ),
    Door("demo-member", "member", _invented("Sun Feng", "孙风"), _("The phone."), in_front=False),
    Door("demo-head", "head", _invented("Mamadou Test", "马马杜·试验"), _("A department."), in_front=False),
    Door("demo-unit", "unit", _invented("Sun Li", "孙丽"), _("A sending unit."), in_front=False),
    Door("demo-auditor", "auditor", _invented("Zhou Jing", "周静"), _("Reads all, changes nothing."), in_front=False),
    Door("demo-admin", "admin", _invented("He Yu", "何宇"), _("Accounts and roles."), in_front=False),
)  # fmt: skip
