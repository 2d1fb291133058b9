"""What changes about people."""

from marrow.people.actions.caring import keep_contact, say_how_i_am
from marrow.people.actions.people import (
    add_to_person,
    answer_link,
    change_person,
    end_unavailability,
    enter_people,
    enter_person,
    link_account,
)
from marrow.people.actions.twins import entered_meanwhile
from marrow.people.actions.wishes import end_couple, end_wish, say_wish, tell_couple

__all__ = [
    "add_to_person",
    "answer_link",
    "change_person",
    "end_couple",
    "end_unavailability",
    "end_wish",
    "enter_people",
    "enter_person",
    "entered_meanwhile",
    "keep_contact",
    "link_account",
    "say_how_i_am",
    "say_wish",
    "tell_couple",
]
