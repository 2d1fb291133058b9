"""What changes in plans."""

from marrow.plan.actions.publishing import publish_plan
from marrow.plan.actions.reckoning import (
    drop_out,
    end_absence_cap,
    reckon_with_cap,
    set_absence_cap,
    take_back_happening,
)
from marrow.plan.actions.scenarios import change_plan, copy_plan, make_plan
from marrow.plan.actions.solving import (
    accept_solution,
    ask_to_solve,
    leave_solution,
    stop_solving,
)
from marrow.plan.actions.teams import (
    add_planned_seat,
    add_planned_team,
    change_planned_seat,
    drop_planned_seat,
    drop_planned_team,
    move_planned_team,
    pin_seat,
    unpin_seat,
)

__all__ = [
    "accept_solution", "add_planned_seat", "add_planned_team", "ask_to_solve", "change_plan",
    "change_planned_seat", "copy_plan", "drop_out", "drop_planned_seat", "drop_planned_team",
    "end_absence_cap", "leave_solution", "make_plan", "move_planned_team", "pin_seat",
    "publish_plan", "reckon_with_cap", "set_absence_cap", "stop_solving", "take_back_happening",
    "unpin_seat",
]  # fmt: skip
