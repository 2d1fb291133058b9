"""Steps on the ladder that wait for somebody's signature, and what they answered on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from marrow.capacity.actions import decline_step, sign_step
from marrow.capacity.models import Step, StepSignature
from marrow.capacity.queries import steps_to_sign
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues
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
from marrow.sync.rules import upcasts


@upcasts("signature", 1)
def of_before_one_could_decline(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first form only signs. A server that knows no other sets a refusal aside: it must never
    be read as a signature."""
    return line


@takes("signature", kinds=("create",), of="step", word=gettext_lazy("the signature of a step"))
def signature(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Sign for one's own side, or say with `so` false that it was not so; the same answer from the
    same account again is the same."""
    try:
        step, side = UUID(intent.data["step"]), str(intent.data["side"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    if intent.data.get("so") is False:
        return _declined(step, side, str(intent.data.get("reason", "")), intent, by, at)
    signed = StepSignature.objects.filter(step=step, side=side)
    if by.person and signed.filter(signer=by.person).exists():
        return "IDENTICAL"
    sign_step(step=step, side=side, by=by, at=at, origin=intent.origin)
    return "NEW"


def _declined(
    step: UUID, side: str, reason: str, intent: Intent, by: Viewer, at: dt.datetime
) -> str:
    known = Step.objects.filter(pk=step, state=Step.State.DROPPED, ended_why=reason.strip()[:300])
    if known.exists():
        return "IDENTICAL"
    decline_step(step=step, side=side, reason=reason, by=by, at=at, origin=intent.origin)
    return "NEW"


@describes("signature", of="step")
def which_steps(lines: Sequence[Sent], _viewer: Viewer) -> list[About]:
    """Of each signature the step: what, where, to which level, on which day."""
    ids = [id_in(line.data, "step") for line in lines]
    rows = Step.objects.select_related("item", "organisation").in_bulk([pk for pk in ids if pk])
    return [About(_in_short(rows[pk]) if pk in rows else "") for pk in ids]


def _in_short(row: Step) -> str:
    level = f"{'?' if row.before is None else row.before} → {row.level} {row.get_level_display()}"
    return f"{row.item} · {row.organisation} · {level} · {row.on.isoformat()}"


@shows_held("signature", of="step")
def answers(lines: Sequence[Sent]) -> list[list[Compared]]:
    """Whether they signed, or said that it was not so and why."""
    return [answer_told(line) for line in lines]


def answer_told(line: Sent) -> list[Compared]:
    """The answer of one signature in words."""
    if line.data.get("so") is not False:
        return [Compared(pgettext("noun", "Answer"), None, _("it was so: signed"))]
    reason = str(line.data.get("reason", ""))[:300]
    return [
        Compared(pgettext("noun", "Answer"), None, _("it was not so")),
        Compared(_("Reason"), None, reason),
    ]


@keeps("steps", live=True)
def steps(viewer: Viewer, _at: dt.datetime) -> list[dict[str, Any]]:
    """Steps that wait for this person's signature, and for which side they sign."""
    return [
        {
            "id": str(row.pk), "side": side, "item": row.item.names,
            "hospital": row.organisation.names, "on": row.on.isoformat(),
            "level": in_all_tongues(Step.Level(row.level).label), "number": row.level,
            "before": row.before,
        }
        for row, side in steps_to_sign(viewer)
    ]  # fmt: skip
