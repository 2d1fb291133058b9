"""The day after something of a handover was due, a look whether it was done."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from marrow.core.jobs import Lease, handles
from marrow.handovers.actions import raise_overdue
from marrow.handovers.actions.work import OVERDUE_JOB


@handles(OVERDUE_JOB)
def look(lease: Lease) -> None:
    """Runs again after a crash: an item that is there is not opened twice."""
    raise_overdue(handover=UUID(lease.key.split(":")[0]), at=timezone.now())
