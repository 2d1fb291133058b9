"""One act at a time on one case: whoever comes second finds it as the first has left it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from marrow.consults.models import Consult
from marrow.core.refusals import Overtaken


@contextmanager
def held(row: Consult) -> Iterator[None]:
    """The case's row locked until the act is written; refuses where it moved on meanwhile.

    Without it two specialists who take a case at once would both believe that they have it.
    """
    with transaction.atomic():
        now = Consult.objects.select_for_update().filter(pk=row.pk)
        if now.values_list("state", "assigned_to").get() != (
            row.as_read["state"], row.as_read["assigned_to"],
        ):  # fmt: skip
            raise Overtaken(_("Somebody moved this case on meanwhile. Look at it again."))
        yield


def scope(row: Consult) -> str:
    return f"consult:{row.pk}"
