"""Which phone this is, and who looks after what was set aside."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Viewer
from marrow.sync.models import Installation, Receipt

FIELD = ("member", "leader")


def may_enrol(viewer: Viewer) -> UUID:
    """The person whose phone it is."""
    if viewer.holds(*FIELD) and viewer.person:
        return viewer.person
    raise NotAllowed(_("Only members and leaders of a team use the field app."))


def installation_for(installation: UUID, token: str) -> Installation | None:
    """The phone that shows this token; None for every other."""
    row = Installation.objects.filter(pk=installation).first()
    given = hashlib.sha256(token.encode()).hexdigest()
    return row if row and hmac.compare_digest(row.token_sha256, given) else None


def may_see_set_aside(viewer: Viewer) -> Viewer:
    if viewer.holds("office", "auditor"):
        return viewer
    raise NotAllowed(_("Only a programme office looks after what was set aside."))


def set_aside_for(viewer: Viewer, receipt: int) -> Receipt:
    may_see_set_aside(viewer)
    if not viewer.holds("office"):
        raise NotAllowed(_("Only a programme office looks after what was set aside."))
    held = (Receipt.Outcome.QUARANTINED, Receipt.Outcome.CONFLICT)
    waiting = Receipt.objects.filter(outcome__in=held, settled_at=None)
    row = waiting.select_related("installation").filter(pk=receipt).first()
    if row is None:
        raise Unseen(_("Nothing of this number was set aside."))
    return row
