"""One act at a time on one handover: whoever comes second finds it as the first has left it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from marrow.core.refusals import Overtaken
from marrow.handovers.models import Handover


@contextmanager
def held(row: Handover) -> Iterator[None]:
    """The handover's row locked until the act is written; refuses where it moved on meanwhile.

    Without it the last two who sign at once would each miss the other's signature.
    """
    with transaction.atomic():
        now = Handover.objects.select_for_update().filter(pk=row.pk).values_list("state", "version")
        if now.get() != (row.as_read["state"], row.as_read["version"]):
            raise Overtaken(_("Somebody moved this handover on meanwhile. Look at it again."))
        yield
