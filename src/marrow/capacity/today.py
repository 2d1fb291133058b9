"""What the ladder asks of a person: their signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from marrow.capacity import queries
from marrow.core.viewer import Viewer
from marrow.ui.waiting import Waiting, hand_in

NAMED = 4  # steps that have a line each


@hand_in
def to_sign(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not viewer.holds("head", "member", "leader", "specialist"):
        return
    for row, _side in queries.steps_to_sign(viewer)[:NAMED]:
        yield Waiting(
            what=_("A step waits for your signature: %s") % row, why=str(row.organisation),
            href=reverse("capacity:step", args=[row.pk]), act=_("Look and sign"),
        )  # fmt: skip
