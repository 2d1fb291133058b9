"""What pages ask about plans."""

from marrow.plan.queries.asides import aside_of, asides
from marrow.plan.queries.away import Stay
from marrow.plan.queries.book import sheets_of
from marrow.plan.queries.broken import limits_broken
from marrow.plan.queries.budgets import spent_of
from marrow.plan.queries.calendar import calendar_of, is_over, over, over_words
from marrow.plan.queries.comparing import beside, comparable, figures_of, ranks_differ
from marrow.plan.queries.couples import problem_for, told_to, why_told_to
from marrow.plan.queries.difference import figures_in_words
from marrow.plan.queries.handed import handovers_moved, handovers_with
from marrow.plan.queries.nobody_there import gaps_beside
from marrow.plan.queries.pages import (
    answer_of,
    caps,
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
from marrow.plan.queries.pinning import against_pin
from marrow.plan.queries.publication import publication_of
from marrow.plan.queries.published import after_of, published_since, stands
from marrow.plan.queries.staleness import is_overtaken, is_stale, turned_down_in
from marrow.plan.queries.unfit import seat_changes, unfit_seen, unfit_shown, unfit_words
from marrow.plan.queries.why import as_json
from marrow.plan.queries.wording import weight_words
from marrow.plan.queries.workbooks import (
    MOST_SHOWN,
    changes_of,
    compared,
    corrected_of,
    facts_of,
    template_of,
    workbooks_of,
    wrong_of,
)

__all__ = [
    "MOST_SHOWN",
    "Stay",
    "after_of",
    "against_pin",
    "answer_of",
    "as_json",
    "aside_of",
    "asides",
    "beside",
    "calendar_of",
    "caps",
    "changes_of",
    "comparable",
    "compared",
    "corrected_of",
    "facts_of",
    "figures_in_words",
    "figures_of",
    "gaps_beside",
    "handovers_moved",
    "handovers_with",
    "happenings_of",
    "is_over",
    "is_overtaken",
    "is_stale",
    "limits_broken",
    "over",
    "over_words",
    "placed_people",
    "plans",
    "problem_for",
    "publication_of",
    "published_since",
    "ranks_differ",
    "seat_changes",
    "seats_of",
    "sheets_of",
    "shown_first",
    "spent_of",
    "stands",
    "stopped",
    "team_lines",
    "template_of",
    "tiers_of",
    "told_of",
    "told_to",
    "turned_down_in",
    "unfit_seen",
    "unfit_shown",
    "unfit_words",
    "weight_words",
    "why_told_to",
    "workbooks_of",
    "wrong_of",
]  # fmt: skip
