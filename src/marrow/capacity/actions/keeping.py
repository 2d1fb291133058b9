"""Keeping how the answers of lists turned, as far as the journal is numbered. Derived: what is kept
is written by no person, stands in no journal, and can be thrown away."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from marrow.capacity.models import KeptAnswers
from marrow.capacity.queries.listed import ever_listed
from marrow.capacity.queries.measure import Part, worlds_about
from marrow.capacity.queries.touched import lines_since, touched_by
from marrow.capacity.rules.care import WORDING, Turns, turns_of
from marrow.catalogue.models import List
from marrow.core.models import Operation

FAR = 500  # lines of the journal after which a page has too much to look through


def keep_answers() -> int:
    """Bring what is kept up to the journal's last number; returns of how many lists something was
    worked out. What is new is read after that number, so it may hold more, never less."""
    last = Operation.objects.aggregate(last=Max("feed"))["last"] or 0
    kept = {row.pk: row for row in KeptAnswers.objects.filter(made_by=WORDING).defer("turns")}
    since = lines_since(min(row.feed for row in kept.values()), most=None) if kept else []
    touched = touched_by(since or [])
    lists = List.objects.select_related("area").in_bulk()
    anew = {pk for pk in lists if touched.all or pk not in kept or pk in touched.lists}
    items = ever_listed(anew, touched.items)
    parts = [Part(lists[pk].area, lists[pk], frozenset(some)) for pk, some in items.items()]
    few = [part for part in parts if part.list.pk not in anew]
    for together in (few, *([part] for part in parts if part.list.pk in anew)):
        for part, world in zip(together, worlds_about(together, bare=True), strict=True):
            pk = part.list.pk
            _keep(part.list, kept.get(pk), turns_of(world), last, add=pk not in anew)
    others = KeptAnswers.objects.filter(list__in=kept.keys() - items.keys())
    others.filter(feed__lte=last - FAR).update(feed=last)
    return len(parts)


def _keep(
    listing: List, kept: KeptAnswers | None, turns: dict[str, Turns], last: int, *, add: bool
) -> None:
    """All turns of a list, or with `add` those of some items beside what is kept of the others."""
    told: dict[str, object] = {"feed": last, "made_by": WORDING}
    with transaction.atomic():
        if kept is None:
            told["turns"] = turns
            KeptAnswers.objects.update_or_create(list=listing, defaults=told)
        else:  # another worker may have been here meanwhile
            told["turns"] = kept.turns | turns if add else turns
            KeptAnswers.objects.filter(list=listing, feed=kept.feed).update(**told)
