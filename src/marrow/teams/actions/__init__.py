"""What changes about a team: its stages, its seats, who comes into them."""

from marrow.teams.actions.checklists import (
    give_lists,
    keep_list,
    reopen_item,
    tell_overdue,
    tick,
    waive,
)
from marrow.teams.actions.letters import drop_template, keep_template
from marrow.teams.actions.seats import (
    answer_for_unit,
    apply_for_seat,
    begin_service,
    drop_seat,
    invite,
    open_seats,
    replace,
    select,
    withdraw,
)
from marrow.teams.actions.stages import GUARDS, blocked, move_stage

__all__ = [
    "GUARDS",
    "answer_for_unit",
    "apply_for_seat",
    "begin_service",
    "blocked",
    "drop_seat",
    "drop_template",
    "give_lists",
    "invite",
    "keep_list",
    "keep_template",
    "move_stage",
    "open_seats",
    "reopen_item",
    "replace",
    "select",
    "tell_overdue",
    "tick",
    "waive",
    "withdraw",
]
