"""What changes in agreement work: plans, sheets, targets, gains, the office's team, lessons,
health checks.
"""

from marrow.agreements.actions.checks import give_check
from marrow.agreements.actions.keeping import (
    join_office,
    leave_office,
    tell_first,
    tell_gain,
    tell_motto,
    tell_tenet,
)
from marrow.agreements.actions.lessons import take_over, write_lesson
from marrow.agreements.actions.mending import mend_entry, take_back_entry
from marrow.agreements.actions.plans import answer_requirement, ask_requirement, set_period
from marrow.agreements.actions.sheets import (
    add_task,
    drop_aimed,
    open_sheet,
    say_how_far,
    set_target,
)

__all__ = [
    "add_task",
    "answer_requirement",
    "ask_requirement",
    "drop_aimed",
    "give_check",
    "join_office",
    "leave_office",
    "mend_entry",
    "open_sheet",
    "say_how_far",
    "set_period",
    "set_target",
    "take_back_entry",
    "take_over",
    "tell_first",
    "tell_gain",
    "tell_motto",
    "tell_tenet",
    "write_lesson",
]
