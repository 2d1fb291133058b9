"""A case in a trainee's logbook that who watched confirmed on a phone."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.entrusting.actions import confirm_case
from marrow.entrusting.models import LogCase
from marrow.sync.intents import Intent, Malformed, takes


@takes("signature", kinds=("create",), of="case")
def signature(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Confirm that it was so; confirmed already from the same account is the same signature."""
    try:
        case = UUID(intent.data["case"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    known = LogCase.objects.filter(pk=case, state=LogCase.State.CONFIRMED, decided_by=by.person)
    if known.exists():
        return "IDENTICAL"
    confirm_case(case=case, by=by, at=at, origin=intent.origin)
    return "NEW"
