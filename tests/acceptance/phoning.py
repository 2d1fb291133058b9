"""A team on post whose leader records on a phone, and what its office then reads on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from marrow.accounts.models import Account
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.sync.phones import Phone

DAY = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Calling:
    """The team, its leader's phone, and a browser of its office."""

    team: Team
    phone: Phone
    office: Client

    @property
    def where(self) -> dict[str, str]:
        organisation = str(self.team.site.organisation_id)
        return {"organisation": organisation, "mission": str(self.team.mission.pk)}

    def records(self, kind: str, **more: Any) -> UUID:
        """One thing done at the team's hospital, kept on today's phone and sent."""
        data = {**self.where, "held_on": DAY, "kind": kind, "count": 1, **more}
        told = {k: v for k, v in data.items() if v is not None}
        return self.sends("record", "create", told, s=2)

    def sends(
        self, kind: str, what: str, data: dict[str, Any], record: UUID | None = None, **more: Any
    ) -> UUID:
        record = record or uuid4()
        self.phone.line({"r": str(record), "t": kind, "k": what, "d": data, **more})
        assert self.phone.push().notes == []
        return record

    def page(self, part: str) -> str:
        """A page of what the team did, as its office reads it."""
        answer = self.office.get(f"/activity/missions/{self.team.mission.pk}/{part}")
        assert answer.status_code == 200
        return answer.content.decode()


def calling(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    team = a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    return Calling(team, Phone(people["leader"]), signed_in["office"])
