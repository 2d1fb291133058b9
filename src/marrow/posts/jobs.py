"""The clock of silence: each rung of the ladder is a job that is due at its hour."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from marrow.core.jobs import Lease, handles
from marrow.core.journal.derived import follows
from marrow.core.viewer import Viewer
from marrow.posts.access import CLOCK
from marrow.posts.actions.watching import JOB, as_it_stands, climb
from marrow.posts.models import Watch

THE_CLOCK = Viewer(via=CLOCK)


@handles(JOB)
def climb_when_due(lease: Lease) -> None:
    """Climb the rung whose hour has come; what was climbed before stays as it is."""
    told = lease.payload
    climb(
        watch=UUID(told["watch"]), step=int(told["step"]),
        since=dt.datetime.fromisoformat(told["since"]), by=THE_CLOCK, at=timezone.now(),
    )  # fmt: skip


@follows(Watch)
def follow_undo(watches: set[UUID]) -> None:
    for watch in Watch.objects.filter(pk__in=watches, stopped_at=None):
        as_it_stands(watch, THE_CLOCK, timezone.now())
