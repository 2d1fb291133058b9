"""What pages ask about plans."""

from marrow.plan.queries.book import sheets_of
from marrow.plan.queries.calendar import calendar_of
from marrow.plan.queries.pages import (
    answer_of,
    beside,
    caps,
    figures_of,
    happenings_of,
    placed_people,
    plans,
    seats_of,
    shown_first,
    stopped,
    team_lines,
    tiers_of,
    told_of,
)
from marrow.plan.queries.wording import weight_words

__all__ = [
    "answer_of", "beside", "calendar_of", "caps", "figures_of", "happenings_of", "placed_people",
    "plans", "seats_of", "sheets_of", "shown_first", "stopped", "team_lines", "tiers_of", "told_of",
    "weight_words",
]  # fmt: skip
