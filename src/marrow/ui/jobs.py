"""What forms leave behind goes when its time is over."""

from __future__ import annotations

from django.utils import timezone

from marrow.core.jobs import Lease, handles
from marrow.ui.slips import once, unsent


@handles(unsent.TIDY)
def tidy(lease: Lease) -> None:
    now = timezone.now()
    once.tidy(now)
    unsent.tidy(now)
