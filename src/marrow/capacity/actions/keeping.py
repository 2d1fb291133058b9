"""Keeping how the answers of lists turned, as far as the journal is numbered. Derived: what is kept
is written by no person, stands in no journal, and can be thrown away."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from marrow.capacity.models import KeptAnswers
from marrow.capacity.queries.listed import ever_listed
from marrow.capacity.queries.measure import Part, worlds_about
from marrow.capacity.queries.touched import Touched, lines_since, touched_by
from marrow.capacity.rules.care import WORDING, turns_of
from marrow.catalogue.models import List
from marrow.core.models import Operation

FAR = 500  # lines of the journal after which a page has too much to look through


def keep_answers() -> int:
    """Bring what is kept up to the journal's last number; returns of how many lists something was
    worked out. What is new is read after that number, so it may hold more, never less."""
    last = Operation.objects.aggregate(last=Max("feed"))["last"] or 0
    kept = {row.pk: row for row in KeptAnswers.objects.filter(made_by=WORDING)}
    lists = list(List.objects.select_related("area"))
    fresh = [row for row in lists if row.pk not in kept]
    old = [row for row in lists if row.pk in kept and kept[row.pk].feed < last]
    since = lines_since(min(kept[row.pk].feed for row in old), most=None) if old else []
    touched = touched_by(since or [])
    done = [_keep(row, None, Touched(all=True), last) for row in fresh]
    done += [_keep(row, kept[row.pk], touched, last) for row in old]
    return sum(done)


def _keep(listing: List, kept: KeptAnswers | None, touched: Touched, last: int) -> bool:
    """Whether something of this list was worked out."""
    every = ever_listed(listing)
    anew = kept is None or touched.all or listing.pk in touched.lists
    items = every if anew else every & touched.items
    if kept is not None and not items and last - kept.feed < FAR:
        return False
    turns = {} if kept is None or anew else kept.turns
    if items:
        turns |= turns_of(*worlds_about([Part(listing.area, listing, items)]))
    told = {"feed": last, "made_by": WORDING, "turns": turns}
    with transaction.atomic():
        if kept is None:
            KeptAnswers.objects.update_or_create(list=listing, defaults=told)
        else:  # another worker may have been here meanwhile
            KeptAnswers.objects.filter(list=listing, feed=kept.feed).update(**told)
    return bool(items)
