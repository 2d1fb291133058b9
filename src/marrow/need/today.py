"""What needs ask of a person: a hospital's word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.viewer import Viewer
from marrow.need import queries
from marrow.ui.waiting import Waiting, hand_in

NAMED = 4  # needs that have a line each


@hand_in
def to_confirm(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    for row in queries.needs_to_confirm(viewer)[:NAMED]:
        yield Waiting(
            what=_("Do you need this? %s") % row.item, why=str(row.organisation),
            href=reverse("need:confirm", args=[row.pk]), act=pgettext("a need", "Confirm"),
        )  # fmt: skip
