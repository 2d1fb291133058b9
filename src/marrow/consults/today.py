"""What consults put on *Today*: a case for a specialist, an answer for who asked, lateness for the
office. Never a word of the patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.catalogue.queries.specialties import specialty_name
from marrow.consults import queries
from marrow.consults.models import Consult
from marrow.core.viewer import Viewer
from marrow.core.words import colon, semicolon
from marrow.ui.waiting import Waiting, hand_in

NAMED = 4


@hand_in
def for_specialists(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not viewer.holds("specialist"):
        return
    now = timezone.now()
    held = [line for line in queries.held(viewer, now) if line.left]
    for line in [*held, *queries.queue(viewer, now)][:NAMED]:
        row = line.row
        mine = row.assigned_to is not None
        what = _("Case %(number)s waits for your opinion.") if mine else _(
            "Case %(number)s waits for a specialist."
        )  # fmt: skip
        yield Waiting(
            what=what % {"number": row.number}, why=_about(row), by=_day(row),
            href=reverse("consults:case", args=[row.pk]) if mine else reverse("consults:index"),
            act=_("Open the case") if mine else _("See the queue"),
            first=row.priority == Consult.Priority.EMERGENCY,
        )  # fmt: skip


@hand_in
def what_came(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """For specialists, until they open the case."""
    for row in queries.outcomes_unread(viewer, timezone.now())[:NAMED]:
        yield Waiting(
            what=_("It is told what came of case %s.") % row.number,
            why=_("Read what was done after your opinion."), act=_("Open the case"),
            href=reverse("consults:case", args=[row.pk]),
        )  # fmt: skip


def _about(row: Consult) -> str:
    told = f"{row.get_priority_display()} · {specialty_name(row.specialty)} · {row.organisation}"
    return f"{told} · {row.answer_by:%Y-%m-%d %H:%M} UTC" if row.answer_by else told


def _day(row: Consult) -> dt.date | None:
    return row.answer_by.date() if row.answer_by else None


@hand_in
def for_askers(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    late = (
        _("Case %s is not answered in its time."),
        _("Its office was told. Do not wait for it: act, refer, or ask elsewhere."),
    )
    told = {
        "ANSWERED": (_("Case %s is answered."), _("Read it, then say what came of it.")),
        "CLOSED": (
            _("Something was added to the opinion on case %s."),
            _("It is signed, and you have not opened it yet."),
        ),
        "DRAFT": (_("Case %s is written, and not sent."), _("No specialist sees it yet.")),
    }
    for row in queries.without_end(viewer, timezone.now())[:NAMED]:
        what, why = told.get(row.state, late)
        yield Waiting(
            what=what % row.number, why=why, act=_("Open the case"), first=row.state not in told,
            href=reverse("consults:case", args=[row.pk]),
        )  # fmt: skip
    for row in queries.declined_lately(viewer, timezone.now()):
        yield Waiting(
            what=_("Nobody can answer case %s.") % row.number, why=row.get_why_display(),
            href=reverse("consults:case", args=[row.pk]), act=_("Open the case"), first=True,
        )  # fmt: skip


@hand_in
def for_offices(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    if not (found := queries.late(viewer, timezone.now())):
        return
    told = ngettext(
        "%(count)s case is past the time of its answer.",
        "%(count)s cases are past the time of their answers.", len(found),
    )  # fmt: skip
    why = semicolon().join(f"{row.number}{colon()}{_about(row)}" for row in found[:2])
    yield Waiting(
        what=told % {"count": len(found)}, why=why, href=reverse("consults:index"),
        act=_("Find a specialist"), by=_day(found[0]),
        first=any(row.priority == Consult.Priority.EMERGENCY for row in found),
    )  # fmt: skip
