"""A need is found, confirmed by its hospital, follows the measure, or is declined."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.access import item_for, list_for
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.need import access
from marrow.need.actions.changing import Said, change, scope
from marrow.need.actions.scans import keep_scan, prove_scan
from marrow.need.models import Need
from marrow.need.queries.needs import care_of_item, proposal_of
from marrow.need.rules.states import lacks
from marrow.people.actions.wording import prove_no_patient

IDENTIFY = Act("identify_need", gettext_lazy("Named a need"))
CONFIRM = Act("confirm_need", gettext_lazy("Confirmed a need"), undo=NEVER)
PAPER = Act("confirm_need_on_paper", gettext_lazy("Entered a need confirmed on paper"), undo=NEVER)
MOVE = Act("move_need", gettext_lazy("Moved a need on as the measure says"))
DECLINE = Act("decline_need", gettext_lazy("Declined a need"))
State = Need.State


def identify_need(
    *, organisation: UUID, key: str, item: str, words: str = "", by: Viewer, at: dt.datetime
) -> Need:
    """Make a need of what a list's area lacks. The hospital's own word confirms it at once."""
    hospital = access.hospital_to_tell_of(by, organisation)
    listing, about = list_for(key), item_for(item)
    if hospital.area is None or not hospital.area.path.startswith(listing.area.path):
        raise Refused(_("This hospital lies outside the area of the list."))
    if not lacks(care_of_item(listing, about, at.date())):
        raise Refused(_("The area does not lack this today, or nobody assessed it."))
    prove_no_patient(words)
    row = Need(
        id=uuid4(), organisation=hospital, item=about, list=listing, words=words.strip()[:600],
        state=State.IDENTIFIED, identified_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic(), journal(IDENTIFY, by=by, at=at, scope=scope(row)) as page:
            change(page, row, State.IDENTIFIED, by, at)
            if access.speaks_for(by, hospital):
                change(page, row, State.VALIDATED, by, at)
    except IntegrityError as known:
        raise Overtaken(_("This need stands already: look at it.")) from known
    return row


def confirm_need(*, need: UUID, by: Viewer, at: dt.datetime) -> Need:
    """The hospital says, from its own account, that it needs this."""
    row = access.need_to_confirm(by, need)
    _prove_waits(row)
    with journal(CONFIRM, by=by, at=at, scope=scope(row)) as page:
        change(page, row, State.VALIDATED, by, at)
    return row


def confirm_need_on_paper(
    *, need: UUID, signer: str, title: str, scan: bytes, by: Viewer, at: dt.datetime
) -> Need:
    """Enter what a hospital confirmed on paper, with the scan: PDF, PNG or JPEG."""
    row = access.need_to_plan(by, need)
    _prove_waits(row)
    if not signer.strip() or not title.strip():
        raise Refused(_("Say who signed the paper, and what it is called."))
    prove_scan(scan)
    with journal(PAPER, by=by, at=at, scope=scope(row)) as page:
        document = keep_scan(page, title.strip(), scan, at)
        change(page, row, State.VALIDATED, by, at, Said(by_name=signer.strip(), document=document))
    return row


def move_need(*, need: UUID, state: str, by: Viewer, at: dt.datetime) -> Need:
    """Confirm what the measure proposes for a need: addressed, met, sustained, or open again."""
    row = access.need_to_move(by, need)
    care = care_of_item(row.list, row.item, at.date())
    if not state or state != proposal_of(row, care, at.date()):
        raise Overtaken(_("The measure does not say this today. Look at it again."))
    with journal(MOVE, by=by, at=at, scope=scope(row)) as page:
        change(page, row, state, by, at)
    return row


def decline_need(*, need: UUID, reason: str, by: Viewer, at: dt.datetime) -> Need:
    """Say that this is no need, with the reason; it can be named anew."""
    row = access.need_to_move(by, need)
    if row.state == State.DECLINED:
        raise Overtaken(_("It was declined already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    with journal(DECLINE, by=by, at=at, scope=scope(row)) as page:
        change(page, row, State.DECLINED, by, at, Said(reason=reason))
    return row


def _prove_waits(row: Need) -> None:
    if row.state != State.IDENTIFIED:
        raise Overtaken(_("This need no longer waits to be confirmed."))
