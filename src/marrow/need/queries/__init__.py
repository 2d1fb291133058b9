"""What is asked: who leaves, of whom, what is needed, what answers it."""

from marrow.need.queries.answering import precision_of, seats_to_link
from marrow.need.queries.catchments import known_of, known_of_all
from marrow.need.queries.needs import (
    areas_with_lists,
    changes_of,
    hospitals_to_ask_for,
    may_ask_for,
    need_told,
    needs_at,
    needs_of_list,
    needs_to_confirm,
    wants_of,
)
from marrow.need.queries.outflows import (
    people_left,
    people_left_each,
    referred_by,
    savings_of,
    stayed_in,
    story_of,
    told_before,
    told_of_area,
)
from marrow.need.queries.referrals import lately, ways_of
from marrow.need.queries.scans import scan_of

__all__ = [
    "areas_with_lists",
    "changes_of",
    "hospitals_to_ask_for",
    "known_of",
    "known_of_all",
    "lately",
    "may_ask_for",
    "need_told",
    "needs_at",
    "needs_of_list",
    "needs_to_confirm",
    "people_left",
    "people_left_each",
    "precision_of",
    "referred_by",
    "savings_of",
    "scan_of",
    "seats_to_link",
    "stayed_in",
    "story_of",
    "told_before",
    "told_of_area",
    "wants_of",
    "ways_of",
]  # fmt: skip
