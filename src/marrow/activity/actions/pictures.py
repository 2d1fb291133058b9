"""Photographs of what was done: named by a phone, their bytes on their way."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.actions.deeds import scope_of
from marrow.activity.models import Picture
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.sync.rules.uploads import is_sha256
from marrow.sync.uploads import lose

ADD = Act("add_picture", gettext_lazy("Added a photograph of what was done"))
TAKE_OUT = Act(
    "take_out_picture", gettext_lazy("Took a photograph of what was done out"), undo=NEVER
)
MOST = 8  # of a record


def add_picture(
    *, picture: UUID, deed: UUID, sha256: str, by: Viewer, at: dt.datetime,
    origin: Origin | None = None,
) -> Picture:  # fmt: skip
    """Name a photograph of a record. It is pending until its bytes have come."""
    row = access.deed_to_void(by, deed)
    if by.person is None or not is_sha256(sha256):
        raise Refused(_("A photograph is named by the digest of its bytes."))
    if row.pictures.filter(void_reason="").count() >= MOST:
        raise Refused(_("A record has at most %s photographs.") % MOST)
    fresh = Picture(id=picture, deed=row, sha256=sha256, added_by=by.person, added_at=at)
    with journal(ADD, by=by, at=at, scope=scope_of(row), origin=origin) as page:
        page.save(fresh)
    return fresh


def take_out_picture(
    *, picture: UUID, reason: str, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> Picture:
    """Take a photograph out: somebody can be known by it, or it shows something else. Where no
    other record has it, its bytes are destroyed."""
    row = access.picture_to_take_out(by, picture)
    if not reason.strip():
        raise Refused(_("Say why it goes."))
    prove_no_patient(reason)
    if row.void_reason:
        raise Refused(_("It is taken out already."))
    row.void_reason = reason.strip()[:200]
    with journal(TAKE_OUT, by=by, at=at, scope=scope_of(row.deed), origin=origin) as page:
        page.save(row)
        if not Picture.objects.filter(sha256=row.sha256, void_reason="").exists():
            lose(row.sha256)
    return row
