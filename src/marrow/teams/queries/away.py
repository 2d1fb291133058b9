"""Whether somebody of a team is away."""

from __future__ import annotations

from marrow.missions.models import Mission
from marrow.teams.models import Assignment
from marrow.teams.rules.stages import AWAY


def is_away(mission: Mission) -> bool:
    """Whether somebody of the team is away now: also while it is suspended, as long as anybody
    stands as serving."""
    if mission.status == Mission.Status.SUSPENDED:
        serving = Assignment.State.SERVING
        return Assignment.objects.filter(seat__mission=mission, state=serving).exists()
    return mission.status in AWAY
