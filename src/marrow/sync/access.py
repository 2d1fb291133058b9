"""Which phone this is, and who looks after what was set aside."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from marrow.accounts.queries import is_open
from marrow.core.refusals import NotAllowed, Overtaken, Unseen
from marrow.core.subjects import ids_mine
from marrow.core.viewer import Viewer
from marrow.sync.models import Carried, Installation, Loss, Receipt
from marrow.sync.owners import MISSION

#: with nothing heard of a phone for so long, its token alone opens nothing
IDLE = dt.timedelta(days=180)
FIELD = ("member", "leader")
#: told by rooms above: the accounts of those whose phones an office looks after
CARED_FOR: list[Callable[[Viewer], Iterable[UUID]]] = []
READERS = ("office", "auditor", "admin")  # of all files that were brought


def may_enrol(viewer: Viewer) -> UUID:
    """The person whose phone it is."""
    if viewer.holds(*FIELD) and viewer.person:
        return viewer.person
    raise NotAllowed(_("Only members and leaders of a team use the field app."))


def installation_of(token: str) -> UUID | None:
    """The phone that this token belongs to, ended or not; None for a token of no phone."""
    held = Installation.objects.filter(token_sha256=hashed(token))
    return held.values_list("pk", flat=True).first()


def is_ended(phone: UUID) -> bool:
    """Whether it was lost, sold or given back: its lines are set aside, its files not taken."""
    return Installation.objects.filter(pk=phone).exclude(revoked_at=None).exists()


def is_idle(phone: UUID, now: dt.datetime) -> bool:
    """Whether nothing was heard of it for half a year: its person signs in once, and it goes on as
    the phone that it was. One that was ended, or whose person signs in no more, is told that
    instead: what it sends is kept and set aside, and it is told nothing."""
    silent = Installation.objects.filter(pk=phone, revoked_at=None, seen_at__lt=now - IDLE)
    return is_open(silent.values_list("account", flat=True).first())


def phone_to_wake(viewer: Viewer, phone: UUID) -> Installation:
    """The viewer's own phone, locked until the transaction ends; also of who is of no team any
    more: what they recorded must still come."""
    row = Installation.objects.select_for_update().get(pk=phone)
    if row.account != viewer.person:
        raise Unseen(_("There is no such phone, or it is not yours."))
    return row


def hashed(token: str) -> str:
    """What we keep of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def whose_phones(viewer: Viewer) -> frozenset[UUID] | None:
    """The accounts whose phones this viewer looks after: their own, and of an office those of its
    teams; None is everybody's."""
    if viewer.holds("admin") or viewer.holds_everywhere("office"):
        return None
    if not viewer.holds("office", *FIELD) or viewer.person is None:
        raise NotAllowed(_("Only a programme office and those in the field see phones."))
    cared = [told for ask in CARED_FOR for told in ask(viewer)] if viewer.holds("office") else []
    return frozenset([viewer.person, *cared])


def phone_to_end(viewer: Viewer, phone: UUID) -> Installation:
    """The phone, locked until the transaction ends, of those whom the viewer looks after."""
    whose = whose_phones(viewer)
    row = Installation.objects.select_for_update().filter(pk=phone).first()
    if row is None or (whose is not None and row.account not in whose):
        raise Unseen(_("There is no such phone, or it is not yours."))
    return row


def may_see_health(viewer: Viewer) -> Viewer:
    """How phones and the server get on: an office, administrators, auditors."""
    if viewer.holds("office", "admin", "auditor"):
        return viewer
    raise NotAllowed(_("Only a programme office or an administrator sees this."))


def sees_whole_health(viewer: Viewer) -> bool:
    """Phones of everybody: whose they are is for those who look after the whole."""
    return viewer.holds("admin", "auditor") or viewer.holds_everywhere("office")


def loss_to_end(viewer: Viewer, loss: int) -> Loss:
    """What a phone holds and we lost, open, locked until the transaction ends."""
    if not viewer.holds("admin"):
        raise NotAllowed(_("Only an administrator says that it will never come."))
    row = Loss.objects.select_for_update().filter(pk=loss, made_good_at=None).first()
    if row is None:
        raise Unseen(_("There is no such loss, or it was made good."))
    return row


def may_see_set_aside(viewer: Viewer) -> Viewer:
    if viewer.holds("office", "auditor", "admin"):
        return viewer
    raise NotAllowed(_("Only a programme office looks after what was set aside."))


def set_aside_for(viewer: Viewer, receipt: int) -> Receipt:
    """The line that waits, locked until the transaction ends: two people settle it once, and its
    phone, locked first as a push locks it, tells nothing meanwhile. The office of its team settles
    it; of what is of no team, an administrator too. Raises Overtaken where it was settled
    meanwhile."""
    may_see_set_aside(viewer)
    settles = settled_by(viewer)
    if settles is None:
        raise NotAllowed(_("Only a programme office looks after what was set aside."))
    held = Q(outcome__in=(Receipt.Outcome.QUARANTINED, Receipt.Outcome.CONFLICT))
    aside = Receipt.objects.filter(held | ~Q(settled_at=None))
    its_phone = Installation.objects.filter(receipts=receipt)
    phone = its_phone.select_for_update(of=("self",)).first()
    row = aside.select_for_update().filter(settles, pk=receipt).first()
    if phone is None or row is None:
        raise Unseen(_("Nothing of this number was set aside."))
    row.installation = phone
    if row.settled_at is not None:
        raise Overtaken(_("This line was settled meanwhile."))
    return row


def settled_by(viewer: Viewer) -> Q | None:
    """The lines that this viewer settles; None of who settles none, whatever they see."""
    if not viewer.holds("office", "admin"):
        return None
    return Q() if viewer.holds_everywhere("office") else _theirs(viewer)


def told_of_phones(viewer: Viewer) -> Q:
    """The lines of which the page of phones tells how many wait: all to who looks after everybody's
    phones; of one's own phone; and an office those that it looks after."""
    if whose_phones(viewer) is None:
        return Q()
    own = Q(installation__account=viewer.person)
    return own | _theirs(viewer) if viewer.holds("office") else own


def looked_after(viewer: Viewer) -> Q:
    """The lines that this viewer's office looks after, as one condition: all for the whole and the
    auditor; those of its teams; for an administrator those of no team."""
    may_see_set_aside(viewer)
    return Q() if looks_after_all(viewer) else _theirs(viewer)


def looks_after_all(viewer: Viewer) -> bool:
    """Whether every line that waits is theirs to open, of whichever team."""
    return viewer.holds("auditor") or viewer.holds_everywhere("office")


def _theirs(viewer: Viewer) -> Q:
    mine = Q(mission__in=ids_mine(viewer, MISSION))
    return mine | Q(mission=None) if viewer.holds("admin") else mine


def carried_for(viewer: Viewer, carried: int) -> Carried:
    """A file that this viewer brought; of all, for offices, auditors and administrators."""
    row = Carried.objects.select_related("installation").filter(pk=carried).first()
    if row is None or not (row.brought_by == viewer.person or viewer.holds(*READERS)):
        raise Unseen(_("There is no such file."))
    return row
