"""Who of a team is away now, and where somebody served last."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from marrow.missions.models import Mission
from marrow.teams.access import IN_IT_OR_HOME
from marrow.teams.models import Assignment
from marrow.teams.rules.stages import AWAY


def last_served_in(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    """Of accounts, the mission in whose team each sits, or sat last; who never did is left out."""
    rows = Assignment.objects.filter(IN_IT_OR_HOME, person__account__in=accounts)
    seats = rows.values_list(
        "person__account", "seat__mission", "seat__mission__status", "seat__mission__departed_on"
    )
    latest = sorted(seats, key=lambda seat: (seat[2] in AWAY, seat[3] or "", str(seat[1])))
    return {account: mission for account, mission, _status, _departed in latest if account}


def is_away(mission: Mission) -> bool:
    """Whether somebody of the team is away now: also while it is suspended, as long as anybody
    stands as serving."""
    if mission.status == Mission.Status.SUSPENDED:
        serving = Assignment.State.SERVING
        return Assignment.objects.filter(seat__mission=mission, state=serving).exists()
    return mission.status in AWAY
