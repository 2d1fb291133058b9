"""What briefs put on *Today*: months that a leader owes, or an office waits for; late checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.briefs.queries import briefing, operating
from marrow.core.viewer import Viewer
from marrow.ui.waiting import Waiting, hand_in

MOST = 4  # teams by name; the page tells of the others


@hand_in
def my_brief(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """The last month of a team, for its leader."""
    for mission, month in briefing.to_write(viewer, today):
        words = _("This month’s brief: %(team)s, %(month)s.")
        name = f"{month.month:%Y-%m}"
        yield Waiting(
            what=words % {"team": mission, "month": name},
            why=_("Its figures stand already; add your own words and send it."),
            href=reverse("briefs:write", args=[mission.pk, name]), by=month.due_on,
            act=pgettext("brief", "Write"),
        )  # fmt: skip


@hand_in
def late_briefs(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Teams whose briefs an office waits for, the longest first."""
    late = briefing.late(viewer, today)
    for mission, months in late[:MOST]:
        words = ngettext(
            "%(team)s: %(count)s monthly brief is late.",
            "%(team)s: %(count)s monthly briefs are late.", len(months),
        )  # fmt: skip
        yield Waiting(
            what=words % {"team": mission, "count": len(months)},
            why=_("Remind the team on its page."),
            href=reverse("briefs:team", args=[mission.pk]), by=months[0].due_on,
        )  # fmt: skip
    if rest := len(late) - MOST if len(late) > MOST else 0:
        words = ngettext(
            "%(count)s more team owes a brief.", "%(count)s more teams owe briefs.", rest
        )
        yield Waiting(
            what=words % {"count": rest}, why=_("The page tells which."),
            href=reverse("briefs:index"),
        )  # fmt: skip


@hand_in
def late_checks(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Checks after an operation that nobody told of, for the team and its hosts."""
    for mission, count in operating.late_checks(viewer, today):
        words = ngettext(
            "%(team)s: of %(count)s person operated a check is late.",
            "%(team)s: of %(count)s people operated a check is late.", count,
        )  # fmt: skip
        yield Waiting(
            what=words % {"team": mission, "count": count},
            why=_("On day 1 and in week 6: whether it helped is not known yet."),
            href=f"{reverse('briefs:list', args=[mission.pk])}?show=late",
            act=pgettext("operating list", "Tell"),
        )  # fmt: skip
