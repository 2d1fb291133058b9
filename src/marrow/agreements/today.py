"""What agreement work puts on *Today*: a health check that the other side has given already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from marrow.agreements import queries
from marrow.core.viewer import Viewer
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def health_checks(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    for check in queries.waiting_checks(viewer, today.year):
        told = {"partnership": check.partnership, "year": check.year}
        yield Waiting(
            what=_("%(partnership)s: your side’s health check of %(year)s is missing.") % told,
            why=_("The other side has given its own. Both are shown once yours is there."),
            by=dt.date(today.year, 12, 31), act=_("Give it"),
            href=reverse("agreements:health", args=[check.partnership_id]),
        )  # fmt: skip
