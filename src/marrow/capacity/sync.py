"""A step on the ladder that somebody signed on a phone."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.capacity.actions import sign_step
from marrow.capacity.models import StepSignature
from marrow.core.viewer import Viewer
from marrow.sync.intents import Intent, Malformed, takes


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
