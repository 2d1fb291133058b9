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

__all__ = [
    "add_to_person",
    "answer_link",
    "change_person",
    "end_unavailability",
    "enter_people",
    "enter_person",
    "keep_contact",
    "link_account",
    "say_how_i_am",
]
