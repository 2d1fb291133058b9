"""Lists that a phone keeps to read with no network: what changed of them since it read them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from django.db.models import Max

from marrow.core.jobs import enqueue
from marrow.core.journal.writing import REFERENCE
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.sync.models import Shelf
from marrow.sync.reference import KEPT, LIVE
from marrow.sync.uploads import TIDY

LIST = "list:"  # before the name of a list in a phone's cursors
KEPT_FOR = dt.timedelta(days=90)  # longer than a phone may be away; then it gets the list whole
AGAIN = 6  # hours after which lists are looked at although nothing that they stand on has moved


def reference_news(
    viewer: Viewer,
    scopes: Sequence[str],
    cursors: Mapping[str, str],
    at: dt.datetime,
    full: Callable[[], bool],
) -> Iterator[dict[str, Any]]:
    """Each list that differs from the one that the phone holds: its rows that changed, or whole."""
    stamp = _stamp(viewer, scopes, at)
    still = cursors.get(REFERENCE) == stamp
    some = False
    for name, keeper in KEPT.items():
        if still and name not in LIVE:
            continue
        if full():
            yield {"sc": REFERENCE, "more": True}
            return
        told = keeper(viewer, at)
        mark = _marked(told)
        held = cursors.get(f"{LIST}{name}", "")
        if mark != held:
            some = True
            yield {"list": name, "to": mark} | _difference(told, mark, held, at)
    if some or not still:
        yield {"sc": REFERENCE, "to": stamp, "as_of": at.isoformat()}


def _stamp(viewer: Viewer, scopes: Sequence[str], at: dt.datetime) -> str:
    """What lists stand on: who reads, what was written there last, the release, the day."""
    last = Operation.objects.filter(scope__in=[REFERENCE, *scopes]).aggregate(last=Max("feed"))
    grants = sorted(f"{g.role} {g.scope} {g.thing}" for g in viewer.grants)
    turn = f"{at.astimezone(dt.UTC):%Y-%m-%d} {at.astimezone(dt.UTC).hour // AGAIN}"
    return _marked([version("marrow"), str(viewer.person), grants, list(scopes), last, turn])


def _marked(told: Any) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _difference(told: Any, mark: str, held: str, at: dt.datetime) -> dict[str, Any]:
    if not (isinstance(told, list) and told and all("id" in row for row in told)):
        return {"all": told}
    now = {row["id"]: _marked(row)[:8] for row in told}
    known = Shelf.objects.filter(pk=held).values_list("rows", flat=True).first() if held else None
    _row, made = Shelf.objects.get_or_create(pk=mark, defaults={"rows": now, "given_at": at})
    if made:
        when = at + KEPT_FOR + dt.timedelta(days=1)
        enqueue(TIDY, key=f"shelves:{at:%Y-%m-%d}", at=at, not_before=when)
    if known is None:
        return {"all": told}
    put = [row for row in told if known.get(row["id"]) != now[row["id"]]]
    return {"put": put, "gone": [pk for pk in known if pk not in now]}


def tidy(at: dt.datetime) -> int:
    """Forget lists that were given out long ago; how many there were."""
    return Shelf.objects.filter(given_at__lte=at - KEPT_FOR).delete()[0]
