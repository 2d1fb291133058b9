"""Who may take a change back, and whose letters are whose."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marrow.accounts.tokens.access import hashed
from marrow.core.journal.undoing import UndoPlan
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.subjects import may_change_all
from marrow.core.viewer import Viewer
from marrow.desk.models import Wish


def may_undo(viewer: Viewer, plan: UndoPlan) -> Viewer:
    """Who may change every record that the undo would touch."""
    touched = {(r.model, r.record) for r in plan.reverts} | {*plan.removes, *plan.restores}
    if viewer.signed_in and may_change_all(viewer, touched):
        return viewer
    raise NotAllowed(_("Only who may change these records can take this change back."))


def may_wish(viewer: Viewer) -> UUID:
    """A person, signed in on the page, for themselves alone."""
    if viewer.person and viewer.via == "page":
        return viewer.person
    raise NotAllowed(_("Sign in on the page to choose your letters and your calendar."))


def wish_for(viewer: Viewer) -> Wish:
    row = Wish.objects.filter(account=may_wish(viewer)).first()
    if row is None:
        raise Unseen(_("You have chosen no letters and no calendar yet."))
    return row


def wish_of_calendar(secret: str) -> Wish:
    """The calendar that this secret opens."""
    row = Wish.objects.filter(feed_sha256=hashed(secret)).first()
    if row is None:
        raise Unseen(_("There is no such calendar."))
    return row
