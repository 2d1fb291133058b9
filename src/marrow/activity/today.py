"""What activity puts on *Today*: reports to review and approve, those sent back, missing months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.activity.queries import naming, reports
from marrow.core.viewer import Viewer
from marrow.ui.waiting import Waiting, hand_in


@hand_in
def levels(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Reports to review and to approve, those of this viewer that were sent back, and words."""
    if not viewer.signed_in:
        return
    counts = reports.waiting_counts(viewer)
    if count := counts["review"]:
        told = ngettext(
            "%(count)s monthly report waits for review.",
            "%(count)s monthly reports wait for review.", count,
        )  # fmt: skip
        yield Waiting(
            what=told % {"count": count}, why=_("Another person handed them in."),
            href=reverse("activity:queue"), act=_("Review"),
        )  # fmt: skip
    if count := counts["approve"]:
        told = ngettext(
            "%(count)s monthly report waits for approval.",
            "%(count)s monthly reports wait for approval.", count,
        )  # fmt: skip
        yield Waiting(
            what=told % {"count": count}, why=_("They are reviewed."),
            href=reverse("activity:queue"), act=_("Approve"),
        )  # fmt: skip
    for row in reports.sent_back(viewer)[:4] if counts["back"] else ():
        said = _("The report of %(month)s of %(place)s was sent back.")
        yield Waiting(
            what=said % {"month": row, "place": row.organisation}, why=row.said("reason"),
            href=reverse("activity:report", args=[row.pk]),
        )  # fmt: skip
    yield from _words(viewer) if counts["words"] else ()


def _words(viewer: Viewer) -> Iterator[Waiting]:
    """Words of sources that somebody else asked to mean something."""
    for row in naming.to_confirm(viewer)[:4]:
        yield Waiting(
            what=_("What the source’s words “%s” mean waits for a second person.") % row.words,
            why=naming.told_of_months(row), href=reverse("activity:words"), act=_("Look"),
        )  # fmt: skip


@hand_in
def missing(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not viewer.holds("recipient"):
        return
    for place, count in reports.missing_at(viewer, today):
        told = ngettext(
            "%(place)s: %(count)s month is not reported.",
            "%(place)s: %(count)s months are not reported.", count,
        )  # fmt: skip
        yield Waiting(
            what=told % {"place": place, "count": count},
            why=_("Of the last twelve. What nobody reports is unknown, not nought."),
            href=reverse("activity:place", args=[place.pk]), act=_("Report"),
        )  # fmt: skip
