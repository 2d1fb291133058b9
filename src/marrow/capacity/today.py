"""What the ladder asks of a person: their signature, and whether it is still done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.capacity import access, queries
from marrow.capacity.words import declined_words
from marrow.core.viewer import Viewer
from marrow.directory.access import organisations_of, spoken_for
from marrow.directory.models import Organisation
from marrow.teams.access import hospitals_served
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


@hand_in
def still_done(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Months after the visitors left, the hospital is asked whether it is still done."""
    if not viewer.holds("recipient", "head"):
        return
    for one in queries.open_checks(spoken_for(viewer, *access.OURS), today)[:NAMED]:
        yield Waiting(
            what=_("Is it still done without the visitors? %s") % one.item,
            why=_("%(team)s left %(months)d months ago.")
            % {"team": one.mission, "months": one.months},
            href=reverse(
                "capacity:check", args=[one.organisation, one.item.key, one.mission.pk, one.months]
            ),
            act=pgettext("a check", "Answer"), by=one.due_on,
        )  # fmt: skip


def _kept_by(viewer: Viewer) -> QuerySet[Organisation]:
    """The hospitals whose ladder this viewer answers for: as head, as programme office."""
    own = organisations_of(viewer, "head")
    if not viewer.holds("office"):
        return own
    return hospitals_served(viewer) | own if viewer.holds("head") else hospitals_served(viewer)


@hand_in
def no_longer_done(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """A hospital answered "no longer": its level falls only with a step that somebody signs."""
    if not viewer.holds("head", "office"):
        return
    for one in queries.said_no_longer(_kept_by(viewer))[:NAMED]:
        yield Waiting(
            what=_("%s is said to be no longer done") % one.item,
            why=_("%(hospital)s answered so on %(day)s, and the ladder says that it is done alone."
                  " Record the step down with its reason.")
            % {"hospital": one.organisation, "day": one.answered_on},
            href=reverse("capacity:propose", args=[one.organisation_id, one.item.key]),
            act=_("Record a step down"),
        )  # fmt: skip


@hand_in
def to_stand_by(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """An expert offered to stand by: the head signs."""
    if not viewer.holds("head"):
        return
    for row in queries.offered_to(list(organisations_of(viewer, "head")), today)[:NAMED]:
        yield Waiting(
            what=_("%s offers to stand by from afar") % row.row.expert_name, why=row.specialty,
            href=reverse("capacity:hospital", args=[row.row.organisation_id]),
            act=_("Look and sign"),
        )  # fmt: skip


@hand_in
def came_back(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """Steps whose evidence was taken back since: somebody decides whether they still hold. And who
    proposed a step is told that somebody who would sign said it was not so."""
    if not viewer.holds("head", "member", "leader", "office") or viewer.person is None:
        return
    lost, declined = queries.came_back(viewer, _kept_by(viewer), today)
    for row in lost[:NAMED]:
        yield Waiting(
            what=_("A step lost its evidence: %s") % row.item,
            why=_("What showed it was taken back. Does it still hold?")
            if row.held_at else _("What showed it was taken back before all had signed: drop it."),
            href=reverse("capacity:step", args=[row.pk]), act=_("Decide"),
        )  # fmt: skip
    for row in declined[:NAMED]:
        yield Waiting(
            what=_("A step that you proposed was not confirmed: %s") % row,
            why=f"{row.organisation} · {declined_words(row)}",
            href=reverse("capacity:step", args=[row.pk]),
        )  # fmt: skip
