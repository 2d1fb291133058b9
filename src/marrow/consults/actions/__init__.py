"""What changes of a case: asked, sent, taken, answered, ended."""

from marrow.consults.actions.allotting import assign, decline, take, turn_down
from marrow.consults.actions.answering import sign_opinion, tell_outcome
from marrow.consults.actions.asking import (
    add_photo,
    ask,
    change_case,
    remove_photo,
    submit,
    withdraw,
)
from marrow.consults.actions.promising import name_photo, photo_came
from marrow.consults.actions.readings import note_reading

__all__ = [
    "add_photo",
    "ask",
    "assign",
    "change_case",
    "decline",
    "name_photo",
    "note_reading",
    "photo_came",
    "remove_photo",
    "sign_opinion",
    "submit",
    "take",
    "tell_outcome",
    "turn_down",
    "withdraw",
]
