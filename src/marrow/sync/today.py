"""What sync puts on *Today*: one's own phone that has not been heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.viewer import Viewer
from marrow.sync.health import silent_phones
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def my_phones(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Its owner alone can find it, open it, or end it."""
    if not viewer.holds("member", "leader") or viewer.person is None:
        return
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    for phone in silent_phones(now, viewer.person)[:3]:
        yield Waiting(
            what=_("Your phone “%(name)s”: %(why)s.")
            % {"name": phone.row.called or "–", "why": phone.why},
            why=_("Open the field app on it, or end it if it is lost."),
            href=reverse("sync:phones"), act=pgettext("phones", "See"),
        )  # fmt: skip
