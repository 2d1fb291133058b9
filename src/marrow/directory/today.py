"""What the directory puts on *Today*: likely doubles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.directory.queries import doubles_count
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def doubles(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if viewer.holds("office") and (count := doubles_count()):
        told = ngettext("%(count)s likely double.", "%(count)s likely doubles.", count)
        why = _("Two entries look like one hospital. Merge them, or tell them apart.")
        what = told % {"count": count}
        yield Waiting(what=what, why=why, href=reverse("directory:doubles"), act=_("Decide"))
