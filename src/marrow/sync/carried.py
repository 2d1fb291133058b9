"""Files that somebody brings by hand: taken as a push is, any number of times, in any order."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import Viewer
from marrow.sync.actions import Answer, receive
from marrow.sync.models import Carried, Installation
from marrow.sync.mrw import Inside, NotRead, is_point, open_file, prove, read_file, receipt
from marrow.sync.queries import HELD
from marrow.sync.rules import Batch

WHY = {
    "OLD": gettext_lazy(
        "An older field app wrote this file, without a signature. The operator takes it with"
        " “marrow open-export --take”."
    ),
    "LARGE": gettext_lazy("The file is larger than 8 MB: no field app writes such a file."),
    "BROKEN": gettext_lazy(
        "This is no file of the field app, or it was damaged on the way. Save it again on the"
        " phone, and bring that. Of a phone that had lost its memory the operator takes it"
        " (“marrow open-export --take”)."
    ),
    "FOREIGN": gettext_lazy(
        "The file belongs to another server. Bring it there; nothing of it was taken here."
    ),
    "UNSIGNED": gettext_lazy(
        "The phone that wrote this file never told us its key. Let it come online once, or ask the"
        " operator (“marrow open-export --take”)."
    ),
    "FORK": gettext_lazy(
        "Another phone sent other lines under these numbers: this is a copy. Nothing was taken; the"
        " phone sends them itself once it has a network."
    ),
}


def tell_key(*, phone: UUID, key: str) -> bool:
    """Note the key with which a phone signs. One that was told stays; False for another or none."""
    if not is_point(key):
        return False
    Installation.objects.filter(pk=phone, signs_with="").update(signs_with=key)
    return Installation.objects.filter(pk=phone, signs_with=key).exists()


def take_file(*, data: bytes, by: Viewer, at: dt.datetime) -> tuple[Carried, bytes]:
    """Take what is in a file; returns what it was, and the receipt for the phone."""
    if by.person is None:
        raise NotAllowed(_("Sign in first."))
    try:
        file = read_file(data)
        phone = Installation.objects.filter(pk=file.installation).first()
        if phone is None:
            raise NotRead("FOREIGN")  # noqa: TRY301  told in the same words as the others
        prove(file, phone.signs_with)
        inside = open_file(file)
    except NotRead as wrong:
        raise Refused(str(WHY[wrong.why])) from wrong
    answer = _receive(phone, inside, at)
    heard: dict[str, object] = {"unsent": None}  # fewer than it told, nobody knows how many
    if answer.ack <= phone.last_q:  # an old file brought again is no word of the phone
        heard = {"seen_at": phone.seen_at, "unsent": phone.unsent}
    Installation.objects.filter(pk=phone.pk).update(**heard)
    now = at.isoformat()
    told = {"ack": answer.ack, "h": answer.hash, "notes": answer.notes, "fork": False, "now": now}
    back = receipt(file, inside.key, told)
    batch = inside.batch
    row = Carried.objects.create(
        installation=phone, sha256=hashlib.sha256(data).hexdigest(), first=batch.first,
        lines=len(batch.lines), fresh=_fresh(batch, phone.last_q, answer.ack),
        aside=_aside(phone, batch, answer.ack), ack=answer.ack,
        missing=max(0, batch.first - 1 - answer.ack), answer=back, brought_by=by.person,
        brought_at=at,
    )  # fmt: skip
    return row, back


def _receive(phone: Installation, inside: Inside, at: dt.datetime) -> Answer:
    """All of it, in pushes. The file is old: the phone's clock is as wrong as we knew it before."""
    slow = phone.skew_seconds
    wall = None if slow is None else at - dt.timedelta(seconds=slow)
    rest, notes = replace(inside.batch, wall=wall, held=0, epoch="", cursors=None), []
    while True:
        answer = receive(batch=rest, at=at)
        notes += answer.notes
        if answer.fork:
            raise Refused(str(WHY["FORK"]))
        taken = answer.ack - rest.first + 1
        if taken <= 0 or taken >= len(rest.lines):
            break
        rest = replace(rest, first=answer.ack + 1, before=answer.hash, lines=rest.lines[taken:])
    answer.notes = notes
    return answer


def _fresh(batch: Batch, before: int, ack: int) -> int:
    """How many of its lines were not here: those after what was held, up to what is now."""
    last = batch.first + len(batch.lines) - 1
    return max(0, min(last, ack) - max(batch.first - 1, before))


def _aside(phone: Installation, batch: Batch, ack: int) -> int:
    span = (max(batch.first, phone.last_q + 1), min(batch.first + len(batch.lines) - 1, ack))
    return phone.receipts.filter(q__range=span, outcome__in=HELD).count()
