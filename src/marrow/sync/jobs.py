"""What phones began to send and never ended goes when its time is over."""

from __future__ import annotations

from django.utils import timezone

from marrow.core.jobs import Lease, handles
from marrow.sync import uploads


@handles(uploads.TIDY)
def tidy(lease: Lease) -> None:
    uploads.tidy(timezone.now())
