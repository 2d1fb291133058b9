"""Steps on the ladder that wait for somebody's signature, and what they signed on a phone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from marrow.capacity.actions import sign_step
from marrow.capacity.models import Step, StepSignature
from marrow.capacity.queries import steps_to_sign
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues
from marrow.sync.intents import Intent, Malformed, takes
from marrow.sync.reference import keeps


@takes("signature", kinds=("create",), of="step")
def signature(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Sign for one's own side; signed already from the same account is the same signature."""
    try:
        step, side = UUID(intent.data["step"]), str(intent.data["side"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    signed = StepSignature.objects.filter(step=step, side=side)
    if by.person and signed.filter(signer=by.person).exists():
        return "IDENTICAL"
    sign_step(step=step, side=side, by=by, at=at, origin=intent.origin)
    return "NEW"


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
