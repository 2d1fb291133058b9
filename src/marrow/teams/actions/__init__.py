"""What changes about a team: its stages, its seats, who comes into them."""

from marrow.teams.actions.calling_off import release_people
from marrow.teams.actions.calls import answer_nobody, open_call, prolong_call
from marrow.teams.actions.checklists import (
    give_lists,
    keep_list,
    reopen_item,
    tell_overdue,
    tick,
    waive,
)
from marrow.teams.actions.kept_days import service_since
from marrow.teams.actions.letters import drop_template, keep_template
from marrow.teams.actions.panels import call_panel, judge, mark_attendance, plan_training
from marrow.teams.actions.rearranging import change_panel, change_training
from marrow.teams.actions.seat_days import held_at_one_time
from marrow.teams.actions.seats import (
    answer_for_unit,
    apply_for_seat,
    change_seat,
    drop_seat,
    free_for,
    invite,
    move_period,
    open_seats,
    select,
)
from marrow.teams.actions.service import (
    begin_service,
    end_service,
    release,
    replace,
    withdraw,
)
from marrow.teams.actions.service_days import change_service
from marrow.teams.actions.stages import GUARDS, blocked, move_stage

__all__ = [
    "GUARDS",
    "answer_for_unit",
    "answer_nobody",
    "apply_for_seat",
    "begin_service",
    "blocked",
    "call_panel",
    "change_panel",
    "change_seat",
    "change_service",
    "change_training",
    "drop_seat",
    "drop_template",
    "end_service",
    "free_for",
    "give_lists",
    "held_at_one_time",
    "invite",
    "judge",
    "keep_list",
    "keep_template",
    "mark_attendance",
    "move_period",
    "move_stage",
    "open_call",
    "open_seats",
    "plan_training",
    "prolong_call",
    "release",
    "release_people",
    "reopen_item",
    "replace",
    "select",
    "service_since",
    "tell_overdue",
    "tick",
    "waive",
    "withdraw",
]
