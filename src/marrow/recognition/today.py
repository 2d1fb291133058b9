"""What recognition puts on *Today*: teams that came home and have no certificates yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.recognition import queries
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def without_certificates(viewer: Viewer, _today: dt.date) -> Iterator[Waiting]:
    """One line a team."""
    if not viewer.holds("office"):
        return
    for team in queries.teams_at_home(viewer, limit=10):
        if not team.missing:
            continue
        told = ngettext(
            "%(count)s person who came home has no certificate.",
            "%(count)s persons who came home have no certificate.",
            team.missing,
        )
        yield Waiting(
            what=told % {"count": team.missing}, why=str(team.mission), act=_("Issue them all"),
            href=reverse("recognition:issue", args=[team.mission.pk]),
        )  # fmt: skip
