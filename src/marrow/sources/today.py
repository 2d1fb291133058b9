"""What sources put on *Today*: work items, and doubts by their kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.sources.queries import code_lines, work_together
from marrow.sources.sentences import CALLED, DANGER
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def work(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    for item in work_together(viewer):
        yield Waiting(
            what=item.sentence, why=item.name, href=item.href, by=item.due_on,
            first=item.code in DANGER, called=item.code in CALLED, item=item.id,
        )  # fmt: skip


@hand_in
def doubts(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not viewer.holds("office"):
        return
    why = _("A record contradicts itself or is unclear. Accept or dismiss each.")
    for line in code_lines(viewer, "OPEN"):
        told = ngettext("%(what)s: %(count)s doubt.", "%(what)s: %(count)s doubts.", line.count)
        said = told % {"what": line.label, "count": line.count}
        href = f"{reverse('sources:findings')}?code={line.code}"
        yield Waiting(what=said, why=why, href=href, act=_("Decide"))
