"""How fast one caller may call: a bucket of calls that fills up steadily, one per process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from marrow.ui.rest.problems import TooFast

MOST_CALLERS = 10_000


@dataclass(slots=True)
class Bucket:
    left: float
    at: float


_BUCKETS: OrderedDict[str, Bucket] = OrderedDict()
_ALONE = threading.Lock()


def take(caller: str) -> None:
    """Take one call out of the caller's bucket; raises TooFast when it is empty."""
    most: int = settings.API_PACE
    if not most:
        return
    now = time.monotonic()
    with _ALONE:
        bucket = _BUCKETS.pop(caller, None) or Bucket(float(most), now)
        bucket.left = min(float(most), bucket.left + (now - bucket.at) * most / 60)
        bucket.at = now
        _BUCKETS[caller] = bucket  # the last to call stands last
        while len(_BUCKETS) > MOST_CALLERS:
            _BUCKETS.popitem(last=False)
        if bucket.left >= 1:
            bucket.left -= 1
            return
        wait = max(1, round((1 - bucket.left) * 60 / most))
    raise TooFast(_("More calls than %s in a minute. Wait, then go on.") % most, wait)


def forget() -> None:
    """Fill every bucket."""
    _BUCKETS.clear()
