"""Cases of trainees' logbooks that wait for whoever watched, and what they answered on a phone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues
from marrow.entrusting.actions import confirm_case, decline_case
from marrow.entrusting.models import LogCase
from marrow.entrusting.queries import cases_to_confirm
from marrow.sync.intents import Intent, Malformed, takes
from marrow.sync.reference import keeps


@takes("signature", kinds=("create",), of="case", word=gettext_lazy("the signature of a case"))
def signature(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Confirm that it was so, or say with `so` false that it was not; the same answer from the
    same account again is the same."""
    try:
        case = UUID(intent.data["case"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    so = intent.data.get("so") is not False
    state = LogCase.State.CONFIRMED if so else LogCase.State.DECLINED
    if LogCase.objects.filter(pk=case, state=state, decided_by=by.person).exists():
        return "IDENTICAL"
    if so:
        confirm_case(case=case, by=by, at=at, origin=intent.origin)
    else:
        reason = str(intent.data.get("reason", ""))
        decline_case(case=case, reason=reason, by=by, at=at, origin=intent.origin)
    return "NEW"


@keeps("cases", live=True)
def cases(viewer: Viewer, _at: dt.datetime) -> list[dict[str, Any]]:
    """Cases that wait for this person's sign-off."""
    return [
        {
            "id": str(row.pk), "who": row.person.names, "item": row.item.names,
            "hospital": row.organisation.names, "on": row.on.isoformat(), "count": row.count,
            "role": in_all_tongues(LogCase.Role(row.role).label),
        }
        for row in cases_to_confirm(viewer)
    ]  # fmt: skip
