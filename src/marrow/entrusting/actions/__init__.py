"""What changes logbooks, levels, apprenticeships, studies, bases and the register of firsts."""

from marrow.entrusting.actions.bases import (
    close_channel,
    end_base,
    hand_down,
    name_base,
    open_channel,
)
from marrow.entrusting.actions.bringing_on import (
    end_pair,
    end_study,
    name_talent,
    pair_up,
    send_to_study,
)
from marrow.entrusting.actions.firsts import confirm_first, decline_first, propose_first
from marrow.entrusting.actions.logbook import confirm_case, decline_case, entrust, log_case

__all__ = [
    "close_channel",
    "confirm_case",
    "confirm_first",
    "decline_case",
    "decline_first",
    "end_base",
    "end_pair",
    "end_study",
    "entrust",
    "hand_down",
    "log_case",
    "name_base",
    "name_talent",
    "open_channel",
    "pair_up",
    "propose_first",
    "send_to_study",
]
