"""What changes about a handover: it is written, handed in, signed by three sides, worked off."""

from marrow.handovers.actions.after import raise_overdue, settle_line, tell_follow_up
from marrow.handovers.actions.freezing import handover_is_frozen, lines_are_frozen
from marrow.handovers.actions.signing import record_paper, sign
from marrow.handovers.actions.writing import (
    add_line,
    begin_handover,
    hand_in,
    name_next,
    plan_follow_ups,
    remove_line,
    take_back,
)

__all__ = [
    "add_line",
    "begin_handover",
    "hand_in",
    "handover_is_frozen",
    "lines_are_frozen",
    "name_next",
    "plan_follow_ups",
    "raise_overdue",
    "record_paper",
    "remove_line",
    "settle_line",
    "sign",
    "take_back",
    "tell_follow_up",
]
