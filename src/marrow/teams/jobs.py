"""The clock of teams: what is overdue on a checklist becomes work for its owner."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from marrow.core.jobs import Lease, handles
from marrow.core.viewer import Viewer
from marrow.teams.actions import tell_overdue
from marrow.teams.actions.checklists import OVERDUE

CLOCK = Viewer(via="clock")


@handles(OVERDUE)
def overdue(lease: Lease) -> None:
    """The day after something was due for a mission; told twice, it leaves the same work."""
    tell_overdue(mission=UUID(lease.payload["mission"]), by=CLOCK, at=timezone.now())
