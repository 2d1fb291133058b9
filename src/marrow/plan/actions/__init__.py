"""What changes in plans."""

from marrow.plan.actions.asides import put_plan_aside, take_plan_back
from marrow.plan.actions.budgets import drop_budget, set_budget
from marrow.plan.actions.publishing import publish_plan
from marrow.plan.actions.reckoning import (
    drop_out,
    drop_out_and_mend,
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
from marrow.plan.actions.undoing import why_a_plan_stays
from marrow.plan.actions.workbooks import forget_workbook, send_workbook, take_workbook

__all__ = [
    "accept_solution", "add_planned_seat", "add_planned_team", "ask_to_solve", "change_plan",
    "change_planned_seat", "copy_plan", "drop_budget", "drop_out", "drop_out_and_mend",
    "drop_planned_seat", "drop_planned_team", "end_absence_cap", "forget_workbook",
    "leave_solution", "make_plan", "move_planned_team", "pin_seat", "publish_plan",
    "put_plan_aside", "reckon_with_cap", "send_workbook", "set_absence_cap", "set_budget",
    "stop_solving", "take_back_happening", "take_plan_back", "take_workbook", "unpin_seat",
    "why_a_plan_stays",
]  # fmt: skip
