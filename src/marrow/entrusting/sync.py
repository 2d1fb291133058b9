"""Cases of trainees' logbooks that wait for whoever watched, and what they answered on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from marrow.capacity.sync import answer_told
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues
from marrow.entrusting.access import colleagues_for
from marrow.entrusting.actions import confirm_case, decline_case
from marrow.entrusting.models import LogCase
from marrow.entrusting.queries import cases_to_confirm
from marrow.sync.intents import (
    About,
    Compared,
    Intent,
    Malformed,
    Sent,
    describes,
    id_in,
    shows_held,
    takes,
)
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


@describes("signature", of="case")
def which_cases(lines: Sequence[Sent], viewer: Viewer) -> list[About]:
    """Of each signature the case: whose, for those whose logbooks open for the viewer; of what,
    where, on which day."""
    ids = [id_in(line.data, "case") for line in lines]
    found = LogCase.objects.select_related("person", "item", "organisation")
    rows = found.in_bulk([pk for pk in ids if pk])
    open_to = colleagues_for(viewer).filter(pk__in={row.person_id for row in rows.values()})
    named = set(open_to.values_list("pk", flat=True))
    return [About(_in_short(rows[pk], named) if pk in rows else "") for pk in ids]


def _in_short(row: LogCase, named: Collection[UUID]) -> str:
    who = [str(row.person)] if row.person_id in named else []
    many = f" × {row.count}" if row.count > 1 else ""
    what = [f"{row.item} · {row.get_role_display()}{many}", str(row.organisation)]
    return " · ".join([*who, *what, row.on.isoformat()])


@shows_held("signature", of="case")
def answers(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Whether they signed, or said that it was not so and why."""
    return [answer_told(line) for line in lines]


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
