"""Who may take a change back, whose letters are whose, and whose hospital a page is."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.accounts.tokens.access import hashed
from marrow.core.journal.acts import ACTS
from marrow.core.journal.gone import as_they_were, here
from marrow.core.journal.undoing import UndoPlan
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.spoken import Spoken
from marrow.core.subjects import common, may_change_all, record_for, unseen
from marrow.core.viewer import PROGRAMME, Viewer
from marrow.desk.models import Wish
from marrow.directory.access import organisations_of
from marrow.directory.models import Organisation


def may_undo(viewer: Viewer, plan: UndoPlan) -> Viewer:
    """Who may change every record that the undo would touch, and who told it of their own hospital.
    What is common to all offices, as a document is, is taken back by who did it, or by an office
    that is not of one programme alone."""
    if own_words(viewer, {plan.act}):
        return viewer
    touched = {(r.model, r.record) for r in plan.reverts} | {*plan.removes, *plan.restores}
    may, hidden = _judged(viewer, plan, touched)
    if viewer.signed_in and may:
        did = Operation.objects.filter(act=plan.act, by=viewer.person)
        labels = {label for label, _record in touched}
        wide = any(g.role == "office" and g.scope != PROGRAMME for g in viewer.grants)
        if wide or not common(labels) or did.exists():
            return viewer
    if not viewer.signed_in or hidden:
        raise Unseen(_("There is no such change."))
    raise NotAllowed(
        _("Only who keeps these records can take this change back, or who told it of their own"
          " hospital.")
    )  # fmt: skip


def _judged(
    viewer: Viewer, plan: UndoPlan, touched: Collection[tuple[str, UUID]]
) -> tuple[bool, bool]:
    """Whether this viewer may change all of these records, and whether some are not for their eyes.
    What is gone is judged as it was; where it cannot be again, it is for who did the act and for an
    office of all, and to read for auditors."""

    def judged(some: set[tuple[str, UUID]]) -> tuple[bool, bool]:
        return may_change_all(viewer, some), bool(unseen(viewer, some))

    living = here(set(touched))
    may, hidden = judged(living)
    gone = {one for one in touched if one not in living}
    if not gone:
        return may, hidden
    if (told := as_they_were(gone, lambda: judged(gone), together=True)) is not None:
        return may and told[0], hidden or told[1]
    did = Operation.objects.filter(act=plan.act, by=viewer.person).exists()
    theirs = viewer.signed_in and (did or viewer.holds_everywhere("office"))
    return may and theirs, hidden or (not theirs and not viewer.holds("auditor"))


def own_words(viewer: Viewer, acts: Collection[UUID]) -> set[UUID]:
    """Those of these acts that are a word of this viewer on a hospital for which they still speak,
    and of such a kind that who told it may take it back."""
    if not viewer.signed_in:
        return set()
    own = {name for name, act in ACTS.items() if act.own}
    told = Operation.objects.filter(act__in=acts, by=viewer.person, action__in=own)
    scopes = dict(told.order_by().values_list("act", "scope").distinct())
    here = organisations_of(viewer, "recipient", "head") if scopes else ()
    mine = {f"organisation:{row.pk}" for row in here}
    return {act for act, scope in scopes.items() if scope in mine}


def words_for(viewer: Viewer, label: str, record: UUID) -> Spoken:
    """A record whose words this viewer may say in other languages: its writer, or who keeps it."""
    row = record_for(viewer, label, record)
    if not isinstance(row, Spoken):
        raise Unseen(_("This record has no words that could stand in other languages."))
    if not may_say(viewer, row):
        raise NotAllowed(_("Only who wrote these words or keeps the record can say them again."))
    return row


def may_say(viewer: Viewer, row: Spoken) -> bool:
    if not viewer.signed_in:
        return False
    label = row._meta.label_lower
    wrote = Operation.objects.filter(model=label, record=row.pk, by=viewer.person)
    return wrote.exists() or may_change_all(viewer, [(label, row.pk)])


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


def own_hospitals(viewer: Viewer) -> list[Organisation]:
    """The hospitals for whose office or department this viewer speaks, by name."""
    return sorted(organisations_of(viewer, "recipient", "head"), key=str)


def own_hospital(viewer: Viewer, organisation: UUID) -> tuple[Organisation, bool]:
    """One of them, and whether there are others."""
    own = own_hospitals(viewer)
    row = next((o for o in own if o.pk == organisation), None)
    if row is None:
        raise Unseen(_("There is no such hospital, or it is not yours."))
    return row, len(own) > 1
