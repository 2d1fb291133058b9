"""What life on post puts on *Today*: objectives and incidents that wait for somebody's word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.posts import queries
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def objectives(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Whoever speaks for the team or for its hosts agrees at the start and scores at the end."""
    for mission, shown in queries.objectives_for(viewer):
        to_agree = sum(one.may_agree for one in shown)
        words = ngettext(
            "%(team)s: %(count)s objective waits for your side.",
            "%(team)s: %(count)s objectives wait for your side.", len(shown),
        )  # fmt: skip
        why = _("Agree, or talk about it.") if to_agree else _("Say how far it was reached.")
        yield Waiting(
            what=words % {"team": mission, "count": len(shown)}, why=why,
            href=f"{reverse('posts:post', args=[mission.pk])}#objectives", act=_("Answer"),
        )  # fmt: skip


@hand_in
def closing(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """A mission cannot close while a side has not scored or an incident is open: its office is told
    of which."""
    for mission, unscored, unclosed in queries.kept_from_closing(viewer):
        if unscored:
            yield _unscored(mission, unscored)
        if unclosed:
            yield _unclosed(mission, unclosed)


def _unscored(mission: Mission, count: int) -> Waiting:
    words = ngettext(
        "%(team)s: %(count)s objective is not scored by both sides.",
        "%(team)s: %(count)s objectives are not scored by both sides.", count,
    )  # fmt: skip
    return _on_its_page(
        mission, count, words, _("Until then the mission cannot close."), "#objectives"
    )


def _unclosed(mission: Mission, count: int) -> Waiting:
    words = ngettext(
        "%(team)s is home, and %(count)s incident is open.",
        "%(team)s is home, and %(count)s incidents are open.", count,
    )  # fmt: skip
    why = _("Say what came of it; until then the mission cannot close.")
    return _on_its_page(mission, count, words, why, "#incidents")


def _on_its_page(mission: Mission, count: int, words: str, why: str, part: str) -> Waiting:
    """What waits in one part of a team's page on post."""
    href = reverse("posts:post", args=[mission.pk]) + part
    return Waiting(what=words % {"team": mission, "count": count}, why=why, href=href)
