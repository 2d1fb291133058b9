"""A backup was put back: phones hold what we had acknowledged. It is told, never silent."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.viewer import Viewer
from marrow.sources.actions import close_work, open_work
from marrow.sources.models import WorkItem
from marrow.sync import access
from marrow.sync.models import Epoch, Installation, Loss

FOUND = Act("found_set_back", gettext_lazy("Found that the server was set back"), undo=NEVER)
MADE_GOOD = Act(
    "made_good", gettext_lazy("A phone sent again what the server had lost"), undo=NEVER
)
LET_BE = Act("let_loss_be", gettext_lazy("Said that a phone’s lost lines will never come"))


def epoch(at: dt.datetime) -> UUID:
    """This life of the server."""
    row, _made = Epoch.objects.get_or_create(pk=1, defaults={"begun_at": at})
    return row.name


def look(phone: UUID, held: int, told_epoch: str, at: dt.datetime) -> Loss | None:
    """Whether we once acknowledged more than we hold; the first phone that shows it in a life of
    the server begins the next one, so that every cursor is looked at anew.

    What a phone says that we acknowledged cannot be proved: it begins a new life once and no more,
    and one of which a person said that it cannot be so is not believed again.
    """
    last = Installation.objects.values_list("last_q", flat=True).get(pk=phone)
    if held <= last or Loss.objects.filter(installation=phone).exclude(let_be_by=None).exists():
        return None
    with transaction.atomic():
        row = Installation.objects.select_for_update().get(pk=phone)
        if held <= row.last_q:
            return None
        now, _made = Epoch.objects.select_for_update().get_or_create(
            pk=1, defaults={"begun_at": at}
        )
        told_before = Loss.objects.filter(installation=row).exists()
        if told_epoch in ("", str(now.name)) and not told_before:
            now.name, now.begun_at = uuid4(), at
            now.save()
        defaults = {"had": held, "held": row.last_q, "found_at": at}
        loss, made = Loss.objects.get_or_create(
            installation=row, made_good_at=None, defaults=defaults
        )
        if made:
            _call_a_person(loss, at)
    return loss


def make_good(phone: UUID, ack: int, at: dt.datetime) -> None:
    """What was lost is here again up to this number."""
    open_ = Loss.objects.filter(installation=phone, made_good_at=None, had__lte=ack).first()
    if open_ is None:
        return
    with transaction.atomic():
        open_.made_good_at = at
        open_.save()
        with journal(MADE_GOOD, by=_phone_of(open_), at=at) as page:
            close_work(page, [f"set-back:{open_.pk}"], by=_phone_of(open_), at=at)


def let_be(*, loss: int, by: Viewer, at: dt.datetime) -> Loss:
    """Say that what a phone tells it holds will never come: it was wiped, or it tells nonsense. The
    phone is heard as before; only this word of it is not."""
    with transaction.atomic():
        row = access.loss_to_end(by, loss)
        row.made_good_at, row.let_be_by = at, by.person
        row.save()
        with journal(LET_BE, by=by, at=at) as page:
            close_work(page, [f"set-back:{row.pk}"], by=by, at=at)
    return row


def _call_a_person(loss: Loss, at: dt.datetime) -> None:
    item = WorkItem(
        id=same_id("set back", loss.pk), key=f"set-back:{loss.pk}", code="SET_BACK",
        about_model="accounts.account", about=loss.installation.account, due_on=at.date(),
        params={"lines": loss.had - loss.held, "href": "/phones/health/#losses"},
        role="admin", opened_at=at,
    )  # fmt: skip
    with journal(FOUND, by=_phone_of(loss), at=at) as page:
        open_work(page, [item])


def _phone_of(loss: Loss) -> Viewer:
    return Viewer(loss.installation.account, via="phone")
