"""The clock of answers: each rung is a job that is due at its hour."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from marrow.consults.access import CLOCK
from marrow.consults.actions.lateness import JOB, climb
from marrow.core.jobs import Lease, handles
from marrow.core.viewer import Viewer

THE_CLOCK = Viewer(via=CLOCK)


@handles(JOB)
def climb_when_due(lease: Lease) -> None:
    """Climb the rung whose hour has come; what was climbed before stays as it is."""
    told = lease.payload
    climb(consult=UUID(told["consult"]), step=int(told["step"]), by=THE_CLOCK, at=timezone.now())
