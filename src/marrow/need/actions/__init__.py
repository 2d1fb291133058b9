"""What changes: who left, the people of an area, and needs."""

from marrow.need.actions.answering import link_need, unlink_need
from marrow.need.actions.catchments import take_back_catchment, tell_catchment
from marrow.need.actions.needs import (
    confirm_need,
    confirm_need_on_paper,
    decline_need,
    identify_need,
    move_need,
)
from marrow.need.actions.outflows import (
    correct_outflow,
    take_back_outflow,
    take_outflows,
    tell_outflow,
)
from marrow.need.actions.referrals import end_way, open_way, tell_sent_back

__all__ = [
    "confirm_need", "confirm_need_on_paper", "correct_outflow", "decline_need", "end_way",
    "identify_need", "link_need", "move_need", "open_way", "take_back_catchment",
    "take_back_outflow", "take_outflows", "tell_catchment", "tell_outflow", "tell_sent_back",
    "unlink_need",
]  # fmt: skip
