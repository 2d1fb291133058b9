"""What phones began to send and never ended, and lists that nobody compares with any more, go when
their time is over."""

from __future__ import annotations

from django.utils import timezone

from marrow.core.jobs import Lease, handles
from marrow.sync import shelves, uploads


@handles(uploads.TIDY)
def tidy(lease: Lease) -> None:
    now = timezone.now()
    uploads.tidy(now)
    shelves.tidy(now)
